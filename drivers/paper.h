/* paper: what an ESC/POS stream puts on paper; the virtual printer's eyes. Understands
 * any program's stream, not only ours; unknown commands are skipped by their length. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Paper Paper;

/* What a stream asks of a printer besides printing, in its place among the bytes. */
typedef enum {
  PAPER_CUTS,
  PAPER_PULSES,      /* ESC p */
  PAPER_ASKS_SENSOR, /* GS r n */
  PAPER_WANTS_NEWS,  /* GS a n: automatic status back on or off */
  PAPER_ASKS_NAME    /* GS I n */
} PaperSign;
/* @return false to refuse: what is cut then stays in one piece. */
typedef bool (*PaperWatch)(PaperSign sign, int n, gpointer data);

Paper *paper_new(int columns, int dots);
void paper_free(Paper *paper);
void paper_watch(Paper *paper, PaperWatch watch, gpointer data); /* one; NULL: none */
/* Feeds bytes as they arrive, in pieces of any size. */
void paper_feed(Paper *paper, const guint8 *bytes, gsize length);
/* Half-width text rows so far, UTF-8 (transfer full); raster shows as "[picture 384x24]",
 * QR as "[QR …]", a cut as a row of "8<" marks. */
char *paper_text(const Paper *paper);
int paper_pulses(const Paper *paper); /* drawer pulses seen */
int paper_cuts(const Paper *paper);
void paper_tear(Paper *paper); /* forget what is printed */
/* Dots of paper used since it was torn; a row not yet ended does not count. */
gint64 paper_length(const Paper *paper);
/* As after switching on: a command or a row half received is forgotten, the paper stays.
 */
void paper_reset(Paper *paper);
/* Draws the paper as it would look (PNG): 8 dots/mm, black on white, 4 mm more on each
 * side than is printed on, the last 4 m of it. */
bool paper_save_png(const Paper *paper, const char *path, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Paper, paper_free)
