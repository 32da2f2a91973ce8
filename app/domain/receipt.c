#include "app/domain/receipt.h"

#define INDENT         2
#define PRICE_COLUMNS  10
#define AMOUNT_COLUMNS 11

static const char *
word(const ReceiptFacts *facts, ReceiptWord which)
{
  const char *text = facts->words[which];
  return text ? text : "";
}

static bool
is_given(const char *text)
{
  return text && *text;
}

/* "批号 230917"; "" when there is nothing to say. */
static char *
labelled(const ReceiptFacts *facts, ReceiptWord label, const char *text)
{
  return is_given(text) ? g_strdup_printf("%s %s", word(facts, label), text)
                        : g_strdup("");
}

static void
add_heading(Document *paper, const ReceiptFacts *facts)
{
  if (facts->is_training)
    document_text(paper, DOC_BOLD, ALIGN_CENTER, word(facts, RW_TRAINING));
  if (facts->copy > 0) {
    g_autofree char *copy = g_strdup_printf("%s %d", word(facts, RW_COPY), facts->copy);
    document_text(paper, DOC_BOLD, ALIGN_CENTER, copy);
  }
  if (facts->logo)
    document_picture(paper, facts->logo);
  document_text(paper, DOC_BOLD, ALIGN_CENTER, facts->store_name);
  if (is_given(facts->store_address))
    document_text(paper, DOC_NORMAL, ALIGN_CENTER, facts->store_address);
  if (is_given(facts->store_phone))
    document_text(paper, DOC_NORMAL, ALIGN_CENTER, facts->store_phone);
  document_rule(paper);

  g_autofree char *number = labelled(facts, RW_NUMBER, facts->number);
  g_autofree char *time = labelled(facts, RW_TIME, facts->time);
  g_autofree char *till = labelled(facts, RW_TILL, facts->till_code);
  g_autofree char *clerk = labelled(facts, RW_CLERK, facts->clerk);
  document_pair(paper, DOC_NORMAL, number, time);
  document_pair(paper, DOC_NORMAL, till, clerk);
  document_rule(paper);
}

/* Quantity, price and amount under each other, for the head and for each line. */
static void
add_figures(Document *paper, const char *quantity, const char *price, const char *amount)
{
  DocCell cells[] = {
      {"", ALIGN_LEFT, INDENT},
      {quantity, ALIGN_RIGHT, 0},
      {price, ALIGN_RIGHT, PRICE_COLUMNS},
      {amount, ALIGN_RIGHT, AMOUNT_COLUMNS},
  };
  document_cells(paper, DOC_NORMAL, cells, G_N_ELEMENTS(cells));
}

static void
add_indented(Document *paper, const char *text)
{
  DocCell cells[] = {{"", ALIGN_LEFT, INDENT}, {text, ALIGN_LEFT, 0}};
  if (is_given(text))
    document_cells(paper, DOC_NORMAL, cells, G_N_ELEMENTS(cells));
}

static void
add_name(Document *paper, const Product *product)
{
  const char *const parts[] = {product->generic_name, product->trade_name, product->spec};
  GString *name = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    if (is_given(parts[i]))
      g_string_append_printf(name, "%s%s", name->len > 0 ? " " : "", parts[i]);
  }
  document_text(paper, DOC_NORMAL, ALIGN_LEFT, name->str);
  g_string_free(name, TRUE);
}

static void
add_lot(Document *paper, const ReceiptFacts *facts, const Lot *lot)
{
  g_autofree char *number = labelled(facts, RW_LOT, lot->lot_no);
  g_autofree char *day = day_text(lot->expiry);
  g_autofree char *expiry = labelled(facts, RW_EXPIRY, day);
  if (!*number || !*expiry) {
    add_indented(paper, *number ? number : expiry);
    return;
  }
  DocCell cells[] = {
      {"", ALIGN_LEFT, INDENT},
      {number, ALIGN_LEFT, document_width(number) + 2},
      {expiry, ALIGN_LEFT, 0},
  };
  document_cells(paper, DOC_NORMAL, cells, G_N_ELEMENTS(cells));
}

/* "2盒", "70 g", "7×10g": what is written together must not read as another number. */
static char *
quantity_with_unit(const SaleLine *line)
{
  g_autofree char *number = quantity_text(line->quantity, line->unit_base);
  const char *unit = line->unit_name ? line->unit_name : "";
  gunichar first = g_utf8_get_char(unit);
  const char *between = "";
  if (g_unichar_isdigit(first))
    between = "×";
  else if (g_unichar_isalpha(first) && document_width(unit) == g_utf8_strlen(unit, -1))
    between = " ";
  return g_strdup_printf("%s%s%s", number, between, unit);
}

static void
add_line(Document *paper, const ReceiptFacts *facts, const SaleLine *line)
{
  const Product *product = line->product;
  add_name(paper, product);
  g_autofree char *maker = labelled(facts, RW_MAKER, product->maker);
  add_indented(paper, maker);
  if (line->lot)
    add_lot(paper, facts, line->lot);

  g_autofree char *quantity = quantity_with_unit(line);
  g_autofree char *price = money_text(line->price);
  g_autofree char *amount = money_text(sale_line_gross(line));
  add_figures(paper, quantity, price, amount);

  Money discount = sale_line_gross(line) - sale_line_net(line);
  if (discount > 0) {
    g_autofree char *off = money_text(-discount);
    add_figures(paper, word(facts, RW_DISCOUNT), "", off);
  }
  if (product->legal_class == CLASS_HEALTH_FOOD)
    add_indented(paper, word(facts, RW_HEALTH_FOOD));
}

static void
add_lines(Document *paper, const ReceiptFacts *facts)
{
  add_figures(
      paper, word(facts, RW_QUANTITY), word(facts, RW_PRICE), word(facts, RW_AMOUNT));
  for (guint i = 0; i < facts->sale->lines->len; i++) {
    const SaleLine *line = sale_line(facts->sale, i);
    if (!line->deleted)
      add_line(paper, facts, line);
  }
  document_rule(paper);
}

static void
add_sum(Document *paper, DocStyle style, const char *label, Money amount)
{
  g_autofree char *text = money_text(amount);
  document_pair(paper, style, label, text);
}

static void
add_sums(Document *paper, const ReceiptFacts *facts)
{
  SaleTotals totals = sale_totals(facts->sale, facts->round_step);
  g_autofree char *pieces = g_strdup_printf(
      "%s %d %s", word(facts, RW_TOTAL), totals.pieces, word(facts, RW_PIECES));
  add_sum(paper, DOC_NORMAL, pieces, totals.gross);
  if (totals.discount > 0)
    add_sum(paper, DOC_NORMAL, word(facts, RW_DISCOUNT), -totals.discount);
  if (totals.rounding > 0)
    add_sum(paper, DOC_NORMAL, word(facts, RW_ROUNDING), -totals.rounding);
  add_sum(paper, DOC_BOLD | DOC_TALL | DOC_WIDE, word(facts, RW_DUE), totals.due);
}

static char *
tender_text(const ReceiptFacts *facts, const Tender *tender)
{
  const char *name = facts->tender_names[tender->kind];
  if (tender->given != tender->amount) {
    g_autofree char *given = money_text(tender->given);
    return g_strdup_printf("%s  %s %s", name, word(facts, RW_GIVEN), given);
  }
  return is_given(tender->reference) ? g_strdup_printf("%s  %s", name, tender->reference)
                                     : g_strdup(name);
}

static bool
is_paid_with_cash(const Payment *payment)
{
  for (guint i = 0; i < payment->tenders->len; i++) {
    const Tender *tender = payment->tenders->pdata[i];
    if (tender->kind == TENDER_CASH)
      return true;
  }
  return false;
}

static void
add_tenders(Document *paper, const ReceiptFacts *facts)
{
  for (guint i = 0; i < facts->payment->tenders->len; i++) {
    const Tender *tender = facts->payment->tenders->pdata[i];
    g_autofree char *text = tender_text(facts, tender);
    add_sum(paper, DOC_NORMAL, text, tender->amount);
  }
  if (is_paid_with_cash(facts->payment))
    add_sum(paper, DOC_NORMAL, word(facts, RW_CHANGE), payment_change(facts->payment));
  document_rule(paper);
}

static bool
has_medicine(const Sale *sale)
{
  for (guint i = 0; i < sale->lines->len; i++) {
    const SaleLine *line = sale_line(sale, i);
    if (!line->deleted && legal_class_is_medicine(line->product->legal_class))
      return true;
  }
  return false;
}

static void
add_closing(Document *paper, const ReceiptFacts *facts)
{
  if (has_medicine(facts->sale))
    document_text(paper, DOC_NORMAL, ALIGN_CENTER, word(facts, RW_NO_RETURN));
  document_text(paper, DOC_NORMAL, ALIGN_CENTER, word(facts, RW_KEEP_RECEIPT));
  if (facts->is_training)
    document_text(paper, DOC_BOLD, ALIGN_CENTER, word(facts, RW_TRAINING));
}

Document *
receipt_compose(const ReceiptFacts *facts)
{
  g_autofree char *title = g_strdup_printf("receipt %s", facts->number);
  Document *paper = document_new(title);
  bool is_first = facts->copy == 0 && !facts->is_training;
  paper->open_drawer = is_first && is_paid_with_cash(facts->payment);
  add_heading(paper, facts);
  add_lines(paper, facts);
  add_sums(paper, facts);
  add_tenders(paper, facts);
  add_closing(paper, facts);
  return paper;
}
