/* Amounts, counts, dates and ID numbers as people, files and feeds write them. */
#include <string.h>

#include "app/domain/day.h"
#include "app/domain/id_number.h"
#include "app/domain/money.h"
#include "app/domain/quantity.h"
#include "tests/fuzz/fuzz.h"

static void
check_money(const char *text)
{
  Money amount, again;
  if (!money_parse(text, &amount))
    return;
  PROMISE(amount >= 0 && amount <= 9999999999);
  g_autofree char *written = money_text(amount);
  PROMISE(money_parse(written, &again) && again == amount);
}

static void
check_quantity(const char *text)
{
  static const Quantity BASES[] = {1, 24, 1000, 1000000};
  for (gsize i = 0; i < G_N_ELEMENTS(BASES); i++) {
    Quantity quantity;
    if (!quantity_parse(text, BASES[i], &quantity))
      continue;
    PROMISE(quantity > 0 && quantity <= 99999 * BASES[i]);
    g_autofree char *written = quantity_text(quantity, BASES[i]);
    PROMISE(*written);
  }
}

static void
check_day(const char *text)
{
  Day day = day_parse(text);
  if (day == DAY_NONE)
    return;
  PROMISE(day_is_valid(day));
  g_autofree char *written = day_text(day);
  PROMISE(day_parse(written) == day);
}

static void
check_id_number(const char *text)
{
  g_autofree char *mask = id_number_mask(text);
  PROMISE(strlen(mask) == strlen(text) && g_str_is_ascii(mask));
  Day birth;
  if (id_number_check(text, &birth, NULL) == ID_OK)
    PROMISE(day_is_valid(birth) && strlen(text) == 18);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  g_autofree char *text = g_strndup((const char *)bytes, length);
  check_money(text);
  check_quantity(text);
  check_day(text);
  check_id_number(text);
  return 0;
}
