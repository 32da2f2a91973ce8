/* Barcode: what kind of code is this? Context first, pattern second (domain.md 8.2).
 *
 * A pattern seen where it does not belong is named, never acted on: the same 18 digits
 * may be a payment code or a resident's ID number, and only the open screen can tell. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/domain/day.h"
#include "app/domain/money.h"

typedef enum {
  BARCODE_NONE,      /* empty after normalising */
  BARCODE_TEXT,      /* nothing known: letters, initials, characters → search */
  BARCODE_EAN,       /* EAN-8, UPC-A, EAN-13, ITF-14: a trade code */
  BARCODE_INSTORE,   /* EAN-13 20-29 given by the store or chain */
  BARCODE_WEIGHED,   /* in-store EAN-13 with price or weight inside (layout from settings)
                      */
  BARCODE_GS1,       /* element string with at least a GTIN */
  BARCODE_TRACE,     /* Chinese trace code: 20 digits, first 8 */
  BARCODE_STD_CODE,  /* 14-digit 本位码, 86… */
  BARCODE_MEMBER,    /* "M" + digits */
  BARCODE_STAFF,     /* "S" + badge digits */
  BARCODE_TICKET,    /* a held ticket's or receipt's number */
  BARCODE_PAY_CODE,  /* WeChat, Alipay, UnionPay: the buyer's payment code */
  BARCODE_ID_NUMBER, /* resident ID number, check digit right */
  BARCODE_GARBAGE    /* control bytes, invalid UTF-8, or longer than BARCODE_MAX */
} BarcodeKind;

#define BARCODE_MAX 512 /* bytes; a longer scan is garbage */

typedef enum {
  BARCODE_IN_SALE,
  BARCODE_IN_PAYMENT,
  BARCODE_IN_ID_BOX,
  BARCODE_IN_COUNT,
  BARCODE_IN_RECEIVING,
  BARCODE_IN_SIGN_IN,
  BARCODE_ANYWHERE /* `guitai explain`: every meaning the code could have */
} BarcodeContext;

typedef enum {
  BARCODE_OK,
  BARCODE_BAD_CHECK_DIGIT,
  BARCODE_WRONG_PLACE, /* a known kind, in another context: name it, do nothing */
  BARCODE_BAD_FIELD    /* a GS1 field that breaks its rule; @bad_field says which AI */
} BarcodeFault;

typedef struct {
  BarcodeKind kind;
  BarcodeFault fault;
  char *text; /* owned; normalised: ASCII digits, no CR/LF/TAB, no symbology prefix; a GS1
               * string in its human form "(01)…(17)…"; garbage made printable, cut */
  char gtin[15]; /* 14 digits for EAN, INSTORE, WEIGHED (value zeroed), GS1, STD_CODE; or
                    "" */
  char *lot;     /* owned (nullable); AI 10 */
  char *serial;  /* owned (nullable); AI 21, or the trace code itself */
  Day expiry;    /* AI 17, day 00 resolved to the month's end; DAY_NONE */
  bool expiry_is_month;
  int64_t value; /* WEIGHED: fen or gram; else 0 */
  bool value_is_price;
  char
      bad_field[5]; /* the application identifier at fault, "01" when it is missing; "" */
} Barcode;

/* Classifies @length bytes as scanned or typed. Strips an AIM symbology identifier (]C1,
 * ]d2, ]Q3, ]e0, ]J1 mark GS1; GS = 0x1D; ]I a carton; the add-on of ]E3 is dropped, one
 * alone is NONE), folds full-width forms to ASCII, drops blanks
 * around and trailing CR/LF/TAB. Never fails: what is not understood is TEXT or GARBAGE.
 *
 * An element string without any mark of GS1 is believed for its GTIN and fixed-length
 * fields only: without FNC1 nobody can tell where a lot ends. A resident's ID number that
 * also looks like a payment code is a payment code in the payment box and an ID number
 * everywhere else. A code of 8 digits with a bad check digit may as well be an article
 * number: look it up as text before refusing it.
 * @return owned by the caller; clear with barcode_clear(). */
Barcode barcode_read(const char *bytes, gsize length, BarcodeContext context);
void barcode_clear(Barcode *barcode);

/* How a scale or a chain fills an in-store EAN-13: prefix, article, value, check digit;
 * digits between article and value (a price check digit) are skipped. */
typedef struct {
  char prefix[4]; /* "21", "280" */
  int item_digits;
  int value_digits; /* at the end, before the check digit */
  bool is_price;    /* fen; else gram */
} WeighedLayout;

/* An INSTORE code whose prefix has a layout becomes WEIGHED: its value is taken out, its
 * gtin is the article's with the value zeroed and the check digit made anew. @return
 * false, nothing changed, when no layout fits. */
bool barcode_weigh(Barcode *barcode, const WeighedLayout *layouts, int n);

/* GS1 mod-10 check digit of @digits (without it), as a character. */
char barcode_check_digit(const char *digits, int n);
/* 8, 12, 13 or 14 digits with a right check digit, padded to 14. @return false otherwise.
 */
bool barcode_to_gtin14(const char *digits, char ret_gtin[15]);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Barcode, barcode_clear)
