/* Names of any kind on paper of any width: the first byte is the width, each zero byte
 * ends a cell. */
#include "app/domain/document.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

static void
check_rows(const DocLine *line, int columns)
{
  int usable = line->style & DOC_WIDE ? columns / 2 : columns;
  g_autoptr(GPtrArray) rows = document_lay_out(line, columns);
  PROMISE(rows->len > 0 || line->n_cells > 0);
  for (guint i = 0; i < rows->len; i++) {
    const char *row = rows->pdata[i];
    PROMISE(g_utf8_validate(row, -1, NULL) && !strpbrk(row, "\x1b\n\r\t"));
    /* One character is printed even where it does not fit. */
    PROMISE(document_width(row) <= MAX(usable, 2));
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  if (length < 2)
    return 0;
  int columns = bytes[0] % 64 + 1;
  DocStyle style = bytes[0] & 0x80 ? DOC_WIDE : DOC_NORMAL;
  g_autofree char *texts = g_malloc0(length);
  memcpy(texts, bytes + 1, length - 1);

  DocCell cells[DOC_MAX_CELLS];
  int n = 0;
  for (char *p = texts; n < DOC_MAX_CELLS && p < texts + length; p += strlen(p) + 1, n++)
    cells[n] = (DocCell){p, (DocAlign)(n % 3), n % 2 ? bytes[0] % 16 : 0};
  g_autoptr(Document) document = document_new("fuzz");
  document_cells(document, style, cells, n);
  document_text(document, style, ALIGN_CENTER, texts);
  document_pair(document, style, texts, n > 1 ? cells[1].text : "1.00");
  for (guint i = 0; i < document->lines->len; i++)
    check_rows(document->lines->pdata[i], columns);
  g_autofree char *text = document_to_text(document, columns);
  PROMISE(g_str_has_suffix(text, "\n"));
  return 0;
}
