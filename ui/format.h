/* format: numbers and dates as screens show them. Pure; no GTK. Every string is
 * (transfer full). Paper and files have their own forms (money_text(), day_text()). */
#pragma once

#include "app/domain/day.h"
#include "app/domain/money.h"
#include "app/domain/quantity.h"

/* "1,118,111.10", "−5.50": thousands apart, a true minus (U+2212), no currency sign. */
char *format_money(Money amount);
/* As format_money(), "" for 0: columns that are mostly empty. */
char *format_money_or_blank(Money amount);
/* What is taken off: "−5.50" for 550; "0.00" for 0. */
char *format_taken_off(Money amount);
/* Without ".00" when whole: "120", "113.50": keys for notes. */
char *format_note(Money amount);

/* "1,230": a count, thousands apart. */
char *format_count(int64_t count);
/* "2", "0.5", "70": @quantity in units of @unit_base; "−3" below 0. */
char *format_quantity(Quantity quantity, Quantity unit_base);

/* "27-08" (year-month), as on packs; "" for DAY_NONE. */
char *format_expiry(Day day);
char *format_day(Day day); /* "2027-08-31" */

/* Local time of @utc_us where local time is @offset_s ahead of UTC: "09:41",
 * "2026-11-22 09:41". */
char *format_clock(int64_t utc_us, int32_t offset_s);
char *format_time(int64_t utc_us, int32_t offset_s);
/* "0:42", "12:05", "1:02:09": how long something has waited. */
char *format_span(int64_t us);

/* "10%", "2.5%" for basis points 1000, 250. */
char *format_percent(int basis_points);
