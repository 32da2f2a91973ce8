/* paper_roll: what lies on a piece of paper, from top to bottom: rows of characters,
 * pictures, symbols, empty paper, cuts; told as text or drawn (paper_picture). The oldest
 * of a very long paper is forgotten. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "drivers/raster.h"

/* One character, or a picture in the middle of a row. */
typedef struct {
  gunichar character;   /* 0: @picture */
  Raster *picture;      /* owned (nullable) */
  int x, width, height; /* dots */
  bool is_full;         /* a Chinese cell, twice as wide as half a cell */
  bool is_bold, is_underlined, is_white_on_black;
} PaperCell;

typedef enum { STRIP_ROW, STRIP_SYMBOL, STRIP_FEED, STRIP_CUT } StripKind;

typedef struct {
  StripKind kind;
  int height;     /* dots */
  int n_lines;    /* FEED: empty lines of text that it stands for */
  GArray *cells;  /* ROW: owned, of PaperCell */
  Raster *symbol; /* SYMBOL: owned (nullable: too wide) */
  int x;          /* SYMBOL: of its left edge */
  char *text;     /* SYMBOL: owned; what stands in the text: "[QR …]" */
  char *caption;  /* SYMBOL: owned (nullable), printed under it */
} PaperStrip;

typedef struct {
  int columns, dots; /* of the printable width */
  GQueue strips;     /* of PaperStrip */
  gint64 kept;       /* dots of the strips */
  gint64 length;     /* dots since the paper was torn, forgotten ones too */
  gint64 cuts;
} PaperRoll;

PaperRoll *paper_roll_new(int columns, int dots);
void paper_roll_free(PaperRoll *roll);
void paper_roll_tear(PaperRoll *roll);

/* @cells: (transfer full), of PaperCell; use paper_roll_cells_new(). */
GArray *paper_roll_cells_new(void);
void paper_roll_row(PaperRoll *roll, GArray *cells, int height);
void paper_roll_feed(PaperRoll *roll, int height, int n_lines);
/* Takes @symbol (nullable), @text and @caption (nullable). */
void paper_roll_symbol(PaperRoll *roll, Raster *symbol, int x, char *text, char *caption);
void paper_roll_cut(PaperRoll *roll);

char *paper_roll_text(const PaperRoll *roll); /* (transfer full), UTF-8 */
