/* CartList: the lines of a sale as rows of texts. A row is an object that stays and is
 * changed in place; only lines that differ touch a widget. */
#pragma once

#include <gtk/gtk.h>

#include "app/checkout.h"

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
  CART_SHELF,
  CART_STOCK,
  CART_INSURED,
  CART_STORAGE,
  CART_ORIGIN,
  CART_PRICE_SOURCE,
  N_CART_TEXTS
} CartText;

#define UI_TYPE_CART_LINE (cart_line_get_type())
G_DECLARE_FINAL_TYPE(CartLine, cart_line, UI, CART_LINE, GObject)

/* Signal "changed": what a row shows is no longer what it is. */
const char *cart_line_text(CartLine *self, CartText text); /* never NULL */
const char *cart_line_tag_style(CartLine *self, CartText tag);
const char *cart_line_chip(CartLine *self);
const char *cart_line_chip_style(CartLine *self);
bool cart_line_is_chosen(CartLine *self);
bool cart_line_is_gone(CartLine *self); /* deleted: it stays, struck through */
bool cart_line_is_near(CartLine *self); /* near its expiry */
bool cart_line_has_other_unit(CartLine *self);

/* Makes @rows (of CartLine) show the sale of @till. @gates: of GateLine. */
void cart_list_show(GListStore *rows, const Till *till, const GArray *gates);
