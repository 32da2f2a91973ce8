/* import: reads a list of articles, stock, prices or staff into the hub's books, row by
 * row, and accounts for every row (FORMATS.md). */
#pragma once

#include "sync/hub/cell.h"
#include "sync/hub/columns.h"
#include "sync/hub/office.h"
#include "sync/hub/report.h"
#include "sync/hub/sheet.h"

typedef struct {
  ListKind kind;
  const char *path;
  const char *report_path;   /* (nullable) */
  const char *store_code;    /* LIST_STOCK */
  const char *columns;       /* (nullable) for a file without a header */
  const char *profile;       /* (nullable) "bdpm-packs", "bdpm-products" */
  const char *with;          /* (nullable) the other list that a profile joins */
  const char *conditions;    /* (nullable) BDPM's prescribing conditions */
  const char *default_class; /* (nullable) for articles without one */
  const char *default_unit;  /* (nullable) "盒" */
  CellDates dates;
  SheetOptions sheet;
  bool is_dry_run;
  int64_t now_us;
  int32_t utc_offset_s; /* local time of dates in the list */
} ImportJob;

/* What happened; clear with import_summary_clear(). */
typedef struct {
  char *json; /* owned */
  char *text; /* owned; for people */
} ImportSummary;
void import_summary_clear(ImportSummary *summary);

/* @office: (nullable) only for a dry run: nothing is known of what is there already. */
bool import_run(const ImportJob *job, Office *office, ImportSummary *ret, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ImportSummary, import_summary_clear)
