#include "sync/hub/article_draft.h"

#include <string.h>

#include "sync/hub/article_words.h"

#define MAX_BASE G_GINT64_CONSTANT(100000000)

void
article_draft_init(ArticleDraft *draft,
                   ArticleState *state,
                   ListCells cells,
                   ReportRow *report)
{
  *draft = (ArticleDraft){.state = state, .cells = cells, .report = report};
  draft->barcodes = g_string_new("[");
  draft->gtins = g_ptr_array_new_with_free_func(g_free);
}

void
article_draft_clear(ArticleDraft *draft)
{
  g_free(draft->code);
  g_free(draft->name);
  g_free(draft->approval);
  g_free(draft->unit);
  g_free(draft->loose_unit);
  g_string_free(draft->barcodes, TRUE);
  g_ptr_array_unref(draft->gtins);
}

/* A text of at most ARTICLE_MAX_TEXT characters (transfer full); longer refuses the row,
 * since the strength of a medicine stands at the end of its name. */
char *
article_draft_text(ArticleDraft *draft, Field field)
{
  char *text = list_text(draft->cells, field, draft->report);
  if (g_utf8_strlen(text, -1) > ARTICLE_MAX_TEXT)
    report_refuse(draft->report,
                  "too_long",
                  "%s has more than %d characters",
                  field_name(field),
                  ARTICLE_MAX_TEXT);
  return text;
}

void
article_draft_read_name(ArticleDraft *draft)
{
  draft->name = article_draft_text(draft, FIELD_GENERIC_NAME);
  if (*draft->name == '\0')
    report_refuse(draft->report, "empty_name", "the name is missing");
}

void
article_draft_read_class(ArticleDraft *draft)
{
  g_autofree char *text = list_text(draft->cells, FIELD_CLASS, draft->report);
  bool is_unclear = false;
  draft->legal_class = draft->state->default_class;
  if (*text && !words_class(text, &draft->legal_class, &is_unclear))
    report_remark(draft->report,
                  "unknown_class",
                  "\"%s\" is no class; not for sale until it has one",
                  text);
  if (is_unclear)
    report_remark(draft->report,
                  "unclear_class",
                  "\"%s\" may be A or B; taken as A, the stricter",
                  text);
  if (*text || draft->legal_class != CLASS_UNKNOWN)
    return;
  draft->legal_class = words_class_of_approval(draft->approval);
  if (draft->legal_class == CLASS_UNKNOWN)
    report_remark(draft->report, "no_class", "no class: not for sale until it has one");
  else
    report_remark(draft->report, "class_from_approval", "class taken from the number");
}

SpecialGroup
article_draft_special(ArticleDraft *draft)
{
  g_autofree char *text = list_text(draft->cells, FIELD_SPECIAL, draft->report);
  SpecialGroup special = SPECIAL_NONE;
  if (*text && !words_special(text, &special))
    report_refuse(draft->report,
                  "unknown_special",
                  "\"%s\" is no special group; it cannot be left out",
                  text);
  return special;
}

Storage
article_draft_storage(ArticleDraft *draft)
{
  g_autofree char *text = list_text(draft->cells, FIELD_STORAGE, draft->report);
  Storage storage = STORAGE_ROOM;
  if (*text && !words_storage(text, &storage))
    report_remark(
        draft->report, "unknown_storage", "\"%s\" is taken as room temperature", text);
  return storage;
}

int64_t
article_draft_whole(ArticleDraft *draft, Field field, int64_t most)
{
  g_autofree char *text = list_plain(draft->cells, field, draft->report);
  int64_t number = 0;
  if (*text && !cell_whole(text, most, &number))
    report_remark(draft->report,
                  "bad_number",
                  "%s \"%s\" is no number it can be; left out",
                  field_name(field),
                  text);
  return number;
}

bool
article_draft_yes_no(ArticleDraft *draft, Field field, bool otherwise)
{
  g_autofree char *text = list_text(draft->cells, field, draft->report);
  bool answer = otherwise;
  if (*text && !cell_yes_no(text, &answer))
    report_remark(draft->report,
                  "unclear_yes_no",
                  "%s \"%s\" is neither yes nor no; taken as %s",
                  field_name(field),
                  text,
                  otherwise ? "yes" : "no");
  return answer;
}

int
article_draft_tax(ArticleDraft *draft)
{
  g_autofree char *text = list_plain(draft->cells, FIELD_TAX, draft->report);
  int bp = 0;
  if (*text && !cell_percent(text, &bp)) {
    report_remark(draft->report, "bad_tax", "tax \"%s\" is no percentage; 0 %%", text);
    return 0;
  }
  if (bp > 0 && bp < 100 && !strchr(text, '%')) {
    bp *= 100;
    report_remark(
        draft->report, "tax_as_fraction", "tax %s was read as %d %%", text, bp / 100);
  }
  return bp;
}

/* What is measured, and how much of it is in one unit. */
static void
read_measure(ArticleDraft *draft)
{
  g_autofree char *text = list_text(draft->cells, FIELD_MEASURE, draft->report);
  Measure of_unit = MEASURE_COUNT;
  Quantity base_of_unit = 0;
  bool is_measured = words_unit(draft->unit, &of_unit, &base_of_unit);
  draft->measure = of_unit;
  if (*text && !words_measure(text, &draft->measure))
    report_remark(draft->report, "unknown_measure", "\"%s\" is no measure", text);
  draft->base = article_draft_whole(draft, FIELD_BASE, MAX_BASE);
  bool is_unit_right = is_measured && of_unit == draft->measure;
  if (is_unit_right && draft->base > 1 && draft->base != base_of_unit)
    report_remark(draft->report,
                  "base_differs",
                  "one %s has %" G_GINT64_FORMAT " base units, not %" G_GINT64_FORMAT,
                  draft->unit,
                  base_of_unit,
                  draft->base);
  if (is_unit_right)
    draft->base = base_of_unit;
  if (draft->base == 0)
    draft->base = 1;
}

void
article_draft_read_units(ArticleDraft *draft)
{
  Measure measure = MEASURE_COUNT;
  draft->unit = article_draft_text(draft, FIELD_UNIT);
  draft->loose_unit = article_draft_text(draft, FIELD_LOOSE_UNIT);
  if (*draft->unit == '\0') {
    g_free(draft->unit);
    draft->unit = g_strdup(draft->state->default_unit);
  }
  read_measure(draft);
  if (strcmp(draft->unit, draft->loose_unit) == 0) {
    if (draft->base > 1 && draft->measure == MEASURE_COUNT) {
      report_remark(draft->report,
                    "unit_same",
                    "the pack and its piece are both called %s: sold by the piece",
                    draft->unit);
      draft->base = 1;
    }
    *draft->loose_unit = '\0';
  }
  if (*draft->loose_unit == '\0' ||
      !words_unit(draft->loose_unit, &measure, &draft->loose_base) ||
      measure != draft->measure)
    draft->loose_base = 1;
}

void
article_draft_read_prices(ArticleDraft *draft)
{
  draft->has_price = list_price(draft->cells, FIELD_PRICE, draft->report, &draft->price);
  if (!list_has(draft->cells, FIELD_LOOSE_PRICE))
    return;
  g_autofree char *text = list_plain(draft->cells, FIELD_LOOSE_PRICE, draft->report);
  if (*text == '\0')
    return;
  draft->has_loose_price =
      list_price(draft->cells, FIELD_LOOSE_PRICE, draft->report, &draft->loose_price);
  if (draft->has_loose_price && *draft->loose_unit == '\0') {
    draft->has_loose_price = false;
    report_remark(draft->report,
                  "loose_price_without_unit",
                  "a loose price, but no loose unit; left out");
  }
  if (draft->has_loose_price && draft->has_price && draft->base > draft->loose_base &&
      draft->loose_price >= draft->price)
    report_remark(draft->report,
                  "loose_price_high",
                  "the loose piece costs as much as the whole pack, or more");
}
