#include "sync/hub/import.h"

#include <string.h>

#include "app/base/command.h"
#include "sync/hub/article_reader.h"
#include "sync/hub/bdpm.h"
#include "sync/hub/list_reader.h"
#include "sync/hub/lookup.h"
#include "sync/hub/price_reader.h"
#include "sync/hub/staff_reader.h"
#include "sync/hub/stock_reader.h"

typedef struct {
  const ImportJob *job;
  Office *office; /* (nullable) */
  Sheet *sheet;
  Bdpm *bdpm; /* (nullable) */
  Columns columns;
  Report *report;
  ListReader *reader;
  int64_t rank_floor;

  GPtrArray *wishes;       /* owned; of char *: JSON of rows that were not sent yet */
  GPtrArray *wish_reports; /* of ReportRow, borrowed; the same rows */
  gsize wish_bytes;
  int64_t fresh, changed, same, prices;
} Run;

static void
run_clear(Run *run)
{
  sheet_free(run->sheet);
  bdpm_free(run->bdpm);
  columns_clear(&run->columns);
  report_free(run->report);
  list_reader_free(run->reader);
  g_clear_pointer(&run->wishes, g_ptr_array_unref);
  g_clear_pointer(&run->wish_reports, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

void
import_summary_clear(ImportSummary *summary)
{
  g_clear_pointer(&summary->json, g_free);
  g_clear_pointer(&summary->text, g_free);
}

static Base *
books(const Run *run)
{
  return run->office ? office_base(run->office) : NULL;
}

static void
count_outcome(Run *run, ReportRow *report, const char *outcome)
{
  if (strcmp(outcome, "new") == 0)
    run->fresh++;
  else if (strcmp(outcome, "changed") == 0)
    run->changed++;
  else if (strcmp(outcome, "same") == 0)
    run->same++;
  else
    report_refuse(report, "other_expiry", "the books have this lot with another date");
}

/* Rows @from to @to of those that wait, in one request. */
static char *
compose_request(const Run *run, guint from, guint to)
{
  GString *json = g_string_new("{");
  if (run->reader->head)
    g_string_append_printf(json, "%s,", run->reader->head);
  if (run->rank_floor)
    g_string_append_printf(json, "\"rank_floor\":%" G_GINT64_FORMAT ",", run->rank_floor);
  g_string_append(json, "\"rows\":[");
  for (guint i = from; i < to; i++) {
    g_string_append(json, i > from ? "," : "");
    g_string_append(json, run->wishes->pdata[i]);
  }
  g_string_append(json, "]}");
  return g_string_free(json, FALSE);
}

static bool
ask(Run *run, guint from, guint to, GError **error)
{
  g_autofree char *json = compose_request(run, from, to);
  g_autofree char *answer = NULL;
  g_autoptr(GPtrArray) outcomes = NULL;
  int64_t prices = 0;
  if (!office_do(run->office, run->reader->verb, json, &answer, error) ||
      !lookup_outcomes(books(run), answer, &outcomes, &prices, error))
    return false;
  if (outcomes->len != to - from) {
    g_set_error(
        error, OFFICE_ERROR, OFFICE_ERROR_LINE, "the hub answered for other rows");
    return false;
  }
  for (guint i = from; i < to; i++)
    count_outcome(run, run->wish_reports->pdata[i], outcomes->pdata[i - from]);
  run->prices += prices;
  return true;
}

/* One by one, so that the hub's refusal of one row does not cost the others. */
static bool
ask_each(Run *run, GError **error)
{
  for (guint i = 0; i < run->wishes->len; i++) {
    g_autoptr(GError) failure = NULL;
    if (ask(run, i, i + 1, &failure))
      continue;
    if (!g_error_matches(failure, OFFICE_ERROR, OFFICE_ERROR_REFUSED)) {
      g_propagate_error(error, g_steal_pointer(&failure));
      return false;
    }
    report_refuse(run->wish_reports->pdata[i], "refused", "%s", failure->message);
  }
  return true;
}

static bool
flush(Run *run, GError **error)
{
  g_autoptr(GError) failure = NULL;
  guint n = run->wishes->len;
  bool is_sent = n == 0 || run->job->is_dry_run || ask(run, 0, n, &failure);
  if (!is_sent && !g_error_matches(failure, OFFICE_ERROR, OFFICE_ERROR_REFUSED)) {
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
  }
  if (!is_sent && !ask_each(run, error))
    return false;
  g_ptr_array_set_size(run->wishes, 0);
  g_ptr_array_set_size(run->wish_reports, 0);
  run->wish_bytes = 0;
  return report_flush(run->report, error);
}

static bool
wish(Run *run, ReportRow *report, const GString *json, GError **error)
{
  if (json->len > OFFICE_MAX_SIZE) {
    report_refuse(report, "too_long", "the row is too long");
    return true;
  }
  if (run->wishes->len &&
      (run->wish_bytes + json->len > OFFICE_MAX_SIZE ||
       run->wishes->len >= run->reader->max_rows) &&
      !flush(run, error))
    return false;
  g_ptr_array_add(run->wishes, g_strdup(json->str));
  g_ptr_array_add(run->wish_reports, report);
  run->wish_bytes += json->len + 1;
  return true;
}

static guint
expected_columns(const Run *run)
{
  return run->bdpm ? bdpm_columns(run->bdpm) : run->columns.n;
}

/* Empty cells after the last column are a spreadsheet's way, not a fault. */
static bool
has_right_columns(const Run *run, const SheetRow *row)
{
  guint n = expected_columns(run);
  for (guint i = n; i < row->cells->len; i++) {
    if (*(const char *)row->cells->pdata[i])
      return false;
  }
  return row->cells->len >= n;
}

static void
pick_cells(Run *run, const SheetRow *row, ReportRow *report, const char *cells[N_FIELDS])
{
  if (run->bdpm) {
    bdpm_read(run->bdpm, row->cells, report, cells);
    return;
  }
  for (int i = 0; i < N_FIELDS; i++)
    cells[i] = run->columns.at[i] < 0 ? NULL : row->cells->pdata[run->columns.at[i]];
}

/* Can the row be read at all? Refuses it when not. */
static bool
is_readable(const Run *run, const SheetRow *row, ReportRow *report)
{
  if (row->fault == SHEET_BAD_BYTES)
    report_refuse(report,
                  "invalid_bytes",
                  "the row holds bytes that are not %s",
                  encoding_name(sheet_encoding(run->sheet)));
  else if (row->fault == SHEET_BAD_QUOTES)
    report_refuse(report, "bad_quotes", "a quote does not end where a field ends");
  else if (!has_right_columns(run, row))
    report_refuse(report,
                  "wrong_columns",
                  "%u columns instead of %u",
                  row->cells->len,
                  expected_columns(run));
  return !report->is_refused;
}

static const char *
row_label(const char *const cells[N_FIELDS])
{
  const char *label = cells[FIELD_CODE] ? cells[FIELD_CODE] : cells[FIELD_NUMBER];
  return label ? label : "";
}

static bool
read_row(Run *run, const SheetRow *row, GError **error)
{
  const char *cells[N_FIELDS] = {NULL};
  g_autoptr(GString) json = g_string_new(NULL);
  ReportRow *report = report_row_new(row->line, "");
  if (is_readable(run, row, report)) {
    pick_cells(run, row, report, cells);
    g_free(report->code);
    report->code = cell_plain(row_label(cells), NULL);
    if (!run->reader->read(run->reader->state, cells, report, json, error)) {
      report_row_free(report);
      return false;
    }
  }
  /* Before it is added: a flush that this row sets off must not write it yet. */
  bool is_kept = report->is_refused || wish(run, report, json, error);
  report_add(run->report, report);
  return is_kept;
}

static bool
read_rows(Run *run, GError **error)
{
  SheetRow row;
  while (sheet_next(run->sheet, &row)) {
    if (!read_row(run, &row, error))
      return false;
  }
  return flush(run, error) && report_close(run->report, error);
}

static bool
read_header(Run *run, GError **error)
{
  SheetRow row;
  if (run->bdpm)
    return true;
  if (run->job->columns)
    return columns_from_names(run->job->kind, run->job->columns, &run->columns, error);
  if (!sheet_next(run->sheet, &row)) {
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "the list is empty");
    return false;
  }
  if (row.fault == SHEET_BAD_BYTES) {
    g_set_error(error,
                G_FILE_ERROR,
                G_FILE_ERROR_INVAL,
                "the names of the columns are not %s: say --encoding",
                encoding_name(sheet_encoding(run->sheet)));
    return false;
  }
  return columns_from_header(run->job->kind, row.cells, &run->columns, error);
}

/* The highest rank that the list itself gives: articles without one come after it. */
static bool
find_rank_floor(Run *run, GError **error)
{
  SheetRow row;
  int at = run->bdpm ? -1 : run->columns.at[FIELD_RANK];
  if (run->job->kind != LIST_ARTICLES || at < 0)
    return true;
  while (sheet_next(run->sheet, &row)) {
    int64_t rank = 0;
    if (row.cells->len > (guint)at &&
        cell_whole(row.cells->pdata[at], G_GINT64_CONSTANT(100000000), &rank))
      run->rank_floor = MAX(run->rank_floor, rank);
  }
  sheet_rewind(run->sheet);
  columns_clear(&run->columns);
  return read_header(run, error);
}

static ListReader *
choose_reader(const Run *run, GError **error)
{
  switch (run->job->kind) {
  case LIST_ARTICLES:
    return article_reader_new(run->job, books(run), error);
  case LIST_STOCK:
    return stock_reader_new(run->job, books(run), error);
  case LIST_PRICES:
    return price_reader_new(run->job, books(run));
  case LIST_STAFF:
    return staff_reader_new(run->job, books(run));
  }
  return NULL;
}

static const char *
separator_name(const Run *run)
{
  switch (sheet_separator(run->sheet)) {
  case '\t':
    return "tab";
  case ';':
    return "semicolon";
  default:
    return "comma";
  }
}

static char *
say_json(const Run *run, const ReportCounts *counts)
{
  g_autofree char *whats = report_whats_json(run->report);
  GString *json = g_string_new("{");
  list_add_text(json, "file", run->job->path);
  list_add_text(json, "encoding", encoding_name(sheet_encoding(run->sheet)));
  list_add_text(json, "separator", separator_name(run));
  list_add_int(json, "rows", counts->imported + counts->remarks + counts->refused);
  list_add_int(json, "imported", counts->imported);
  list_add_int(json, "remark", counts->remarks);
  list_add_int(json, "refused", counts->refused);
  list_add_int(json, "blank_lines", sheet_blank_lines(run->sheet));
  list_add_int(json, "new", run->fresh);
  list_add_int(json, "changed", run->changed);
  list_add_int(json, "same", run->same);
  list_add_int(json, "prices", run->prices);
  list_add_bool(json, "dry_run", run->job->is_dry_run);
  g_string_append_printf(json, ",\"whats\":%s,\"left_out\":[", whats);
  for (guint i = 0; run->columns.left_out && i < run->columns.left_out->len; i++) {
    g_string_append(json, i ? "," : "");
    command_json(json, run->columns.left_out->pdata[i]);
  }
  g_string_append(json, "]}");
  return g_string_free(json, FALSE);
}

static char *
say_text(const Run *run, const ReportCounts *counts)
{
  g_autofree char *name = g_path_get_basename(run->job->path);
  g_autofree char *whats = report_whats_text(run->report);
  GString *text = g_string_new(NULL);
  int64_t rows = counts->imported + counts->remarks + counts->refused;
  g_string_append_printf(text,
                         "%s: %s, %s, %" G_GINT64_FORMAT " rows, %d blank lines\n",
                         name,
                         encoding_name(sheet_encoding(run->sheet)),
                         separator_name(run),
                         rows,
                         sheet_blank_lines(run->sheet));
  g_string_append_printf(text,
                         "imported %" G_GINT64_FORMAT ", with a remark %" G_GINT64_FORMAT
                         ", refused %" G_GINT64_FORMAT "\n",
                         counts->imported,
                         counts->remarks,
                         counts->refused);
  if (run->job->is_dry_run)
    g_string_append(text, "nothing was written (--dry-run)\n");
  else
    g_string_append_printf(text,
                           "new %" G_GINT64_FORMAT ", changed %" G_GINT64_FORMAT
                           ", as before %" G_GINT64_FORMAT ", prices changed "
                           "%" G_GINT64_FORMAT "\n",
                           run->fresh,
                           run->changed,
                           run->same,
                           run->prices);
  if (*whats)
    g_string_append_printf(text, "%s\n", whats);
  for (guint i = 0; run->columns.left_out && i < run->columns.left_out->len; i++)
    g_string_append_printf(text,
                           "%s%s",
                           i ? ", " : "columns left out: ",
                           (char *)run->columns.left_out->pdata[i]);
  if (run->columns.left_out && run->columns.left_out->len)
    g_string_append_c(text, '\n');
  return g_string_free(text, FALSE);
}

static bool
prepare(Run *run, GError **error)
{
  const ImportJob *job = run->job;
  run->wishes = g_ptr_array_new_with_free_func(g_free);
  run->wish_reports = g_ptr_array_new();
  SheetOptions options = job->sheet;
  if (job->profile) {
    run->bdpm = bdpm_new(job->profile, job->with, job->conditions, error);
    if (!run->bdpm)
      return false;
    options.separator = '\t';
  }
  run->sheet = sheet_open(job->path, &options, error);
  if (!run->sheet || !read_header(run, error) || !find_rank_floor(run, error))
    return false;
  run->reader = choose_reader(run, error);
  run->report = run->reader ? report_new(job->report_path, error) : NULL;
  return run->report != NULL;
}

bool
import_run(const ImportJob *job, Office *office, ImportSummary *ret, GError **error)
{
  g_auto(Run) run = {.job = job, .office = office};
  if (!prepare(&run, error) || !read_rows(&run, error))
    return false;
  ReportCounts counts = report_counts(run.report);
  ret->json = say_json(&run, &counts);
  ret->text = say_text(&run, &counts);
  return true;
}
