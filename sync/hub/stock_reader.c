#include "sync/hub/stock_reader.h"

#include <string.h>

#include "app/base/command.h"
#include "app/domain/lot.h"
#include "sync/hub/enrolment.h"
#include "sync/hub/lookup.h"
#include "sync/hub/seen.h"
#include "sync/hub/trade_code.h"

#define MAX_ROWS  500
#define MAX_TEXT  64 /* bytes of a lot or a shelf */
#define FAR_YEARS 10

typedef struct {
  Base *base; /* (nullable) */
  CellDates dates;
  Day today;
  Seen *rows, *lots, *shelves;
} StockState;

typedef struct {
  StockState *state;
  ListCells cells;
  ReportRow *report;
  ArticleUnit article;
  char *lot, *shelf; /* owned */
  Day expiry;
  Quantity qty;
  LotState lot_state;
} StockDraft;

static void
stock_draft_clear(StockDraft *draft)
{
  article_unit_clear(&draft->article);
  g_free(draft->lot);
  g_free(draft->shelf);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StockDraft, stock_draft_clear)

/* The article's code, or that of the one article with this barcode (transfer full). */
static bool
resolve_barcode(StockDraft *draft, char **ret_code, GError **error)
{
  g_autofree char *text = list_plain(draft->cells, FIELD_BARCODE, draft->report);
  g_autoptr(GPtrArray) codes = NULL;
  TradeCode code = trade_code_read(text);
  if (*text == '\0' || code.verdict == TRADE_CODE_UNUSABLE) {
    report_refuse(draft->report,
                  *text ? code.what : "no_code",
                  "neither a code nor a usable barcode");
    return true;
  }
  if (!lookup_barcode(draft->state->base, code.code, &codes, error))
    return false;
  if (codes->len == 1)
    *ret_code = g_strdup(codes->pdata[0]);
  else
    report_refuse(draft->report,
                  codes->len ? "barcode_shared" : "unknown_code",
                  codes->len ? "several articles have barcode %s: give the code"
                             : "no article has barcode %s",
                  code.code);
  return true;
}

static bool
find_article(StockDraft *draft, GError **error)
{
  g_autofree char *code = NULL;
  g_autofree char *unit = list_text(draft->cells, FIELD_UNIT, draft->report);
  bool has_code = list_has(draft->cells, FIELD_CODE) && *draft->cells[FIELD_CODE];
  if (has_code)
    code = list_code(draft->cells, draft->report);
  else if (!resolve_barcode(draft, &code, error))
    return false;
  if (draft->report->is_refused)
    return true;
  g_free(draft->report->code);
  draft->report->code = g_strdup(code);
  if (!lookup_unit(draft->state->base, code, unit, &draft->article, error))
    return false;
  if (draft->article.id == 0)
    report_refuse(draft->report, "unknown_code", "there is no article %s", code);
  else if (!draft->article.unit)
    report_refuse(
        draft->report, "unknown_unit", "article %s is not sold by %s", code, unit);
  return true;
}

static char *
read_word(StockDraft *draft, Field field)
{
  char *text = list_plain(draft->cells, field, draft->report);
  if (strlen(text) > MAX_TEXT)
    report_refuse(draft->report, "too_long", "%s is too long", field_name(field));
  return text;
}

static void
read_quantity(StockDraft *draft)
{
  g_autofree char *text = list_plain(draft->cells, FIELD_QTY, draft->report);
  int64_t zero = -1;
  if (*text == '\0')
    report_refuse(draft->report, "no_quantity", "the quantity is missing");
  else if (*text == '-')
    report_refuse(draft->report, "negative_quantity", "there cannot be %s of it", text);
  else if (cell_whole(text, 0, &zero))
    draft->qty = 0;
  else if (!quantity_parse(text, draft->article.base, &draft->qty))
    report_refuse(draft->report,
                  "bad_quantity",
                  "%s %s is no number of whole pieces",
                  text,
                  draft->article.unit);
}

static void
say_date_fault(StockDraft *draft, CellFault fault, const char *text)
{
  switch (fault) {
  case CELL_AMBIGUOUS:
    report_refuse(draft->report,
                  "ambiguous_date",
                  "%s can be read in two ways: say --dates dmy or mdy",
                  text);
    break;
  case CELL_SERIAL:
    report_refuse(
        draft->report, "serial_date", "%s is a spreadsheet's count of days", text);
    break;
  case CELL_NO_SUCH_DAY:
    report_refuse(draft->report, "no_such_day", "there is no day %s", text);
    break;
  default:
    report_refuse(draft->report, "bad_date", "\"%s\" is no date", text);
  }
}

static bool
must_expire(LegalClass legal_class)
{
  return legal_class_is_medicine(legal_class) || legal_class == CLASS_HEALTH_FOOD ||
         legal_class == CLASS_FSMP;
}

static void
read_expiry(StockDraft *draft)
{
  g_autofree char *text = list_text(draft->cells, FIELD_EXPIRY, draft->report);
  CellFault fault = cell_date(text, draft->state->dates, &draft->expiry);
  if (fault == CELL_EMPTY) {
    draft->expiry = DAY_NONE;
    if (must_expire(draft->article.legal_class))
      report_remark(draft->report, "no_expiry", "goods that expire, without a date");
    return;
  }
  if (fault != CELL_OK) {
    say_date_fault(draft, fault, text);
    return;
  }
  int days = day_until(draft->state->today, draft->expiry);
  if (days < 0)
    report_remark(draft->report, "expired", "expired on %s: never sold", text);
  else if (days > FAR_YEARS * 366)
    report_remark(draft->report, "far_expiry", "%s is uncommonly far away", text);
}

static void
read_state(StockDraft *draft)
{
  static const struct {
    const char *word;
    LotState state;
  } STATES[] = {
      {"sellable", LOT_SELLABLE},
      {"合格", LOT_SELLABLE},
      {"可售", LOT_SELLABLE},
      {"pending", LOT_PENDING},
      {"待验", LOT_PENDING},
      {"locked", LOT_LOCKED},
      {"锁定", LOT_LOCKED},
      {"停售", LOT_LOCKED},
      {"rejected", LOT_REJECTED},
      {"不合格", LOT_REJECTED},
      {"recalled", LOT_RECALLED},
      {"召回", LOT_RECALLED},
      {"returned", LOT_RETURNED},
      {"退货", LOT_RETURNED},
  };
  g_autofree char *text = list_text(draft->cells, FIELD_STATE, draft->report);
  draft->lot_state = LOT_SELLABLE;
  if (*text == '\0')
    return;
  for (gsize i = 0; i < G_N_ELEMENTS(STATES); i++) {
    if (g_ascii_strcasecmp(STATES[i].word, text) == 0) {
      draft->lot_state = STATES[i].state;
      return;
    }
  }
  report_refuse(draft->report, "unknown_state", "\"%s\" is no state of a lot", text);
}

/* The same lot at the same place twice, or one lot with two dates. */
static void
compare_rows(StockDraft *draft)
{
  g_autofree char *lot_key =
      g_strdup_printf("%" G_GINT64_FORMAT "\x1f%s", draft->article.id, draft->lot);
  g_autofree char *row_key = g_strconcat(lot_key, "\x1f", draft->shelf, NULL);
  const SeenRow row = {.line = draft->report->line, .print = (uint64_t)draft->expiry};
  const SeenRow *lot = seen_find(draft->state->lots, lot_key);
  const SeenRow *again = seen_find(draft->state->rows, row_key);
  if (lot && lot->print != row.print)
    report_refuse(draft->report,
                  "other_expiry",
                  "line %d gives this lot another expiry date",
                  lot->line);
  else if (again)
    report_refuse(draft->report,
                  "row_again",
                  "line %d has this lot at this place already",
                  again->line);
  if (draft->report->is_refused)
    return;
  seen_put(draft->state->lots, lot_key, &row);
  seen_put(draft->state->rows, row_key, &row);
}

/* An article's shelf is the first one that the list names. */
static void
add_shelf(StockDraft *draft, GString *json)
{
  g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, draft->article.id);
  bool is_first = *draft->shelf && !seen_find(draft->state->shelves, key);
  const SeenRow row = {.line = draft->report->line};
  if (is_first)
    seen_put(draft->state->shelves, key, &row);
  list_add_text(json, "shelf", is_first ? draft->shelf : NULL);
}

static bool
read_stock(
    gpointer data, ListCells cells, ReportRow *report, GString *json, GError **error)
{
  g_auto(StockDraft) draft = {.state = data, .cells = cells, .report = report};
  if (!find_article(&draft, error))
    return false;
  if (report->is_refused)
    return true;
  draft.lot = read_word(&draft, FIELD_LOT);
  draft.shelf = read_word(&draft, FIELD_SHELF);
  read_quantity(&draft);
  read_expiry(&draft);
  read_state(&draft);
  if (!report->is_refused)
    compare_rows(&draft);
  if (report->is_refused)
    return true;
  g_string_append_c(json, '{');
  list_add_int(json, "product", draft.article.id);
  list_add_text(json, "lot", draft.lot);
  list_add_int(json, "expiry", draft.expiry);
  list_add_text(json, "location", draft.shelf);
  list_add_int(json, "qty", draft.qty);
  list_add_int(json, "state", draft.lot_state);
  add_shelf(&draft, json);
  g_string_append_c(json, '}');
  return true;
}

static void
free_state(gpointer data)
{
  StockState *state = data;
  seen_free(state->rows);
  seen_free(state->lots);
  seen_free(state->shelves);
  g_free(state);
}

ListReader *
stock_reader_new(const ImportJob *job, Base *base, GError **error)
{
  int64_t store = 0;
  if (base && !enrolment_store_id(base, job->store_code, &store, error))
    return NULL;
  if (base && store == 0) {
    g_set_error(error,
                COMMAND_ERROR,
                COMMAND_ERROR_ARGUMENT,
                "there is no store %s",
                job->store_code);
    return NULL;
  }
  StockState *state = g_new0(StockState, 1);
  *state = (StockState){.base = base,
                        .dates = job->dates,
                        .today = day_at(job->now_us, job->utc_offset_s),
                        .rows = seen_new(),
                        .lots = seen_new(),
                        .shelves = seen_new()};
  g_autoptr(GString) head = g_string_new(NULL);
  list_add_text(head, "store", job->store_code);
  ListReader *reader = g_new0(ListReader, 1);
  *reader = (ListReader){.verb = "stock",
                         .head = g_strdup(head->str),
                         .max_rows = MAX_ROWS,
                         .read = read_stock,
                         .state = state,
                         .free_state = free_state};
  return reader;
}
