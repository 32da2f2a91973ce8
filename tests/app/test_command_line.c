#include "app/command_line.h"

#include <glib/gstdio.h>

#include "app/shift.h"
#include "db/catalogue_store.h"
#include "db/verify.h"
#include "drivers/decode.h"
#include "drivers/grey_jpeg.h"
#include "tests/app/shop.h"

static CommandAnswer
run(const Shop *shop, const char *const *words)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new();
  g_auto(CommandLine) line = {NULL};
  g_ptr_array_add(argv, (gpointer) "guitai");
  g_ptr_array_add(argv, (gpointer) "--shop");
  g_ptr_array_add(argv, shop->folder);
  for (; *words; words++)
    g_ptr_array_add(argv, (gpointer)*words);
  if (!command_read(&COMMAND_PAGE, (int)argv->len, (char **)argv->pdata, &line, NULL))
    g_error("not read");
  return command_line_run(&line);
}

#define RUN(shop, ...) run(&(shop), (const char *const[]){__VA_ARGS__, NULL})

/* SQLite reads JSON in this house, also here. */
static char *
json(Shop *shop, const char *text, const char *path)
{
  g_autoptr(Db) db = db_open(":memory:", "store", DB_WRITER, NULL);
  g_auto(Query) q = query(db, "SELECT json_extract(:text, :path)");
  query_bind_text(&q, ":text", text);
  query_bind_text(&q, ":path", path);
  return query_next(&q) ? query_get_text(&q, 0) : NULL;
}

/* A picture with a QR code of @content (nullable: without). */
static void
save_picture(const char *path, const char *content)
{
  g_autoptr(GreyPicture) picture = grey_picture_new(300, 300);
  g_autoptr(SymbolModules) symbol =
      content ? symbol_encode("QRCode", content, strlen(content)) : NULL;
  for (int i = 0; symbol && i < symbol->width * symbol->height * 16; i++) {
    int x = i % (symbol->width * 4), y = i / (symbol->width * 4);
    if (symbol->modules[y / 4 * symbol->width + x / 4])
      picture->pixels[(60 + y) * 300 + 60 + x] = 0;
  }
  g_autoptr(GBytes) jpeg = grey_jpeg_encode(picture, 90);
  gsize length;
  const char *bytes = g_bytes_get_data(jpeg, &length);
  CU_ASSERT_FATAL(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

#define ASSERT_JSON(shop, answer, path, expected)                                        \
  do {                                                                                   \
    g_autofree char *value_ = json(&(shop), (answer).out->str, path);                    \
    CU_ASSERT_STRING_EQUAL(value_ ? value_ : "(null)", expected);                        \
  } while (0)

static void
explain_tells_kind_check_digit_and_article(void)
{
  Shop shop = shop_open();
  g_auto(CommandAnswer) text = RUN(shop, "explain", "6900000000021");
  g_auto(CommandAnswer) said =
      RUN(shop, "explain", "--json", "6900000000021", "6900000000029");
  CU_ASSERT_EQUAL(text.status, 0);
  CU_ASSERT_PTR_NOT_NULL(strstr(text.out->str, "trade code"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text.out->str, "布洛芬缓释胶囊"));
  ASSERT_JSON(shop, said, "$[0].check_digit", "right");
  ASSERT_JSON(shop, said, "$[0].GTIN", "06900000000021");
  ASSERT_JSON(shop, said, "$[0].in_the_payment", "named, not used: trade code");
  ASSERT_JSON(shop, said, "$[1].check_digit", "wrong: 9, should be 1");
  ASSERT_JSON(
      shop, said, "$[1].in_the_sale", "refused: trade code with a wrong check digit");
  shop_close(&shop);
}

static void
explain_reads_gs1_fields_and_hides_id_numbers(void)
{
  Shop shop = shop_open();
  g_auto(CommandAnswer) said = RUN(shop,
                                   "explain",
                                   "--json",
                                   "]d2010690000000002117280331"
                                   "10B1^21SN7",
                                   "11010519491231002X",
                                   "134567890123456789");
  ASSERT_JSON(shop, said, "$[0].kind", "GS1 element string");
  ASSERT_JSON(shop, said, "$[0].lot", "B1");
  ASSERT_JSON(shop, said, "$[0].serial", "SN7");
  ASSERT_JSON(shop, said, "$[0].expiry", "2028-03-31");
  ASSERT_JSON(shop, said, "$[1].kind", "resident ID number");
  CU_ASSERT_PTR_NULL(strstr(said.out->str, "11010519491231002X"));
  ASSERT_JSON(shop, said, "$[2].in_the_payment", "payment code");
  ASSERT_JSON(shop, said, "$[2].in_the_sale", "named, not used: payment code");
  shop_close(&shop);
}

/* What each number is made of; "" where the line must not be there. */
static void
explain_knows_what_a_pharmacy_meets(void)
{
  static const struct {
    const char *code, *key, *value;
  } CASES[] = {
      {"81234567890123456789", "kind", "trace code"},
      {"81234567890123456789", "trace_article", "8123456"},
      {"86901234567890", "drug_code", "maker 01234, article 56789"},
      {"134567890123456789", "payment_by", "WeChat Pay (18 digits, 10-15)"},
      {"281234567890123456", "payment_by", "Alipay (16-24 digits, 25-30)"},
      {"2512345678901234567890", "payment_by", "Alipay (16-24 digits, 25-30)"},
      {"6212345678901234567", "payment_by", "UnionPay (19 digits, 62)"},
      {"281234567890123456", "code", "281***********3456"},
      {"11010519491231002X",
       "ID_number",
       "right: place, day of birth and check character"},
      {"11010519491231002X", "code", "110***********002X"},
      {"210105194912310021",
       "ID_number",
       "wrong: the check character; a digit was mistyped"},
      {"210105194912310021", "code", "210***********0021"},
      {"210105194913310021", "ID_number", "wrong: the day of birth"},
      {"国药准字H20130001", "approval_number", "chemical medicine"},
      {"国药准字Z20130001", "approval_number", "traditional Chinese medicine"},
      {"国药准字H2013",
       "approval_number",
       "wrong: a letter and eight digits should follow"},
      {"2012345678900", "kind", "in-store code"},
      {"0123-03-e1-000457", "kind", "receipt number"},
      {"S0312", "kind", "staff badge"},
  };
  Shop shop = shop_open();
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_auto(CommandAnswer) said = RUN(shop, "explain", "--json", CASES[i].code);
    g_autofree char *path = g_strconcat("$[0].", CASES[i].key, NULL);
    g_autofree char *value = json(&shop, said.out->str, path);
    if (g_strcmp0(value, CASES[i].value) != 0)
      g_printerr("%s: %s\n", CASES[i].code, said.out->str);
    CU_ASSERT_STRING_EQUAL(value ? value : "", CASES[i].value);
  }
  shop_close(&shop);
}

static void
explain_works_without_any_files(void)
{
  Shop shop = {g_strdup("/nonexistent/guitai"), NULL};
  g_auto(CommandAnswer) said = RUN(shop, "explain", "6900000000021");
  CU_ASSERT_EQUAL(said.status, 0);
  CU_ASSERT_PTR_NOT_NULL(strstr(said.out->str, "trade code"));
  g_free(shop.folder);
}

static void
decode_says_every_code_of_every_picture(void)
{
  Shop shop = shop_open();
  g_autofree char *good = g_build_filename(shop.folder, "code.jpg", NULL);
  g_autofree char *empty = g_build_filename(shop.folder, "empty.jpg", NULL);
  g_autofree char *bad = g_build_filename(shop.folder, "bad.jpg", NULL);
  save_picture(good, "one\ntwo");
  save_picture(empty, NULL);
  g_file_set_contents(bad, "no picture", -1, NULL);

  g_auto(CommandAnswer) text = RUN(shop, "decode", good, empty);
  g_auto(CommandAnswer) said = RUN(shop, "decode", "--json", good);
  g_auto(CommandAnswer) none = RUN(shop, "decode", empty);
  g_auto(CommandAnswer) mixed = RUN(shop, "decode", bad, good);
  g_autofree char *line = g_strconcat(good, "\tQRCode\tone\\x0atwo\n", NULL);
  CU_ASSERT_EQUAL(text.status, 0);
  CU_ASSERT_STRING_EQUAL(text.out->str, line);
  ASSERT_JSON(shop, said, "$[0].symbology", "QRCode");
  ASSERT_JSON(shop, said, "$[0].aim", "]Q1");
  ASSERT_JSON(shop, said, "$[0].text", "one\ntwo");
  CU_ASSERT_EQUAL(none.status, 1);
  CU_ASSERT_STRING_EQUAL(none.out->str, "");
  CU_ASSERT_EQUAL(mixed.status, 3);
  CU_ASSERT_STRING_EQUAL(mixed.out->str, line);
  CU_ASSERT_PTR_NOT_NULL(strstr(mixed.err->str, "bad.jpg"));
  CU_ASSERT_PTR_NOT_NULL(strstr(mixed.err->str, "PNG or JPEG"));
  g_remove(good);
  g_remove(empty);
  g_remove(bad);
  shop_close(&shop);
}

static void
search_lists_what_the_box_would(void)
{
  Shop shop = shop_open();
  g_auto(CommandAnswer) text = RUN(shop, "search", "blf");
  g_auto(CommandAnswer) said = RUN(shop, "search", "--json", "创可贴");
  g_auto(CommandAnswer) none = RUN(shop, "search", "qqqq");
  CU_ASSERT_EQUAL(text.status, 0);
  CU_ASSERT_PTR_NOT_NULL(
      strstr(text.out->str, "C0002\t布洛芬缓释胶囊\t0.3g×20粒\t康禾制药\t22.50\t8 盒"));
  ASSERT_JSON(shop, said, "$[0].code", "C0007");
  ASSERT_JSON(shop, said, "$[1].price_fen", "2500");
  CU_ASSERT_EQUAL(none.status, 1);
  shop_close(&shop);
}

static void
verify_passes_and_names_the_first_bad_row(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  pay_open(shop.till);
  pay_confirm(shop.till, "30");
  g_auto(CommandAnswer) good = RUN(shop, "verify", "--json");
  CU_ASSERT_EQUAL(good.status, 0);
  ASSERT_JSON(shop, good, "$[0].check", "file store.db");
  g_auto(Query) q =
      query(shop.till->store, "UPDATE balance SET qty = qty + 1 WHERE product = 2");
  query_run(&q);
  CU_ASSERT_TRUE(query_done(&q, NULL));
  query_clear(&q);
  g_auto(CommandAnswer) bad = RUN(shop, "verify");
  CU_ASSERT_EQUAL(bad.status, 1);
  CU_ASSERT_PTR_NOT_NULL(strstr(bad.out->str, "WRONG"));
  shop_close(&shop);
}

static void
backup_works_beside_the_window_and_restore_does_not(void)
{
  Shop shop = shop_open();
  g_auto(CommandAnswer) made = RUN(shop, "backup");
  g_autofree char *path = g_strdup(made.out->str);
  CU_ASSERT_EQUAL(made.status, 0);
  CU_ASSERT_TRUE(g_file_test(g_strchomp(path), G_FILE_TEST_EXISTS));
  g_auto(CommandAnswer) busy = RUN(shop, "restore");
  CU_ASSERT_EQUAL(busy.status, 3);
  g_clear_pointer(&shop.till, till_free);
  g_auto(CommandAnswer) done = RUN(shop, "restore", "--json", path);
  CU_ASSERT_EQUAL(done.status, 0);
  ASSERT_JSON(shop, done, "$.restored", path);
  shop_open_till(&shop);
  CU_ASSERT_EQUAL(shop.till->identity->epoch, 2);
  shop_close(&shop);
}

static void
devices_tells_who_answers(void)
{
  Shop shop = shop_open();
  CU_ASSERT_TRUE(setting_store_set(shop.till->store, "printer", "sim-printer:", NULL));
  g_auto(CommandAnswer) busy = RUN(shop, "devices");
  CU_ASSERT_PTR_NOT_NULL(
      strstr(busy.out->str, "printer\tsim-printer:\tin use by the window"));
  g_clear_pointer(&shop.till, till_free);
  g_auto(CommandAnswer) ready = RUN(shop, "devices");
  CU_ASSERT_PTR_NOT_NULL(strstr(ready.out->str, "printer\tsim-printer:\tready"));
  CU_ASSERT_PTR_NOT_NULL(strstr(ready.out->str, "scanner\t\tnone"));
  shop_close(&shop);
}

static void
devices_answers_in_json_with_what_to_do(void)
{
  Shop shop = shop_open();
  CU_ASSERT_TRUE(setting_store_set(shop.till->store, "scale", "no-such:", NULL));
  g_clear_pointer(&shop.till, till_free);
  g_auto(CommandAnswer) said = RUN(shop, "devices", "--json");
  CU_ASSERT_PTR_NOT_NULL(
      strstr(said.out->str,
             "{\"use\":\"scale\",\"used\":\"yes\",\"address\":\"no-such:\","
             "\"name\":\"\",\"state\":\"no-driver\""));
  shop_close(&shop);
}

static void
devices_prints_the_rules_with_this_tills_own(void)
{
  Shop shop = shop_open();
  setting_store_set(shop.till->store, "scanner", "wedge:usb:0416:c141@1-2", NULL);
  g_auto(CommandAnswer) own = RUN(shop, "devices", "--udev", "1234:5678");
  CU_ASSERT_EQUAL(own.status, 0);
  CU_ASSERT_PTR_NOT_NULL(strstr(own.out->str, "ENV{ID_MODEL_ID}==\"c141\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(own.out->str, "ATTR{idProduct}==\"5678\""));
  g_auto(CommandAnswer) bad = RUN(shop, "devices", "--udev", "12345678");
  CU_ASSERT_EQUAL(bad.status, 2);
  shop_close(&shop);
}

static char *
write_page(const Shop *shop, const char *name, const char *text)
{
  char *path = folder_path(shop->folder, name);
  CU_ASSERT_TRUE(g_file_set_contents(path, text, -1, NULL));
  return path;
}

static void
import_applies_pages_that_follow_and_refuses_a_gap(void)
{
  Shop shop = shop_open();
  g_autoptr(GString) changes = g_string_new(NULL);
  g_autofree char *good = NULL, *gap = NULL;
  int64_t at = catalogue_store_position(shop.till->catalogue);
  g_clear_pointer(&shop.till, till_free);
  g_string_append_printf(
      changes,
      "{\"stream\":\"cat\",\"from\":%d,\"to\":%d,\"head\":99,\"changes\":"
      "[{\"pos\":%d,\"type\":\"price\",\"op\":\"put\",\"key\":\"2/盒/shelf/1\","
      "\"ver\":2,\"body\":{\"product\":2,\"unit\":\"盒\",\"tier\":\"shelf\","
      "\"fen\":1990,\"from\":1,\"to\":null,\"reason\":\"\"}}],\"hub_time\":0}",
      (int)at,
      (int)at + 1,
      (int)at + 1);
  good = write_page(&shop, "good.json", changes->str);
  gap = write_page(
      &shop,
      "gap.json",
      "{\"stream\":\"cat\",\"from\":500,\"to\":500,\"head\":500,\"changes\":[],"
      "\"hub_time\":0}");
  g_auto(CommandAnswer) done = RUN(shop, "import", "--json", good);
  CU_ASSERT_EQUAL(done.status, 0);
  ASSERT_JSON(shop, done, "$[0].changes", "1");
  g_auto(CommandAnswer) refused = RUN(shop, "import", gap);
  CU_ASSERT_EQUAL(refused.status, 3);
  CU_ASSERT_PTR_NOT_NULL(strstr(refused.err->str, "gap.json"));
  shop_open_till(&shop);
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  CU_ASSERT_EQUAL(checkout_totals(shop.till).due, 1990);
  shop_close(&shop);
}

static void
an_enrolled_till_is_not_enrolled_again(void)
{
  Shop shop = shop_open();
  g_clear_pointer(&shop.till, till_free);
  g_auto(CommandAnswer) refused =
      RUN(shop, "enrol", "--hub", "http://127.0.0.1:1", "--code", "123456");
  CU_ASSERT_EQUAL(refused.status, 3);
  CU_ASSERT_PTR_NOT_NULL(strstr(refused.err->str, "already till 03 of store 0123"));
  shop_close(&shop);
}

static void
a_command_without_its_arguments_says_how(void)
{
  Shop shop = shop_open();
  g_auto(CommandAnswer) explain = RUN(shop, "explain");
  g_auto(CommandAnswer) enrol = RUN(shop, "enrol");
  g_auto(CommandAnswer) verify = RUN(shop, "verify", "too", "many");
  CU_ASSERT_EQUAL(explain.status, 2);
  CU_ASSERT_EQUAL(enrol.status, 2);
  CU_ASSERT_EQUAL(verify.status, 2);
  CU_ASSERT_PTR_NOT_NULL(strstr(explain.err->str, "explain CODE"));
  shop_close(&shop);
}

static void
every_command_is_in_the_help_and_has_its_own(void)
{
  Shop shop = shop_open();
  g_auto(CommandAnswer) help = RUN(shop, "--help");
  g_auto(CommandAnswer) man = RUN(shop, "--man");
  for (const CommandVerb *verb = COMMAND_PAGE.verbs; verb->name; verb++) {
    g_auto(CommandAnswer) own = RUN(shop, verb->name, "--help");
    CU_ASSERT_PTR_NOT_NULL(strstr(help.out->str, verb->name));
    CU_ASSERT_PTR_NOT_NULL(strstr(man.out->str, verb->summary));
    CU_ASSERT_PTR_NOT_NULL(strstr(own.out->str, verb->summary));
    CU_ASSERT_EQUAL(own.status, 0);
  }
  shop_close(&shop);
}

TESTS("command_line",
      TEST(explain_tells_kind_check_digit_and_article),
      TEST(explain_reads_gs1_fields_and_hides_id_numbers),
      TEST(explain_knows_what_a_pharmacy_meets),
      TEST(explain_works_without_any_files),
      TEST(decode_says_every_code_of_every_picture),
      TEST(search_lists_what_the_box_would),
      TEST(verify_passes_and_names_the_first_bad_row),
      TEST(backup_works_beside_the_window_and_restore_does_not),
      TEST(devices_tells_who_answers),
      TEST(devices_answers_in_json_with_what_to_do),
      TEST(devices_prints_the_rules_with_this_tills_own),
      TEST(import_applies_pages_that_follow_and_refuses_a_gap),
      TEST(an_enrolled_till_is_not_enrolled_again),
      TEST(a_command_without_its_arguments_says_how),
      TEST(every_command_is_in_the_help_and_has_its_own))
