#include "app/domain/barcode.h"

#include <stdio.h>
#include <string.h>

#include "tests/test.h"

#define GS      "\x1d"
#define GTIN    "09521234543213"
#define WECHAT  "134567890123456789"
#define ALIPAY  "2812345678901234"
#define UNION   "6212345678901234567"
#define ID      "11010519491231002X"
#define ID_PAY  "110101199003077758" /* a right ID number and a WeChat code at once */
#define TRACE   "81234567890123456789"
#define EAN     "6901234567892"
#define INSTORE "2112345000008"

static const struct {
  const char *text;
  BarcodeContext context;
  BarcodeKind kind;
  BarcodeFault fault;
} CASES[] = {
    /* goods in the sale */
    {EAN, BARCODE_IN_SALE, BARCODE_EAN, BARCODE_OK},
    {"96385074", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_OK},
    {"036000291452", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_OK},
    {GTIN, BARCODE_IN_SALE, BARCODE_EAN, BARCODE_OK},
    {"6901234567891", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_BAD_CHECK_DIGIT},
    {"96385075", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_BAD_CHECK_DIGIT},
    {INSTORE, BARCODE_IN_SALE, BARCODE_INSTORE, BARCODE_OK},
    {"2112345000009", BARCODE_IN_SALE, BARCODE_INSTORE, BARCODE_BAD_CHECK_DIGIT},
    {TRACE, BARCODE_IN_SALE, BARCODE_TRACE, BARCODE_OK},
    {"71234567890123456789", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"8123456789012345678", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"86012345678905", BARCODE_IN_SALE, BARCODE_STD_CODE, BARCODE_OK},
    {"86012345678906", BARCODE_IN_SALE, BARCODE_STD_CODE, BARCODE_BAD_CHECK_DIGIT},
    /* cards and papers */
    {"M0001230", BARCODE_IN_SALE, BARCODE_MEMBER, BARCODE_OK},
    {"S0312", BARCODE_IN_SALE, BARCODE_STAFF, BARCODE_OK},
    {"S1", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"M12a4", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"0123-03-e1-000457", BARCODE_IN_SALE, BARCODE_TICKET, BARCODE_OK},
    {"0123-03-e12-000457", BARCODE_IN_SALE, BARCODE_TICKET, BARCODE_OK},
    {"0123-03-e1-00457", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"0123-03-1-000457", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    /* what does not belong into the sale is named */
    {WECHAT, BARCODE_IN_SALE, BARCODE_PAY_CODE, BARCODE_WRONG_PLACE},
    {ALIPAY, BARCODE_IN_SALE, BARCODE_PAY_CODE, BARCODE_WRONG_PLACE},
    {UNION, BARCODE_IN_SALE, BARCODE_PAY_CODE, BARCODE_WRONG_PLACE},
    {ID, BARCODE_IN_SALE, BARCODE_ID_NUMBER, BARCODE_WRONG_PLACE},
    {ID_PAY, BARCODE_IN_SALE, BARCODE_ID_NUMBER, BARCODE_WRONG_PLACE},
    /* words */
    {"amxl", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"阿莫西林", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"国药准字H44021351", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"0312", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"(abc)", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"", BARCODE_IN_SALE, BARCODE_NONE, BARCODE_OK},
    {" \r\n", BARCODE_IN_SALE, BARCODE_NONE, BARCODE_OK},
    /* the payment box */
    {WECHAT, BARCODE_IN_PAYMENT, BARCODE_PAY_CODE, BARCODE_OK},
    {ID_PAY, BARCODE_IN_PAYMENT, BARCODE_PAY_CODE, BARCODE_OK},
    {"164567890123456789", BARCODE_IN_PAYMENT, BARCODE_TEXT, BARCODE_OK},
    {"2512345678901234", BARCODE_IN_PAYMENT, BARCODE_PAY_CODE, BARCODE_OK},
    {"301234567890123456789012", BARCODE_IN_PAYMENT, BARCODE_PAY_CODE, BARCODE_OK},
    {"3012345678901234567890123", BARCODE_IN_PAYMENT, BARCODE_TEXT, BARCODE_OK},
    {"3112345678901234", BARCODE_IN_PAYMENT, BARCODE_TEXT, BARCODE_OK},
    {UNION, BARCODE_IN_PAYMENT, BARCODE_PAY_CODE, BARCODE_OK},
    {ID, BARCODE_IN_PAYMENT, BARCODE_ID_NUMBER, BARCODE_WRONG_PLACE},
    {EAN, BARCODE_IN_PAYMENT, BARCODE_EAN, BARCODE_WRONG_PLACE},
    {TRACE, BARCODE_IN_PAYMENT, BARCODE_TRACE, BARCODE_WRONG_PLACE},
    {"6901234567891", BARCODE_IN_PAYMENT, BARCODE_TEXT, BARCODE_OK},
    {"120.00", BARCODE_IN_PAYMENT, BARCODE_TEXT, BARCODE_OK},
    /* the ID box */
    {ID, BARCODE_IN_ID_BOX, BARCODE_ID_NUMBER, BARCODE_OK},
    {"11010519491231002x", BARCODE_IN_ID_BOX, BARCODE_ID_NUMBER, BARCODE_OK},
    {ID_PAY, BARCODE_IN_ID_BOX, BARCODE_ID_NUMBER, BARCODE_OK},
    {"110105194912310021", BARCODE_IN_ID_BOX, BARCODE_ID_NUMBER, BARCODE_BAD_CHECK_DIGIT},
    {WECHAT, BARCODE_IN_ID_BOX, BARCODE_PAY_CODE, BARCODE_WRONG_PLACE},
    {EAN, BARCODE_IN_ID_BOX, BARCODE_EAN, BARCODE_WRONG_PLACE},
    /* where goods are counted and taken in, 14 digits are a carton */
    {EAN, BARCODE_IN_COUNT, BARCODE_EAN, BARCODE_OK},
    {"86012345678905", BARCODE_IN_COUNT, BARCODE_EAN, BARCODE_OK},
    {"86012345678905", BARCODE_IN_RECEIVING, BARCODE_EAN, BARCODE_OK},
    {TRACE, BARCODE_IN_RECEIVING, BARCODE_TRACE, BARCODE_OK},
    {WECHAT, BARCODE_IN_COUNT, BARCODE_PAY_CODE, BARCODE_WRONG_PLACE},
    /* sign-in */
    {"S0312", BARCODE_IN_SIGN_IN, BARCODE_STAFF, BARCODE_OK},
    {"0312", BARCODE_IN_SIGN_IN, BARCODE_TEXT, BARCODE_OK},
    {EAN, BARCODE_IN_SIGN_IN, BARCODE_EAN, BARCODE_WRONG_PLACE},
    {"M0001230", BARCODE_IN_SIGN_IN, BARCODE_MEMBER, BARCODE_WRONG_PLACE},
    /* anywhere nothing is out of place */
    {WECHAT, BARCODE_ANYWHERE, BARCODE_PAY_CODE, BARCODE_OK},
    {ID, BARCODE_ANYWHERE, BARCODE_ID_NUMBER, BARCODE_OK},
    {EAN, BARCODE_ANYWHERE, BARCODE_EAN, BARCODE_OK},
    /* GS1, in its place or not */
    {"]C101" GTIN "17270831", BARCODE_IN_SALE, BARCODE_GS1, BARCODE_OK},
    {"]d201" GTIN, BARCODE_IN_SALE, BARCODE_GS1, BARCODE_OK},
    {"]Q301" GTIN, BARCODE_IN_SALE, BARCODE_GS1, BARCODE_OK},
    {"]e001" GTIN, BARCODE_IN_SALE, BARCODE_GS1, BARCODE_OK},
    {GS "01" GTIN, BARCODE_IN_SALE, BARCODE_GS1, BARCODE_OK},
    {"(01)" GTIN, BARCODE_IN_SALE, BARCODE_GS1, BARCODE_OK},
    {"01" GTIN "17270831", BARCODE_IN_SALE, BARCODE_GS1, BARCODE_OK},
    {"01" GTIN, BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    {"]C101" GTIN, BARCODE_IN_PAYMENT, BARCODE_GS1, BARCODE_WRONG_PLACE},
    {"]d217270831", BARCODE_IN_SALE, BARCODE_GS1, BARCODE_BAD_FIELD},
    {"]d20109521234543214", BARCODE_IN_SALE, BARCODE_GS1, BARCODE_BAD_FIELD},
    {"]d2hello", BARCODE_IN_SALE, BARCODE_GS1, BARCODE_BAD_FIELD},
    {"(01)123", BARCODE_IN_SALE, BARCODE_GS1, BARCODE_BAD_FIELD},
    {"02" GTIN GS "3712", BARCODE_IN_RECEIVING, BARCODE_GS1, BARCODE_OK},
    {"02" GTIN GS "3712", BARCODE_IN_SALE, BARCODE_GS1, BARCODE_BAD_FIELD},
    /* other symbologies only lose their prefix */
    {"]E0" EAN, BARCODE_IN_SALE, BARCODE_EAN, BARCODE_OK},
    {"]E496385074", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_OK},
    {"]C0S0312", BARCODE_IN_SALE, BARCODE_STAFF, BARCODE_OK},
    {"]Q1" WECHAT, BARCODE_IN_PAYMENT, BARCODE_PAY_CODE, BARCODE_OK},
    {"]J101" GTIN, BARCODE_IN_SALE, BARCODE_GS1, BARCODE_OK},
    {"]C0" TRACE, BARCODE_IN_SALE, BARCODE_TRACE, BARCODE_OK},
    {"]C1" TRACE, BARCODE_IN_SALE, BARCODE_TRACE, BARCODE_OK},
    {"]E00036000291452", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_OK},
    {"]E0" INSTORE, BARCODE_IN_SALE, BARCODE_INSTORE, BARCODE_OK},
    {"]E3" EAN "12", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_OK},
    {"]E3" EAN "12345", BARCODE_IN_PAYMENT, BARCODE_EAN, BARCODE_WRONG_PLACE},
    {"]E3690123456789112", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_BAD_CHECK_DIGIT},
    {"]E112", BARCODE_IN_SALE, BARCODE_NONE, BARCODE_OK},
    {"]E212345", BARCODE_IN_SALE, BARCODE_NONE, BARCODE_OK},
    {"]C086012345678905", BARCODE_IN_SALE, BARCODE_STD_CODE, BARCODE_OK},
    {"]I186012345678905", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_OK},
    {"]I016901234567899", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_OK},
    {"]I016901234567898", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_BAD_CHECK_DIGIT},
    {"]I186012345678906", BARCODE_IN_SALE, BARCODE_EAN, BARCODE_BAD_CHECK_DIGIT},
    {"]A0M0001230", BARCODE_IN_SALE, BARCODE_MEMBER, BARCODE_OK},
    {"]L2" ID, BARCODE_IN_ID_BOX, BARCODE_ID_NUMBER, BARCODE_OK},
    {"]", BARCODE_IN_SALE, BARCODE_TEXT, BARCODE_OK},
    /* garbage */
    {"abc" GS "def", BARCODE_IN_SALE, BARCODE_GARBAGE, BARCODE_OK},
    {"\x1b@hello", BARCODE_IN_SALE, BARCODE_GARBAGE, BARCODE_OK},
    {"\xff\xfe", BARCODE_IN_SALE, BARCODE_GARBAGE, BARCODE_OK},
    {"a\tb", BARCODE_IN_SALE, BARCODE_GARBAGE, BARCODE_OK},
    {"\x7f", BARCODE_IN_SALE, BARCODE_GARBAGE, BARCODE_OK},
    {"690\xe5\x96", BARCODE_IN_SALE, BARCODE_GARBAGE, BARCODE_OK},
};

static void
a_code_is_what_its_place_makes_of_it(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_auto(Barcode) barcode =
        barcode_read(CASES[i].text, strlen(CASES[i].text), CASES[i].context);
    if (barcode.kind != CASES[i].kind || barcode.fault != CASES[i].fault)
      fprintf(stderr,
              "  case %zu (%s in %d): kind %d, fault %d\n",
              i,
              CASES[i].text,
              CASES[i].context,
              barcode.kind,
              barcode.fault);
    CU_ASSERT_EQUAL(barcode.kind, CASES[i].kind);
    CU_ASSERT_EQUAL(barcode.fault, CASES[i].fault);
    CU_ASSERT_PTR_NOT_NULL(barcode.text);
  }
}

static Barcode
read_in_sale(const char *text)
{
  return barcode_read(text, strlen(text), BARCODE_IN_SALE);
}

static void
one_scan_gives_article_lot_expiry_and_serial(void)
{
  g_auto(Barcode) barcode = read_in_sale("]d201" GTIN "17270800"
                                         "10A-1/x" GS "21SN(7)\r\n");
  CU_ASSERT_STRING_EQUAL(barcode.gtin, GTIN);
  CU_ASSERT_STRING_EQUAL(barcode.lot, "A-1/x");
  CU_ASSERT_STRING_EQUAL(barcode.serial, "SN(7)");
  CU_ASSERT_EQUAL(barcode.expiry, 20270831);
  CU_ASSERT_TRUE(barcode.expiry_is_month);
  CU_ASSERT_STRING_EQUAL(barcode.text, "(01)" GTIN "(17)270800(10)A-1/x(21)SN(7)");
  CU_ASSERT_STRING_EQUAL(barcode.bad_field, "");

  g_auto(Barcode) whole_day = read_in_sale("(01)" GTIN "(17)270831");
  CU_ASSERT_EQUAL(whole_day.expiry, 20270831);
  CU_ASSERT_FALSE(whole_day.expiry_is_month);
}

static void
without_a_mark_of_gs1_the_lot_is_not_believed(void)
{
  g_auto(Barcode) barcode = read_in_sale("01" GTIN "17270831"
                                         "10ABC21XYZ");
  CU_ASSERT_EQUAL(barcode.kind, BARCODE_GS1);
  CU_ASSERT_STRING_EQUAL(barcode.gtin, GTIN);
  CU_ASSERT_EQUAL(barcode.expiry, 20270831);
  CU_ASSERT_PTR_NULL(barcode.lot);
  CU_ASSERT_PTR_NULL(barcode.serial);
}

static void
a_broken_field_is_named_and_what_came_before_is_kept(void)
{
  g_auto(Barcode) date = read_in_sale("]d201" GTIN "17271399" GS "10A");
  CU_ASSERT_EQUAL(date.fault, BARCODE_BAD_FIELD);
  CU_ASSERT_STRING_EQUAL(date.bad_field, "17");
  CU_ASSERT_STRING_EQUAL(date.gtin, GTIN);
  CU_ASSERT_PTR_NULL(strchr(date.text, '\x1d'));
  g_auto(Barcode) missing = read_in_sale("]d217270831");
  CU_ASSERT_STRING_EQUAL(missing.bad_field, "01");
  CU_ASSERT_STRING_EQUAL(missing.gtin, "");
}

static void
trade_codes_of_every_length_become_fourteen_digits(void)
{
  static const struct {
    const char *text;
    const char *gtin; /* NULL: no trade code */
  } LENGTHS[] = {
      {"96385074", "00000096385074"},
      {"036000291452", "00036000291452"},
      {EAN, "06901234567892"},
      {GTIN, GTIN},
      {"6901234567891", NULL},
      {"690123456789", NULL},
      {"12345", NULL},
      {"690123456789X", NULL},
      {"", NULL},
      {"095212345432130", NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(LENGTHS); i++) {
    char gtin[15] = "untouched";
    bool is_gtin = barcode_to_gtin14(LENGTHS[i].text, gtin);
    CU_ASSERT_EQUAL(is_gtin, LENGTHS[i].gtin != NULL);
    CU_ASSERT_STRING_EQUAL(gtin, LENGTHS[i].gtin ? LENGTHS[i].gtin : "untouched");
  }
  CU_ASSERT_EQUAL(barcode_check_digit("690123456789", 12), '2');
  CU_ASSERT_EQUAL(barcode_check_digit("0952123454321", 13), '3');
  g_auto(Barcode) std = read_in_sale("86012345678905");
  CU_ASSERT_STRING_EQUAL(std.gtin, "86012345678905");
  g_auto(Barcode) bad = read_in_sale("6901234567891");
  CU_ASSERT_STRING_EQUAL(bad.gtin, "");
}

static void
what_an_input_method_or_a_scanner_adds_is_taken_off(void)
{
  g_auto(Barcode) wide = read_in_sale("６９０１２３４５６７８９２");
  CU_ASSERT_EQUAL(wide.kind, BARCODE_EAN);
  CU_ASSERT_STRING_EQUAL(wide.text, EAN);
  g_auto(Barcode) ended = read_in_sale("]E0 " EAN "\t\r\n");
  CU_ASSERT_STRING_EQUAL(ended.text, EAN);
  g_auto(Barcode) invisible = read_in_sale("\xe2\x80\x8b" EAN "\xef\xbb\xbf");
  CU_ASSERT_STRING_EQUAL(invisible.text, EAN);
  g_auto(Barcode) words = read_in_sale("　ａｍｘｌ　");
  CU_ASSERT_STRING_EQUAL(words.text, "amxl");
  g_auto(Barcode) id = read_in_sale("11010519491231002x");
  CU_ASSERT_STRING_EQUAL(id.text, ID);
}

static void
nul_bytes_and_long_scans_are_garbage_made_fit_to_show(void)
{
  g_auto(Barcode) nul = barcode_read("690\0"
                                     "123\0",
                                     8,
                                     BARCODE_IN_SALE);
  CU_ASSERT_EQUAL(nul.kind, BARCODE_GARBAGE);
  CU_ASSERT_STRING_EQUAL(nul.text, "690?123?");
  g_auto(Barcode) last = barcode_read(EAN "\0", 14, BARCODE_IN_SALE);
  CU_ASSERT_EQUAL(last.kind, BARCODE_GARBAGE);

  g_autofree char *scan = g_strnfill(10000, '7');
  g_auto(Barcode) whole = barcode_read(scan, BARCODE_MAX, BARCODE_IN_SALE);
  CU_ASSERT_EQUAL(whole.kind, BARCODE_TEXT);
  g_auto(Barcode) over = barcode_read(scan, BARCODE_MAX + 1, BARCODE_IN_SALE);
  CU_ASSERT_EQUAL(over.kind, BARCODE_GARBAGE);
  g_auto(Barcode) far_over = barcode_read(scan, 10000, BARCODE_IN_SALE);
  CU_ASSERT_TRUE(strlen(far_over.text) < 100);
  g_auto(Barcode) none = barcode_read(NULL, 0, BARCODE_IN_SALE);
  CU_ASSERT_EQUAL(none.kind, BARCODE_NONE);
  CU_ASSERT_STRING_EQUAL(none.text, "");
}

static void
one_article_is_the_same_whatever_the_symbology(void)
{
  static const struct {
    const char *text, *gtin;
  } SAME[] = {
      {"036000291452", "00036000291452"},
      {"]E00036000291452", "00036000291452"},
      {"]E3003600029145299", "00036000291452"},
      {"]E496385074", "00000096385074"},
      {"]I016901234567899", "16901234567899"},
      {"]e00116901234567899", "16901234567899"},
      {"]d2" GS "0116901234567899", "16901234567899"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(SAME); i++) {
    g_auto(Barcode) barcode = read_in_sale(SAME[i].text);
    CU_ASSERT_STRING_EQUAL(barcode.gtin, SAME[i].gtin);
    CU_ASSERT_EQUAL(barcode.fault, BARCODE_OK);
  }
}

static void
a_trace_code_is_its_own_serial(void)
{
  g_auto(Barcode) barcode = read_in_sale(TRACE);
  CU_ASSERT_STRING_EQUAL(barcode.serial, TRACE);
  CU_ASSERT_STRING_EQUAL(barcode.gtin, "");
}

static void
a_weighed_code_gives_its_article_and_its_value(void)
{
  /* 21 with 5 digits of article and 5 of fen; 280 with 4, a digit to skip, and 4 of gram.
   */
  static const WeighedLayout LAYOUTS[] = {{"21", 5, 5, true}, {"280", 4, 4}};
  static const struct {
    const char *text;
    const char *gtin; /* NULL: stays in-store */
    int64_t value;
    bool is_price;
  } WEIGHED[] = {
      {"2112345012506", "02112345000008", 1250, true},
      {"2112345000008", "02112345000008", 0, true},
      {"2800123004514", "02800123000004", 451},
      {"2212345012503", NULL, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(WEIGHED); i++) {
    g_auto(Barcode) barcode = read_in_sale(WEIGHED[i].text);
    CU_ASSERT_EQUAL(barcode.kind, BARCODE_INSTORE);
    bool is_weighed = barcode_weigh(&barcode, LAYOUTS, 2);
    CU_ASSERT_EQUAL(is_weighed, WEIGHED[i].gtin != NULL);
    CU_ASSERT_EQUAL(barcode.kind, is_weighed ? BARCODE_WEIGHED : BARCODE_INSTORE);
    const char *gtin = is_weighed ? barcode.gtin : NULL;
    CU_ASSERT_EQUAL(g_strcmp0(gtin, WEIGHED[i].gtin), 0);
    CU_ASSERT_EQUAL(barcode.value, WEIGHED[i].value);
    CU_ASSERT_EQUAL(barcode.value_is_price, WEIGHED[i].is_price);
  }
}

static void
a_layout_that_has_no_room_or_no_code_changes_nothing(void)
{
  static const WeighedLayout BROKEN[] = {
      {"", 5, 5}, {"21", 6, 5}, {"21", -1, 5}, {"21", 2, 0}, {"21", 0, 10}};
  g_auto(Barcode) instore = read_in_sale("2112345012506");
  CU_ASSERT_FALSE(barcode_weigh(&instore, BROKEN, 5));
  static const WeighedLayout GOOD[] = {{"69", 5, 5}, {"21", 5, 5}};
  g_auto(Barcode) ean = read_in_sale(EAN);
  CU_ASSERT_FALSE(barcode_weigh(&ean, GOOD, 2));
  g_auto(Barcode) bad = read_in_sale("2112345012507");
  CU_ASSERT_FALSE(barcode_weigh(&bad, GOOD, 2));
}

static void
every_all_digit_id_number_of_provinces_11_to_15_is_told_by_its_place(void)
{
  /* Each one fits the pattern of a payment code as well (domain.md 0.3-6). */
  static const char *const IDS[] = {"110101199003077758",
                                    "130102195604201234",
                                    "110101199002317756",
                                    "110101189912310028"};
  static const bool IS_ID[] = {true, true, false, false}; /* 31 February; born 1899 */
  for (gsize i = 0; i < G_N_ELEMENTS(IDS); i++) {
    g_auto(Barcode) paid = barcode_read(IDS[i], 18, BARCODE_IN_PAYMENT);
    CU_ASSERT_EQUAL(paid.kind, BARCODE_PAY_CODE);
    CU_ASSERT_EQUAL(paid.fault, BARCODE_OK);
    g_auto(Barcode) shown = barcode_read(IDS[i], 18, BARCODE_IN_ID_BOX);
    CU_ASSERT_EQUAL(shown.kind, IS_ID[i] ? BARCODE_ID_NUMBER : BARCODE_PAY_CODE);
    CU_ASSERT_EQUAL(shown.fault, IS_ID[i] ? BARCODE_OK : BARCODE_WRONG_PLACE);
  }
}

static void
a_trace_code_is_never_taken_for_a_payment_code(void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed(8);
  for (int i = 0; i < 2000; i++) {
    char code[21] = "8";
    for (int d = 1; d < 20; d++)
      code[d] = (char)('0' + g_rand_int_range(rand, 0, 10));
    g_auto(Barcode) barcode = barcode_read(code, 20, BARCODE_IN_PAYMENT);
    CU_ASSERT_EQUAL(barcode.kind, BARCODE_TRACE);
    CU_ASSERT_EQUAL(barcode.fault, BARCODE_WRONG_PLACE);
  }
}

TESTS("barcode",
      TEST(a_code_is_what_its_place_makes_of_it),
      TEST(one_scan_gives_article_lot_expiry_and_serial),
      TEST(without_a_mark_of_gs1_the_lot_is_not_believed),
      TEST(a_broken_field_is_named_and_what_came_before_is_kept),
      TEST(trade_codes_of_every_length_become_fourteen_digits),
      TEST(what_an_input_method_or_a_scanner_adds_is_taken_off),
      TEST(nul_bytes_and_long_scans_are_garbage_made_fit_to_show),
      TEST(one_article_is_the_same_whatever_the_symbology),
      TEST(a_trace_code_is_its_own_serial),
      TEST(a_weighed_code_gives_its_article_and_its_value),
      TEST(a_layout_that_has_no_room_or_no_code_changes_nothing),
      TEST(every_all_digit_id_number_of_provinces_11_to_15_is_told_by_its_place),
      TEST(a_trace_code_is_never_taken_for_a_payment_code))
