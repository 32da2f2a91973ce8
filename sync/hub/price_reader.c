#include "sync/hub/price_reader.h"

#include <string.h>

#include "sync/hub/lookup.h"
#include "sync/hub/seen.h"

#define MAX_ROWS 500
#define US_PER_S G_GINT64_CONSTANT(1000000)

typedef struct {
  Base *base; /* (nullable) */
  CellDates dates;
  int32_t utc_offset_s;
  Seen *rows;
} PriceState;

/* Midnight at the beginning of @day, local time, as UTC. */
static int64_t
begin_of(Day day, int32_t utc_offset_s)
{
  g_autoptr(GDateTime) midnight =
      g_date_time_new_utc(day / 10000, day / 100 % 100, day % 100, 0, 0, 0);
  return (g_date_time_to_unix(midnight) - utc_offset_s) * US_PER_S;
}

static void
read_from(PriceState *state, ListCells cells, ReportRow *report, GString *json)
{
  g_autofree char *text = list_text(cells, FIELD_FROM, report);
  Day day = DAY_NONE;
  CellFault fault = cell_date(text, state->dates, &day);
  if (fault == CELL_OK)
    list_add_int(json, "from", begin_of(day, state->utc_offset_s));
  else
    g_string_append(json, ",\"from\":null");
  if (fault != CELL_OK && fault != CELL_EMPTY)
    report_refuse(report,
                  fault == CELL_AMBIGUOUS ? "ambiguous_date" : "bad_date",
                  "\"%s\" is no clear date",
                  text);
}

static void
compare_rows(PriceState *state,
             const ArticleUnit *article,
             ListCells cells,
             ReportRow *report)
{
  const char *from = cells[FIELD_FROM] ? cells[FIELD_FROM] : "";
  g_autofree char *key = g_strdup_printf(
      "%" G_GINT64_FORMAT "\x1f%s\x1f%s", article->id, article->unit, from);
  const SeenRow row = {.line = report->line};
  const SeenRow *other = seen_find(state->rows, key);
  if (other)
    report_refuse(
        report, "row_again", "line %d gives a price for this already", other->line);
  else
    seen_put(state->rows, key, &row);
}

static bool
read_price(
    gpointer data, ListCells cells, ReportRow *report, GString *json, GError **error)
{
  PriceState *state = data;
  g_auto(ArticleUnit) article = {0};
  g_autofree char *code = list_code(cells, report);
  g_autofree char *unit = list_text(cells, FIELD_UNIT, report);
  Money fen = 0;
  if (report->is_refused)
    return true;
  if (!lookup_unit(state->base, code, unit, &article, error))
    return false;
  if (article.id == 0)
    report_refuse(report, "unknown_code", "there is no article %s", code);
  else if (!article.unit)
    report_refuse(report, "unknown_unit", "article %s is not sold by %s", code, unit);
  if (!report->is_refused && !list_price(cells, FIELD_PRICE, report, &fen) &&
      !report->is_refused)
    report_refuse(report, "no_price", "there is no price to set");
  if (!report->is_refused)
    compare_rows(state, &article, cells, report);
  if (report->is_refused)
    return true;
  g_autofree char *reason = list_text(cells, FIELD_REASON, report);
  g_string_append_c(json, '{');
  list_add_int(json, "product", article.id);
  list_add_text(json, "unit", article.unit);
  list_add_int(json, "fen", fen);
  read_from(state, cells, report, json);
  list_add_text(json, "reason", reason);
  g_string_append_c(json, '}');
  return true;
}

static void
free_state(gpointer data)
{
  PriceState *state = data;
  seen_free(state->rows);
  g_free(state);
}

ListReader *
price_reader_new(const ImportJob *job, Base *base)
{
  PriceState *state = g_new0(PriceState, 1);
  *state = (PriceState){base, job->dates, job->utc_offset_s, seen_new()};
  ListReader *reader = g_new0(ListReader, 1);
  *reader = (ListReader){.verb = "prices",
                         .max_rows = MAX_ROWS,
                         .read = read_price,
                         .state = state,
                         .free_state = free_state};
  return reader;
}
