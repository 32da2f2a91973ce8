#include "db/line_row.h"

static void
bind_article(Query *q, const Product *product)
{
  query_bind_int(q, ":product", product->id);
  query_bind_word(q, ":code", product->code);
  query_bind_word(q, ":generic_name", product->generic_name);
  query_bind_word(q, ":trade_name", product->trade_name);
  query_bind_word(q, ":spec", product->spec);
  query_bind_word(q, ":form", product->form);
  query_bind_word(q, ":maker", product->maker);
  query_bind_word(q, ":approval_no", product->approval_no);
  query_bind_word(q, ":origin", product->origin);
  query_bind_int(q, ":legal_class", product->legal_class);
  query_bind_int(q, ":special", product->special);
  query_bind_int(q, ":measure", product->measure);
  query_bind_int(q, ":tax_bp", product->tax_bp);
  query_bind_int(q, ":version", product->version);
}

void
line_row_bind(Query *q, const SaleLine *line)
{
  bind_article(q, line->product);
  query_bind_int(q, ":deleted", line->deleted);
  query_bind_word(q, ":unit", line->unit_name);
  query_bind_int(q, ":unit_base", line->unit_base);
  query_bind_int(q, ":qty", line->quantity);
  query_bind_int(q, ":price", line->price);
  query_bind_word(q, ":price_source", line->price_source);
  query_bind_int(q, ":discount", line->discount);
  query_bind_int(q, ":discount_reason", line->discount_reason);
  query_bind_word(q, ":approver", line->approver);
  query_bind_int(q, ":oversold", line->oversold);
  query_bind_word(q, ":lot_no", line->lot ? line->lot->lot_no : NULL);
  query_bind_int(q, ":expiry", line->lot ? line->lot->expiry : DAY_NONE);
  query_bind_word(q, ":location", line->lot ? line->lot->location : NULL);
}

static Product *
read_article(Query *q)
{
  Product *product = product_new();
  product->id = query_get_int(q, 0);
  product->code = query_get_text(q, 1);
  product->generic_name = query_get_text(q, 2);
  product->trade_name = query_get_text(q, 3);
  product->spec = query_get_text(q, 4);
  product->form = query_get_text(q, 5);
  product->maker = query_get_text(q, 6);
  product->approval_no = query_get_text(q, 7);
  product->origin = query_get_text(q, 8);
  product->shelf = g_strdup("");
  product->legal_class = (LegalClass)query_get_int(q, 9);
  product->special = (SpecialGroup)query_get_int(q, 10);
  product->measure = (Measure)query_get_int(q, 11);
  product->tax_bp = (int)query_get_int(q, 12);
  product->version = query_get_int(q, 13);
  product->active = true;
  return product;
}

static char *
text_or_null(Query *q, int column)
{
  const char *text = query_peek_text(q, column);
  return *text ? g_strdup(text) : NULL;
}

static Lot *
read_lot(Query *q)
{
  const char *lot_no = query_peek_text(q, 24);
  const char *location = query_peek_text(q, 26);
  Day expiry = (Day)query_get_int(q, 25);
  if (!*lot_no && !*location && expiry == DAY_NONE)
    return NULL;
  Lot *lot = lot_new();
  lot->product_id = query_get_int(q, 0);
  lot->lot_no = g_strdup(lot_no);
  lot->expiry = expiry;
  lot->location = g_strdup(location);
  return lot;
}

SaleLine *
line_row_read(Query *q)
{
  SaleLine *line = g_new0(SaleLine, 1);
  line->product = read_article(q);
  line->deleted = query_get_int(q, 14) != 0;
  line->unit_name = query_get_text(q, 15);
  line->unit_base = query_get_int(q, 16);
  line->quantity = query_get_int(q, 17);
  line->price = query_get_int(q, 18);
  line->price_source = text_or_null(q, 19);
  line->discount = query_get_int(q, 20);
  line->discount_reason = (DiscountReason)query_get_int(q, 21);
  line->approver = text_or_null(q, 22);
  line->oversold = query_get_int(q, 23) != 0;
  line->lot = read_lot(q);
  return line;
}
