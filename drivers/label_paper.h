/* LabelPaper: what a TSPL stream puts on labels; the virtual label printer's eye.
 * Understands any program's stream, not only ours; unknown commands are skipped to the
 * end of their line. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct LabelPaper LabelPaper;

/* What a stream asks of a printer besides drawing. */
typedef enum {
  LABEL_PAPER_ASKS,    /* ESC ! ?: one byte of status */
  LABEL_PAPER_CANCELS, /* ESC ! .: what was not printed yet is given up */
  LABEL_PAPER_PRINTS   /* PRINT: once for each label */
} LabelPaperSign;
/* @return false to refuse: the label is not printed. */
typedef bool (*LabelPaperWatch)(LabelPaperSign sign, gpointer data);

LabelPaper *label_paper_new(void);
void label_paper_free(LabelPaper *paper); /* NULL is fine */
void label_paper_watch(LabelPaper *paper, LabelPaperWatch watch, gpointer data);
/* Feeds bytes as they arrive, in pieces of any size. */
void label_paper_feed(LabelPaper *paper, const guint8 *bytes, gsize length);
/* As after switching on: what was half received or drawn is forgotten, labels stay. */
void label_paper_reset(LabelPaper *paper);

int label_paper_count(const LabelPaper *paper); /* labels since the last tear */
void label_paper_tear(LabelPaper *paper);       /* forgets them */
/* Rows of all labels in their order, a row of "----" between two (transfer full), UTF-8;
 * pictures as "[picture 96x32]", bar codes as "|||6901…", QR as "[QR …]". */
char *label_paper_text(const LabelPaper *paper);
/* Draws label @n (0 is the oldest kept, -1 the last) as PNG: a dot is two pixels, with a
 * border. @return false with @error, also when there is no such label. */
bool
label_paper_save_png(const LabelPaper *paper, int n, const char *path, GError **error);
/* Whether a dot of label @n is black; false outside. */
bool label_paper_is_black(const LabelPaper *paper, int n, int x, int y);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelPaper, label_paper_free)
