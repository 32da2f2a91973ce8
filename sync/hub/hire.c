#include "sync/hub/hire.h"

#include "sync/hub/staff_reader.h"

static char *
join_texts(const ReportRow *report)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < report->texts->len; i++)
    g_string_append_printf(text, "%s%s", i ? "; " : "", (char *)report->texts->pdata[i]);
  return g_string_free(text, FALSE);
}

bool
hire_person(
    Office *office, ListCells cells, char **ret_json, char **ret_refusal, GError **error)
{
  const ImportJob job = {.kind = LIST_STAFF};
  g_autoptr(ListReader) reader = staff_reader_new(&job, office_base(office));
  g_autoptr(ReportRow) report = report_row_new(1, "");
  g_autoptr(GString) json = g_string_new("{\"rows\":[");
  g_autoptr(GString) row = g_string_new(NULL);
  *ret_refusal = NULL;
  if (!reader->read(reader->state, cells, report, row, error))
    return false;
  if (report->is_refused) {
    *ret_refusal = join_texts(report);
    return true;
  }
  g_string_append_printf(json, "%s]}", row->str);
  return office_do(office, reader->verb, json->str, ret_json, error);
}
