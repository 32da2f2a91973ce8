/* Raster: black dots on white, packed as receipt printers want them; and what is drawn
 * where a printer's own font or symbols do not reach. Pure, but for the fonts of the
 * system. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/domain/document.h"

typedef struct {
  int width, height; /* dots */
  int stride;        /* bytes per row */
  guint8 *bits;      /* owned; 1 is black, the most significant bit is left */
} Raster;

Raster *raster_new(int width, int height);                /* white */
void raster_free(Raster *raster);                         /* NULL is fine */
bool raster_is_black(const Raster *raster, int x, int y); /* white outside */
void raster_blacken(Raster *raster, int x, int y, int width, int height); /* clipped */

/* One laid-out row of text in the columns where a printer's font would put it.
 * @width: dots of the paper. Height: 30, tall 48, as a printer's line feed. */
Raster *raster_text(const char *row, DocStyle style, int width);

typedef enum {
  RASTER_QR,
  RASTER_CODE128,
  RASTER_EAN13,
  RASTER_EAN8,
  RASTER_UPCA,
  RASTER_CODE39,
  RASTER_ITF
} RasterSymbol;
/* In the middle of @width dots, with as large modules as suit. NULL: does not fit or
 * cannot say @content. */
Raster *raster_symbol(RasterSymbol kind, const char *content, int width);

/* Real printers obey DLE EOT, DLE ENQ and DLE DC4 (which opens the drawer) even amid the
 * dots of a picture: one dot more breaks them. */
void raster_disarm(Raster *raster);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Raster, raster_free)
