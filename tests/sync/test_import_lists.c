/* Lists of stock, prices and staff, and a list that goes through a running hub. */
#include <sodium.h>
#include <string.h>

#include "sync/hub/hub.h"
#include "tests/sync/import_desk.h"

static void
import_list(Desk *desk, ListKind kind, const char *list)
{
  ImportJob job = desk_job(kind);
  if (!desk_import(desk, &job, list, strlen(list)))
    g_error("%s", desk->json);
}

static const char STOCK[] = "code,barcode,lot,expiry,qty,unit,shelf,state\n"
                            "1,,L1,2027-08-31,10,,R-1,\n"
                            "1,,L1,2027-08-31,10,,R-1,\n"
                            "1,,L1,2027-09-30,1,,R-2,\n"
                            "1,,L2,2027-08-31,7,片,R-1,locked\n"
                            ",6901234567892,L3,2027-08-31,0.5,盒,,\n"
                            ",96385074,L1,2027-08-31,1,,,\n"
                            "99,,L1,2027-08-31,1,,,\n"
                            "1,,L4,2027-08-31,1,桶,,\n"
                            "1,,L5,01/02/2027,1,,,\n"
                            "1,,L6,46265,1,,,\n"
                            "1,,L7,2027-02-30,1,,,\n"
                            "1,,L8,2020-01-01,1,,,\n"
                            "1,,L9,,1,,,\n"
                            "4,,,,3,,,\n"
                            "1,,L10,2027-08-31,-1,,,\n"
                            "1,,L11,2027-08-31,0.3,,,\n"
                            "1,,L12,2027-08-31,,,,\n"
                            "1,,L13,2027-08-31,1,,,妙\n"
                            "1,,L14,2099-08-31,1,,,\n"
                            "1,,L15,2027-08-31,0,,,\n";

static void
stock_rows_are_judged_one_by_one(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk,
                "code,name,class,barcode,unit,base,loose_unit",
                "1,a,medicine,6901234567892,盒,24,片\n"
                "2,b,medicine,96385074,盒,1,\n"
                "3,c,medicine,96385074,盒,1,\n"
                "4,d,device_1,,支,1,\n");
  import_list(&desk, LIST_STOCK, STOCK);
  static const char *const WANTED[] = {
      "imported",
      "refused row_again",
      "refused other_expiry",
      "imported",
      "imported",
      "refused barcode_shared",
      "refused unknown_code",
      "refused unknown_unit",
      "refused ambiguous_date",
      "refused serial_date",
      "refused no_such_day",
      "remark expired",
      "remark no_expiry",
      "imported",
      "refused negative_quantity",
      "refused bad_quantity",
      "refused no_quantity",
      "refused unknown_state",
      "remark far_expiry",
      "imported",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(WANTED); i++)
    desk_expect(&desk, (int)i + 2, WANTED[i]);
  desk_expect_all_accounted(&desk, G_N_ELEMENTS(WANTED));
  CU_ASSERT_EQUAL(number(desk.base, "SELECT qty FROM balance WHERE lot = 'L1'"), 240);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT qty FROM balance WHERE lot = 'L2'"), 7);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT state FROM lot WHERE lot = 'L2'"), 2);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT qty FROM balance WHERE lot = 'L3'"), 12);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT count(*) FROM lot WHERE lot = 'L15'"), 1);
  g_autofree char *shelf = text(desk.base, "SELECT location FROM shelf");
  CU_ASSERT_STRING_EQUAL(shelf, "R-1");
}

static void
stock_of_a_store_that_is_not_there_is_refused_whole(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  ImportJob job = desk_job(LIST_STOCK);
  job.store_code = "9999";
  CU_ASSERT_FALSE(desk_import(&desk, &job, "code,qty\n1,1\n", 13));
  CU_ASSERT_STRING_EQUAL(desk.json, "there is no store 9999");
}

static void
prices_are_changed_from_a_day_on(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk,
                "code,name,class,unit,base,loose_unit,price,loose_price",
                "1,a,medicine,盒,24,片,18.50,1.00\n");
  import_list(&desk,
              LIST_PRICES,
              "code,unit,price,from,reason\n"
              "1,,19.00,2026-12-01,spring\n"
              "1,片,0.90,,\n"
              "1,片,0.80,,\n"
              "1,,0,,\n"
              "1,,,,\n"
              "1,桶,1.00,,\n"
              "7,,1.00,,\n"
              "1,,20.00,01/02/2027,\n"
              "1,,18.50,,\n");
  static const char *const WANTED[] = {"imported",
                                       "imported",
                                       "refused row_again",
                                       "refused zero_price no_price",
                                       "refused no_price no_price",
                                       "refused unknown_unit",
                                       "refused unknown_code",
                                       "refused ambiguous_date",
                                       "imported"};
  for (gsize i = 0; i < G_N_ELEMENTS(WANTED); i++)
    desk_expect(&desk, (int)i + 2, WANTED[i]);
  desk_expect_all_accounted(&desk, G_N_ELEMENTS(WANTED));
  CU_ASSERT_EQUAL(number(desk.base, "SELECT since FROM price WHERE fen = 1900"),
                  G_GINT64_CONSTANT(1796083200000000));
  CU_ASSERT_EQUAL(number(desk.base, "SELECT until FROM price WHERE fen = 1850"),
                  G_GINT64_CONSTANT(1796083200000000));
}

/* What the tills get of 0312: limit, cost, and a verifier that is the one of this PIN. */
static void
expect_person(const Desk *desk, const char *pin)
{
  g_autofree char *body = text(desk->base, "SELECT body FROM feed WHERE key = '0312'");
  g_autofree char *limit = chain_store_field(desk->base, body, "$.discount_limit_bp");
  g_autofree char *salt_hex = chain_store_field(desk->base, body, "$.pin.salt");
  g_autofree char *verifier = chain_store_field(desk->base, body, "$.pin.verifier");
  g_autofree char *mem = chain_store_field(desk->base, body, "$.pin.mem");
  CU_ASSERT_STRING_EQUAL(limit, "1000");
  CU_ASSERT_STRING_EQUAL(mem, "19922944");
  unsigned char salt[16];
  unsigned char hash[32];
  char hex[65];
  CU_ASSERT_EQUAL(sodium_hex2bin(salt, 16, salt_hex, 32, NULL, NULL, NULL), 0);
  CU_ASSERT_EQUAL(crypto_pwhash(hash,
                                sizeof hash,
                                pin,
                                strlen(pin),
                                salt,
                                2,
                                19922944,
                                crypto_pwhash_ALG_ARGON2ID13),
                  0);
  sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
  CU_ASSERT_STRING_EQUAL(verifier, hex);
  g_autofree char *rights =
      text(desk->base, "SELECT content ->> 'rights' FROM staff WHERE number = '0107'");
  CU_ASSERT_STRING_EQUAL(rights, "257");
}

static void
staff_come_with_rights_and_a_verifier_of_their_pin(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  static const char LIST[] = "工号,姓名,岗位,密码,工牌,折扣上限,权限\n"
                             "0312,张三,店员,3124,90312,10%,\n"
                             "0107,李四,执业药师,1071,,,sell review\n"
                             "0318,王五,船长,3184,,,\n"
                             "0319,赵六,店员,31a,,,\n"
                             "0320,钱七,店员,1234,90312,,\n"
                             "0312,孙八,店员,1734,,,\n"
                             "0321,周九,店员,1111,,,\n"
                             "0322,吴十,店员,,,,\n"
                             "0323,,店员,5391,,,\n"
                             "0324,郑一,店员,5391,,,fly\n";
  import_list(&desk, LIST_STAFF, LIST);
  static const char *const WANTED[] = {"imported",
                                       "imported",
                                       "refused unknown_role",
                                       "refused bad_pin",
                                       "refused badge_again",
                                       "refused number_again",
                                       "remark weak_pin",
                                       "remark no_pin",
                                       "refused empty_name",
                                       "refused unknown_right"};
  for (gsize i = 0; i < G_N_ELEMENTS(WANTED); i++)
    desk_expect(&desk, (int)i + 2, WANTED[i]);
  desk_expect_all_accounted(&desk, G_N_ELEMENTS(WANTED));
  expect_person(&desk, "3124");
  CU_ASSERT_PTR_NULL(strstr(desk.report, "3124"));
  CU_ASSERT_PTR_NULL(strstr(desk.report, "31a"));
  import_list(&desk, LIST_STAFF, LIST);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.same"), 4);
}

static void
a_badge_in_the_books_refuses_only_its_own_row(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  import_list(&desk, LIST_STAFF, "number,name,role,badge\n1,a,clerk,77\n");
  import_list(&desk, LIST_STAFF, "number,name,role,badge\n2,b,clerk,77\n3,c,clerk,78\n");
  desk_expect(&desk, 2, "refused refused");
  desk_expect(&desk, 3, "imported");
  desk_expect_all_accounted(&desk, 2);
}

static void
an_import_goes_through_a_running_hub(void)
{
  char *folder = chain_store_folder();
  {
    g_autoptr(Hub) hub = hub_start(folder, NULL, 0, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(hub);
    g_autoptr(Office) office = office_open(folder, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(office);
    g_autofree char *path = g_build_filename(folder, "list.csv", NULL);
    g_autoptr(GString) list = g_string_new("code,name,class,price\n");
    for (int i = 0; i < 1200; i++)
      g_string_append_printf(list, "%d,阿莫西林胶囊,medicine,18.50\n", i);
    g_file_set_contents(path, list->str, (gssize)list->len, NULL);
    ImportJob job = desk_job(LIST_ARTICLES);
    g_auto(ImportSummary) summary = {0};
    g_autoptr(GError) error = NULL;
    job.path = path;
    CU_ASSERT_TRUE(import_run(&job, office, &summary, &error));
    CU_ASSERT_EQUAL(number(office_base(office), "SELECT count(*) FROM article"), 1200);
    CU_ASSERT_EQUAL(number(office_base(office), "SELECT max(pos) FROM feed"), 2400);
    CU_ASSERT_PTR_NOT_NULL(strstr(summary.text, "imported 1200, with a remark 0"));
  }
  chain_store_remove(folder);
}

TESTS("import_lists",
      TEST(stock_rows_are_judged_one_by_one),
      TEST(stock_of_a_store_that_is_not_there_is_refused_whole),
      TEST(prices_are_changed_from_a_day_on),
      TEST(staff_come_with_rights_and_a_verifier_of_their_pin),
      TEST(a_badge_in_the_books_refuses_only_its_own_row),
      TEST(an_import_goes_through_a_running_hub))
