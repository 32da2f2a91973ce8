#include "sync/hub/article_reader.h"

#include <string.h>

#include "app/base/command.h"
#include "sync/hub/article_codes.h"
#include "sync/hub/article_words.h"

#define MAX_RANK G_GINT64_CONSTANT(100000000)
#define MAX_NEAR 3650 /* days */
#define MAX_ROWS 500  /* of one request */

static const char *
origin_word(const char *text)
{
  static const char *const WORDS[] = {"国产", "进口", "合资"};
  bool is_number = text[0] >= '1' && text[0] <= '3' && text[1] == '\0';
  return is_number ? WORDS[text[0] - '1'] : text;
}

static void
add_mnemonics(ArticleDraft *draft, GString *json)
{
  g_autofree char *text = list_plain(draft->cells, FIELD_MNEMONICS, draft->report);
  g_auto(GStrv) words = g_strsplit_set(text, " ;,|", -1);
  g_string_append(json, ",\"mnemonics\":[");
  bool is_first = true;
  for (char **word = words; *word; word++) {
    g_autoptr(GString) letters = g_string_new(NULL);
    for (const char *p = *word; *p; p++) {
      if (g_ascii_isalnum(*p))
        g_string_append_c(letters, g_ascii_tolower(*p));
    }
    if (letters->len == 0)
      continue;
    g_string_append_printf(json, "%s\"%s\"", is_first ? "" : ",", letters->str);
    is_first = false;
  }
  g_string_append_c(json, ']');
}

static void
add_unit(GString *json, const char *name, Quantity base, bool is_sold, bool is_default)
{
  g_string_append(json, json->str[json->len - 1] == '[' ? "{" : ",{");
  list_add_text(json, "name", name);
  list_add_int(json, "base", base);
  list_add_bool(json, "sale", is_sold);
  list_add_bool(json, "default", is_default);
  g_string_append_c(json, '}');
}

static void
add_units(const ArticleDraft *draft, GString *json)
{
  g_string_append(json, ",\"units\":[");
  add_unit(json, draft->unit, draft->base, true, true);
  if (*draft->loose_unit)
    add_unit(json, draft->loose_unit, draft->loose_base, draft->has_loose_price, false);
  g_string_append_c(json, ']');
}

static void
add_price(GString *json, const char *unit, Money fen)
{
  g_string_append(json, json->str[json->len - 1] == '[' ? "{" : ",{");
  list_add_text(json, "unit", unit);
  list_add_int(json, "fen", fen);
  g_string_append_c(json, '}');
}

static void
add_prices(const ArticleDraft *draft, GString *json)
{
  g_string_append(json, ",\"prices\":[");
  if (draft->has_price)
    add_price(json, draft->unit, draft->price);
  if (draft->has_loose_price)
    add_price(json, draft->loose_unit, draft->loose_price);
  g_string_append_c(json, ']');
}

static void
add_field(ArticleDraft *draft, GString *json, Field field)
{
  g_autofree char *text = article_draft_text(draft, field);
  list_add_text(json, field_name(field), text);
}

static void
add_origin(ArticleDraft *draft, GString *json)
{
  g_autofree char *text = article_draft_text(draft, FIELD_ORIGIN);
  list_add_text(json, "origin", origin_word(text));
}

/* 0: none was given, or another row of the list has it. */
static int64_t
read_rank(ArticleDraft *draft)
{
  int64_t rank = article_draft_whole(draft, FIELD_RANK, MAX_RANK);
  g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, rank);
  const SeenRow *other = rank ? seen_find(draft->state->ranks, key) : NULL;
  if (other) {
    report_remark(draft->report,
                  "rank_again",
                  "rank %s is that of %s (line %d); put after all others",
                  key,
                  other->code,
                  other->line);
    return 0;
  }
  const SeenRow row = {.line = draft->report->line, .code = draft->code};
  if (rank)
    seen_put(draft->state->ranks, key, &row);
  return rank;
}

static void
add_rank(ArticleDraft *draft, GString *json)
{
  int64_t rank = read_rank(draft);
  if (rank)
    list_add_int(json, "rank", rank);
  else
    g_string_append(json, ",\"rank\":null");
}

/* The object that the feed shows, in one order, so that equal rows make equal bytes. */
static void
compose(ArticleDraft *draft, GString *json)
{
  g_string_append_c(json, '{');
  list_add_text(json, "code", draft->code);
  list_add_text(json, "generic_name", draft->name);
  add_field(draft, json, FIELD_TRADE_NAME);
  add_field(draft, json, FIELD_SPEC);
  add_field(draft, json, FIELD_FORM);
  add_field(draft, json, FIELD_MAKER);
  list_add_text(json, "approval_no", draft->approval);
  add_origin(draft, json);
  list_add_int(json, "class", draft->legal_class);
  list_add_int(json, "special", article_draft_special(draft));
  list_add_int(json, "storage", article_draft_storage(draft));
  list_add_int(json, "measure", draft->measure);
  list_add_int(json, "near_days", article_draft_whole(draft, FIELD_NEAR_DAYS, MAX_NEAR));
  list_add_int(json, "tax_bp", article_draft_tax(draft));
  list_add_bool(json, "insured", article_draft_yes_no(draft, FIELD_INSURED, false));
  list_add_bool(json, "trace_required", article_draft_yes_no(draft, FIELD_TRACE, false));
  list_add_bool(json, "active", article_draft_yes_no(draft, FIELD_ACTIVE, true));
  add_units(draft, json);
  add_mnemonics(draft, json);
}

/* What other rows are compared with: only once nothing refuses this one. */
static bool
compose_rest(ArticleDraft *draft, GString *json, GError **error)
{
  if (!article_codes_read(draft, FIELD_BARCODE, draft->unit, error) ||
      !article_codes_read(draft, FIELD_STD_CODE, draft->unit, error) ||
      !article_codes_read(draft, FIELD_LOOSE_BARCODE, draft->loose_unit, error))
    return false;
  g_string_append_printf(json, ",\"barcodes\":%s]", draft->barcodes->str);
  add_rank(draft, json);
  add_prices(draft, json);
  g_string_append_c(json, '}');
  return true;
}

static uint64_t
print_cells(ListCells cells)
{
  g_autoptr(GString) all = g_string_new(NULL);
  for (int i = 0; i < N_FIELDS; i++) {
    g_string_append(all, cells[i] ? cells[i] : "");
    g_string_append_c(all, '\0');
  }
  return seen_print(all->str, all->len);
}

/* The first row of a code stands; nobody can say which of two that differ is right. */
static bool
is_code_again(ArticleDraft *draft, const char *key, uint64_t print)
{
  const SeenRow *other = seen_find(draft->state->codes, key);
  if (!other)
    return false;
  if (other->print == print)
    report_refuse(
        draft->report, "row_again", "the same row stands in line %d", other->line);
  else
    report_refuse(draft->report,
                  "code_again",
                  "line %d has this code (%s) with other content, and stands",
                  other->line,
                  other->code);
  return true;
}

static void
read_parts(ArticleDraft *draft)
{
  article_draft_read_name(draft);
  article_codes_read_approval(draft);
  article_draft_read_class(draft);
  article_draft_read_units(draft);
  article_draft_read_prices(draft);
}

static bool
read_article(
    gpointer data, ListCells cells, ReportRow *report, GString *json, GError **error)
{
  g_auto(ArticleDraft) draft;
  article_draft_init(&draft, data, cells, report);
  draft.code = list_code(cells, report);
  g_autofree char *key = g_ascii_strdown(draft.code, -1);
  uint64_t print = print_cells(cells);
  if (report->is_refused || is_code_again(&draft, key, print))
    return true;
  read_parts(&draft);
  compose(&draft, json);
  if (report->is_refused)
    return true;
  const SeenRow row = {.line = report->line, .code = draft.code, .print = print};
  seen_put(draft.state->codes, key, &row);
  article_codes_judge_approval(&draft);
  return compose_rest(&draft, json, error);
}

static void
free_state(gpointer data)
{
  ArticleState *state = data;
  g_free(state->default_unit);
  seen_free(state->codes);
  seen_free(state->barcodes);
  seen_free(state->approvals);
  seen_free(state->ranks);
  g_free(state);
}

ListReader *
article_reader_new(const ImportJob *job, Base *base, GError **error)
{
  LegalClass default_class = CLASS_UNKNOWN;
  bool is_unclear = false;
  if (job->default_class &&
      !words_class(job->default_class, &default_class, &is_unclear)) {
    g_set_error(error,
                COMMAND_ERROR,
                COMMAND_ERROR_ARGUMENT,
                "there is no class %s",
                job->default_class);
    return NULL;
  }
  ArticleState *state = g_new0(ArticleState, 1);
  state->base = base;
  state->default_class = default_class;
  state->default_unit = g_strdup(job->default_unit ? job->default_unit
                                 : job->profile    ? "boîte"
                                                   : "盒");
  state->codes = seen_new();
  state->barcodes = seen_new();
  state->approvals = seen_new();
  state->ranks = seen_new();
  ListReader *reader = g_new0(ListReader, 1);
  reader->verb = "articles";
  reader->max_rows = MAX_ROWS;
  reader->read = read_article;
  reader->state = state;
  reader->free_state = free_state;
  return reader;
}
