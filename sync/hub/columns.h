/* columns: which column of a list is which field, by the names people give them in
 * Chinese, English and French, or by a list of names for a file without a header. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Fields of all kinds of lists; a kind uses some of them. */
typedef enum {
  FIELD_CODE,
  FIELD_BARCODE,
  FIELD_STD_CODE,
  FIELD_GENERIC_NAME,
  FIELD_TRADE_NAME,
  FIELD_SPEC,
  FIELD_FORM,
  FIELD_MAKER,
  FIELD_APPROVAL_NO,
  FIELD_ORIGIN,
  FIELD_CLASS,
  FIELD_SPECIAL,
  FIELD_UNIT,
  FIELD_BASE,
  FIELD_LOOSE_UNIT,
  FIELD_LOOSE_PRICE,
  FIELD_LOOSE_BARCODE,
  FIELD_PRICE,
  FIELD_TAX,
  FIELD_STORAGE,
  FIELD_MEASURE,
  FIELD_NEAR_DAYS,
  FIELD_INSURED,
  FIELD_TRACE,
  FIELD_ACTIVE,
  FIELD_MNEMONICS,
  FIELD_RANK,
  FIELD_LOT,
  FIELD_EXPIRY,
  FIELD_QTY,
  FIELD_SHELF,
  FIELD_STATE,
  FIELD_FROM,
  FIELD_REASON,
  FIELD_NUMBER,
  FIELD_NAME,
  FIELD_ROLE,
  FIELD_PIN,
  FIELD_BADGE,
  FIELD_RIGHTS,
  FIELD_DISCOUNT_LIMIT,
  FIELD_PRICE_LIMIT,
  FIELD_REFUND_LIMIT,
  FIELD_COUNT_LIMIT,
  FIELD_REG_NUMBER,
  FIELD_REG_KIND,
  FIELD_REG_SCOPE,
  FIELD_REG_FROM,
  FIELD_REG_TO,
  N_FIELDS
} Field;

const char *field_name(Field field); /* "generic_name" */

typedef enum { LIST_ARTICLES, LIST_STOCK, LIST_PRICES, LIST_STAFF } ListKind;

typedef struct {
  int at[N_FIELDS];    /* position of the field in a row; -1: not there */
  guint n;             /* columns that a row has */
  GPtrArray *left_out; /* owned; of char *: names that mean nothing here */
} Columns;

/* @header: cells of the first row. @return false with @error when no column of this kind
 * of list is among them, or two columns are the same field. */
bool
columns_from_header(ListKind kind, const GPtrArray *header, Columns *ret, GError **error);
/* @names: "code,barcode,-,price". */
bool columns_from_names(ListKind kind, const char *names, Columns *ret, GError **error);
void columns_clear(Columns *columns);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Columns, columns_clear)
