/* paper: what an ESC/POS stream puts on paper; the virtual printer's eyes. Understands
 * any program's stream, not only ours; unknown commands are skipped by their length. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Paper Paper;

Paper *paper_new(int columns, int dots);
void paper_free(Paper *paper);
/* Feeds bytes as they arrive, in pieces of any size. */
void paper_feed(Paper *paper, const guint8 *bytes, gsize length);
/* Half-width text rows so far, UTF-8 (transfer full); raster shows as "[picture 384x24]",
 * QR as "[QR …]", a cut as a row of "8<" marks. */
char *paper_text(const Paper *paper);
int paper_pulses(const Paper *paper); /* drawer pulses seen */
int paper_cuts(const Paper *paper);
void paper_tear(Paper *paper); /* forget what is printed */
/* Draws the paper as it would look: 8 dots/mm, black on white (PNG). */
bool paper_save_png(const Paper *paper, const char *path, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Paper, paper_free)
