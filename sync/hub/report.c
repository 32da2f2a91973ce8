#include "sync/hub/report.h"

#include <gio/gio.h>
#include <string.h>

struct Report {
  GOutputStream *file; /* owned (nullable) */
  GPtrArray *rows;     /* owned; of ReportRow, not yet written */
  ReportCounts counts;
  GHashTable *whats; /* (static) char * → how often, as a pointer */
};

ReportRow *
report_row_new(int line, const char *code)
{
  ReportRow *row = g_new0(ReportRow, 1);
  row->line = line;
  row->code = g_strdup(code);
  row->whats = g_ptr_array_new();
  row->texts = g_ptr_array_new_with_free_func(g_free);
  return row;
}

void
report_row_free(ReportRow *row)
{
  if (!row)
    return;
  g_ptr_array_unref(row->whats);
  g_ptr_array_unref(row->texts);
  g_free(row->code);
  g_free(row);
}

static void G_GNUC_PRINTF(3, 0)
    note(ReportRow *row, const char *what, const char *format, va_list arguments)
{
  g_ptr_array_add(row->whats, (gpointer)what);
  g_ptr_array_add(row->texts, g_strdup_vprintf(format, arguments));
}

void
report_remark(ReportRow *row, const char *what, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  note(row, what, format, arguments);
  va_end(arguments);
}

void
report_refuse(ReportRow *row, const char *what, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  note(row, what, format, arguments);
  va_end(arguments);
  row->is_refused = true;
}

static void
free_row(gpointer row)
{
  report_row_free(row);
}

void
report_free(Report *report)
{
  if (!report)
    return;
  g_clear_object(&report->file);
  g_ptr_array_unref(report->rows);
  g_hash_table_unref(report->whats);
  g_free(report);
}

static bool
begin_file(Report *report, const char *path, GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg(path);
  g_autoptr(GFileOutputStream) stream =
      g_file_replace(file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);
  if (!stream)
    return false;
  report->file = g_buffered_output_stream_new(G_OUTPUT_STREAM(stream));
  return g_output_stream_printf(
      report->file, NULL, NULL, error, "line,result,code,what,text\n");
}

Report *
report_new(const char *path, GError **error)
{
  Report *report = g_new0(Report, 1);
  report->rows = g_ptr_array_new_with_free_func(free_row);
  report->whats = g_hash_table_new(g_str_hash, g_str_equal);
  if (!path || begin_file(report, path, error))
    return report;
  report_free(report);
  return NULL;
}

void
report_add(Report *report, ReportRow *row)
{
  g_ptr_array_add(report->rows, row);
}

/* As a field of a CSV file. What begins like a formula gets a blank first: people open
 * reports in spreadsheets. */
static void
append_field(GString *out, const char *text)
{
  if (*text && strchr("=+-@", *text))
    g_string_append_c(out, ' ');
  if (!strpbrk(text, ",\"\r\n")) {
    g_string_append(out, text);
    return;
  }
  g_string_append_c(out, '"');
  for (const char *p = text; *p; p++) {
    if (*p == '"')
      g_string_append_c(out, '"');
    g_string_append_c(out, *p);
  }
  g_string_append_c(out, '"');
}

static char *
join(const GPtrArray *texts, const char *separator)
{
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < texts->len; i++) {
    g_string_append(out, i ? separator : "");
    g_string_append(out, texts->pdata[i]);
  }
  return g_string_free(out, FALSE);
}

static const char *
result(const ReportRow *row)
{
  return row->is_refused ? "refused" : row->whats->len ? "remark" : "imported";
}

static void
count(Report *report, const ReportRow *row)
{
  if (row->is_refused)
    report->counts.refused++;
  else if (row->whats->len)
    report->counts.remarks++;
  else
    report->counts.imported++;
  for (guint i = 0; i < row->whats->len; i++) {
    gpointer what = row->whats->pdata[i];
    gint n = GPOINTER_TO_INT(g_hash_table_lookup(report->whats, what));
    g_hash_table_insert(report->whats, what, GINT_TO_POINTER(n + 1));
  }
}

static bool
write_row(Report *report, const ReportRow *row, GError **error)
{
  if (!report->file)
    return true;
  g_autofree char *whats = join(row->whats, " ");
  g_autofree char *texts = join(row->texts, "; ");
  g_autoptr(GString) line = g_string_new(NULL);
  g_string_printf(line, "%d,%s,", row->line, result(row));
  append_field(line, row->code);
  g_string_append_printf(line, ",%s,", whats);
  append_field(line, texts);
  g_string_append_c(line, '\n');
  return g_output_stream_write_all(report->file, line->str, line->len, NULL, NULL, error);
}

bool
report_flush(Report *report, GError **error)
{
  for (guint i = 0; i < report->rows->len; i++) {
    count(report, report->rows->pdata[i]);
    if (!write_row(report, report->rows->pdata[i], error))
      return false;
  }
  g_ptr_array_set_size(report->rows, 0);
  return true;
}

bool
report_close(Report *report, GError **error)
{
  return report_flush(report, error) &&
         (!report->file || g_output_stream_close(report->file, NULL, error));
}

ReportCounts
report_counts(const Report *report)
{
  return report->counts;
}

static gint
by_frequency(gconstpointer a, gconstpointer b, gpointer whats)
{
  gint n_a = GPOINTER_TO_INT(g_hash_table_lookup(whats, a));
  gint n_b = GPOINTER_TO_INT(g_hash_table_lookup(whats, b));
  return n_a != n_b ? n_b - n_a : strcmp(a, b);
}

static char *
say_whats(const Report *report, const char *quote, const char *separator)
{
  GString *out = g_string_new(NULL);
  GList *whats = g_hash_table_get_keys(report->whats);
  whats = g_list_sort_with_data(whats, by_frequency, report->whats);
  for (GList *l = whats; l; l = l->next) {
    g_autofree char *n = g_strdup_printf(
        "%d", GPOINTER_TO_INT(g_hash_table_lookup(report->whats, l->data)));
    g_string_append(out, out->len ? separator : "");
    g_string_append_printf(
        out, "%s%s%s%s", quote, (char *)l->data, quote, *quote ? ":" : " ");
    g_string_append(out, n);
  }
  g_list_free(whats);
  return g_string_free(out, FALSE);
}

char *
report_whats_text(const Report *report)
{
  return say_whats(report, "", ", ");
}

char *
report_whats_json(const Report *report)
{
  g_autofree char *inside = say_whats(report, "\"", ",");
  return g_strdup_printf("{%s}", inside);
}
