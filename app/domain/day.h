/* Day: a calendar date as yyyymmdd (20270831); 0 is "no date". Expiry and business dates.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef int32_t Day;

#define DAY_NONE 0

Day day_make(int year, int month, int day); /* DAY_NONE when there is no such date */
bool day_is_valid(Day day);
Day day_end_of_month(Day day); /* its month's last day; the day part of @day may be 00 */
Day day_add(Day day, int days);
int day_until(Day from, Day to); /* days from @from to @to; negative when @to is past */

/* The date at @utc_us where local time is @offset_s seconds ahead of UTC. */
Day day_at(int64_t utc_us, int32_t offset_s);

/* "2027-08-31", and "27-08" (transfer full); "" for DAY_NONE. */
char *day_text(Day day);
char *day_short_text(Day day);

/* Reads 2027-08-31, 20270831, 2027/8/31, 2027.8.31, 2027-08 (→ last of month).
 * @return DAY_NONE when it is no date. */
Day day_parse(const char *text);
