#include "app/printer_choice.h"

#include "app/printing.h"
#include "tests/app/shop.h"

static const char *
choice(Shop *shop)
{
  return printer_choice(shop->till)->name;
}

static void
say(Shop *shop, const char *text)
{
  g_autoptr(GBytes) said = g_bytes_new(text, strlen(text));
  printer_choice_heard(shop->till, said);
}

static void
a_printer_nobody_knows_is_like_everybodys(void)
{
  Shop shop = shop_open();
  CU_ASSERT_STRING_EQUAL(choice(&shop), "generic-80");
  say(&shop, "\tUSB Printing Support");
  CU_ASSERT_STRING_EQUAL(choice(&shop), "generic-80");
  say(&shop, "no tabulator");
  say(&shop, "\xff\xfe\t\x01");
  CU_ASSERT_STRING_EQUAL(choice(&shop), "generic-80");
  shop_close(&shop);
}

static void
what_it_says_is_remembered_and_what_somebody_chose_goes_before(void)
{
  Shop shop = shop_open();
  say(&shop, "EPSON\tTM-T20II");
  CU_ASSERT_STRING_EQUAL(choice(&shop), "TM-T20II");
  shop_reopen(&shop);
  CU_ASSERT_STRING_EQUAL(choice(&shop), "TM-T20II");
  CU_ASSERT(printer_choice_set(shop.till, "generic-58", NULL));
  CU_ASSERT_STRING_EQUAL(choice(&shop), "generic-58");
  CU_ASSERT(printer_choice_set(shop.till, "", NULL));
  CU_ASSERT_STRING_EQUAL(choice(&shop), "TM-T20II");
  CU_ASSERT(settings_set(shop.till, "printer.profile", "clone-80", NULL));
  CU_ASSERT_STRING_EQUAL(choice(&shop), "clone-80");
  shop_close(&shop);
}

static void
the_next_kind_goes_round(void)
{
  static const char *const WANTED[] = {
      "generic-80", "generic-58", "clone-80", "clone-58", "TM-T88V", "generic-80"};
  Shop shop = shop_open();
  say(&shop, "EPSON\tTM-T88V");
  CU_ASSERT_STRING_EQUAL(choice(&shop), "TM-T88V");
  for (gsize i = 0; i < G_N_ELEMENTS(WANTED); i++) {
    CU_ASSERT(printer_choice_next(shop.till, NULL));
    CU_ASSERT_STRING_EQUAL(choice(&shop), WANTED[i]);
  }
  shop_close(&shop);
}

static void
the_shops_picture_heads_its_receipts(void)
{
  /* One black dot. */
  static const char PNG[] =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJ"
      "RU5ErkJggg==";
  Shop shop = shop_open();
  await(shop.till->device[USE_PRINTER] &&
        device_state(shop.till->device[USE_PRINTER]) == 0);
  CU_ASSERT_PTR_NULL(shop.till->logo);
  CU_ASSERT(settings_set(shop.till, "store.logo", PNG, NULL));
  settings_read(shop.till);
  CU_ASSERT_PTR_NOT_NULL(shop.till->logo);
  shop_sign_in(&shop);
  shop_scan_article(&shop, IBUPROFEN);
  pay_open(shop.till);
  pay_confirm(shop.till, "30");
  await(shop.till->printing_waits == 0);
  g_autofree char *paper = desk_paper_text();
  const char *picture = strstr(paper, "[picture 576x1]"),
             *name = strstr(paper, "和平路店");
  CU_ASSERT(picture && name && picture < name);
  CU_ASSERT(settings_set(shop.till, "store.logo", "not base64!", NULL));
  settings_read(shop.till);
  shop_close(&shop);
}

TESTS("printer_choice",
      TEST(a_printer_nobody_knows_is_like_everybodys),
      TEST(what_it_says_is_remembered_and_what_somebody_chose_goes_before),
      TEST(the_next_kind_goes_round),
      TEST(the_shops_picture_heads_its_receipts))
