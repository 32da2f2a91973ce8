/* Document: printable lines, no printer in sight. Composed once, rendered to ESC/POS
 * bytes (drivers/escpos), to the screen and to text; so what was tested is what is
 * printed. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT } DocAlign;

typedef enum {
  DOC_TEXT,    /* cells side by side on one line; one alone wraps in its cell */
  DOC_RULE,    /* a line of dashes */
  DOC_FEED,    /* one empty line */
  DOC_QR,      /* cell 0 holds the content */
  DOC_BARCODE, /* cell 0 holds the content, @code how it is written */
  DOC_PICTURE  /* the shop's own, in the middle */
} DocKind;

/* What cannot be said in the code asked for (a wrong check digit) is said in Code 128. */
typedef enum {
  DOC_CODE128,
  DOC_EAN13,
  DOC_EAN8,
  DOC_UPCA,
  DOC_CODE39,
  DOC_ITF,
  N_DOC_CODES
} DocCode;

typedef enum {
  DOC_NORMAL,
  DOC_BOLD = 1 << 0,
  DOC_TALL = 1 << 1,
  DOC_WIDE = 1 << 2
} DocStyle;

#define DOC_MAX_CELLS 5

typedef struct {
  const char *text; /* a document owns its own; valid UTF-8 without control characters */
  DocAlign align;
  int columns; /* half-width columns on paper; 0: shares what is left */
} DocCell;

typedef struct {
  DocKind kind;
  DocStyle style;
  int n_cells;
  DocCell cells[DOC_MAX_CELLS];
  DocCode code;
  GBytes *picture; /* owned (nullable); an image file: PNG */
} DocLine;

typedef struct {
  char *title;      /* owned; job name: "receipt 0123-03-e1-000457" */
  GPtrArray *lines; /* owned; of DocLine */
  bool open_drawer; /* pulse before the first line */
} Document;

Document *document_new(const char *title);
void document_free(Document *document);

void document_text(Document *document, DocStyle style, DocAlign align, const char *text);
/* @right against the right edge, @left in what is left of it. */
void
document_pair(Document *document, DocStyle style, const char *left, const char *right);
/* A line of @n cells; texts are copied. A right-aligned cell keeps one column free to its
 * left, so give it one more than its longest text. */
void document_cells(Document *document, DocStyle style, const DocCell *cells, int n);
void document_rule(Document *document);
void document_feed(Document *document);
void document_qr(Document *document, const char *content);
void document_barcode(Document *document, DocCode code, const char *content);
/* @picture: a PNG; drawn in the middle in black dots, no wider than the paper. One that
 * cannot be read leaves no trace, in text it has none. */
void document_picture(Document *document, GBytes *picture);

/* Half-width columns that @text takes on paper: what Chinese fonts draw in a full cell
 * takes 2 (g_unichar_iswide_cjk(): 药 × ℃ · α ①, as printers' GB fonts and the screen's
 * have them), Latin letters take 1 even with an accent, combining marks 0. */
int document_width(const char *text);

/* The lines as plain text of @columns half-width columns (transfer full): the screen's
 * receipt, the golden files. Wide (DOC_WIDE) text stands where it stands on paper. QR
 * prints as "[QR …]". Lines end in \n, no trailing blanks. */
char *document_to_text(const Document *document, int columns);

/* One line laid out for @columns: the wrapped physical rows (transfer full, of char *),
 * each padded with blanks between its cells and not after the last. Cells that do not fit
 * side by side on one row are stacked, each on rows of its own with the line's indent, so
 * that a figure is never broken. The rows of a DOC_WIDE line hold half of @columns: the
 * printer doubles them, blanks too. */
GPtrArray *document_lay_out(const DocLine *line, int columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)
