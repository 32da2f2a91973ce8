#include "ui/cart_list.h"

#include <glib/gi18n.h>

#include "ui/format.h"
#include "ui/words.h"

/* At most two; the rest is in the opened line. */
static void
add_tag(LineLook *look, const char *style, char *text)
{
  for (int i = 0; i < 2; i++) {
    if (look->texts[CART_TAG + i] != NULL)
      continue;
    look->tag_styles[i] = style;
    look->texts[CART_TAG + i] = text;
    return;
  }
  g_free(text);
}

static void
look_at_gates(LineLook *look, const GArray *gates, int row)
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
look_at_lot(LineLook *look, const SaleLine *line, Day today)
{
  const Lot *lot = line->lot;
  look->texts[CART_SHELF] = g_strdup(line->product->shelf);
  if (lot == NULL)
    return;
  look->texts[CART_LOT] = g_strdup(lot->lot_no);
  look->texts[CART_EXPIRY] = format_expiry(lot->expiry);
  look->texts[CART_STOCK] = format_quantity(lot->on_hand, line->unit_base);
  if (line->product->shelf == NULL || *line->product->shelf == '\0') {
    g_free(look->texts[CART_SHELF]);
    look->texts[CART_SHELF] = g_strdup(lot->location);
  }
  int near_days = line->product->near_days ? line->product->near_days : USUAL_NEAR_DAYS;
  int days = lot_days_left(lot, today);
  if (line->deleted || days > near_days)
    return;
  look->flags |= CART_NEAR;
  char *left = days == 0
                   ? g_strdup(_("Last day"))
                   : g_strdup_printf(ngettext("%d day left", "%d days left", days), days);
  add_tag(look, "wait", left);
}

/* A deleted line still says what it would have cost. */
static Money
amount_of(const SaleLine *line)
{
  if (!line->deleted)
    return sale_line_net(line);
  return quantity_price(line->quantity, line->price, line->unit_base) - line->discount;
}

static void
look_at_price(LineLook *look, const SaleLine *line)
{
  look->texts[CART_PRICE] = format_money(line->price);
  look->texts[CART_DISCOUNT] = format_money_or_blank(line->discount);
  look->texts[CART_AMOUNT] = format_money(amount_of(line));
  look->texts[CART_PRICE_SOURCE] = words_price_source(line->price_source);
  if (line->deleted)
    return;
  if (line->oversold)
    add_tag(look, "wait", g_strdup(_("Not in the books")));
  if (line->discount > 0 && line->discount_reason == DISCOUNT_MANAGER)
    add_tag(look,
            "info",
            g_strdup_printf("%s %s",
                            words_discount(line->discount_reason),
                            line->approver ? line->approver : ""));
  if (line->price_source && !g_str_has_prefix(line->price_source, "shelf"))
    add_tag(look, "info", words_price_source(line->price_source));
}

static void
look_at_product(LineLook *look, const Product *product)
{
  bool same = g_strcmp0(product->trade_name, product->generic_name) == 0;
  look->texts[CART_NAME] = g_strdup(product->generic_name);
  look->texts[CART_TRADE_NAME] = g_strdup(same ? "" : product->trade_name);
  look->texts[CART_SPEC] = g_strdup(product->spec);
  look->texts[CART_MAKER] = g_strdup(product->maker);
  look->texts[CART_APPROVAL] = g_strdup(product->approval_no);
  look->texts[CART_ORIGIN] = g_strdup(product->origin);
  look->texts[CART_INSURED] = g_strdup(product->insured ? _("yes") : "");
  look->texts[CART_STORAGE] =
      g_strdup(product->storage == STORAGE_ROOM ? "" : words_storage(product->storage));
  look->chip = words_class_chip(product->legal_class, product->special);
  look->chip_style = words_class_style(product->legal_class, product->special);
}

static LineLook
look_at(const Till *till, const SaleLine *line, int row, const GArray *gates)
{
  LineLook look = {0};
  look.texts[CART_NO] = g_strdup_printf("%d", row + 1);
  look_at_product(&look, line->product);
  look.texts[CART_QUANTITY] = format_quantity(line->quantity, line->unit_base);
  look.texts[CART_UNIT] = g_strdup(line->unit_name);
  if (line->deleted)
    add_tag(&look, "gone", g_strdup(_("deleted")));
  else
    look_at_gates(&look, gates, row);
  look_at_lot(&look, line, till_today(till));
  look_at_price(&look, line);
  look.flags |= line->deleted ? CART_GONE : 0;
  look.flags |= till->chosen == row ? CART_CHOSEN : 0;
  look.flags |= product_next_unit(line->product, line->unit_name) ? CART_OTHER_UNIT : 0;
  return look;
}

void
cart_list_show(GListStore *lines, const Till *till, const GArray *gates)
{
  guint n = till->sale->lines->len;
  text_lines_cut(lines, n);
  for (guint row = 0; row < n; row++) {
    LineLook look = look_at(till, sale_line(till->sale, row), (int)row, gates);
    text_lines_set(lines, row, &look);
  }
}
