/* cell: what one field of a list means, exactly or not at all. Pure. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/domain/day.h"
#include "app/domain/money.h"

typedef enum {
  CELL_OK,
  CELL_EMPTY,
  CELL_UNREADABLE,
  CELL_NEGATIVE,
  CELL_AMBIGUOUS, /* two readings, and nothing to choose by */
  CELL_ROUNDED,   /* finer than a fen: rounded half up */
  CELL_TOO_LARGE,
  CELL_SERIAL, /* a date as a spreadsheet counts days */
  CELL_NO_SUCH_DAY
} CellFault;

/* @text without control characters, invisible ones and blanks of any kind around it, and
 * with one blank for several inside (transfer full). @ret_odd: (nullable) set to true
 * when more than plain blanks was taken away; else untouched. */
char *cell_clean(const char *text, bool *ret_odd);
/* The same, with full-width forms turned into ASCII; for codes and numbers. */
char *cell_plain(const char *text, bool *ret_odd);

/* A price with decimal point or comma, grouping, currency sign: "¥1,234.50", "1 234,50
 * €", "1,466,29" (the French list). "1,234" is ambiguous. CELL_OK and CELL_ROUNDED set
 * @ret_fen; 0 is a price here. At most 99,999,999.99. */
CellFault cell_price(const char *text, Money *ret_fen);

typedef enum { CELL_DATES_CLEAR, CELL_DATES_DMY, CELL_DATES_MDY } CellDates;
/* 2027-08-31, 20270831, 2027/8/31, 2027年8月31日, 2027-08 (last of the month), 08/2027,
 * 31/08/2027; 01/02/2027 only when @dates says which is which. */
CellFault cell_date(const char *text, CellDates dates, Day *ret_day);

/* yes y true 1 是 有 √ oui / no n false 0 否 无 × non. */
bool cell_yes_no(const char *text, bool *ret);
/* "13", "13%", "2,1 %" as basis points, 0 … 10000. */
bool cell_percent(const char *text, int *ret_bp);
/* A whole number 0 … @most; "24.0" counts as one. */
bool cell_whole(const char *text, int64_t most, int64_t *ret);
