#include "app/domain/sale.h"

static void
line_free(gpointer pointer)
{
  SaleLine *line = pointer;
  product_free(line->product);
  g_free(line->unit_name);
  g_free(line->price_source);
  g_free(line->approver);
  lot_free(line->lot);
  g_free(line);
}

Sale *
sale_new(const char *uid, int64_t now_us)
{
  Sale *sale = g_new0(Sale, 1);
  g_strlcpy(sale->uid, uid, sizeof sale->uid);
  sale->lines = g_ptr_array_new_with_free_func(line_free);
  sale->begun_us = now_us;
  return sale;
}

void
sale_free(Sale *sale)
{
  if (!sale)
    return;
  g_ptr_array_unref(sale->lines);
  g_free(sale->label);
  g_free(sale);
}

SaleLine *
sale_line(const Sale *sale, guint position)
{
  return position < sale->lines->len ? sale->lines->pdata[position] : NULL;
}

static bool
is_same_lot(const Lot *a, const Lot *b)
{
  if (!a || !b)
    return a == b;
  return a->id == b->id && a->expiry == b->expiry &&
         g_strcmp0(a->lot_no, b->lot_no) == 0 && g_strcmp0(a->location, b->location) == 0;
}

static SaleLine *
find_same(const Sale *sale,
          const Product *product,
          const ProductUnit *unit,
          const Lot *lot)
{
  for (guint i = 0; i < sale->lines->len; i++) {
    SaleLine *line = sale->lines->pdata[i];
    bool same_article = line->product->id == product->id &&
                        line->unit_base == unit->base &&
                        g_strcmp0(line->unit_name, unit->name) == 0;
    bool same_terms = !line->deleted && line->discount == 0 && line->price == unit->price;
    if (same_article && same_terms && is_same_lot(line->lot, lot))
      return line;
  }
  return NULL;
}

SaleLine *
sale_add(Sale *sale,
         const Product *product,
         const ProductUnit *unit,
         Quantity quantity,
         const Lot *lot)
{
  g_assert(quantity > 0);

  SaleLine *line = find_same(sale, product, unit, lot);
  if (line) {
    line->quantity += quantity;
    return line;
  }
  if (sale->lines->len >= SALE_MAX_LINES)
    return NULL;

  line = g_new0(SaleLine, 1);
  line->product = product_copy(product);
  line->unit_name = g_strdup(unit->name);
  line->unit_base = unit->base;
  line->quantity = quantity;
  line->price = unit->price;
  line->price_source = g_strdup(unit->price_source);
  line->lot = lot_copy(lot);
  g_ptr_array_add(sale->lines, line);
  return line;
}

int
sale_position(const Sale *sale, const SaleLine *line)
{
  guint position;
  return g_ptr_array_find(sale->lines, line, &position) ? (int)position : -1;
}

Money
sale_line_gross(const SaleLine *line)
{
  return line->deleted ? 0 : quantity_price(line->quantity, line->price, line->unit_base);
}

/* A quantity taken back after a discount was given must not make the line negative. */
static Money
discount_in_force(const SaleLine *line)
{
  return MIN(line->discount, sale_line_gross(line));
}

Money
sale_line_net(const SaleLine *line)
{
  return sale_line_gross(line) - discount_in_force(line);
}

Money
sale_line_tax(const SaleLine *line)
{
  int tax_bp = line->product->tax_bp;
  return money_share(sale_line_net(line), tax_bp, 10000 + tax_bp);
}

static int
pieces_of(const SaleLine *line)
{
  if (line->product->measure != MEASURE_COUNT)
    return 1;
  return (int)((line->quantity + line->unit_base - 1) / line->unit_base);
}

SaleTotals
sale_totals(const Sale *sale, Money round_step)
{
  SaleTotals totals = {0};
  for (guint i = 0; i < sale->lines->len; i++) {
    const SaleLine *line = sale->lines->pdata[i];
    if (line->deleted)
      continue;
    totals.lines++;
    totals.pieces += pieces_of(line);
    totals.gross += sale_line_gross(line);
    totals.discount += discount_in_force(line);
    totals.tax += sale_line_tax(line);
  }
  Money net = totals.gross - totals.discount;
  totals.due = money_round_down(net, round_step);
  totals.rounding = net - totals.due;
  return totals;
}

bool
sale_is_empty(const Sale *sale)
{
  for (guint i = 0; i < sale->lines->len; i++) {
    const SaleLine *line = sale->lines->pdata[i];
    if (!line->deleted)
      return false;
  }
  return true;
}

Quantity
sale_takes_of_lot(const Sale *sale, int64_t product_id, int64_t lot_id)
{
  Quantity taken = 0;
  for (guint i = 0; i < sale->lines->len; i++) {
    const SaleLine *line = sale->lines->pdata[i];
    bool is_of_lot =
        line->lot && line->lot->id == lot_id && line->product->id == product_id;
    if (is_of_lot && !line->deleted)
      taken += line->quantity;
  }
  return taken;
}
