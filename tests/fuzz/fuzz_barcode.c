/* Whatever a scanner sends, in every context and with a layout for weighed codes. */
#include "app/domain/barcode.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

static bool
is_fit_to_show(const char *text)
{
  if (!g_utf8_validate(text, -1, NULL))
    return false;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    if (g_unichar_iscntrl(g_utf8_get_char(p)))
      return false;
  }
  return true;
}

static void
check(const Barcode *barcode, gsize length)
{
  PROMISE(barcode->text && is_fit_to_show(barcode->text));
  PROMISE((barcode->kind == BARCODE_NONE) == (*barcode->text == '\0'));
  PROMISE(length <= BARCODE_MAX || barcode->kind == BARCODE_GARBAGE);
  char gtin[15];
  PROMISE(!*barcode->gtin || barcode_to_gtin14(barcode->gtin, gtin));
  PROMISE(barcode->expiry == DAY_NONE || day_is_valid(barcode->expiry));
  PROMISE((barcode->fault == BARCODE_BAD_FIELD) <= (*barcode->bad_field != '\0'));
  PROMISE(!barcode->lot || (*barcode->lot && strlen(barcode->lot) <= 20));
  PROMISE(!barcode->serial || (*barcode->serial && strlen(barcode->serial) <= 20));
}

/* What was read once reads the same when it is typed again. */
static void
check_again(const Barcode *barcode, BarcodeContext context)
{
  bool is_plain = barcode->kind != BARCODE_GARBAGE && barcode->kind != BARCODE_GS1 &&
                  barcode->text[0] != ']';
  if (!is_plain)
    return;
  g_auto(Barcode) again = barcode_read(barcode->text, strlen(barcode->text), context);
  PROMISE(again.kind == barcode->kind && again.fault == barcode->fault);
  PROMISE(strcmp(again.text, barcode->text) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  static const WeighedLayout LAYOUTS[] = {{"21", 5, 5}, {"280", 4, 4}, {"29", 0, 9}};
  for (int context = BARCODE_IN_SALE; context <= BARCODE_ANYWHERE; context++) {
    g_auto(Barcode) barcode =
        barcode_read((const char *)bytes, length, (BarcodeContext)context);
    check(&barcode, length);
    check_again(&barcode, (BarcodeContext)context);
    if (barcode_weigh(&barcode, LAYOUTS, G_N_ELEMENTS(LAYOUTS)))
      PROMISE(barcode.kind == BARCODE_WEIGHED && barcode.value >= 0);
    check(&barcode, length);
  }
  return 0;
}
