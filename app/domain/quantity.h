/* Quantity: how much of an article, in its base unit, as a whole number.
 *
 * COUNT: the smallest piece that is dispensed (a tablet; the pack when it is never
 * split). MASS: milligram. VOLUME: microlitre. A product unit (box, tablet, 10 g) is a
 * multiple. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "app/domain/money.h"

typedef int64_t Quantity;

typedef enum { MEASURE_COUNT, MEASURE_MASS, MEASURE_VOLUME } Measure;

/* The price of @quantity when @unit_base of it cost @price: half-up, once per line
 * (9 g x 7 at 28.55/kg = 1.80, domain.md 0.3-10). */
Money quantity_price(Quantity quantity, Money price, Quantity unit_base);

/* "2", "0.5", "70": @quantity in units of @unit_base, at most 3 decimals, no trailing
 * zeros (transfer full). */
char *quantity_text(Quantity quantity, Quantity unit_base);

/* Reads "3", "1.5" as a number of units of @unit_base. @return false when it is no
 * number, not a whole number of base units, not above 0, or above 99,999 units. */
bool quantity_parse(const char *text, Quantity unit_base, Quantity *ret_quantity);
