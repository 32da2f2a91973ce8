/* Money: whole fen (1/100 of the store's currency unit), tax included. Never a float. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef int64_t Money;

/* numerator/denominator of @amount, rounded half away from zero once. @denominator > 0.
 */
Money money_share(Money amount, int64_t numerator, int64_t denominator);

/* Splits @total over @n parts in proportion to @weights (each >= 0, not all 0) by largest
 * remainder, first part first on a tie: the parts add up to @total exactly.
 * Source: domain.md 6.1 (9.1 case 14). */
void money_allocate(Money total, const Money *weights, int n, Money *ret_parts);

/* Rounds down to @step fen (1, 10, 100): the till never rounds up (domain.md 0.3-9). */
Money money_round_down(Money amount, Money step);

/* "12.34", "-0.05" with an ASCII minus (transfer full). Screens use ui/format. */
char *money_text(Money amount);

/* Reads "12", "12.3", "12.34" (also full-width digits); no sign, at most 2 decimals and
 * 99,999,999.99. @return false, @ret_amount untouched, when it is no amount. */
bool money_parse(const char *text, Money *ret_amount);
