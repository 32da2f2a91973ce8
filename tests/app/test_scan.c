#include "app/scan.h"

#include "app/ringing.h"
#include "tests/app/shop.h"

static void
an_article_joins_the_sale_by_its_trade_code(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  const SaleLine *line = sale_line(shop.till->sale, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(line);
  CU_ASSERT_EQUAL(line->product->id, IBUPROFEN);
  CU_ASSERT_EQUAL(line->quantity, 20);
  CU_ASSERT_STRING_EQUAL(line->lot->lot_no, "B1");
  CU_ASSERT_EQUAL(shop.till->chosen, 0);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NOTHING);
  shop_close(&shop);
}

static void
nothing_sells_before_somebody_signed_in(void)
{
  Shop shop = shop_open();
  shop_scan_article(&shop, IBUPROFEN);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CODE_WRONG_PLACE);
  till_open_page(shop.till, PAGE_SALE);
  shop_scan_article(&shop, IBUPROFEN);
  CU_ASSERT_EQUAL(shop.till->notice.rule.message, RULE_NO_RIGHT);
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  shop_close(&shop);
}

/* What was typed between two scans is a key of its own, never a part of the next code. */
static void
scan_two_scan_two_never_makes_twenty_two(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  shop_type(&shop, "2*");
  shop_scan_article(&shop, PLASTER_SMALL);
  shop_scan_article(&shop, VITAMIN);
  shop_type(&shop, "2*");
  CU_ASSERT_EQUAL(sale_line(shop.till->sale, 0)->quantity, 40);
  CU_ASSERT_EQUAL(sale_line(shop.till->sale, 1)->quantity, 2);
  shop_close(&shop);
}

static void
a_count_before_the_scan_is_used_once(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_type(&shop, "＊３");
  CU_ASSERT_EQUAL(shop.till->typed_count, 3);
  shop_scan_article(&shop, VITAMIN);
  CU_ASSERT_EQUAL(shop.till->typed_count, 0);
  shop_scan_article(&shop, VITAMIN);
  CU_ASSERT_EQUAL(sale_line(shop.till->sale, 0)->quantity, 4);
  shop_close(&shop);
}

static void
a_count_that_is_none_is_refused(void)
{
  static const char *const TYPED[] = {"*", "*0", "*100000", "*9999999999999999999", "*x"};
  Shop shop = shop_open();
  shop_sign_in(&shop);
  for (gsize i = 0; i < G_N_ELEMENTS(TYPED); i++) {
    shop_type(&shop, TYPED[i]);
    CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_BAD_QUANTITY);
    CU_ASSERT_EQUAL(shop.till->typed_count, 0);
  }
  shop_close(&shop);
}

static void
plus_minus_and_slash_act_on_the_chosen_line(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_type(&shop, "+");
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NO_LINE);
  shop_scan_article(&shop, IBUPROFEN);
  const SaleLine *line = sale_line(shop.till->sale, 0);
  shop_type(&shop, "+");
  CU_ASSERT_EQUAL(line->quantity, 40);
  shop_type(&shop, "-");
  shop_type(&shop, "-");
  CU_ASSERT_EQUAL(line->quantity, 20);
  shop_type(&shop, "/");
  CU_ASSERT_STRING_EQUAL(line->unit_name, "粒");
  CU_ASSERT_EQUAL(line->quantity, 1);
  CU_ASSERT_EQUAL(line->price, 130);
  shop_close(&shop);
}

static void
a_scanned_plus_is_no_key(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  scan_code(shop.till, "+", 1, SCAN_SCANNED);
  CU_ASSERT_EQUAL(sale_line(shop.till->sale, 0)->quantity, 20);
  shop_close(&shop);
}

static void
a_code_of_several_articles_offers_them(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, PLASTER_SMALL);
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_SEVERAL_ARTICLES);
  CU_ASSERT_EQUAL(shop.till->notice.number, 2);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SEARCH);
  CU_ASSERT_EQUAL(shop.till->found->len, 2);
  checkout_add(shop.till, PLASTER_LARGE, NULL, NULL);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL(sale_line(shop.till->sale, 0)->product->id, PLASTER_LARGE);
  shop_close(&shop);
}

static void
codes_of_other_places_are_named_and_do_nothing(void)
{
  static const struct {
    const char *code;
    BarcodeKind kind;
  } CASES[] = {
      {"134567890123456789", BARCODE_PAY_CODE},
      {"289012345678901234", BARCODE_PAY_CODE},
      {"11010519491231002X", BARCODE_ID_NUMBER},
      {"81234567890123456789", BARCODE_TRACE},
      {"M1234567", BARCODE_MEMBER},
      {"S90312", BARCODE_STAFF},
      {"0123-03-e1-000457", BARCODE_TICKET},
  };
  Shop shop = shop_open();
  shop_sign_in(&shop);
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    scan_code(shop.till, CASES[i].code, strlen(CASES[i].code), SCAN_SCANNED);
    CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CODE_WRONG_PLACE);
    CU_ASSERT_EQUAL(shop.till->notice.barcode_kind, CASES[i].kind);
    CU_ASSERT_PTR_NULL(shop.till->notice.what);
    CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
    CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  }
  shop_close(&shop);
}

static void
garbage_is_refused_by_name(void)
{
  g_autofree char *long_one = g_strnfill(10240, '6');
  struct {
    const char *bytes;
    gsize length;
    NoticeId id;
  } cases[] = {
      {long_one, 10240, NOTICE_CODE_TOO_LONG},
      {"690\0\0\0"
       "123",
       9,
       NOTICE_CODE_GARBAGE},
      {"\xff\xfe\x01", 3, NOTICE_CODE_GARBAGE},
      {"\x1b[2J690000", 10, NOTICE_CODE_GARBAGE},
      {"6900000000029", 13, NOTICE_CODE_BAD_CHECK},
      {"6999999999997", 13, NOTICE_CODE_UNKNOWN},
      {"]C10106900000000021171332", 25, NOTICE_CODE_BAD_FIELD},
  };
  Shop shop = shop_open();
  shop_sign_in(&shop);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    scan_code(shop.till, cases[i].bytes, cases[i].length, SCAN_SCANNED);
    CU_ASSERT_EQUAL(shop.till->notice.id, cases[i].id);
    CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  }
  scan_code(shop.till, "", 0, SCAN_SCANNED);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NOTHING);
  shop_close(&shop);
}

static void
scan_gs1(Shop *shop, const char *twelve, const char *rest)
{
  char code[14];
  g_autofree char *text = g_strdup_printf("]d2010%s%s", shop_code(twelve, code), rest);
  scan_code(shop->till, text, strlen(text), SCAN_SCANNED);
}

static void
a_gs1_code_brings_lot_and_expiry(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  scan_gs1(&shop, shop_ean(IBUPROFEN), "1729033110B2");
  const SaleLine *line = sale_line(shop.till->sale, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(line);
  CU_ASSERT_STRING_EQUAL(line->lot->lot_no, "B2");
  CU_ASSERT_TRUE(line->lot_chosen);
  CU_ASSERT_FALSE(line->oversold);
  shop_close(&shop);
}

static void
a_lot_that_is_not_on_file_is_sold_and_told(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  scan_gs1(&shop, shop_ean(IBUPROFEN), "1729063010NEW7");
  const SaleLine *line = sale_line(shop.till->sale, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(line);
  CU_ASSERT_STRING_EQUAL(line->lot->lot_no, "NEW7");
  CU_ASSERT_EQUAL(line->lot->expiry, 20290630);
  CU_ASSERT_TRUE(line->oversold);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_LOT_UNKNOWN);
  shop_close(&shop);
}

static void
an_expired_pack_is_blocked_by_its_own_date(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  scan_gs1(&shop, shop_ean(IBUPROFEN), "1726100010OLD1");
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  CU_ASSERT_EQUAL(shop.till->notice.kind, NOTICE_BLOCK);
  CU_ASSERT_EQUAL(shop.till->notice.rule.message, RULE_LOT_EXPIRED);
  scan_gs1(&shop, shop_ean(IBUPROFEN), "1726103110B1");
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  CU_ASSERT_EQUAL(shop.till->notice.rule.message, RULE_LOT_EXPIRED);
  shop_close(&shop);
}

static void
a_weight_inside_the_code_is_rung_up(void)
{
  Shop shop = shop_open();
  CU_ASSERT_TRUE(setting_store_set(shop.till->store, "scale.codes", "21 5 5", NULL));
  shop_sign_in(&shop);
  shop_scan(&shop, "210004000070");
  const SaleLine *line = sale_line(shop.till->sale, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(line);
  CU_ASSERT_EQUAL(line->product->id, HERB);
  CU_ASSERT_EQUAL(line->quantity, 70000);
  CU_ASSERT_EQUAL(sale_line_net(line), 1330);
  shop_close(&shop);
}

static void
a_price_inside_the_code_is_paid_to_the_fen(void)
{
  Shop shop = shop_open();
  CU_ASSERT_TRUE(
      setting_store_set(shop.till->store, "scale.codes", "22 5 5, 21 5 5 price", NULL));
  shop_sign_in(&shop);
  shop_scan(&shop, "210004001331");
  const SaleLine *line = sale_line(shop.till->sale, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(line);
  CU_ASSERT_EQUAL(line->product->id, HERB);
  CU_ASSERT_EQUAL(sale_line_net(line), 1331);
  CU_ASSERT_EQUAL(line->quantity, 70053); /* mg, at 19 fen the gram */
  shop_scan(&shop, "210004000000");
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CODE_UNKNOWN);
  CU_ASSERT_EQUAL(shop.till->sale->lines->len, 1);
  shop_close(&shop);
}

static void
what_is_counted_costs_what_its_label_says(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, VITAMIN);
  g_autoptr(Product) product = product_copy(sale_line(shop.till->sale, 0)->product);
  ringing_up(shop.till, product, &(RingingWish){.price = 888});
  const SaleLine *line = sale_line(shop.till->sale, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(line);
  CU_ASSERT_EQUAL(sale_line_net(line), 888);
  CU_ASSERT_STRING_EQUAL(line->price_source, "label");
  CU_ASSERT_EQUAL(sale_line_net(sale_line(shop.till->sale, 0)), 2990);
  shop_close(&shop);
}

static void
the_scanner_sounds_when_a_code_was_not_taken(void)
{
  static const struct {
    const char *code;
    int beep; /* -1: none */
  } CASES[] = {
      {"6900000000021", -1},
      {"6999999999997", BEEP_NOT_ON_FILE},
      {"no such words", BEEP_NOT_ON_FILE},
      {"6900000000020", BEEP_REFUSED},
      {"134567890123456789", BEEP_REFUSED},
      {"]d2010952123454321", BEEP_REFUSED},
      {"\x1b@", BEEP_REFUSED},
      {"(01)06900000000021(17)261000", BEEP_REFUSED},
  };
  Shop shop = shop_open();
  shop_sign_in(&shop);
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Beep beep;
    scan_code(shop.till, CASES[i].code, strlen(CASES[i].code), SCAN_SCANNED);
    bool sounds = scan_beep(shop.till, &beep);
    CU_ASSERT_EQUAL(sounds, CASES[i].beep >= 0);
    CU_ASSERT_TRUE(!sounds || (int)beep == CASES[i].beep);
    if (sounds != (CASES[i].beep >= 0) || (sounds && (int)beep != CASES[i].beep))
      fprintf(stderr, "  %s: notice %d\n", CASES[i].code, shop.till->notice.id);
  }
  shop_close(&shop);
}

static void
text_searches_and_an_article_number_rings_up(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_type(&shop, "blf");
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SEARCH);
  CU_ASSERT_EQUAL_FATAL(shop.till->found->len, 1);
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  shop_type(&shop, "qqqqqq");
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NOTHING_FOUND);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SEARCH);
  scan_code(shop.till, "qqqqqq", 6, SCAN_SCANNED);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_NOTHING_FOUND);
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  shop_type(&shop, "c0002");
  CU_ASSERT_EQUAL(shop.till->page, PAGE_SALE);
  CU_ASSERT_FALSE(sale_is_empty(shop.till->sale));
  shop_close(&shop);
}

static void
at_the_payment_goods_are_named_and_amounts_are_cash(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  pay_open(shop.till);
  shop_scan_article(&shop, VITAMIN);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CODE_WRONG_PLACE);
  CU_ASSERT_EQUAL(shop.till->sale->lines->len, 1);
  scan_code(shop.till, "134567890123456789", 18, SCAN_SCANNED);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_TENDER_NOT_HERE);
  shop_type(&shop, "50");
  CU_ASSERT_EQUAL(payment_change(shop.till->payment), 2750);
  shop_close(&shop);
}

static void
a_badge_at_sign_in_asks_for_the_pin(void)
{
  Shop shop = shop_open();
  scan_code(shop.till, "S90312", 6, SCAN_SCANNED);
  CU_ASSERT_PTR_NOT_NULL_FATAL(shop.till->signing);
  CU_ASSERT_STRING_EQUAL(shop.till->signing->number, "0312");
  CU_ASSERT_PTR_NULL(shop.till->staff);
  shop_close(&shop);
}

static void
the_devices_page_shows_what_was_heard_and_does_nothing(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  till_open_page(shop.till, PAGE_DEVICES);
  desk_scan("6900000000021\r", 14);
  await(shop.till->heard != NULL);
  CU_ASSERT_STRING_EQUAL(shop.till->heard, "6900000000021");
  CU_ASSERT_TRUE(sale_is_empty(shop.till->sale));
  shop_close(&shop);
}

TESTS("scan",
      TEST(an_article_joins_the_sale_by_its_trade_code),
      TEST(nothing_sells_before_somebody_signed_in),
      TEST(scan_two_scan_two_never_makes_twenty_two),
      TEST(a_count_before_the_scan_is_used_once),
      TEST(a_count_that_is_none_is_refused),
      TEST(plus_minus_and_slash_act_on_the_chosen_line),
      TEST(a_scanned_plus_is_no_key),
      TEST(a_code_of_several_articles_offers_them),
      TEST(codes_of_other_places_are_named_and_do_nothing),
      TEST(garbage_is_refused_by_name),
      TEST(a_gs1_code_brings_lot_and_expiry),
      TEST(a_lot_that_is_not_on_file_is_sold_and_told),
      TEST(an_expired_pack_is_blocked_by_its_own_date),
      TEST(a_weight_inside_the_code_is_rung_up),
      TEST(a_price_inside_the_code_is_paid_to_the_fen),
      TEST(what_is_counted_costs_what_its_label_says),
      TEST(the_scanner_sounds_when_a_code_was_not_taken),
      TEST(text_searches_and_an_article_number_rings_up),
      TEST(at_the_payment_goods_are_named_and_amounts_are_cash),
      TEST(a_badge_at_sign_in_asks_for_the_pin),
      TEST(the_devices_page_shows_what_was_heard_and_does_nothing))
