#include "app/ringing.h"

#include "app/auditing.h"
#include "app/card_reading.h"
#include "app/on_duty.h"
#include "db/stock_store.h"

#define MAX_UNITS 99999

RuleFacts
ringing_facts(const Till *till, RuleEvent event, const SaleLine *line)
{
  return (RuleFacts){
      .event = event,
      .product = line ? line->product : NULL,
      .line = line,
      .lot = line ? line->lot : NULL,
      .sale = till->sale,
      .staff = till->staff,
      .today = till_today(till),
      .clock_is_trusted = till->clock_is_trusted,
      .pharmacist_is_here = on_duty_scopes(till),
      .otc_a_without_pharmacist = till->otc_a_without_pharmacist,
  };
}

void
ringing_tell(Till *till, RuleAnswer answer, const Product *product, const SaleLine *line)
{
  bool refuses = answer.verdict >= VERDICT_GATE;
  till_notice(till,
              (Notice){.kind = refuses ? NOTICE_BLOCK : NOTICE_WARN,
                       .id = NOTICE_RULE,
                       .what = g_strdup(product ? product->generic_name : ""),
                       .number = answer.number,
                       .line = line ? sale_position(till->sale, line) + 1 : 0,
                       .rule = answer});
}

/* The shop's evidence of what it did not sell (domain.md 2.0). */
static void
refuse(Till *till, RuleAnswer answer, const Product *product)
{
  ringing_tell(till, answer, product, NULL);
  auditing_note(till, "sale.refused", product->code, answer.rule_id);
}

/* What the ticket leaves of each lot, as lots of their own. */
static GPtrArray *
what_is_left(const GPtrArray *lots, const Sale *sale, int64_t product_id)
{
  GPtrArray *left = g_ptr_array_new_with_free_func((GDestroyNotify)lot_free);
  for (guint i = 0; i < lots->len; i++) {
    Lot *copy = lot_copy(lots->pdata[i]);
    copy->on_hand -= sale_takes_of_lot(sale, product_id, copy->id);
    g_ptr_array_add(left, copy);
  }
  return left;
}

static const Lot *
same_lot(const GPtrArray *lots, const GPtrArray *left, const Lot *lot)
{
  guint position;
  return g_ptr_array_find((GPtrArray *)left, lot, &position) ? lots->pdata[position]
                                                             : NULL;
}

GArray *
ringing_allot(const GPtrArray *lots,
              const Sale *sale,
              int64_t product_id,
              Quantity unit_base,
              Quantity quantity,
              Day today)
{
  GArray *portions = g_array_new(FALSE, FALSE, sizeof(Portion));
  g_autoptr(GPtrArray) left = what_is_left(lots, sale, product_id);

  if (!lots->len)
    g_array_append_val(portions, ((Portion){NULL, quantity}));
  while (lots->len && quantity > 0) {
    Lot *lot = (Lot *)lot_first_out(left, today);
    if (!lot)
      break;
    bool has_some = lot->on_hand > 0;
    Quantity fits = has_some ? lot->on_hand / unit_base * unit_base : quantity;
    Portion portion = {same_lot(lots, left, lot), MIN(fits, quantity)};
    if (portion.quantity > 0)
      g_array_append_val(portions, portion);
    quantity -= portion.quantity;
    lot->on_hand = 0;
  }
  return portions;
}

/* @return NULL after refusing. */
static const ProductUnit *
choose_unit(Till *till, const Product *product, const RingingWish *wish)
{
  const ProductUnit *unit = wish->unit_name ? product_unit(product, wish->unit_name)
                                            : product_default_unit(product);
  if (!unit)
    refuse(till,
           (RuleAnswer){VERDICT_BLOCK, ACT_NONE, RULE_NO_PRICE, "GT-PRICE", 0},
           product);
  return unit;
}

static Quantity
in_ticket(const Sale *sale, int64_t product_id)
{
  Quantity sum = 0;
  for (guint i = 0; i < sale->lines->len; i++) {
    const SaleLine *line = sale_line(sale, i);
    if (line->product->id == product_id && !line->deleted)
      sum += line->quantity;
  }
  return sum;
}

/* @return 0 after refusing. */
static Quantity
choose_quantity(Till *till,
                const Product *product,
                const ProductUnit *unit,
                const RingingWish *wish)
{
  Quantity count = till->typed_count > 0 ? till->typed_count : 1;
  Quantity quantity = wish->quantity > 0 ? wish->quantity : count * unit->base;
  bool fits = in_ticket(till->sale, product->id) + quantity <= MAX_UNITS * unit->base;

  if (fits)
    return quantity;
  till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_BAD_QUANTITY});
  return 0;
}

/* A lot that the code names but the books do not know: what the code says is all there
 * is. */
static Lot *
lot_from_code(const Product *product, const RingingWish *wish)
{
  Lot *lot = lot_new();
  lot->product_id = product->id;
  lot->lot_no = g_strdup(wish->lot_no);
  lot->expiry = wish->expiry;
  lot->location = g_strdup("");
  return lot;
}

const Lot *
ringing_lot_named(const GPtrArray *lots, const char *lot_no)
{
  const Lot *found = NULL;
  for (guint i = 0; i < lots->len; i++) {
    const Lot *lot = lots->pdata[i];
    bool better = !found || (found->on_hand <= 0 && lot->on_hand > 0);
    if (g_str_equal(lot->lot_no, lot_no) && better)
      found = lot;
  }
  return found;
}

/* What is on the pack counts as well as what is on file: the earlier date. */
static RuleAnswer
judge_lot(const Till *till,
          const Product *product,
          const ProductUnit *unit,
          const GPtrArray *lots,
          const Lot *lot,
          Day on_pack)
{
  RuleFacts facts = ringing_facts(till, EVENT_LINE_ADD, NULL);
  g_autoptr(Lot) seen = lot_copy(lot);
  if (seen && on_pack != DAY_NONE && (seen->expiry == DAY_NONE || on_pack < seen->expiry))
    seen->expiry = on_pack;
  facts.product = product;
  facts.unit = unit;
  facts.has_any_lot = lots->len > 0;
  facts.lot = seen;
  return rules_judge(&facts);
}

static bool
may_be_added(Till *till,
             const Product *product,
             const ProductUnit *unit,
             const GPtrArray *lots,
             const GArray *portions,
             Day on_pack,
             RuleAnswer *ret_warning)
{
  for (guint i = 0; i < portions->len; i++) {
    const Portion *portion = &g_array_index(portions, Portion, i);
    RuleAnswer answer = judge_lot(till, product, unit, lots, portion->lot, on_pack);
    if (answer.verdict >= VERDICT_GATE) {
      refuse(till, answer, product);
      return false;
    }
    if (answer.verdict == VERDICT_WARN && ret_warning->verdict < VERDICT_WARN)
      *ret_warning = answer;
  }
  return true;
}

/* None of the lots may be sold: says why of the one that is on the shelf. */
static void
refuse_all_lots(Till *till,
                const Product *product,
                const ProductUnit *unit,
                const GPtrArray *lots)
{
  const Lot *here = NULL;
  for (guint i = 0; i < lots->len && !here; i++) {
    const Lot *lot = lots->pdata[i];
    here = lot->on_hand > 0 ? lot : NULL;
  }
  refuse(till, judge_lot(till, product, unit, lots, here, DAY_NONE), product);
}

static void
choose_row(Till *till, const SaleLine *line)
{
  till->chosen = sale_position(till->sale, line);
}

static SaleLine *
add_portion(Till *till,
            const Product *product,
            const ProductUnit *unit,
            const Portion *portion)
{
  SaleLine *line = sale_add(till->sale, product, unit, portion->quantity, portion->lot);
  if (!line)
    till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_SALE_FULL});
  return line;
}

void
ringing_mark_oversold(Till *till)
{
  for (guint i = 0; i < till->sale->lines->len; i++) {
    SaleLine *line = sale_line(till->sale, i);
    bool has_stock = line->product->legal_class != CLASS_SERVICE;
    Quantity on_hand = line->lot ? line->lot->on_hand : 0;
    Quantity taken = line->lot && line->lot->id
                         ? sale_takes_of_lot(till->sale, line->product->id, line->lot->id)
                         : line->quantity;
    line->oversold = has_stock && !line->deleted && taken > on_hand;
  }
}

static void
tell_added(Till *till, const SaleLine *line, bool lot_is_unknown, RuleAnswer warning)
{
  int number = sale_position(till->sale, line) + 1;
  const char *name = line->product->generic_name;

  if (line->oversold)
    till_notice(
        till,
        (Notice){.kind = NOTICE_WARN,
                 .id = NOTICE_OVERSOLD,
                 .what = g_strdup(name),
                 .number = line->lot ? MAX(line->lot->on_hand, 0) / line->unit_base : 0,
                 .line = number});
  if (lot_is_unknown)
    till_notice(till,
                (Notice){.kind = NOTICE_WARN,
                         .id = NOTICE_LOT_UNKNOWN,
                         .what = g_strdup(line->lot->lot_no),
                         .line = number});
  if (warning.verdict == VERDICT_WARN)
    ringing_tell(till, warning, line->product, line);
  card_reading_ask(till, line);
}

/* The last sale's change was on screen until now. */
static void
forget_last_sale(Till *till)
{
  g_free(till->last.number);
  till->last = (LastSale){NULL};
}

static void
add_all(Till *till,
        const Product *product,
        const ProductUnit *unit,
        const GArray *portions,
        bool lot_chosen,
        RuleAnswer warning)
{
  SaleLine *last = NULL;
  for (guint i = 0; i < portions->len; i++) {
    const Portion *portion = &g_array_index(portions, Portion, i);
    SaleLine *line = add_portion(till, product, unit, portion);
    if (!line)
      break;
    line->lot_chosen |= lot_chosen;
    last = line;
  }
  ringing_mark_oversold(till);
  till_changed(till, TILL_SALE);
  if (!last)
    return;
  choose_row(till, last);
  forget_last_sale(till);
  tell_added(till, last, lot_chosen && last->lot->id == 0, warning);
}

/* Goods with a register are never sold beyond the books (domain.md 4.1). @wanted: base
 * units on the whole ticket. */
static bool
books_hold_enough(Till *till, const Product *product, Quantity wanted)
{
  Quantity on_hand = 0;
  GError *error = NULL;

  if (product->special == SPECIAL_NONE)
    return true;
  if (!stock_store_on_hand(
          till->store, product->id, till_today(till), &on_hand, &error)) {
    till_failed(till, error);
    return false;
  }
  if (on_hand >= wanted)
    return true;
  till_notice(till,
              (Notice){.kind = NOTICE_BLOCK,
                       .id = NOTICE_NO_LOT,
                       .what = g_strdup(product->generic_name)});
  return false;
}

/* @unknown: for a lot that the code names and the books do not know. */
static GArray *
wished_portions(const Till *till,
                const Product *product,
                const ProductUnit *unit,
                Quantity quantity,
                const RingingWish *wish,
                const GPtrArray *lots,
                const Lot *unknown)
{
  if (!wish->lot_no)
    return ringing_allot(
        lots, till->sale, product->id, unit->base, quantity, till_today(till));
  const Lot *lot = ringing_lot_named(lots, wish->lot_no);
  GArray *portions = g_array_new(FALSE, FALSE, sizeof(Portion));
  g_array_append_val(portions, ((Portion){lot ? lot : unknown, quantity}));
  return portions;
}

static void
ring_lots(Till *till,
          const Product *product,
          const ProductUnit *unit,
          Quantity quantity,
          const RingingWish *wish,
          const GPtrArray *lots)
{
  RuleAnswer warning = {VERDICT_PASS};
  Quantity wanted = in_ticket(till->sale, product->id) + quantity;
  g_autoptr(Lot) unknown = lot_from_code(product, wish);
  g_autoptr(GArray) portions =
      wished_portions(till, product, unit, quantity, wish, lots, unknown);

  if (!portions->len)
    refuse_all_lots(till, product, unit, lots);
  else if (may_be_added(till, product, unit, lots, portions, wish->expiry, &warning) &&
           books_hold_enough(till, product, wanted))
    add_all(till, product, unit, portions, wish->lot_no != NULL, warning);
}

/* Borrows. */
static ProductUnit
as_labelled(const ProductUnit *unit, const RingingWish *wish)
{
  ProductUnit labelled = *unit;
  if (wish->price > 0) {
    labelled.price = wish->price;
    labelled.price_source = (char *)"label";
    labelled.has_price = true;
  }
  return labelled;
}

void
ringing_up(Till *till, const Product *product, const RingingWish *wish)
{
  g_autoptr(GPtrArray) lots = NULL;
  GError *error = NULL;
  const ProductUnit *chosen = choose_unit(till, product, wish);
  Quantity quantity = chosen ? choose_quantity(till, product, chosen, wish) : 0;

  till->typed_count = 0;
  till_changed(till, TILL_SALE);
  if (quantity == 0)
    return;
  ProductUnit unit = as_labelled(chosen, wish);
  if (stock_store_lots(till->store, product->id, &lots, &error))
    ring_lots(till, product, &unit, quantity, wish, lots);
  else
    till_failed(till, error);
}

/* Whole units that the line's own lot can give it, beside what other lines take. */
static Quantity
own_lot_gives(const Till *till, const SaleLine *line)
{
  if (!line->lot)
    return 0;
  Quantity others =
      sale_takes_of_lot(till->sale, line->product->id, line->lot->id) - line->quantity;
  return MAX(line->lot->on_hand - others, 0) / line->unit_base * line->unit_base;
}

/* A discount stays the same share of the line, rounded down, or taking pieces off would
 * raise it. */
static void
scale(SaleLine *line, Quantity quantity)
{
  Money before = sale_line_gross(line);
  line->quantity = quantity;
  if (line->discount > 0 && before > 0)
    line->discount = (Money)((__int128)line->discount * sale_line_gross(line) / before);
}

static void
add_rest(Till *till, const SaleLine *line, Quantity quantity)
{
  g_autoptr(Product) product = product_copy(line->product);
  g_autoptr(GPtrArray) lots = NULL;
  GError *error = NULL;
  ProductUnit unit = {
      .name = line->unit_name,
      .base = line->unit_base,
      .price = line->price,
      .price_source = line->price_source,
  };
  if (!stock_store_lots(till->store, product->id, &lots, &error)) {
    till_failed(till, error);
    return;
  }
  g_autoptr(GArray) portions =
      ringing_allot(lots, till->sale, product->id, unit.base, quantity, till_today(till));
  for (guint i = 0; i < portions->len; i++)
    if (!add_portion(till, product, &unit, &g_array_index(portions, Portion, i)))
      break;
}

void
ringing_set_quantity(Till *till, int row, Quantity quantity)
{
  SaleLine *line = sale_line(till->sale, (guint)row);
  Quantity gives = own_lot_gives(till, line);
  Quantity others = in_ticket(till->sale, line->product->id) - line->quantity;
  if (!books_hold_enough(till, line->product, others + quantity))
    return;
  bool may_split = line->lot && !line->lot_chosen && line->discount == 0 && gives > 0;

  if (!may_split || quantity <= gives) {
    scale(line, quantity);
  } else {
    line->quantity = gives;
    add_rest(till, line, quantity - gives);
  }
  ringing_mark_oversold(till);
  till_changed(till, TILL_SALE);
  tell_added(till, line, false, (RuleAnswer){VERDICT_PASS});
}

static bool
refresh_line(Till *till, SaleLine *line, GError **error)
{
  g_autoptr(GPtrArray) lots = NULL;
  if (!stock_store_lots(till->store, line->product->id, &lots, error))
    return false;
  for (guint i = 0; i < lots->len; i++) {
    const Lot *lot = lots->pdata[i];
    if (lot->id != line->lot->id)
      continue;
    lot_free(line->lot);
    line->lot = lot_copy(lot);
    break;
  }
  return true;
}

bool
ringing_refresh(Till *till)
{
  GError *error = NULL;
  for (guint i = 0; i < till->sale->lines->len; i++) {
    SaleLine *line = sale_line(till->sale, i);
    bool is_on_file = line->lot && line->lot->id && !line->deleted;
    if (is_on_file && !refresh_line(till, line, &error)) {
      till_failed(till, error);
      return false;
    }
  }
  ringing_mark_oversold(till);
  till_changed(till, TILL_SALE);
  return true;
}
