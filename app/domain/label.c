#include "app/domain/label.h"

#include <string.h>

#include "app/domain/barcode.h"
#include "app/domain/label_layout.h"

/* Ranks: what gives way first. */
enum { RANK_SHOP, RANK_CODE, RANK_PARTICULARS, RANK_LAW, RANK_NAME, RANK_DOSE };

#define SMALLEST 16 /* dots, 2 mm: below nobody over sixty can read it */

static const char *const SIZES[N_LABEL_SIZES] = {"40x30", "60x40"};

void
label_free(Label *label)
{
  if (!label)
    return;
  g_ptr_array_unref(label->items);
  g_free(label->title);
  g_free(label);
}

const char *
label_size_name(LabelSize size)
{
  return SIZES[size];
}

LabelSize
label_size_named(const char *name)
{
  return g_strcmp0(name, SIZES[LABEL_60_40]) == 0 ? LABEL_60_40 : LABEL_40_30;
}

LabelCodeKind
label_code_kind(const char *code)
{
  char gtin[15];
  gsize n = strlen(code);
  bool is_ean = (n == 13 || n == 8) && barcode_to_gtin14(code, gtin);
  return !is_ean ? LABEL_CODE128 : n == 13 ? LABEL_EAN13 : LABEL_EAN8;
}

static bool
is_given(const char *text)
{
  return text && *text;
}

/* "批号 B24061"; "" when there is nothing to say. */
static char *
named(const char *const *words, LabelWord word, const char *text)
{
  return is_given(text) ? g_strdup_printf("%s %s", words[word], text) : g_strdup("");
}

static int
sized(LabelSize size, int small, int large)
{
  return size == LABEL_60_40 ? large : small;
}

static void
add_text(LabelLayout *layout,
         LabelStyle style,
         const char *first,
         const char *second,
         const char *third)
{
  const char *const pieces[] = {
      first ? first : "", second ? second : "", third ? third : "", NULL};
  label_layout_text(layout, style, pieces);
}

/* Two blanks divide what may stand on rows of its own; so does one in Chinese. */
static void
add_divided(LabelLayout *layout, LabelStyle style, const char *text)
{
  bool is_chinese = text && document_width(text) > g_utf8_strlen(text, -1);
  g_auto(GStrv) pieces = g_strsplit(text ? text : "", is_chinese ? " " : "  ", -1);
  label_layout_text(layout, style, (const char *const *)pieces);
}

/* How much is left out when not all fits: what the law does not ask for. */
typedef enum { WHOLE, WITHOUT_PHONE, BARE, N_LEVELS } Level;

static void
add_shop(LabelLayout *layout,
         LabelSize size,
         Level level,
         const char *pharmacy,
         const char *phone,
         const char *date)
{
  LabelStyle style = {.best = sized(size, 20, 24), .least = SMALLEST, .rank = RANK_SHOP};
  add_text(layout, style, pharmacy, level == WHOLE ? phone : NULL, date);
}

static void
add_name(LabelLayout *layout, LabelSize size, const char *name)
{
  LabelStyle style = {.best = 48,
                      .least = sized(size, 20, 24),
                      .single = sized(size, 28, 32),
                      .rank = RANK_NAME,
                      .bold = true};
  add_text(layout, style, name, NULL, NULL);
}

static Label *
dose_at(const DoseFacts *facts, LabelSize size, const char *const *words, Level level)
{
  LabelLayout *layout = label_layout_new("dose", size);
  LabelStyle who = {.best = sized(size, 24, 32),
                    .least = sized(size, 18, 24),
                    .rank = RANK_LAW,
                    .bold = true};
  LabelStyle drug = {
      .best = sized(size, 28, 32), .least = sized(size, 18, 24), .rank = RANK_NAME};
  LabelStyle dose = {.best = sized(size, 48, 64),
                     .least = sized(size, 24, 28),
                     .rank = RANK_DOSE,
                     .bold = true};
  LabelStyle times = {
      .best = sized(size, 28, 36), .least = sized(size, 20, 24), .rank = RANK_NAME};
  LabelStyle warning = {
      .best = sized(size, 20, 24), .least = sized(size, SMALLEST, 20), .rank = RANK_LAW};
  g_autofree char *quantity = named(words, LW_QUANTITY, facts->quantity);

  add_text(layout, who, facts->patient, quantity, NULL);
  label_layout_rule(layout);
  add_text(layout, drug, facts->drug, facts->spec, NULL);
  add_divided(layout, dose, facts->dose);
  add_text(layout, times, facts->times, NULL, NULL);
  add_text(layout, warning, facts->warning, NULL, NULL);
  if (level != BARE)
    label_layout_rule(layout);
  add_shop(layout, size, level, facts->pharmacy, facts->phone, facts->date);
  return label_layout_settle(layout);
}

static void
add_usage(LabelLayout *layout,
          LabelSize size,
          const char *usage,
          const char *const *words)
{
  LabelStyle style = {.best = sized(size, 24, 36),
                      .least = sized(size, 18, 20),
                      .single = 24,
                      .rank = RANK_DOSE};
  g_autofree char *how = g_strdup_printf(
      "%s  %s", words[LW_USAGE], is_given(usage) ? usage : words[LW_USAGE_BY_HAND]);
  add_divided(layout, style, how);
}

static Label *
loose_at(const LooseFacts *facts, LabelSize size, const char *const *words, Level level)
{
  LabelLayout *layout = label_layout_new("loose", size);
  LabelStyle head = {.best = sized(size, 20, 24), .least = SMALLEST, .rank = RANK_SHOP};
  LabelStyle law = {.best = 24, .least = sized(size, SMALLEST, 18), .rank = RANK_LAW};
  g_autofree char *spec = named(words, LW_SPEC, facts->spec);
  g_autofree char *quantity = named(words, LW_QUANTITY, facts->quantity);
  g_autofree char *lot = named(words, LW_LOT, facts->lot);
  g_autofree char *expiry = named(words, LW_EXPIRY, facts->expiry);
  g_autofree char *copy = facts->copy > 0
                              ? g_strdup_printf("%s %d", words[LW_COPY], facts->copy)
                              : g_strdup("");

  if (level != BARE || *copy)
    label_layout_head(layout, head, words[LW_LOOSE], copy);
  add_name(layout, size, facts->name);
  add_text(layout, law, spec, quantity, NULL);
  add_text(layout, law, lot, expiry, NULL);
  add_usage(layout, size, facts->usage, words);
  add_shop(layout, size, level, facts->pharmacy, facts->phone, facts->date);
  return label_layout_settle(layout);
}

static Label *
shelf_at(const ShelfFacts *facts, LabelSize size, const char *const *words, Level level)
{
  LabelLayout *layout = label_layout_new("shelf", size);
  LabelStyle small = {
      .best = sized(size, 20, 24), .least = SMALLEST, .rank = RANK_PARTICULARS};
  LabelStyle price = {.best = sized(size, 72, 112), .least = 40, .rank = RANK_DOSE};
  g_autofree char *sum = money_text(facts->price);
  g_autofree char *figure =
      facts->has_price ? g_strconcat(words[LW_CURRENCY], sum, NULL) : g_strdup("----");
  g_autofree char *unit = is_given(facts->unit)
                              ? g_strconcat(words[LW_PER], facts->unit, NULL)
                              : g_strdup("");
  g_autofree char *maker =
      level == WHOLE ? named(words, LW_MAKER, facts->maker) : g_strdup(facts->maker);
  g_autofree char *origin = named(words, LW_ORIGIN, facts->origin);

  add_name(layout, size, facts->name);
  add_text(layout, small, facts->spec, maker, level == BARE ? NULL : origin);
  label_layout_price(layout, price, figure, unit, facts->mark ? facts->mark : "");
  label_layout_code(layout, RANK_CODE, facts->code);
  return label_layout_settle(layout);
}

Label *
label_dose(const DoseFacts *facts, LabelSize size, const char *const *words)
{
  Label *label = NULL;
  for (Level level = WHOLE; !label && level < N_LEVELS; level++)
    label = dose_at(facts, size, words, level);
  return label;
}

Label *
label_loose(const LooseFacts *facts, LabelSize size, const char *const *words)
{
  Label *label = NULL;
  for (Level level = WHOLE; !label && level < N_LEVELS; level++)
    label = loose_at(facts, size, words, level);
  return label;
}

Label *
label_shelf(const ShelfFacts *facts, LabelSize size, const char *const *words)
{
  Label *label = NULL;
  for (Level level = WHOLE; !label && level < N_LEVELS; level++)
    label = shelf_at(facts, size, words, level);
  return label;
}

char *
label_to_text(const Label *label)
{
  static const char *const FORMS[] = {[LABEL_TEXT] = "%s\n",
                                      [LABEL_MARK] = "[%s]\n",
                                      [LABEL_RULE] = "--%s\n",
                                      [LABEL_CODE] = "|||%s\n",
                                      [LABEL_QR] = "[QR %s]\n"};
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < label->items->len; i++) {
    const LabelItem *item = label->items->pdata[i];
    g_auto(GStrv) parts = g_strsplit(FORMS[item->kind], "%s", 2);
    g_string_append_printf(text, "%s%s%s", parts[0], item->text, parts[1]);
  }
  return g_string_free(text, FALSE);
}
