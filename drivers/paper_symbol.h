/* paper_symbol: bar codes, QR codes and pictures as a printer puts them on paper.
 * Internal to paper. */
#pragma once

#include "drivers/paper_state.h"

/* GS ( k: @symbol 48 PDF417, 49 QR code. */
void paper_symbol_matrix(PaperRoll *roll,
                         const PaperState *state,
                         int symbol,
                         const char *content,
                         gsize length);
/* GS k: @system 0-6 or 65-79. */
void paper_symbol_bars(PaperRoll *roll,
                       const PaperState *state,
                       int system,
                       const guint8 *data,
                       gsize length);
/* GS v 0, GS ( L: rows of @stride bytes; clipped to the printable width. (transfer full)
 */
Raster *paper_symbol_rows(const PaperState *state,
                          const guint8 *bits,
                          gsize stride,
                          gsize height,
                          int across,
                          int down);
/* ESC *: columns of 1 or 3 bytes, from top to bottom. (transfer full) */
Raster *paper_symbol_columns(const PaperState *state,
                             int mode,
                             const guint8 *bits,
                             gsize columns);
/* Takes @picture. */
void paper_symbol_picture(PaperRoll *roll, const PaperState *state, Raster *picture);
