/* Whatever a chain calls its list of articles: rows, cells, codes, prices and dates. */
#include <string.h>

#include "app/domain/barcode.h"
#include "sync/hub/article_words.h"
#include "sync/hub/cell.h"
#include "sync/hub/columns.h"
#include "sync/hub/sheet.h"
#include "sync/hub/trade_code.h"
#include "tests/fuzz/fuzz.h"

static void
check_code(const char *text)
{
  TradeCode code = trade_code_read(text);
  char gtin[15];
  bool is_usable = code.verdict != TRADE_CODE_UNUSABLE;
  PROMISE(is_usable == (*code.code != '\0'));
  PROMISE(!is_usable || (strlen(code.code) == 14 && *code.kind));
  PROMISE(!is_usable || barcode_to_gtin14(code.code, gtin));
  PROMISE((code.verdict == TRADE_CODE_OK) == (*code.what == '\0'));
}

static void
check_numbers(const char *text)
{
  Money fen = -1;
  Day day = DAY_NONE;
  int bp = -1;
  int64_t n = -1;
  CellFault fault = cell_price(text, &fen);
  bool is_price = fault == CELL_OK || fault == CELL_ROUNDED;
  PROMISE(is_price ? fen >= 0 && fen <= G_GINT64_CONSTANT(10000000000) : fen == -1);
  fault = cell_date(text, CELL_DATES_DMY, &day);
  PROMISE(fault == CELL_OK ? day_is_valid(day) : day == DAY_NONE);
  PROMISE(!cell_percent(text, &bp) || (bp >= 0 && bp <= 10000));
  PROMISE(!cell_whole(text, 1000, &n) || (n >= 0 && n <= 1000));
}

static void
check_words(const char *text)
{
  LegalClass legal_class = CLASS_UNKNOWN;
  Measure measure = MEASURE_COUNT;
  Quantity base = 0;
  bool is_unclear = false;
  PROMISE(!words_class(text, &legal_class, &is_unclear) ||
          (legal_class > CLASS_UNKNOWN && legal_class < N_CLASSES));
  PROMISE(words_class_of_approval(text) < N_CLASSES);
  PROMISE(!words_unit(text, &measure, &base) || base > 0);
  words_is_approval(text);
}

static void
check_cell(const char *text)
{
  g_autofree char *clean = cell_clean(text, NULL);
  g_autofree char *again = cell_clean(clean, NULL);
  g_autofree char *plain = cell_plain(text, NULL);
  g_autoptr(GPtrArray) codes = trade_code_split(text);
  PROMISE(g_utf8_validate(text, -1, NULL));
  PROMISE(g_utf8_validate(clean, -1, NULL) && g_utf8_validate(plain, -1, NULL));
  PROMISE(strcmp(clean, again) == 0);
  for (guint i = 0; i < codes->len; i++)
    check_code(codes->pdata[i]);
  check_numbers(text);
  check_words(text);
}

static void
check_row(const SheetRow *row, int *line)
{
  PROMISE(row->line > *line);
  *line = row->line;
  PROMISE(row->cells->len > 0);
  for (guint i = 0; i < row->cells->len; i++)
    check_cell(row->cells->pdata[i]);
}

static void
check_header(const SheetRow *row)
{
  for (int kind = LIST_ARTICLES; kind <= LIST_STAFF; kind++) {
    g_auto(Columns) columns = {0};
    if (!columns_from_header((ListKind)kind, row->cells, &columns, NULL))
      continue;
    for (int i = 0; i < N_FIELDS; i++)
      PROMISE(columns.at[i] < (int)row->cells->len);
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  static const SheetOptions GUESS = {0};
  g_autoptr(GBytes) copy = g_bytes_new(bytes, length);
  g_autoptr(Sheet) sheet = sheet_new(copy, &GUESS, NULL);
  SheetRow row;
  int line = 0;
  if (!sheet)
    return 0;
  while (sheet_next(sheet, &row)) {
    if (line == 0)
      check_header(&row);
    check_row(&row, &line);
  }
  return 0;
}
