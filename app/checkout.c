#include "app/checkout.h"

#include "app/asking.h"
#include "app/auditing.h"
#include "app/backroom.h"
#include "app/base/uid.h"
#include "app/card_reading.h"
#include "app/cataloguing.h"
#include "app/finding.h"
#include "app/minding.h"
#include "app/ringing.h"
#include "app/syncing.h"
#include "db/product_store.h"
#include "db/stock_store.h"

#define MAX_UNITS      99999
#define FULL_BP        10000
#define GATES_PER_LINE 4

static void
say(Till *till, NoticeKind kind, NoticeId id, const char *what)
{
  till_notice(till, (Notice){.kind = kind, .id = id, .what = g_strdup(what)});
}

/* The ticket is not touched while it is being paid. */
static bool
may_touch(Till *till)
{
  minding_begin_deed(till);
  if (!till->payment)
    return true;
  say(till, NOTICE_WARN, NOTICE_TICKET_IN_WORK, NULL);
  return false;
}

/* @return NULL after saying that a line has to be chosen. */
static SaleLine *
chosen_line(Till *till)
{
  if (!may_touch(till))
    return NULL;
  SaleLine *line = till->chosen >= 0 ? sale_line(till->sale, (guint)till->chosen) : NULL;
  if (line && !line->deleted)
    return line;
  say(till, NOTICE_INFO, NOTICE_NO_LINE, NULL);
  return NULL;
}

void
checkout_add(Till *till, int64_t product_id, const char *unit_name, const char *lot_no)
{
  g_autoptr(Product) product = NULL;
  GError *error = NULL;

  if (!may_touch(till) || !cataloguing_is_there(till))
    return;
  if (!product_store_find(
          till->catalogue, product_id, till_now_us(till), &product, &error)) {
    cataloguing_failed(till, error);
    return;
  }
  if (!product) {
    say(till, NOTICE_WARN, NOTICE_NOTHING_FOUND, NULL);
    return;
  }
  finding_close(till);
  ringing_up(till, product, &(RingingWish){.unit_name = unit_name, .lot_no = lot_no});
}

void
checkout_choose(Till *till, int row)
{
  const SaleLine *line = row >= 0 ? sale_line(till->sale, (guint)row) : NULL;
  if (row >= 0 && (!line || line->deleted))
    return;
  till->chosen = MAX(row, -1);
  till_changed(till, TILL_SALE);
}

/* The nearest row from @row in steps of @step that is not deleted; -1: none. */
static int
next_row(const Till *till, int row, int step)
{
  for (; row >= 0 && row < (int)till->sale->lines->len; row += step)
    if (!sale_line(till->sale, (guint)row)->deleted)
      return row;
  return -1;
}

void
checkout_move(Till *till, int rows)
{
  int step = rows < 0 ? -1 : 1;
  int row = till->chosen;

  for (int left = ABS(rows); left > 0; left--) {
    int from = row < 0 && step < 0 ? (int)till->sale->lines->len - 1 : row + step;
    int next = next_row(till, from, step);
    if (next < 0)
      break;
    row = next;
  }
  checkout_choose(till, row);
}

static bool
change_is_allowed(Till *till, const SaleLine *line, const Lot *lot, Money new_discount)
{
  RuleFacts facts = ringing_facts(till, EVENT_LINE_CHANGE, line);
  facts.lot = lot;
  facts.new_discount = new_discount;
  RuleAnswer answer = rules_judge(&facts);
  if (answer.verdict >= VERDICT_GATE)
    ringing_tell(till, answer, line->product, line);
  return answer.verdict < VERDICT_GATE;
}

/* The share that a limit is compared with: rounded up, so that it is never called less
 * than it is. */
static int64_t
share_bp(const SaleLine *line, Money off)
{
  Money gross = sale_line_gross(line);
  return gross > 0 ? (int64_t)(((__int128)off * FULL_BP + gross - 1) / gross) : FULL_BP;
}

/* @ret_approver: (transfer full) (nullable): who allowed what the seller may not do
 * alone. @return false after telling and keeping why not. */
static bool
discount_is_allowed(
    Till *till, SaleLine *line, Money off, const char *typed, char **ret_approver)
{
  RuleFacts facts = ringing_facts(till, EVENT_LINE_CHANGE, line);
  facts.lot = NULL;
  facts.new_discount = off;
  RuleAnswer answer = rules_judge(&facts);
  *ret_approver = NULL;
  if (answer.verdict < VERDICT_GATE)
    return true;
  ApprovalWish wish =
      asking_wish(till, APPROVE_DISCOUNT, till->chosen, share_bp(line, off));
  bool may_be_approved = answer.verdict == VERDICT_GATE && answer.act == ACT_MANAGER;
  if (may_be_approved)
    *ret_approver = asking_take(till, &wish);
  if (*ret_approver)
    return true;
  ringing_tell(till, answer, line->product, line);
  if (may_be_approved)
    asking_want(till, &wish, typed);
  else
    auditing_note(till, "act.refused", till->sale->uid, answer.rule_id);
  return false;
}

static void
set_quantity(Till *till, SaleLine *line, Quantity quantity)
{
  bool is_whole =
      line->product->measure != MEASURE_COUNT || quantity % line->unit_base == 0;
  if (!is_whole || quantity <= 0 || quantity > MAX_UNITS * line->unit_base) {
    say(till, NOTICE_WARN, NOTICE_BAD_QUANTITY, NULL);
    return;
  }
  if (change_is_allowed(till, line, NULL, 0))
    ringing_set_quantity(till, till->chosen, quantity);
}

void
checkout_set_quantity(Till *till, const char *count)
{
  SaleLine *line = chosen_line(till);
  Quantity quantity = 0;

  if (!line)
    return;
  if (quantity_parse(count, line->unit_base, &quantity))
    set_quantity(till, line, quantity);
  else
    say(till, NOTICE_WARN, NOTICE_BAD_QUANTITY, NULL);
}

void
checkout_set_weight(Till *till, Quantity mg)
{
  SaleLine *line = chosen_line(till);
  if (!line)
    return;
  if (line->product->measure == MEASURE_MASS)
    set_quantity(till, line, mg);
  else
    say(till, NOTICE_WARN, NOTICE_NOT_BY_WEIGHT, line->product->generic_name);
}

void
checkout_step_quantity(Till *till, int step)
{
  SaleLine *line = chosen_line(till);
  if (!line)
    return;
  Quantity quantity = line->quantity + step * line->unit_base;
  if (quantity >= line->unit_base)
    set_quantity(till, line, quantity);
}

static void
take_unit(SaleLine *line, const ProductUnit *unit)
{
  Quantity count = MAX(line->quantity / line->unit_base, 1);
  g_free(line->unit_name);
  g_free(line->price_source);
  line->unit_name = g_strdup(unit->name);
  line->price_source = g_strdup(unit->price_source);
  line->price = unit->price;
  line->unit_base = unit->base;
  line->quantity = count * unit->base;
  line->discount = 0;
  line->discount_reason = DISCOUNT_NONE;
}

void
checkout_next_unit(Till *till)
{
  SaleLine *line = chosen_line(till);
  if (!line)
    return;
  const ProductUnit *unit = product_next_unit(line->product, line->unit_name);
  if (!unit || !unit->has_price || unit->price <= 0) {
    say(till, NOTICE_INFO, NOTICE_NO_OTHER_UNIT, line->product->generic_name);
    return;
  }
  take_unit(line, unit);
  ringing_mark_oversold(till);
  till_changed(till, TILL_SALE);
}

void
checkout_delete_line(Till *till)
{
  SaleLine *line = chosen_line(till);
  if (!line || !auditing_note(till, "line.delete", line->product->code, till->sale->uid))
    return;
  line->deleted = true;
  int below = next_row(till, till->chosen, 1);
  till->chosen = below >= 0 ? below : next_row(till, till->chosen, -1);
  ringing_mark_oversold(till);
  till_changed(till, TILL_SALE);
  say(till, NOTICE_INFO, NOTICE_LINE_DELETED, line->product->generic_name);
}

void
checkout_begin_sale(Till *till)
{
  char uid[33];
  uid_new(till_now_us(till), uid);
  card_reading_forget(till);
  sale_free(till->sale);
  till->sale = sale_new(uid, till_now_us(till));
  till->chosen = -1;
  till->typed_count = 0;
  till_changed(till, TILL_SALE);
}

/* Once money was taken for a ticket and given back, voiding it is a refund that nobody
 * else sees: it needs the right to refund, or somebody who has it (domain.md 4.4). */
static bool
void_is_allowed(Till *till, char **ret_approver)
{
  bool had_money = g_str_equal(till->backroom->gave_back, till->sale->uid);
  uint32_t needed = RIGHT_VOID_TICKET | (had_money ? RIGHT_REFUND : 0);
  *ret_approver = NULL;
  if (staff_may(till->staff, needed))
    return true;
  ApprovalWish wish = asking_wish(till, APPROVE_VOID, -1, had_money);
  *ret_approver = asking_take(till, &wish);
  if (*ret_approver)
    return true;
  say(till, NOTICE_BLOCK, NOTICE_APPROVAL_NEEDED, NULL);
  asking_want(till, &wish, NULL);
  return false;
}

void
checkout_void(Till *till)
{
  if (!may_touch(till) || !till->sale->lines->len)
    return;
  g_autofree char *approver = NULL;
  if (!void_is_allowed(till, &approver))
    return;
  g_autofree char *due = money_text(checkout_totals(till).due);
  g_autofree char *how = approver ? g_strconcat(due, " by ", approver, NULL) : NULL;
  if (!auditing_note(till, "ticket.void", till->sale->uid, how ? how : due))
    return;
  checkout_begin_sale(till);
  syncing_nudge(till);
  say(till, NOTICE_INFO, NOTICE_TICKET_VOIDED, NULL);
}

static GPtrArray *
lots_of(Till *till, const SaleLine *line)
{
  GPtrArray *lots = NULL;
  GError *error = NULL;
  if (line && !stock_store_lots(till->store, line->product->id, &lots, &error))
    till_failed(till, error);
  return lots ? lots : g_ptr_array_new_with_free_func((GDestroyNotify)lot_free);
}

GPtrArray *
checkout_lots(Till *till)
{
  SaleLine *line = till->chosen >= 0 ? sale_line(till->sale, (guint)till->chosen) : NULL;
  return lots_of(till, line);
}

void
checkout_set_lot(Till *till, const char *lot_no)
{
  SaleLine *line = chosen_line(till);
  if (!line)
    return;
  g_autoptr(GPtrArray) lots = lots_of(till, line);
  const Lot *lot = ringing_lot_named(lots, lot_no);
  if (!lot) {
    say(till, NOTICE_WARN, NOTICE_LOT_UNKNOWN, lot_no);
    return;
  }
  if (!change_is_allowed(till, line, lot, 0))
    return;
  lot_free(line->lot);
  line->lot = lot_copy(lot);
  line->lot_chosen = true;
  ringing_mark_oversold(till);
  till_changed(till, TILL_SALE);
}

/* "10%" of the line or "2.50" of its money. @return false when it is neither. */
static bool
read_discount(const SaleLine *line, const char *text, Money *ret)
{
  g_autofree char *typed = g_strstrip(g_strdup(text));
  bool is_share = g_str_has_suffix(typed, "%");
  Money number;

  if (is_share)
    typed[strlen(typed) - 1] = '\0';
  if (!money_parse(typed, &number) || (is_share && number > FULL_BP))
    return false;
  /* A share is rounded down: rounded up, it would be more than was asked for, and more
   * than a limit of the same share. Both factors are small enough for the product. */
  *ret = is_share ? sale_line_gross(line) * number / FULL_BP : number;
  return *ret <= sale_line_gross(line);
}

void
checkout_set_discount(Till *till, const char *discount)
{
  SaleLine *line = chosen_line(till);
  Money off = 0;
  if (!line)
    return;
  if (!read_discount(line, discount, &off)) {
    say(till, NOTICE_WARN, NOTICE_AMOUNT_BAD, NULL);
    return;
  }
  g_autofree char *approver = NULL;
  if (!discount_is_allowed(till, line, off, discount, &approver))
    return;
  bool by_manager = approver || till->staff->role == ROLE_MANAGER;
  line->discount = off;
  line->discount_reason = off == 0     ? DISCOUNT_NONE
                          : by_manager ? DISCOUNT_MANAGER
                                       : DISCOUNT_CLERK;
  g_free(line->approver);
  line->approver = off ? g_strdup(approver ? approver : till->staff->number) : NULL;
  till_changed(till, TILL_SALE);
  till_notice(till,
              (Notice){.kind = NOTICE_INFO,
                       .id = NOTICE_DISCOUNT_SET,
                       .what = g_strdup(line->product->generic_name),
                       .number = off,
                       .line = till->chosen + 1});
}

static bool
refuses(Till *till, bool hindered, NoticeId id)
{
  if (hindered)
    say(till, NOTICE_WARN, id, NULL);
  return hindered;
}

static void
count(Till *till)
{
  till->held = ticket_store_count(till->store);
  till_changed(till, TILL_HELD);
}

void
checkout_hold(Till *till, const char *label)
{
  GError *error = NULL;
  minding_begin_deed(till);
  if (refuses(till, till->payment != NULL, NOTICE_TICKET_IN_WORK) ||
      refuses(till, !staff_may(till->staff, RIGHT_HOLD), NOTICE_NO_RIGHT) ||
      refuses(till, sale_is_empty(till->sale), NOTICE_SALE_EMPTY))
    return;
  if (!ticket_store_hold(till->store,
                         till->sale,
                         label,
                         till->staff->number,
                         till_now_us(till),
                         &error)) {
    till_failed(till, error);
    return;
  }
  auditing_note(till, "ticket.hold", till->sale->uid, NULL);
  checkout_begin_sale(till);
  count(till);
  say(till, NOTICE_INFO, NOTICE_HELD, label);
}

static void
take_up(Till *till, Sale *sale)
{
  card_reading_forget(till);
  sale_free(till->sale);
  till->sale = sale;
  till->chosen = -1;
  checkout_move(till, -1);
  ringing_refresh(till);
  till_changed(till, TILL_SALE);
  till_open_page(till, PAGE_SALE);
  auditing_note(till, "ticket.recall", sale->uid, NULL);
  say(till, NOTICE_INFO, NOTICE_RECALLED, sale->label);
}

void
checkout_recall(Till *till, int64_t ticket_id)
{
  Sale *sale = NULL;
  GError *error = NULL;
  minding_begin_deed(till);
  if (refuses(till, !staff_may(till->staff, RIGHT_HOLD), NOTICE_NO_RIGHT) ||
      refuses(till, till->payment || !sale_is_empty(till->sale), NOTICE_TICKET_IN_WORK))
    return;
  if (!ticket_store_recall(till->store, ticket_id, &sale, &error)) {
    till_failed(till, error);
    return;
  }
  count(till);
  if (sale)
    take_up(till, sale);
  else
    say(till, NOTICE_WARN, NOTICE_RECALL_GONE, NULL);
}

GPtrArray *
checkout_held(Till *till)
{
  GPtrArray *tickets = NULL;
  GError *error = NULL;
  if (!ticket_store_list(till->store, &tickets, &error))
    till_failed(till, error);
  return tickets ? tickets
                 : g_ptr_array_new_with_free_func((GDestroyNotify)held_ticket_free);
}

Sale *
checkout_peek(Till *till, int64_t ticket_id)
{
  Sale *sale = NULL;
  GError *error = NULL;
  if (!ticket_store_peek(till->store, ticket_id, &sale, &error))
    till_failed(till, error);
  return sale;
}

void
checkout_open_held(Till *till)
{
  minding_begin_deed(till);
  if (refuses(till, till->payment != NULL, NOTICE_TICKET_IN_WORK) || !till->staff)
    return;
  g_autoptr(GPtrArray) tickets = checkout_held(till);
  bool take_it = tickets->len == 1 && sale_is_empty(till->sale);
  if (take_it)
    checkout_recall(till, ((HeldTicket *)tickets->pdata[0])->id);
  else
    till_open_page(till, PAGE_HELD);
}

static void
add_gates(const Till *till, RuleEvent event, int row, GArray *gates)
{
  RuleAnswer answers[GATES_PER_LINE];
  const SaleLine *line = row >= 0 ? sale_line(till->sale, (guint)row) : NULL;
  RuleFacts facts = ringing_facts(till, event, line);
  int n = rules_judge_all(&facts, VERDICT_GATE, answers, GATES_PER_LINE);

  for (int i = 0; i < n; i++) {
    bool is_said = line && answers[i].message == RULE_NO_RIGHT;
    if (!is_said)
      g_array_append_val(gates, ((GateLine){row, answers[i]}));
  }
}

GArray *
checkout_gates_for(const Till *till, RuleEvent event)
{
  GArray *gates = g_array_new(FALSE, FALSE, sizeof(GateLine));
  add_gates(till, event, -1, gates);
  for (guint i = 0; i < till->sale->lines->len; i++)
    add_gates(till, event, (int)i, gates);
  return gates;
}

GArray *
checkout_gates(Till *till)
{
  return checkout_gates_for(till, EVENT_TENDER_OPEN);
}

SaleTotals
checkout_totals(const Till *till)
{
  return sale_totals(till->sale, till->round_step);
}
