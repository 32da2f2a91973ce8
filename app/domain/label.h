/* Label: what stands on a sticker, placed and sized, no printer in sight: for a dose
 * (用法标签), for medicine sold loose (拆零, GSP appendix: name, spec, quantity, usage,
 * dose, lot, expiry, pharmacy), for a shelf (价签).
 *
 * Places are in dots of 1/8 mm (203 dpi). Nothing is ever clipped: what does not fit is
 * set smaller or on more rows, the least important first; then what no law asks for is
 * left out (phone, origin, rules); what still does not fit makes no label. A character of
 * height h is h wide, or h/2 when it takes one column (document_width()). */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/domain/money.h"

#define LABEL_DOTS_PER_MM 8

typedef enum { LABEL_40_30, LABEL_60_40, N_LABEL_SIZES } LabelSize; /* mm */

typedef enum {
  LABEL_TEXT,
  LABEL_MARK, /* text, white on a black field of @width × @height */
  LABEL_RULE, /* a black bar of @width × @height */
  LABEL_CODE, /* a bar code, as label_code_kind() says */
  LABEL_QR
} LabelItemKind;

typedef struct {
  LabelItemKind kind;
  int x, y, width, height;
  int letter; /* TEXT, MARK: height of a character; CODE: dots of its narrowest bar; QR:
                 of a module */
  bool bold;
  char *text; /* owned; one row, valid UTF-8 without control characters */
} LabelItem;

typedef struct {
  char *title; /* owned; job name */
  int width, height;
  GPtrArray *items; /* owned; of LabelItem, top to bottom */
} Label;

typedef enum { LABEL_EAN13, LABEL_EAN8, LABEL_CODE128 } LabelCodeKind;
/* EAN where the digits and their check digit allow it. */
LabelCodeKind label_code_kind(const char *code);

void label_free(Label *label);               /* NULL is fine */
const char *label_size_name(LabelSize size); /* "40x30", "60x40" */
/* @return LABEL_40_30 for a name that is none. */
LabelSize label_size_named(const char *name);

/* Words on labels, in the shop's language; given by the caller, so this stays pure. */
typedef enum {
  LW_SPEC,
  LW_QUANTITY,
  LW_LOT,
  LW_EXPIRY,
  LW_USAGE,
  LW_USAGE_BY_HAND, /* to be filled in with a pen: "每次____  每日____次"; two blanks
                       divide what may stand on rows of its own */
  LW_LOOSE,         /* 拆零药品 */
  LW_MAKER,
  LW_ORIGIN,
  LW_CURRENCY, /* "¥" */
  LW_PER,      /* between price and unit: "/" */
  LW_COPY,     /* 补打 */
  N_LABEL_WORDS
} LabelWord;

/* Texts may be NULL or "": nothing is said then. Dates are texts as they shall stand. */
typedef struct {
  const char *patient, *drug, *spec, *quantity;
  const char *dose; /* 口服 一次1片 一日3次: the biggest on the label; "Take 1 tablet  3
                       times a day": two blanks divide, in Chinese one */
  const char *times;   /* 早 中 晚，饭后 */
  const char *warning; /* 服药期间不得饮酒 */
  const char *pharmacy, *phone, *date;
} DoseFacts;

typedef struct {
  const char *name, *spec, *quantity, *lot, *expiry;
  const char *usage; /* usage and dose; none: rows to be filled in by hand */
  const char *pharmacy, *phone, *date;
  int copy; /* > 0: may be on paper once already; marked so */
} LooseFacts;

typedef struct {
  const char *name, *spec, *maker, *origin;
  bool has_price;
  Money price;
  const char *unit;
  const char *code; /* for scanning */
  const char *mark; /* "Rx", "甲类", "乙类" */
} ShelfFacts;

/* (transfer full); NULL: not all of it fits on @size. */
Label *label_dose(const DoseFacts *facts, LabelSize size, const char *const *words);
Label *label_loose(const LooseFacts *facts, LabelSize size, const char *const *words);
Label *label_shelf(const ShelfFacts *facts, LabelSize size, const char *const *words);

/* Its rows of text from top to bottom, marks in brackets, codes as "|||code" (transfer
 * full). */
char *label_to_text(const Label *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Label, label_free)
