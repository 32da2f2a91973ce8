#include "ui/cart_list.h"

#include <glib/gi18n-lib.h>

#include "ui/format.h"
#include "ui/words.h"

#define USUAL_NEAR_DAYS 180 /* product.h: 0 means this */

struct _CartLine {
  GObject parent;

  char *texts[N_CART_TEXTS]; /* owned; never NULL once shown */
  const char *tag_styles[2];
  const char *chip, *chip_style;
  bool chosen, gone, near, other_unit;
};

G_DEFINE_FINAL_TYPE(CartLine, cart_line, G_TYPE_OBJECT)

static guint changed_signal;

static void
cart_line_finalize(GObject *object)
{
  for (int i = 0; i < N_CART_TEXTS; i++)
    g_free(UI_CART_LINE(object)->texts[i]);
  G_OBJECT_CLASS(cart_line_parent_class)->finalize(object);
}

static void
cart_line_class_init(CartLineClass *klass)
{
  G_OBJECT_CLASS(klass)->finalize = cart_line_finalize;
  changed_signal = g_signal_new("changed",
                                UI_TYPE_CART_LINE,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);
}

static void
cart_line_init(CartLine *self)
{
}

const char *
cart_line_text(CartLine *self, CartText text)
{
  return self->texts[text] ? self->texts[text] : "";
}

const char *
cart_line_tag_style(CartLine *self, CartText tag)
{
  return self->tag_styles[tag - CART_TAG];
}

const char *
cart_line_chip(CartLine *self)
{
  return self->chip;
}

const char *
cart_line_chip_style(CartLine *self)
{
  return self->chip_style;
}

bool
cart_line_is_chosen(CartLine *self)
{
  return self->chosen;
}

bool
cart_line_is_gone(CartLine *self)
{
  return self->gone;
}

bool
cart_line_is_near(CartLine *self)
{
  return self->near;
}

bool
cart_line_has_other_unit(CartLine *self)
{
  return self->other_unit;
}

/* -- One line as texts ------------------------------------------------------------- */

/* What a line looks like; compared with what it looked like. */
typedef struct {
  char *texts[N_CART_TEXTS];
  const char *tag_styles[2];
  int n_tags;
  bool near;
} Look;

static void
add_tag(Look *look, const char *style, char *text)
{
  if (look->n_tags == 2) {
    g_free(text);
    return;
  }
  look->tag_styles[look->n_tags] = style;
  look->texts[CART_TAG + look->n_tags++] = text;
}

static void
look_at_gates(Look *look, const GArray *gates, int row)
{
  for (guint i = 0; gates && i < gates->len; i++) {
    const GateLine *gate = &g_array_index(gates, GateLine, i);
    if (gate->row != row)
      continue;
    bool blocks = gate->rule.verdict == VERDICT_BLOCK;
    add_tag(look, blocks ? "bad" : "wait", words_gate(&gate->rule, -1));
  }
}

static void
look_at_lot(Look *look, const SaleLine *line, Day today)
{
  const Lot *lot = line->lot;
  look->texts[CART_LOT] = g_strdup(lot ? lot->lot_no : "");
  look->texts[CART_EXPIRY] = lot ? format_expiry(lot->expiry) : g_strdup("");
  if (lot == NULL)
    return;
  int near_days = line->product->near_days ? line->product->near_days : USUAL_NEAR_DAYS;
  int days = lot_days_left(lot, today);
  look->near = days <= near_days;
  if (look->near)
    add_tag(look,
            "wait",
            g_strdup_printf(ngettext("%d day left", "%d days left", (gulong)ABS(days)),
                            days));
  look->texts[CART_STOCK] = format_quantity(lot->on_hand, line->unit_base);
}

static void
look_at_price(Look *look, const SaleLine *line)
{
  look->texts[CART_PRICE] = format_money(line->price);
  look->texts[CART_DISCOUNT] = format_money_or_blank(line->discount);
  look->texts[CART_AMOUNT] = format_money(sale_line_net(line));
  look->texts[CART_PRICE_SOURCE] = words_price_source(line->price_source);
  if (line->oversold)
    add_tag(look, "wait", g_strdup(_("More than the books hold")));
  if (line->discount > 0 && line->discount_reason == DISCOUNT_MANAGER)
    add_tag(look, "info", g_strdup(words_discount(line->discount_reason)));
  if (line->price_source && g_strcmp0(line->price_source, "shelf") != 0)
    add_tag(look, "info", words_price_source(line->price_source));
}

static void
look_at_product(Look *look, const Product *product)
{
  const char *trade_name = product->trade_name ? product->trade_name : "";
  bool same = g_strcmp0(trade_name, product->generic_name) == 0;
  look->texts[CART_NAME] = g_strdup(product->generic_name);
  look->texts[CART_TRADE_NAME] = g_strdup(same ? "" : trade_name);
  look->texts[CART_SPEC] = g_strdup(product->spec);
  look->texts[CART_MAKER] = g_strdup(product->maker);
  look->texts[CART_APPROVAL] = g_strdup(product->approval_no);
  look->texts[CART_ORIGIN] = g_strdup(product->origin);
  look->texts[CART_INSURED] = g_strdup(product->insured ? _("yes") : "");
  look->texts[CART_STORAGE] =
      g_strdup(product->storage == STORAGE_ROOM ? "" : words_storage(product->storage));
}

static Look
look_at(const SaleLine *line, int row, Day today, const GArray *gates)
{
  Look look = {0};
  const char *place = line->product->shelf;
  look.texts[CART_NO] = g_strdup_printf("%d", row + 1);
  look_at_product(&look, line->product);
  look.texts[CART_QUANTITY] = format_quantity(line->quantity, line->unit_base);
  look.texts[CART_UNIT] = g_strdup(line->unit_name);
  if (line->deleted)
    add_tag(&look, "gone", g_strdup(_("deleted")));
  else
    look_at_gates(&look, gates, row);
  look_at_lot(&look, line, line->deleted ? DAY_NONE : today);
  look_at_price(&look, line);
  if ((place == NULL || *place == '\0') && line->lot)
    place = line->lot->location;
  look.texts[CART_SHELF] = g_strdup(place);
  return look;
}

/* -- The list ---------------------------------------------------------------------- */

static bool
take_look(CartLine *self, Look *look)
{
  bool differs = self->near != look->near;
  for (int i = 0; i < N_CART_TEXTS; i++) {
    differs = differs || g_strcmp0(self->texts[i], look->texts[i]) != 0;
    g_free(self->texts[i]);
    self->texts[i] = look->texts[i];
  }
  for (int i = 0; i < 2; i++)
    self->tag_styles[i] = look->tag_styles[i];
  self->near = look->near;
  return differs;
}

static bool
cart_line_update(CartLine *self, const Till *till, int row, const GArray *gates)
{
  const SaleLine *line = sale_line(till->sale, row);
  const Product *product = line->product;
  Look look = look_at(line, row, till_today(till), gates);
  const char *chip = words_class_chip(product->legal_class, product->special);
  bool chosen = till->chosen == row;
  bool differs = take_look(self, &look);
  differs = differs || self->chosen != chosen || self->gone != line->deleted ||
            self->chip != chip;
  self->chip = chip;
  self->chip_style = words_class_style(product->legal_class, product->special);
  self->chosen = chosen;
  self->gone = line->deleted;
  self->other_unit = product_next_unit(product, line->unit_name) != NULL;
  return differs;
}

void
cart_list_show(GListStore *rows, const Till *till, const GArray *gates)
{
  guint want = till->sale->lines->len;
  guint have = g_list_model_get_n_items(G_LIST_MODEL(rows));
  if (have > want)
    g_list_store_splice(rows, want, have - want, NULL, 0);
  for (guint i = 0; i < want; i++) {
    g_autoptr(CartLine) line =
        i < have ? g_list_model_get_item(G_LIST_MODEL(rows), i) : NULL;
    bool fresh = line == NULL;
    if (fresh)
      line = g_object_new(UI_TYPE_CART_LINE, NULL);
    bool differs = cart_line_update(line, till, (int)i, gates);
    if (fresh)
      g_list_store_append(rows, line);
    else if (differs)
      g_signal_emit(line, changed_signal, 0);
  }
}
