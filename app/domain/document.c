#include "app/domain/document.h"

#include <string.h>

#define LATIN_LETTERS_END 0x0250

static void
line_free(gpointer pointer)
{
  DocLine *line = pointer;
  for (int i = 0; i < line->n_cells; i++)
    g_free((char *)line->cells[i].text);
  g_clear_pointer(&line->picture, g_bytes_unref);
  g_free(line);
}

Document *
document_new(const char *title)
{
  Document *document = g_new0(Document, 1);
  document->title = g_strdup(title);
  document->lines = g_ptr_array_new_with_free_func(line_free);
  return document;
}

void
document_free(Document *document)
{
  if (!document)
    return;
  g_free(document->title);
  g_ptr_array_unref(document->lines);
  g_free(document);
}

/* Names come from files and feeds: a control byte in one must not command the printer. */
static char *
printable(const char *text)
{
  g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
  GString *clean = g_string_new(NULL);
  for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      g_string_append_c(clean, ' ');
      break;
    case G_UNICODE_FORMAT:
      break;
    default:
      g_string_append_unichar(clean, c);
    }
  }
  return g_string_free(clean, FALSE);
}

static DocLine *
add_line(Document *document, DocKind kind, DocStyle style)
{
  DocLine *line = g_new0(DocLine, 1);
  line->kind = kind;
  line->style = style;
  g_ptr_array_add(document->lines, line);
  return line;
}

void
document_cells(Document *document, DocStyle style, const DocCell *cells, int n)
{
  g_assert(n >= 0 && n <= DOC_MAX_CELLS);
  DocLine *line = add_line(document, DOC_TEXT, style);
  line->n_cells = n;
  for (int i = 0; i < n; i++) {
    line->cells[i] = cells[i];
    line->cells[i].text = printable(cells[i].text);
  }
}

void
document_text(Document *document, DocStyle style, DocAlign align, const char *text)
{
  DocCell cell = {text, align, 0};
  document_cells(document, style, &cell, 1);
}

void
document_pair(Document *document, DocStyle style, const char *left, const char *right)
{
  int scale = style & DOC_WIDE ? 2 : 1;
  DocCell cells[] = {
      {left, ALIGN_LEFT, 0},
      {right, ALIGN_RIGHT, (document_width(right) + 1) * scale},
  };
  document_cells(document, style, cells, 2);
}

void
document_rule(Document *document)
{
  add_line(document, DOC_RULE, DOC_NORMAL);
}

void
document_feed(Document *document)
{
  add_line(document, DOC_FEED, DOC_NORMAL);
}

void
document_qr(Document *document, const char *content)
{
  DocLine *line = add_line(document, DOC_QR, DOC_NORMAL);
  line->n_cells = 1;
  line->cells[0] = (DocCell){printable(content), ALIGN_CENTER, 0};
}

void
document_barcode(Document *document, DocCode code, const char *content)
{
  DocLine *line = add_line(document, DOC_BARCODE, DOC_NORMAL);
  line->code = code;
  line->n_cells = 1;
  line->cells[0] = (DocCell){printable(content), ALIGN_CENTER, 0};
}

void
document_picture(Document *document, GBytes *picture)
{
  add_line(document, DOC_PICTURE, DOC_NORMAL)->picture = g_bytes_ref(picture);
}

static int
char_width(gunichar c)
{
  if (g_unichar_iszerowidth(c))
    return 0;
  if (c < LATIN_LETTERS_END && g_unichar_isalpha(c))
    return 1;
  return g_unichar_iswide_cjk(c) ? 2 : 1;
}

static int
width_of(const char *from, const char *to)
{
  int width = 0;
  for (const char *p = from; p < to; p = g_utf8_next_char(p))
    width += char_width(g_utf8_get_char(p));
  return width;
}

int
document_width(const char *text)
{
  return text ? width_of(text, text + strlen(text)) : 0;
}

/* May not begin a row, may not end one: the usual rule for setting Chinese. */
static bool
is_closing(gunichar c)
{
  return g_utf8_strchr("，。、；：！？）】》”’%℃×…·,.;:!?)]", -1, c) != NULL;
}

static bool
is_opening(gunichar c)
{
  return g_utf8_strchr("（【《“‘￥([", -1, c) != NULL;
}

static bool
may_break_between(gunichar before, gunichar after)
{
  if (before == ' ' || after == ' ')
    return true;
  if (is_closing(after) || is_opening(before) || char_width(after) == 0)
    return false;
  return char_width(before) == 2 || char_width(after) == 2;
}

/* The end of the first piece of @text that may not be torn. */
static const char *
piece_end(const char *text)
{
  gunichar before = g_utf8_get_char(text);
  for (const char *p = g_utf8_next_char(text);; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (c == 0 || may_break_between(before, c))
      return p;
    before = c;
  }
}

/* Where a piece wider than a row is torn after all; at least one character is taken. */
static const char *
tear(const char *text, int width)
{
  const char *p = g_utf8_next_char(text);
  int used = width_of(text, p);
  while (*p) {
    int more = char_width(g_utf8_get_char(p));
    if (used + more > width)
      break;
    used += more;
    p = g_utf8_next_char(p);
  }
  return p;
}

/* The end of the row that begins at @text. */
static const char *
row_end(const char *text, int width)
{
  const char *end = text;
  int used = 0;
  while (*end) {
    const char *next = piece_end(end);
    int more = width_of(end, next);
    if (used + more > width && *end != ' ')
      break;
    used += more;
    end = next;
  }
  return end == text && *text ? tear(text, width) : end;
}

static GPtrArray *
wrap(const char *text, int width)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
  while (*text) {
    const char *end = row_end(text, width);
    g_ptr_array_add(rows, g_strchomp(g_strndup(text, (gsize)(end - text))));
    text = end;
    while (*text == ' ')
      text++;
  }
  return rows;
}

/* Where a cell stands, in characters of its line. */
typedef struct {
  int start;
  int width;  /* of the column */
  int usable; /* without the gap to the cell before */
} Span;

static int
count_filled(const DocLine *line)
{
  int n = 0;
  for (int i = 0; i < line->n_cells; i++)
    n += *line->cells[i].text != '\0';
  return n;
}

/* Gives each cell its columns. @return false when the fixed ones alone are too many. */
static bool
divide(const DocLine *line, int columns, int scale, Span *spans)
{
  int left = columns;
  int sharing = 0;
  for (int i = 0; i < line->n_cells; i++) {
    spans[i].width = (line->cells[i].columns + scale - 1) / scale;
    left -= spans[i].width;
    sharing += line->cells[i].columns == 0;
  }
  int start = 0;
  for (int i = 0; i < line->n_cells && left >= 0; i++) {
    const DocCell *cell = &line->cells[i];
    if (cell->columns == 0) {
      spans[i].width = (left + sharing - 1) / sharing;
      left -= spans[i].width;
      sharing--;
    }
    bool has_gap = i > 0 && cell->align == ALIGN_RIGHT;
    spans[i].start = start;
    spans[i].usable = spans[i].width - (has_gap ? 1 : 0);
    start += spans[i].width;
  }
  return left >= 0;
}

/* A cell alone on its line may wrap, if its column holds a character at all; beside
 * others it has to fit as it is. */
static bool
fit_side_by_side(const DocLine *line, const Span *spans)
{
  bool may_wrap = count_filled(line) <= 1;
  for (int i = 0; i < line->n_cells; i++) {
    int width = document_width(line->cells[i].text);
    int needed = may_wrap ? MIN(width, 2) : width;
    if (needed > spans[i].usable)
      return false;
  }
  return true;
}

static void
append_blanks(GString *row, int n)
{
  for (int i = 0; i < n; i++)
    g_string_append_c(row, ' ');
}

/* Puts @text into its column. @stretch: columns of the row that one of the span stands
 * for. */
static void
append_cell(GString *row, const char *text, DocAlign align, const Span *span, int stretch)
{
  if (!*text)
    return;
  int free_columns = MAX(span->width * stretch - document_width(text), 0);
  int before = align == ALIGN_LEFT    ? 0
               : align == ALIGN_RIGHT ? free_columns
                                      : free_columns / 2;
  append_blanks(row, span->start * stretch + before - document_width(row->str));
  g_string_append(row, text);
}

static void
add_rows_side_by_side(GPtrArray *rows,
                      const DocLine *line,
                      const Span *spans,
                      int stretch)
{
  GPtrArray *wrapped[DOC_MAX_CELLS];
  guint n_rows = 1;
  for (int i = 0; i < line->n_cells; i++) {
    wrapped[i] = wrap(line->cells[i].text, MAX(spans[i].usable, 1));
    n_rows = MAX(n_rows, wrapped[i]->len);
  }
  for (guint r = 0; r < n_rows; r++) {
    GString *row = g_string_new(NULL);
    for (int i = 0; i < line->n_cells; i++) {
      const char *text = r < wrapped[i]->len ? wrapped[i]->pdata[r] : "";
      append_cell(row, text, line->cells[i].align, &spans[i], stretch);
    }
    g_ptr_array_add(rows, g_string_free(row, FALSE));
  }
  for (int i = 0; i < line->n_cells; i++)
    g_ptr_array_unref(wrapped[i]);
}

/* Empty cells in front are an indent, which the stacked cells keep. */
static int
indent_of(const DocLine *line, int scale)
{
  int indent = 0;
  for (int i = 0; i < line->n_cells && !*line->cells[i].text; i++)
    indent += (line->cells[i].columns + scale - 1) / scale;
  return indent;
}

static void
add_rows_stacked(
    GPtrArray *rows, const DocLine *line, int columns, int indent, int stretch)
{
  if (indent + 2 > columns)
    indent = 0;
  Span spans[] = {{indent, columns - indent, columns - indent}};
  for (int i = 0; i < line->n_cells; i++) {
    DocLine alone = {line->kind, line->style, 1, {line->cells[i]}};
    if (*line->cells[i].text)
      add_rows_side_by_side(rows, &alone, spans, stretch);
  }
}

static void
add_text_rows(GPtrArray *rows, const DocLine *line, int columns, int stretch)
{
  int scale = line->style & DOC_WIDE ? 2 : 1;
  int usable = MAX(columns / scale, 1);
  Span spans[DOC_MAX_CELLS] = {0};
  if (divide(line, usable, scale, spans) && fit_side_by_side(line, spans))
    add_rows_side_by_side(rows, line, spans, stretch);
  else
    add_rows_stacked(rows, line, usable, indent_of(line, scale), stretch);
}

/* @stretch: 1 as the printer wants it; for plain text as many columns as a glyph takes.
 */
static GPtrArray *
lay_out(const DocLine *line, int columns, int stretch)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
  switch (line->kind) {
  case DOC_TEXT:
    add_text_rows(rows, line, columns, stretch);
    break;
  case DOC_RULE:
    g_ptr_array_add(rows, g_strnfill((gsize)MAX(columns, 1), '-'));
    break;
  case DOC_FEED:
    g_ptr_array_add(rows, g_strdup(""));
    break;
  case DOC_QR:
    g_ptr_array_add(rows, g_strdup_printf("[QR %s]", line->cells[0].text));
    break;
  case DOC_BARCODE:
    g_ptr_array_add(rows, g_strdup_printf("[BARCODE %s]", line->cells[0].text));
    break;
  case DOC_PICTURE:
    break;
  }
  return rows;
}

GPtrArray *
document_lay_out(const DocLine *line, int columns)
{
  return lay_out(line, columns, 1);
}

char *
document_to_text(const Document *document, int columns)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < document->lines->len; i++) {
    const DocLine *line = document->lines->pdata[i];
    g_autoptr(GPtrArray) rows = lay_out(line, columns, line->style & DOC_WIDE ? 2 : 1);
    for (guint r = 0; r < rows->len; r++)
      g_string_append_printf(text, "%s\n", (const char *)rows->pdata[r]);
  }
  return g_string_free(text, FALSE);
}
