/* CartList: the lines of a sale as rows of texts (ui/text_line). */
#pragma once

#include "app/checkout.h"
#include "ui/text_line.h"

typedef enum {
  CART_NO,
  CART_NAME,
  CART_TRADE_NAME,
  CART_SPEC,
  CART_LOT,
  CART_EXPIRY,
  CART_QUANTITY,
  CART_UNIT,
  CART_PRICE,
  CART_DISCOUNT,
  CART_AMOUNT,
  CART_TAG, /* what the line waits for, or what is special about it */
  CART_TAG2,
  CART_MAKER, /* from here on: seen when the line is open */
  CART_APPROVAL,
  CART_ORIGIN,
  CART_SHELF,
  CART_STOCK,
  CART_INSURED,
  CART_STORAGE,
  CART_PRICE_SOURCE,
  N_CART_TEXTS
} CartText;

typedef enum {
  CART_CHOSEN = 1 << 0, /* keys act on it; it is open */
  CART_GONE = 1 << 1,   /* deleted: it stays, struck through */
  CART_NEAR = 1 << 2,   /* near its expiry */
  CART_OTHER_UNIT = 1 << 3
} CartFlags;

/* Makes @lines (of TextLine) show the sale of @till. @gates: of GateLine. */
void cart_list_show(GListStore *lines, const Till *till, const GArray *gates);
