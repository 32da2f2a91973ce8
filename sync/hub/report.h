/* report: what became of each row of a list: one line per row in a CSV file, and the
 * sums.
 *
 * A row is refused when it has at least one refusal, else it is a remark when it has at
 * least one, else imported. Every row of the file is one of the three. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  int line;
  bool is_refused;
  char *code;       /* owned; of the article, or number of the person; "" */
  GPtrArray *whats; /* owned; of (static) char *: "bad_check_digit" … */
  GPtrArray *texts; /* owned; of char *: the same in words */
} ReportRow;

ReportRow *report_row_new(int line, const char *code);
void report_row_free(ReportRow *row);
/* @what: (static). */
void report_remark(ReportRow *row, const char *what, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
void report_refuse(ReportRow *row, const char *what, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

typedef struct Report Report;

/* @path: NULL writes no file. */
Report *report_new(const char *path, GError **error);
void report_free(Report *report); /* NULL is fine */

/* In the order of the file; takes @row. Held back until report_flush(): what central says
 * of a row may still become a remark on it. */
void report_add(Report *report, ReportRow *row);
/* Writes and counts what was added since. */
bool report_flush(Report *report, GError **error);
/* Flushes, and makes sure that it is on disk. */
bool report_close(Report *report, GError **error);

typedef struct {
  int64_t imported, remarks, refused;
} ReportCounts;
ReportCounts report_counts(const Report *report);
/* "bad_check_digit 3, no_price 7356", most frequent first (transfer full). */
char *report_whats_text(const Report *report);
/* {"bad_check_digit":3,…} (transfer full). */
char *report_whats_json(const Report *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportRow, report_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)
