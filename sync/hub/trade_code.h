/* trade_code: what a person wrote where a barcode should stand. Pure. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
  TRADE_CODE_OK,
  TRADE_CODE_ODD,     /* good, but was written oddly: @what says how */
  TRADE_CODE_UNUSABLE /* left out: @what says why */
} TradeCodeVerdict;

typedef struct {
  TradeCodeVerdict verdict;
  char code[15];    /* 14 digits; "" when unusable */
  const char *kind; /* (static) "ean", "instore", "std" */
  const char *what; /* (static) "" · leading_zero_restored, decimal_tail, cleaned ·
                       bad_check_digit, bad_barcode_length, scientific_notation,
                       approval_as_barcode, trace_code, not_a_barcode */
} TradeCode;

/* @text: one code. */
TradeCode trade_code_read(const char *text);
/* A cell may hold several, apart by blanks, ; / | , 、 (transfer full) of char *. */
GPtrArray *trade_code_split(const char *cell);

/* Does @text look like the number of an approval (国药准字…, 械注…, H20013063)? */
bool trade_code_is_approval(const char *text);
