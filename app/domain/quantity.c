#include "app/domain/quantity.h"

#include <glib.h>

#include "app/domain/decimal.h"

#define MAX_UNITS  99999
#define PLACES_IN  6 /* a kilogram typed to the milligram */
#define SCALE_IN   1000000
#define PLACES_OUT 3
#define SCALE_OUT  1000

Money
quantity_price(Quantity quantity, Money price, Quantity unit_base)
{
  return money_share(price, quantity, unit_base);
}

char *
quantity_text(Quantity quantity, Quantity unit_base)
{
  return decimal_text(money_share(quantity, SCALE_OUT, unit_base), PLACES_OUT, 0);
}

bool
quantity_parse(const char *text, Quantity unit_base, Quantity *ret_quantity)
{
  int64_t scaled;
  if (!decimal_parse(text, PLACES_IN, MAX_UNITS, &scaled))
    return false;
  if (scaled <= 0 || scaled > (int64_t)MAX_UNITS * SCALE_IN)
    return false;

  Quantity quantity = money_share(scaled, unit_base, SCALE_IN);
  bool is_whole = (__int128)scaled * unit_base == (__int128)quantity * SCALE_IN;
  if (!is_whole)
    return false;
  *ret_quantity = quantity;
  return true;
}
