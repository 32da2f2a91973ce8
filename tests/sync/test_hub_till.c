/* The hub and a till's own files, end to end without a wire: what central says can be
 * applied, what is sold can be booked, and both hold the same stock. */
#include <string.h>

#include "app/domain/sale.h"
#include "app/domain/tender.h"
#include "db/catalogue_store.h"
#include "db/inbox.h"
#include "db/outbox.h"
#include "db/people_store.h"
#include "db/product_store.h"
#include "db/sale_store.h"
#include "db/seal.h"
#include "db/setting_store.h"
#include "db/shift_store.h"
#include "db/stock_store.h"
#include "sync/hub/proof.h"
#include "sync/hub/push.h"
#include "sync/hub/stream.h"
#include "tests/sync/import_desk.h"

#define TODAY 20261123

/* A till that is enrolled with the hub of a desk. */
typedef struct {
  Desk *desk;
  Device device;
  Seal *seal;
  Db *store, *catalogue;
} Till;

static void
till_open(Till *till, Desk *desk, const char *code)
{
  g_autofree char *key = g_strdup_printf("%s/device-%s.key", desk->folder, code);
  till->desk = desk;
  till->device = chain_store_till(desk->base, code, NULL);
  till->seal = seal_open(key, NULL);
  till->store = db_open(":memory:", "store", DB_WRITER, NULL);
  till->catalogue = db_open(":memory:", "catalogue", DB_WRITER, NULL);
  const Identity identity = {.store_id = till->device.store,
                             .device_id = till->device.id,
                             .epoch = 1,
                             .store_code = (char *)STORE,
                             .till_code = (char *)code,
                             .hub_url = (char *)"http://127.0.0.1:1",
                             .token = (char *)"t"};
  CU_ASSERT_TRUE_FATAL(
      setting_store_set_identity(till->store, till->seal, &identity, NULL));
}

static void
till_clear(Till *till)
{
  db_close(till->store);
  db_close(till->catalogue);
  seal_free(till->seal);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Till, till_clear)

static bool
apply_page(const Till *till, int64_t stream, const Reply *page)
{
  int changes = 0;
  g_autoptr(GError) error = NULL;
  bool is_applied =
      stream == STREAM_CAT
          ? catalogue_store_apply(till->catalogue,
                                  till->seal,
                                  page->json->str,
                                  page->json->len,
                                  &changes,
                                  &error)
          : inbox_apply(till->store, page->json->str, page->json->len, &changes, &error);
  if (!is_applied)
    g_printerr("%s\n", error->message);
  return is_applied;
}

/* Applies a stream to its head, in pages of a few changes. */
static void
pull(const Till *till, int64_t stream)
{
  int64_t head = 0;
  stream_head(till->desk->base, stream, &head, NULL);
  for (;;) {
    g_auto(Reply) page;
    int64_t from = stream == STREAM_CAT ? catalogue_store_position(till->catalogue)
                                        : inbox_position(till->store);
    if (from >= head)
      return;
    reply_init(&page);
    CU_ASSERT_TRUE_FATAL(
        stream_page(till->desk->base, stream, from, 7, NOON, &page, NULL));
    CU_ASSERT_TRUE_FATAL(apply_page(till, stream, &page));
  }
}

/* Pushes what waits, and takes the answer down. @return the answer (transfer full). */
static char *
push(const Till *till)
{
  OutboxState state = {0};
  char hash[DIGEST_HEX];
  g_autofree char *events = NULL;
  int64_t last = 0;
  g_auto(Reply) reply;
  reply_init(&reply);
  CU_ASSERT_TRUE_FATAL(outbox_state(till->store, &state, NULL));
  CU_ASSERT_TRUE_FATAL(outbox_hash(till->store, 1, state.acked, hash, NULL));
  CU_ASSERT_TRUE_FATAL(outbox_batch(
      till->store, 1, state.acked + 1, PUSH_MAX, 400000, &events, &last, NULL));
  g_autofree char *request = g_strdup_printf("{\"device\":%" G_GINT64_FORMAT
                                             ",\"epoch\":1,\"base\":%" G_GINT64_FORMAT
                                             ",\"base_hash\":\"%s\",\"events\":%s}",
                                             till->device.id,
                                             state.acked,
                                             hash,
                                             events);
  CU_ASSERT_TRUE_FATAL(push_apply(
      till->desk->base, &till->device, request, strlen(request), NOON, &reply, NULL));
  CU_ASSERT_EQUAL(reply.status, 200);
  CU_ASSERT_TRUE(outbox_set_acked(till->store, 1, last, NULL));
  return g_strdup(reply.json->str);
}

/* Sells @units of the default unit of the article with this barcode, for exact cash. */
static void
sell(const Till *till, const char *code, int units, const char *uid)
{
  g_autoptr(GPtrArray) matches = NULL;
  g_autoptr(GPtrArray) lots = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *receipt = NULL;
  CU_ASSERT_TRUE_FATAL(
      product_store_find_code(till->catalogue, code, NOON, &matches, NULL));
  CU_ASSERT_EQUAL_FATAL(matches->len, 1);
  Product *product = ((ProductMatch *)matches->pdata[0])->product;
  const ProductUnit *unit = product_default_unit(product);
  CU_ASSERT_TRUE_FATAL(stock_store_lots(till->store, product->id, &lots, NULL));
  g_autoptr(Sale) sale = sale_new(uid, NOON);
  sale_add(sale, product, unit, unit->base * units, lot_first_out(lots, TODAY));
  g_autoptr(Payment) payment = payment_new(sale_totals(sale, 10).due);
  payment_add(payment, TENDER_CASH, payment->due, NULL);
  const SaleCommit commit = {.sale = sale,
                             .payment = payment,
                             .round_step = 10,
                             .staff_number = "0312",
                             .shift_id = 1,
                             .business_date = TODAY,
                             .now_us = NOON};
  bool is_kept = sale_store_commit(till->store, &commit, &receipt, &error);
  CU_ASSERT_TRUE_FATAL(is_kept);
}

static void
open_shop(Desk *desk)
{
  static const char STOCK[] = "code,lot,expiry,qty,shelf\n"
                              "1,L1,2027-08-31,10,R-1\n"
                              "1,L2,2028-08-31,5,R-2\n"
                              "2,H1,2027-01-31,30,H-1\n";
  static const char STAFF[] = "number,name,role,pin,badge\n0312,张三,clerk,3124,90312\n";
  desk_open(desk);
  desk_articles(
      desk,
      "code,name,class,barcode,unit,base,loose_unit,price,loose_price,shelf,rank",
      "1,阿莫西林胶囊,乙类,6901234567892,盒,24,粒,18.55,1.00,,1\n"
      "2,当归,中药饮片,2010000000373,10g,,,2.85,,,2\n"
      "3,体温计,二类医疗器械,96385074,支,1,,9.90,,,\n");
  ImportJob stock = desk_job(LIST_STOCK);
  ImportJob staff = desk_job(LIST_STAFF);
  CU_ASSERT_TRUE_FATAL(desk_import(desk, &stock, STOCK, strlen(STOCK)));
  CU_ASSERT_TRUE_FATAL(desk_import(desk, &staff, STAFF, strlen(STAFF)));
}

static int64_t
stock_at_till(const Till *till, int64_t product)
{
  Quantity qty = -1;
  stock_store_on_hand(till->store, product, TODAY, &qty, NULL);
  return qty;
}

static int64_t
stock_at_hub(const Desk *desk, int64_t product)
{
  g_auto(Query) q =
      query(base_db(desk->base),
            "SELECT sum(qty) FROM balance WHERE store = 1 AND product = :product");
  query_bind_int(&q, ":product", product);
  return query_next(&q) ? query_get_int(&q, 0) : -1;
}

static void
what_the_lists_say_arrives_in_a_tills_files(void)
{
  g_auto(Desk) desk;
  g_auto(Till) till = {0};
  open_shop(&desk);
  till_open(&till, &desk, "03");
  pull(&till, STREAM_CAT);
  pull(&till, till.device.store);
  g_autoptr(Product) product = NULL;
  CU_ASSERT_TRUE(product_store_find(till.catalogue, 1, NOON, &product, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(product);
  CU_ASSERT_STRING_EQUAL(product->generic_name, "阿莫西林胶囊");
  CU_ASSERT_EQUAL(product->legal_class, CLASS_OTC_B);
  CU_ASSERT_EQUAL(product_unit(product, "盒")->price, 1855);
  CU_ASSERT_TRUE(product_unit(product, "粒")->sale_allowed);
  CU_ASSERT_EQUAL(product_unit(product, "粒")->price, 100);
  CU_ASSERT_EQUAL(stock_at_till(&till, 1), 15 * 24);
  CU_ASSERT_EQUAL(stock_at_till(&till, 2), 300000);
  g_autofree char *shelf = stock_store_shelf(till.store, 1);
  CU_ASSERT_STRING_EQUAL(shelf, "R-1");
  g_autofree char *name = setting_store_text(till.store, "store.name", "");
  CU_ASSERT_STRING_EQUAL(name, "和平路店");
}

static void
the_pin_of_the_list_opens_the_till(void)
{
  g_auto(Desk) desk;
  g_auto(Till) till = {0};
  g_autoptr(Staff) staff = NULL;
  PinAnswer answer = PIN_LOCKED;
  int64_t wait_s = 0;
  open_shop(&desk);
  till_open(&till, &desk, "03");
  pull(&till, STREAM_CAT);
  CU_ASSERT_TRUE(people_store_find(till.catalogue, "90312", &staff, NULL));
  CU_ASSERT_PTR_NOT_NULL_FATAL(staff);
  CU_ASSERT_STRING_EQUAL(staff->number, "0312");
  CU_ASSERT_TRUE(staff_may(staff, RIGHT_SELL));
  CU_ASSERT_TRUE(people_store_check_pin(till.catalogue,
                                        till.store,
                                        till.seal,
                                        staff,
                                        "3124",
                                        NOON,
                                        &answer,
                                        &wait_s,
                                        NULL));
  CU_ASSERT_EQUAL(answer, PIN_RIGHT);
}

static void
what_is_sold_is_booked_and_both_hold_the_same_stock(void)
{
  g_auto(Desk) desk;
  g_auto(Till) till = {0};
  open_shop(&desk);
  till_open(&till, &desk, "03");
  pull(&till, STREAM_CAT);
  pull(&till, till.device.store);
  CU_ASSERT_TRUE(shift_store_open_one(till.store, "0312", TODAY, 20000, NOON, NULL));
  sell(&till, "06901234567892", 2, "00000000000000000000000000000001");
  sell(&till, "02010000000373", 7, "00000000000000000000000000000002");
  sell(&till, "00000096385074", 1, "00000000000000000000000000000003");
  CU_ASSERT_TRUE(shift_store_close(till.store, 1, "0312", NOON, NULL));
  g_autofree char *answer = push(&till);
  static const char *const WANTED[] = {"ok", "ok", "ok", "exception", "ok"};
  for (guint i = 0; i < G_N_ELEMENTS(WANTED); i++) {
    g_autofree char *path = g_strdup_printf("$.verdicts[%u].verdict", i);
    g_autofree char *verdict = chain_store_field(desk.base, answer, path);
    CU_ASSERT_STRING_EQUAL(verdict ? verdict : "none", WANTED[i]);
  }
  /* The thermometer was sold though nobody had said that there is one. */
  g_autofree char *code = text(desk.base, "SELECT code FROM exception");
  CU_ASSERT_STRING_EQUAL(code, "oversell");
  CU_ASSERT_EQUAL(number(desk.base, "SELECT count(*) FROM sale"), 3);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT sum(due) FROM sale"), 3710 + 1990 + 990);
  for (int64_t product = 1; product <= 2; product++)
    CU_ASSERT_EQUAL(stock_at_hub(&desk, product), stock_at_till(&till, product));
  pull(&till, till.device.store); /* its own movements come back and do nothing */
  CU_ASSERT_EQUAL(stock_at_till(&till, 1), 13 * 24);
}

static void
two_tills_of_a_store_see_each_others_sales(void)
{
  g_auto(Desk) desk;
  g_auto(Till) one = {0};
  g_auto(Till) two = {0};
  open_shop(&desk);
  till_open(&one, &desk, "03");
  till_open(&two, &desk, "04");
  pull(&one, STREAM_CAT);
  pull(&two, STREAM_CAT);
  pull(&one, one.device.store);
  pull(&two, two.device.store);
  sell(&one, "06901234567892", 2, "00000000000000000000000000000001");
  sell(&two, "06901234567892", 1, "00000000000000000000000000000002");
  g_autofree char *first = push(&one);
  g_autofree char *second = push(&two);
  pull(&one, one.device.store);
  pull(&two, two.device.store);
  CU_ASSERT_EQUAL(stock_at_till(&one, 1), 12 * 24);
  CU_ASSERT_EQUAL(stock_at_till(&two, 1), 12 * 24);
  CU_ASSERT_EQUAL(stock_at_hub(&desk, 1), 12 * 24);
  g_autoptr(GArray) findings = NULL;
  CU_ASSERT_TRUE(proof_find(desk.base, &findings, NULL));
  for (guint i = 0; i < findings->len; i++)
    CU_ASSERT_PTR_NULL(g_array_index(findings, Finding, i).wrong);
}

TESTS("hub_till",
      TEST(what_the_lists_say_arrives_in_a_tills_files),
      TEST(the_pin_of_the_list_opens_the_till),
      TEST(what_is_sold_is_booked_and_both_hold_the_same_stock),
      TEST(two_tills_of_a_store_see_each_others_sales))
