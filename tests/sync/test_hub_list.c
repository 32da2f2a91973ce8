/* Reading lists: encodings, separators, quotes, and what single cells mean. */
#include <string.h>

#include "sync/hub/article_words.h"
#include "sync/hub/cell.h"
#include "sync/hub/columns.h"
#include "sync/hub/sheet.h"
#include "sync/hub/trade_code.h"
#include "tests/test.h"

static Sheet *
open_bytes(const char *bytes, gsize length, const SheetOptions *options)
{
  g_autoptr(GBytes) copy = g_bytes_new(bytes, length);
  g_autoptr(GError) error = NULL;
  Sheet *sheet = sheet_new(copy, options, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(sheet);
  return sheet;
}

static Sheet *
open_text(const char *text)
{
  static const SheetOptions GUESS = {0};
  return open_bytes(text, strlen(text), &GUESS);
}

/* "1:a|b 2:c|d!" - lines, cells, and a '!' behind a row with a fault. */
static char *
all_rows(Sheet *sheet)
{
  GString *out = g_string_new(NULL);
  SheetRow row;
  while (sheet_next(sheet, &row)) {
    g_string_append_printf(out, "%s%d:", out->len ? " " : "", row.line);
    for (guint i = 0; i < row.cells->len; i++)
      g_string_append_printf(out, "%s%s", i ? "|" : "", (char *)row.cells->pdata[i]);
    g_string_append(out, row.fault == SHEET_OK ? "" : "!");
  }
  return g_string_free(out, FALSE);
}

static void
rows_keep_their_physical_lines_and_their_quotes(void)
{
  static const char *const CASES[][2] = {
      {"a,b\nc,d\n", "1:a|b 2:c|d"},
      {"a,b\r\nc,d", "1:a|b 2:c|d"},
      {"a,b\rc,d\r", "1:a|b 2:c|d"},
      {"a,b\n\n  \nc,d\n", "1:a|b 4:c|d"},
      {"a,\"b\nb\"\nc,d\n", "1:a|b\nb 3:c|d"},
      {"a,\"b,\"\"x\"\"\"\nc,d\n", "1:a|b,\"x\" 2:c|d"},
      {"a, \"b\" ,c\n", "1:a|b|c"},
      {"a,b\"c,d\n", "1:a|b\"c|d"},
      {"a,,\n", "1:a||"},
      {"a,\"b\nc,d\ne,f\n", "1:a|\"b! 2:c|d 3:e|f"},
      {"a,\"b\"x,c\nd,e,f\n", "1:a|\"b\"x|c! 2:d|e|f"},
      {"a\tb\n\"c\td\n", "1:a|b 2:\"c|d"},
      {"a\tb\n\"c\td\"\te\n", "1:a|b 2:c\td|e"},
      {"a;b\n1,5;2,5\n", "1:a|b 2:1,5|2,5"},
      {"only\none\n", "1:only 2:one"},
      {"", ""},
      {"\n\n", ""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Sheet) sheet = open_text(CASES[i][0]);
    g_autofree char *rows = all_rows(sheet);
    CU_ASSERT_STRING_EQUAL(rows, CASES[i][1]);
    sheet_rewind(sheet);
    g_autofree char *again = all_rows(sheet);
    CU_ASSERT_STRING_EQUAL(again, rows);
  }
}

typedef struct {
  const char *bytes, *encoding, *rows;
} EncodingCase;

static void
encodings_are_found_out_and_named(void)
{
  static const EncodingCase CASES[] = {
      {"编码,名\n1,阿莫西林\n", "UTF-8", "1:编码|名 2:1|阿莫西林"},
      {"\xef\xbb\xbf编码,名\n", "UTF-8 with BOM", "1:编码|名"},
      /* 编码,名 / 1,阿莫西林 in GB18030 */
      {"\xb1\xe0\xc2\xeb,\xc3\xfb\n1,\xb0\xa2\xc4\xaa\xce\xf7\xc1\xd6\n",
       "GB18030",
       "1:编码|名 2:1|阿莫西林"},
      /* 㐀 is written with four bytes */
      {"\xb1\xe0\xc2\xeb,\xc3\xfb\n1,\x81\x39\xee\x39\n", "GB18030", "1:编码|名 2:1|㐀"},
      {"code;nom\n1;comprim\xe9 pellicul\xe9 s\xe9"
       "cable\n2;\x80 5\n",
       "Windows-1252",
       "1:code|nom 2:1|comprimé pelliculé sécable 3:2|€ 5"},
      {"code,name\n1,plain\n", "UTF-8", "1:code|name 2:1|plain"},
      /* one broken byte among many good characters */
      {"编码,名称\n1,阿莫西林胶囊阿莫西林胶囊\n2,坏\xff\n",
       "UTF-8",
       "1:编码|名称 2:1|阿莫西林胶囊阿莫西林胶囊 3:2|!"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Sheet) sheet = open_text(CASES[i].bytes);
    g_autofree char *rows = all_rows(sheet);
    CU_ASSERT_STRING_EQUAL(encoding_name(sheet_encoding(sheet)), CASES[i].encoding);
    CU_ASSERT_STRING_EQUAL(rows, CASES[i].rows);
  }
}

static void
an_encoding_can_be_forced(void)
{
  const SheetOptions options = {.encoding = "windows-1252"};
  g_autoptr(Sheet) sheet = open_bytes("caf\xc3\xa9\n", 6, &options);
  g_autofree char *rows = all_rows(sheet);
  CU_ASSERT_STRING_EQUAL(rows, "1:cafÃ©");
  const SheetOptions unknown = {.encoding = "klingon"};
  g_autoptr(GBytes) bytes = g_bytes_new("a", 1);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(sheet_new(bytes, &unknown, &error));
  CU_ASSERT_PTR_NOT_NULL(error);
}

static void
a_nul_byte_spoils_its_row_only(void)
{
  static const SheetOptions GUESS = {0};
  g_autoptr(Sheet) sheet = open_bytes("a,b\nc\0x,d\ne,f\n", 14, &GUESS);
  g_autofree char *rows = all_rows(sheet);
  CU_ASSERT_STRING_EQUAL(rows, "1:a|b 2:|d! 3:e|f");
}

static void
utf16_and_gzip_are_read_too(void)
{
  static const SheetOptions GUESS = {0};
  gsize length = 0;
  g_autofree char *wide =
      g_convert("编码\t名\r\n1\t药\r\n", -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  g_byte_array_append(bytes, (const guint8 *)"\xff\xfe", 2);
  g_byte_array_append(bytes, (const guint8 *)wide, (guint)length);
  g_autoptr(Sheet) sheet = open_bytes((char *)bytes->data, bytes->len, &GUESS);
  g_autofree char *rows = all_rows(sheet);
  CU_ASSERT_STRING_EQUAL(rows, "1:编码|名 2:1|药");
  CU_ASSERT_STRING_EQUAL(encoding_name(sheet_encoding(sheet)), "UTF-16");

  g_autoptr(GZlibCompressor) gzip =
      g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
  g_autoptr(GOutputStream) stream =
      g_converter_output_stream_new(memory, G_CONVERTER(gzip));
  g_output_stream_write_all(stream, "a;b\nc;d\n", 8, NULL, NULL, NULL);
  g_output_stream_close(stream, NULL, NULL);
  GMemoryOutputStream *packed = G_MEMORY_OUTPUT_STREAM(memory);
  g_autoptr(Sheet) unpacked = open_bytes(g_memory_output_stream_get_data(packed),
                                         g_memory_output_stream_get_data_size(packed),
                                         &GUESS);
  g_autofree char *same = all_rows(unpacked);
  CU_ASSERT_STRING_EQUAL(same, "1:a|b 2:c|d");
  CU_ASSERT_EQUAL(sheet_separator(unpacked), ';');
}

static void
half_a_gzip_file_is_a_failure(void)
{
  static const SheetOptions GUESS = {0};
  g_autoptr(GBytes) bytes = g_bytes_new("\x1f\x8b\x08\x00\x00\x00", 6);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(sheet_new(bytes, &GUESS, &error));
  CU_ASSERT_PTR_NOT_NULL(error);
}

typedef struct {
  const char *text;
  CellFault fault;
  Money fen;
} PriceCase;

static void
prices_are_read_exactly_or_not_at_all(void)
{
  static const PriceCase CASES[] = {
      {"18.50", CELL_OK, 1850},
      {"18,5", CELL_OK, 1850},
      {"18", CELL_OK, 1800},
      {".5", CELL_OK, 50},
      {"5.", CELL_OK, 500},
      {"¥18.50", CELL_OK, 1850},
      {"￥ 18.50", CELL_OK, 1850},
      {"18.50元", CELL_OK, 1850},
      {"24,34 €", CELL_OK, 2434},
      {"１８．５０", CELL_OK, 1850},
      {"\xc2\xa0"
       "18.50\xc2\xa0",
       CELL_OK,
       1850},
      {"1,234.50", CELL_OK, 123450},
      {"1.234,50", CELL_OK, 123450},
      {"1 234,50", CELL_OK, 123450},
      {"1\xe2\x80\xaf"
       "234,50 €",
       CELL_OK,
       123450},
      {"1,466,29", CELL_OK, 146629}, /* as in the French list */
      {"1,234,567", CELL_OK, 123456700},
      {"1,234", CELL_AMBIGUOUS, 0},
      {"0,125", CELL_ROUNDED, 13},
      {"12.345", CELL_ROUNDED, 1235},
      {"12.344", CELL_ROUNDED, 1234},
      {"12.3400", CELL_OK, 1234},
      {"0.0285", CELL_ROUNDED, 3},
      {"0", CELL_OK, 0},
      {"0.00", CELL_OK, 0},
      {"-5", CELL_NEGATIVE, 0},
      {"(5.00)", CELL_NEGATIVE, 0},
      {"", CELL_EMPTY, 0},
      {"  ", CELL_EMPTY, 0},
      {"¥", CELL_EMPTY, 0},
      {"free", CELL_UNREADABLE, 0},
      {"1.2E+3", CELL_UNREADABLE, 0},
      {"12,34.5", CELL_UNREADABLE, 0},
      {"1.2.3", CELL_UNREADABLE, 0},
      {".", CELL_UNREADABLE, 0},
      {"99999999.99", CELL_OK, 9999999999},
      {"100000000", CELL_TOO_LARGE, 0},
      {"99999999999999999999999", CELL_TOO_LARGE, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Money fen = -1;
    CellFault fault = cell_price(CASES[i].text, &fen);
    CU_ASSERT_EQUAL(fault, CASES[i].fault);
    if (fault != CASES[i].fault)
      g_printerr("%s: %d\n", CASES[i].text, fault);
    bool is_read = CASES[i].fault == CELL_OK || CASES[i].fault == CELL_ROUNDED;
    CU_ASSERT_EQUAL(fen, is_read ? CASES[i].fen : -1);
  }
}

typedef struct {
  const char *text;
  CellDates dates;
  CellFault fault;
  Day day;
} DateCase;

static void
dates_are_read_when_there_is_one_reading(void)
{
  static const DateCase CASES[] = {
      {"2027-08-31", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"2027/8/31", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"2027.8.31", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"20270831", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"２０２７－０８－３１", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"2027年8月31日", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"2027年8月", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"2027-08-31 00:00:00", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"2027-08", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"202702", CELL_DATES_CLEAR, CELL_OK, 20270228},
      {"08/2027", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"31/08/2027", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"08/31/2027", CELL_DATES_CLEAR, CELL_OK, 20270831},
      {"05/05/2027", CELL_DATES_CLEAR, CELL_OK, 20270505},
      {"01/02/2027", CELL_DATES_CLEAR, CELL_AMBIGUOUS, 0},
      {"01/02/2027", CELL_DATES_DMY, CELL_OK, 20270201},
      {"01/02/2027", CELL_DATES_MDY, CELL_OK, 20270102},
      {"31/12/2027", CELL_DATES_MDY, CELL_OK, 20271231},
      {"270831", CELL_DATES_CLEAR, CELL_AMBIGUOUS, 0},
      {"01/02/27", CELL_DATES_CLEAR, CELL_AMBIGUOUS, 0},
      {"46265", CELL_DATES_CLEAR, CELL_SERIAL, 0},
      {"2027-02-30", CELL_DATES_CLEAR, CELL_NO_SUCH_DAY, 0},
      {"2027-13", CELL_DATES_CLEAR, CELL_NO_SUCH_DAY, 0},
      {"20271301", CELL_DATES_CLEAR, CELL_NO_SUCH_DAY, 0},
      {"0001-01-01", CELL_DATES_CLEAR, CELL_AMBIGUOUS, 0},
      {"soon", CELL_DATES_CLEAR, CELL_UNREADABLE, 0},
      {"2027-08/31", CELL_DATES_CLEAR, CELL_UNREADABLE, 0},
      {"", CELL_DATES_CLEAR, CELL_EMPTY, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Day day = 0;
    CellFault fault = cell_date(CASES[i].text, CASES[i].dates, &day);
    CU_ASSERT_EQUAL(fault, CASES[i].fault);
    CU_ASSERT_EQUAL(day, CASES[i].day);
    if (fault != CASES[i].fault)
      g_printerr("%s: %d\n", CASES[i].text, fault);
  }
}

static void
blanks_and_invisible_characters_are_taken_away(void)
{
  static const struct {
    const char *text, *clean;
    bool is_odd;
  } CASES[] = {
      {"  a  b ", "a b", false},
      {"a\nb", "a b", false},
      {"\xc2\xa0"
       "a\xc2\xa0",
       "a",
       true},
      {"\xe3\x80\x80"
       "阿莫西林",
       "阿莫西林",
       true},
      {"a\xe2\x80\x8b"
       "b\xef\xbb\xbf",
       "ab",
       true},
      {"a\x01"
       "b",
       "ab",
       true},
      {"阿（甲）", "阿（甲）", false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    bool is_odd = false;
    g_autofree char *clean = cell_clean(CASES[i].text, &is_odd);
    CU_ASSERT_STRING_EQUAL(clean, CASES[i].clean);
    CU_ASSERT_EQUAL(is_odd, CASES[i].is_odd);
  }
  g_autofree char *plain = cell_plain("（Ａ－１２）", NULL);
  CU_ASSERT_STRING_EQUAL(plain, "(A-12)");
}

static void
small_words_and_numbers_are_read(void)
{
  bool answer = false;
  int bp = 0;
  int64_t n = 0;
  CU_ASSERT_TRUE(cell_yes_no("是", &answer) && answer);
  CU_ASSERT_TRUE(cell_yes_no(" YES ", &answer) && answer);
  CU_ASSERT_TRUE(cell_yes_no("否", &answer) && !answer);
  CU_ASSERT_FALSE(cell_yes_no("perhaps", &answer));
  CU_ASSERT_TRUE(cell_percent("13%", &bp) && bp == 1300);
  CU_ASSERT_TRUE(cell_percent("2,1 %", &bp) && bp == 210);
  CU_ASSERT_TRUE(cell_percent("１３％", &bp) && bp == 1300);
  CU_ASSERT_FALSE(cell_percent("101", &bp));
  CU_ASSERT_FALSE(cell_percent("-1", &bp));
  CU_ASSERT_TRUE(cell_whole("24", 100, &n) && n == 24);
  CU_ASSERT_TRUE(cell_whole("24.0", 100, &n) && n == 24);
  CU_ASSERT_FALSE(cell_whole("24.5", 100, &n));
  CU_ASSERT_FALSE(cell_whole("101", 100, &n));
}

static void
barcodes_are_told_from_what_looks_like_them(void)
{
  static const struct {
    const char *text, *code, *kind, *what;
  } CASES[] = {
      {"6901234567892", "06901234567892", "ean", ""},
      {"96385074", "00000096385074", "ean", ""},
      {"036000291452", "00036000291452", "ean", ""},
      {"36000291452", "00036000291452", "ean", "leading_zero_restored"},
      {"2010000000373", "02010000000373", "instore", ""},
      {"86901234567898", "86901234567898", "std", ""},
      {"６９０１２３４５６７８９２", "06901234567892", "ean", "cleaned"},
      {"\xe2\x80\x8b"
       "6901234567892",
       "06901234567892",
       "ean",
       "cleaned"},
      {"'6901234567892", "06901234567892", "ean", "cleaned"},
      {"=\"6901234567892\"", "06901234567892", "ean", "cleaned"},
      {"6901234567892.0", "06901234567892", "ean", "decimal_tail"},
      {"6901234567890", "", "", "bad_check_digit"},
      {"690123456789", "", "", "bad_check_digit"},
      {"12345", "", "", "bad_barcode_length"},
      {"6.90123E+12", "", "", "scientific_notation"},
      {"6,90123e12", "", "", "scientific_notation"},
      {"国药准字H20013063", "", "", "approval_as_barcode"},
      {"H20013063", "", "", "approval_as_barcode"},
      {"国械注准20153640123", "", "", "approval_as_barcode"},
      {"81234567890123456789", "", "", "trace_code"},
      {"none", "", "", "not_a_barcode"},
      {"0000000000000", "00000000000000", "ean", ""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    TradeCode code = trade_code_read(CASES[i].text);
    CU_ASSERT_STRING_EQUAL(code.what, CASES[i].what);
    if (strcmp(code.what, CASES[i].what) != 0)
      g_printerr("%s: %s\n", CASES[i].text, code.what);
    CU_ASSERT_STRING_EQUAL(code.code, CASES[i].code);
    CU_ASSERT_STRING_EQUAL(code.kind, CASES[i].kind);
  }
}

static void
several_codes_in_one_cell_are_taken_apart(void)
{
  static const char *const CASES[][2] = {{"1;2", "1 2"},
                                         {"1 / 2", "1 2"},
                                         {"1、2，3", "1 2 3"},
                                         {"6,9E+12", "6,9E+12"},
                                         {"", ""}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GPtrArray) codes = trade_code_split(CASES[i][0]);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint k = 0; k < codes->len; k++)
      g_string_append_printf(all, "%s%s", k ? " " : "", (char *)codes->pdata[k]);
    CU_ASSERT_STRING_EQUAL(all->str, CASES[i][1]);
  }
}

static void
classes_are_told_from_their_usual_words(void)
{
  static const struct {
    const char *text;
    bool is_known, is_unclear;
    LegalClass legal_class;
  } CASES[] = {
      {"处方药", true, false, CLASS_RX},
      {"RX", true, false, CLASS_RX},
      {"Rx（处方药）", true, false, CLASS_RX},
      {"处方", true, false, CLASS_RX},
      {"非处方药", true, true, CLASS_OTC_A},
      {"OTC", true, true, CLASS_OTC_A},
      {"非处方药(甲类)", true, false, CLASS_OTC_A},
      {"甲类OTC", true, false, CLASS_OTC_A},
      {"乙类非处方药", true, false, CLASS_OTC_B},
      {"OTC乙", true, false, CLASS_OTC_B},
      {"otc_b", true, false, CLASS_OTC_B},
      {"双跨", true, false, CLASS_DUAL},
      {"中药饮片", true, false, CLASS_HERB},
      {"毒性中药饮片", true, false, CLASS_HERB_TOXIC},
      {"械Ⅲ", true, false, CLASS_DEVICE_3},
      {"二类医疗器械", true, false, CLASS_DEVICE_2},
      {"医疗器械I类", true, false, CLASS_DEVICE_1},
      {"医疗器械", false, false, CLASS_UNKNOWN},
      {"保健食品", true, false, CLASS_HEALTH_FOOD},
      {"特殊医学用途配方食品", true, false, CLASS_FSMP},
      {"化妆品", true, false, CLASS_COSMETIC},
      {"Liste I", true, false, CLASS_RX},
      {"médicament", true, false, CLASS_MEDICINE},
      {"medicine", true, false, CLASS_MEDICINE},
      {"好药", false, false, CLASS_UNKNOWN},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    LegalClass legal_class = CLASS_UNKNOWN;
    bool is_unclear = false;
    bool is_known = words_class(CASES[i].text, &legal_class, &is_unclear);
    CU_ASSERT_EQUAL(is_known, CASES[i].is_known);
    CU_ASSERT_EQUAL(is_unclear, CASES[i].is_unclear);
    CU_ASSERT_EQUAL(legal_class, CASES[i].legal_class);
    if (legal_class != CASES[i].legal_class)
      g_printerr("%s: %d\n", CASES[i].text, legal_class);
  }
  CU_ASSERT_EQUAL(words_class_of_approval("国械注准20153640123"), CLASS_DEVICE_3);
  CU_ASSERT_EQUAL(words_class_of_approval("粤械注准20172640123"), CLASS_DEVICE_2);
  CU_ASSERT_EQUAL(words_class_of_approval("粤穗械备20180123"), CLASS_DEVICE_1);
  CU_ASSERT_EQUAL(words_class_of_approval("国食健注G20180001"), CLASS_HEALTH_FOOD);
  CU_ASSERT_EQUAL(words_class_of_approval("国药准字H20013063"), CLASS_UNKNOWN);
}

static void
units_of_weight_and_volume_know_their_base(void)
{
  static const struct {
    const char *unit;
    Measure measure;
    Quantity base;
  } CASES[] = {
      {"g", MEASURE_MASS, 1000},
      {"克", MEASURE_MASS, 1000},
      {"10g", MEASURE_MASS, 10000},
      {"500 g", MEASURE_MASS, 500000},
      {"kg", MEASURE_MASS, 1000000},
      {"公斤", MEASURE_MASS, 1000000},
      {"ml", MEASURE_VOLUME, 1000},
      {"１０ｇ", MEASURE_MASS, 10000},
      {"盒", MEASURE_COUNT, 0},
      {"10片", MEASURE_COUNT, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Measure measure = MEASURE_COUNT;
    Quantity base = 0;
    CU_ASSERT_EQUAL(words_unit(CASES[i].unit, &measure, &base), CASES[i].base != 0);
    CU_ASSERT_EQUAL(measure, CASES[i].measure);
    CU_ASSERT_EQUAL(base, CASES[i].base);
  }
}

static GPtrArray *
header(const char *names)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);
  g_auto(GStrv) list = g_strsplit(names, ",", -1);
  for (char **name = list; *name; name++)
    g_ptr_array_add(cells, g_strdup(*name));
  return cells;
}

/* "code=0 price=2" of the columns that @names mean; the fault when they mean none. */
static char *
meaning(ListKind kind, const char *names)
{
  g_autoptr(GPtrArray) cells = header(names);
  g_autoptr(GError) error = NULL;
  g_auto(Columns) columns = {0};
  if (!columns_from_header(kind, cells, &columns, &error))
    return g_strdup("refused");
  GString *out = g_string_new(NULL);
  for (int i = 0; i < N_FIELDS; i++) {
    if (columns.at[i] >= 0)
      g_string_append_printf(
          out, "%s%s=%d", out->len ? " " : "", field_name((Field)i), columns.at[i]);
  }
  for (guint i = 0; i < columns.left_out->len; i++)
    g_string_append_printf(out, " -%s", (char *)columns.left_out->pdata[i]);
  return g_string_free(out, FALSE);
}

static void
columns_are_known_by_their_names_in_three_languages(void)
{
  static const struct {
    ListKind kind;
    const char *names, *meaning;
  } CASES[] = {
      {LIST_ARTICLES,
       "商品编码,条码,通用名,零售价",
       "code=0 barcode=1 generic_name=2 price=3"},
      {LIST_ARTICLES,
       "CODE, Generic Name ,Retail_Price",
       "code=0 generic_name=1 price=2"},
      {LIST_ARTICLES,
       "code_article,code_barre,Dénomination,prix (TTC)",
       "code=0 barcode=1 generic_name=2 price=3"},
      {LIST_ARTICLES,
       "code,name,origin(1国产2进口3合资),wubi",
       "code=0 generic_name=1 origin=2 -wubi"},
      {LIST_ARTICLES, "编码,商品名称,通用名称", "code=0 generic_name=2 trade_name=1"},
      {LIST_ARTICLES, "编码,商品名称", "code=0 generic_name=1"},
      {LIST_ARTICLES, "编码,价格", "refused"},
      {LIST_ARTICLES, "编码,货号,通用名", "refused"},
      {LIST_STOCK, "货号,批号,有效期至,数量", "code=0 lot=1 expiry=2 qty=3"},
      {LIST_STAFF, "工号,姓名,密码", "number=0 name=1 pin=2"},
      {LIST_PRICES, "code,售价,生效日期", "code=0 price=1 from=2"},
      {LIST_STOCK, "a,b,c", "refused"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *said = meaning(CASES[i].kind, CASES[i].names);
    CU_ASSERT_STRING_EQUAL(said, CASES[i].meaning);
    if (strcmp(said, CASES[i].meaning) != 0)
      g_printerr("%s: %s\n", CASES[i].names, said);
  }
}

static void
columns_can_be_named_for_a_file_without_a_header(void)
{
  g_auto(Columns) columns = {0};
  g_autoptr(GError) error = NULL;
  CU_ASSERT_TRUE(
      columns_from_names(LIST_ARTICLES, "code,-,generic_name", &columns, &error));
  CU_ASSERT_EQUAL(columns.n, 3);
  CU_ASSERT_EQUAL(columns.at[FIELD_GENERIC_NAME], 2);
  g_auto(Columns) none = {0};
  CU_ASSERT_FALSE(columns_from_names(LIST_ARTICLES, "code,colour", &none, &error));
  CU_ASSERT_PTR_NOT_NULL(error);
}

TESTS("hub_list",
      TEST(rows_keep_their_physical_lines_and_their_quotes),
      TEST(encodings_are_found_out_and_named),
      TEST(an_encoding_can_be_forced),
      TEST(a_nul_byte_spoils_its_row_only),
      TEST(utf16_and_gzip_are_read_too),
      TEST(half_a_gzip_file_is_a_failure),
      TEST(prices_are_read_exactly_or_not_at_all),
      TEST(dates_are_read_when_there_is_one_reading),
      TEST(blanks_and_invisible_characters_are_taken_away),
      TEST(small_words_and_numbers_are_read),
      TEST(barcodes_are_told_from_what_looks_like_them),
      TEST(several_codes_in_one_cell_are_taken_apart),
      TEST(classes_are_told_from_their_usual_words),
      TEST(units_of_weight_and_volume_know_their_base),
      TEST(columns_are_known_by_their_names_in_three_languages),
      TEST(columns_can_be_named_for_a_file_without_a_header))
