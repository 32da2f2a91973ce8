/* glyphs: characters drawn into the cells of a receipt, by Pango in "Noto Sans Mono CJK
 * SC"; for lines that a printer's own font lacks and for pictures of paper. One thread at
 * a time. */
#pragma once

#include <cairo.h>
#include <stdbool.h>

typedef struct Glyphs Glyphs;

Glyphs *glyphs_new(cairo_t *cr);  /* @cr is referenced */
void glyphs_free(Glyphs *glyphs); /* NULL is fine */

/* Dots of a cell's height and of half its width: font A of a receipt printer. */
#define GLYPH_WIDTH  12
#define GLYPH_HEIGHT 24

/* Where a character goes. */
typedef struct {
  double x, y;         /* dots */
  int columns;         /* 1, or 2 for a full-width cell */
  double across, down; /* 1: GLYPH_WIDTH a column, GLYPH_HEIGHT high */
  bool bold;
} GlyphCell;

/* One character with its combining marks; wider ones are squeezed into the cell, narrower
 * ones stand in its middle. */
void glyphs_draw(Glyphs *glyphs, const char *character, GlyphCell cell);
