/* line_row: a line of a ticket as columns: what a kept sale and a held ticket have in
 * common. Used inside this folder. */
#pragma once

#include "app/domain/sale.h"
#include "db/query.h"

#define LINE_ROW_COLUMNS                                                                 \
  "product, code, generic_name, trade_name, spec, form, maker, approval_no, origin,"     \
  " legal_class, special, measure, tax_bp, version, deleted, unit, unit_base, qty,"      \
  " price, price_source, discount, discount_reason, approver, oversold, lot_no, expiry," \
  " location"
#define LINE_ROW_PARAMETERS                                                              \
  ":product, :code, :generic_name, :trade_name, :spec, :form, :maker, :approval_no,"     \
  " :origin, :legal_class, :special, :measure, :tax_bp, :version, :deleted, :unit,"      \
  " :unit_base, :qty, :price, :price_source, :discount, :discount_reason, :approver,"    \
  " :oversold, :lot_no, :expiry, :location"
#define LINE_ROW_N 27 /* columns */

void line_row_bind(Query *q, const SaleLine *line);

/* The line in columns 0 … 26 of the row (transfer full). Its article has no units yet;
 * its lot is not NULL when anything is known of it. */
SaleLine *line_row_read(Query *q);
