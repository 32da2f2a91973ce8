/* Decimal: reads what a person types for an amount or a count, exactly. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Reads "12", "12.3", ".5" with at most @decimals places (0..6) as a whole number of
 * 10^-@decimals: "12.3" with 2 is 1230. Full-width digits and points count as ASCII,
 * blanks around are ignored. No sign, no exponent, no grouping.
 * @return false when it is no such number or its whole part exceeds @max_whole. */
bool
decimal_parse(const char *text, int decimals, int64_t max_whole, int64_t *ret_scaled);

/* @scaled back as text (transfer full), with at least @least_places of its @decimals. */
char *decimal_text(int64_t scaled, int decimals, int least_places);
