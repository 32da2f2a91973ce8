#include "app/card_reading.h"

#include "app/devices.h"
#include "app/sign_in.h"
#include "tests/app/shop.h"

#define WANG  "110000198503070011"
#define CHILD 2
#define OLD   4 /* its card has expired */

static Shop
open_shop(void)
{
  Shop shop = shop_open();
  shop_sign_in(&shop);
  await(!(device_state(shop.till->device[USE_ID_READER]) & DEVICE_GONE));
  await(!(device_state(shop.till->device[USE_CARD_READER]) & DEVICE_GONE));
  till_clear_notice(shop.till);
  return shop;
}

static void
lay(Shop *shop, int card)
{
  int before = device_heard(shop->till->device[USE_ID_READER]);
  desk_lay_card(card);
  await(device_heard(shop->till->device[USE_ID_READER]) > before);
}

static void
put(Shop *shop, int chip)
{
  int before = device_heard(shop->till->device[USE_CARD_READER]);
  desk_put_chip(chip);
  await(device_heard(shop->till->device[USE_CARD_READER]) > before);
}

static void
an_article_with_ephedrine_asks_for_the_card_and_the_card_is_told(void)
{
  Shop shop = open_shop();
  Till *till = shop.till;

  shop_scan_article(&shop, EPHEDRINE);
  CU_ASSERT_EQUAL(till->notice.id, NOTICE_LAY_CARD);
  CU_ASSERT(card_reading_is_wanted(till));
  lay(&shop, 0);
  CU_ASSERT_EQUAL(till->notice.id, NOTICE_CARD_READ);
  CU_ASSERT_EQUAL(till->notice.kind, NOTICE_INFO);
  CU_ASSERT_STRING_EQUAL(till->notice.what, "王** 110***********0011");
  CU_ASSERT_EQUAL(till->notice.number, 41);
  CU_ASSERT_PTR_NOT_NULL_FATAL(till->card);
  CU_ASSERT_STRING_EQUAL(till->card->number, WANG);
  /* The second one is not asked for again; the register is still to come. */
  shop_scan_article(&shop, EPHEDRINE);
  CU_ASSERT(till->notice.id != NOTICE_LAY_CARD);
  pay_open(till);
  CU_ASSERT_PTR_NULL(till->payment);
  CU_ASSERT_EQUAL(till->notice.rule.act, ACT_ID);
  lay(&shop, 1);
  CU_ASSERT_EQUAL(till->notice.id, NOTICE_CARD_READ);
  CU_ASSERT_EQUAL(till->card->birth, 19480916);
  shop_close(&shop);
}

static void
a_card_that_nothing_wants_is_told_quietly(void)
{
  Shop shop = open_shop();

  shop_scan_article(&shop, IBUPROFEN);
  CU_ASSERT(!card_reading_is_wanted(shop.till));
  lay(&shop, CHILD);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CARD_READ);
  CU_ASSERT_EQUAL(shop.till->notice.kind, NOTICE_QUIET);
  CU_ASSERT_EQUAL(shop.till->notice.number, 15);
  shop_close(&shop);
}

static void
an_expired_card_and_one_that_would_not_be_read_are_told(void)
{
  Shop shop = open_shop();

  lay(&shop, OLD);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CARD_EXPIRED);
  CU_ASSERT_EQUAL(shop.till->notice.number, 20250101);
  CU_ASSERT(card_reading_is_expired(shop.till->card, 20250102));
  CU_ASSERT(!card_reading_is_expired(shop.till->card, 20250101));
  desk_fail_card(DESK_CARD_READ, 1000);
  lay(&shop, 0);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CARD_MISREAD);
  desk_fail_card(DESK_CARD_READ, 0);
  desk_lay_card(-1);
  lay(&shop, 0);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_CARD_READ);
  shop_close(&shop);
}

static void
hold(Till *till)
{
  checkout_hold(till, "");
}

static void
pay(Till *till)
{
  pay_open(till);
  pay_confirm(till, "100");
}

static void
sign_out_after_all(Till *till)
{
  checkout_delete_line(till);
  sign_out(till);
}

static void
lie_too_long(Till *till)
{
  card_reading_tick(till);
  CU_ASSERT_PTR_NOT_NULL(till->card);
  till->backroom->card_us -= (int64_t)(CARD_READING_KEEP_S + 1) * G_USEC_PER_SEC;
  card_reading_tick(till);
}

static void
a_card_is_forgotten_with_its_ticket(void)
{
  static void (*const ENDS[])(Till *
                              till) = {hold, pay, sign_out_after_all, lie_too_long};
  for (gsize i = 0; i < G_N_ELEMENTS(ENDS); i++) {
    Shop shop = open_shop();
    shop_scan_article(&shop, IBUPROFEN);
    lay(&shop, 0);
    CU_ASSERT_PTR_NOT_NULL(shop.till->card);
    ENDS[i](shop.till);
    CU_ASSERT_PTR_NULL(shop.till->card);
    shop_close(&shop);
  }
}

static void
nobody_signed_in_hears_no_card_and_the_devices_page_keeps_none(void)
{
  Shop shop = open_shop();

  till_open_page(shop.till, PAGE_DEVICES);
  devices_test(shop.till, USE_ID_READER);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_LAY_CARD);
  lay(&shop, 0);
  CU_ASSERT_PTR_NULL(shop.till->card);
  CU_ASSERT_STRING_EQUAL(shop.till->heard, "王** 110***********0011");
  sign_out(shop.till);
  lay(&shop, 1);
  CU_ASSERT_PTR_NULL(shop.till->card);
  CU_ASSERT_STRING_EQUAL(shop.till->heard, "王** 110***********0011");
  shop_close(&shop);
}

static void
without_a_reader_nobody_asks_for_a_card(void)
{
  Shop shop = open_shop();

  desk_plug(DESK_ID_READER, false);
  await(device_state(shop.till->device[USE_ID_READER]) & DEVICE_GONE);
  till_clear_notice(shop.till);
  shop_scan_article(&shop, EPHEDRINE);
  CU_ASSERT(shop.till->notice.id != NOTICE_LAY_CARD);
  desk_plug(DESK_ID_READER, true);
  shop_close(&shop);
}

static void
insurance_cards_are_told_each_in_its_way(void)
{
  static const struct {
    int chip;
    NoticeId id;
    const char *what;
  } CHIPS[] = {{0, NOTICE_INSURANCE_READ, "王** 110***********0011"},
               {1, NOTICE_INSURANCE_READ, "阿*** 650***********0047"},
               {2, NOTICE_INSURANCE_EXPIRED, "刘* 610***********0055"},
               {3, NOTICE_INSURANCE_OTHER, NULL},
               {4, NOTICE_INSURANCE_MUTE, NULL}};
  Shop shop = open_shop();

  for (gsize i = 0; i < G_N_ELEMENTS(CHIPS); i++) {
    put(&shop, CHIPS[i].chip);
    CU_ASSERT_EQUAL(shop.till->notice.id, CHIPS[i].id);
    CU_ASSERT(!CHIPS[i].what || g_str_equal(shop.till->notice.what, CHIPS[i].what));
    CU_ASSERT_PTR_NULL(shop.till->card);
  }
  shop_close(&shop);
}

static void
a_library_that_does_not_start_is_told(void)
{
  Shop shop = open_shop();

  CU_ASSERT(settings_set(shop.till, "insurance-library", "/nowhere/insurer.so", NULL));
  card_reading_attach(shop.till);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_INSURANCE_LIBRARY);
  till_clear_notice(shop.till);
  put(&shop, 0);
  CU_ASSERT_EQUAL(shop.till->notice.id, NOTICE_INSURANCE_READ);
  shop_close(&shop);
}

static int said;

static GLogWriterOutput
listen_in(GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  for (gsize i = 0; i < n; i++) {
    const char *text = fields[i].length < 0 ? fields[i].value : NULL;
    said +=
        text && (strstr(text, WANG) || strstr(text, "王小明") || strstr(text, "8503"));
  }
  return G_LOG_WRITER_HANDLED;
}

/* @return true when a file of the shop holds @secret. */
static bool
is_kept(const Shop *shop, const char *secret)
{
  g_autoptr(GDir) dir = g_dir_open(shop->folder, 0, NULL);
  bool found = false;
  for (const char *name; (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(shop->folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (g_file_get_contents(path, &bytes, &length, NULL))
      found |= memmem(bytes, length, secret, strlen(secret)) != NULL;
  }
  return found;
}

static void
nothing_of_a_card_is_logged_or_kept(void)
{
  Shop shop = open_shop();

  g_log_set_writer_func(listen_in, NULL, NULL);
  shop_scan_article(&shop, IBUPROFEN);
  lay(&shop, 0);
  put(&shop, 0);
  hold(shop.till);
  lay(&shop, 1);
  lay(&shop, 0);
  shop_scan_article(&shop, VITAMIN);
  pay(shop.till);
  CU_ASSERT_EQUAL(said, 0);
  CU_ASSERT(!is_kept(&shop, WANG));
  CU_ASSERT(!is_kept(&shop, "王小明"));
  shop_close(&shop);
}

TESTS("card_reading",
      TEST(an_article_with_ephedrine_asks_for_the_card_and_the_card_is_told),
      TEST(a_card_that_nothing_wants_is_told_quietly),
      TEST(an_expired_card_and_one_that_would_not_be_read_are_told),
      TEST(a_card_is_forgotten_with_its_ticket),
      TEST(nobody_signed_in_hears_no_card_and_the_devices_page_keeps_none),
      TEST(without_a_reader_nobody_asks_for_a_card),
      TEST(insurance_cards_are_told_each_in_its_way),
      TEST(a_library_that_does_not_start_is_told),
      TEST(nothing_of_a_card_is_logged_or_kept))
