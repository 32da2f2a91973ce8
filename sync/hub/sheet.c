#include "sync/hub/sheet.h"

#include <string.h>

#define LINES_LOOKED_AT 5

struct Sheet {
  GBytes *bytes;    /* owned; what @text points into */
  const char *text; /* after a byte order mark */
  gsize length;
  Encoding encoding;
  char separator;
  int skip;
  Decoder *decoder;

  gsize at; /* the next byte to read */
  int line; /* that it is on */
  int blank;
  GString *raw;    /* one field, unquoted */
  GString *store;  /* the row's fields in UTF-8, each with its NUL */
  GArray *offsets; /* gsize, into @store */
  GPtrArray *cells;
};

/* One pass over a record. */
typedef struct {
  gsize at;
  int line;
  bool is_broken; /* its quotes do not end as they should */
} Cursor;

void
sheet_free(Sheet *sheet)
{
  if (!sheet)
    return;
  g_clear_pointer(&sheet->bytes, g_bytes_unref);
  decoder_free(sheet->decoder);
  g_string_free(sheet->raw, TRUE);
  g_string_free(sheet->store, TRUE);
  g_array_unref(sheet->offsets);
  g_ptr_array_unref(sheet->cells);
  g_free(sheet);
}

static bool
is_eol(char c)
{
  return c == '\n' || c == '\r';
}

/* Over one end of line: LF, CR LF or CR. */
static void
skip_eol(const Sheet *sheet, Cursor *cursor)
{
  bool is_cr = sheet->text[cursor->at] == '\r';
  cursor->at++;
  if (is_cr && cursor->at < sheet->length && sheet->text[cursor->at] == '\n')
    cursor->at++;
  cursor->line++;
}

static bool
is_end(const Sheet *sheet, const Cursor *cursor)
{
  return cursor->at >= sheet->length || is_eol(sheet->text[cursor->at]);
}

static bool
is_field_end(const Sheet *sheet, const Cursor *cursor)
{
  return is_end(sheet, cursor) || sheet->text[cursor->at] == sheet->separator;
}

static void
read_plain(Sheet *sheet, Cursor *cursor)
{
  gsize start = cursor->at;
  while (!is_field_end(sheet, cursor))
    cursor->at++;
  g_string_append_len(sheet->raw, sheet->text + start, (gssize)(cursor->at - start));
}

/* Appends to @raw what stands between the quotes. @return false when they do not end. */
static bool
read_between_quotes(Sheet *sheet, Cursor *cursor)
{
  const char *text = sheet->text;
  /* Lists separated by tabs seldom quote, but often hold a quote: no newlines there. */
  bool may_span = sheet->separator != '\t';
  cursor->at++;
  while (cursor->at < sheet->length && sheet->raw->len <= SHEET_MAX_QUOTE) {
    char c = text[cursor->at];
    bool is_double =
        c == '"' && cursor->at + 1 < sheet->length && text[cursor->at + 1] == '"';
    if (c == '"' && !is_double) {
      cursor->at++;
      return true;
    }
    if (is_eol(c) && !may_span)
      return false;
    if (is_eol(c)) {
      skip_eol(sheet, cursor);
      g_string_append_c(sheet->raw, '\n');
      continue;
    }
    g_string_append_c(sheet->raw, c);
    cursor->at += is_double ? 2 : 1;
  }
  return false;
}

static gsize
blanks_before_quote(const Sheet *sheet, const Cursor *cursor)
{
  gsize n = 0;
  while (cursor->at + n < sheet->length && sheet->text[cursor->at + n] == ' ')
    n++;
  bool is_quote = cursor->at + n < sheet->length && sheet->text[cursor->at + n] == '"';
  return is_quote ? n + 1 : 0;
}

/* One field into @raw, up to its separator or the end of the line. */
static void
read_field(Sheet *sheet, Cursor *cursor)
{
  gsize blanks = blanks_before_quote(sheet, cursor);
  g_string_truncate(sheet->raw, 0);
  if (blanks == 0) {
    read_plain(sheet, cursor);
    return;
  }
  Cursor start = *cursor;
  cursor->at += blanks - 1;
  bool is_closed = read_between_quotes(sheet, cursor);
  while (is_closed && cursor->at < sheet->length && sheet->text[cursor->at] == ' ')
    cursor->at++;
  if (is_closed && is_field_end(sheet, cursor))
    return;
  if (sheet->separator != '\t')
    cursor->is_broken = true;
  /* Then the quote is a character like any other. */
  bool is_broken = cursor->is_broken;
  *cursor = start;
  cursor->is_broken = is_broken;
  g_string_truncate(sheet->raw, 0);
  read_plain(sheet, cursor);
}

/* @return false when the field's bytes are not of the encoding: it stays empty. */
static bool
keep_field(Sheet *sheet)
{
  gsize offset = sheet->store->len;
  g_array_append_val(sheet->offsets, offset);
  bool is_good =
      decoder_append(sheet->decoder, sheet->raw->str, sheet->raw->len, sheet->store);
  g_string_append_c(sheet->store, '\0');
  return is_good;
}

static SheetFault
read_record(Sheet *sheet, Cursor *cursor)
{
  SheetFault fault = SHEET_OK;
  g_string_truncate(sheet->store, 0);
  g_array_set_size(sheet->offsets, 0);
  for (;;) {
    read_field(sheet, cursor);
    if (!keep_field(sheet))
      fault = SHEET_BAD_BYTES;
    if (is_end(sheet, cursor))
      break;
    cursor->at++; /* the separator */
  }
  if (cursor->at < sheet->length)
    skip_eol(sheet, cursor);
  return cursor->is_broken ? SHEET_BAD_QUOTES : fault;
}

static bool
is_blank_line(const Sheet *sheet, gsize at)
{
  while (at < sheet->length && (sheet->text[at] == ' ' ||
                                (sheet->text[at] == '\t' && sheet->separator != '\t')))
    at++;
  return at >= sheet->length || is_eol(sheet->text[at]);
}

static void
skip_line(Sheet *sheet)
{
  Cursor cursor = {sheet->at, sheet->line, false};
  while (!is_end(sheet, &cursor))
    cursor.at++;
  if (cursor.at < sheet->length)
    skip_eol(sheet, &cursor);
  sheet->at = cursor.at;
  sheet->line = cursor.line;
}

bool
sheet_next(Sheet *sheet, SheetRow *ret_row)
{
  while (sheet->at < sheet->length && is_blank_line(sheet, sheet->at)) {
    skip_line(sheet);
    sheet->blank++;
  }
  if (sheet->at >= sheet->length)
    return false;
  Cursor cursor = {sheet->at, sheet->line, false};
  SheetFault fault = read_record(sheet, &cursor);
  g_ptr_array_set_size(sheet->cells, 0);
  for (guint i = 0; i < sheet->offsets->len; i++)
    g_ptr_array_add(sheet->cells,
                    sheet->store->str + g_array_index(sheet->offsets, gsize, i));
  *ret_row = (SheetRow){sheet->line, fault, sheet->cells};
  sheet->at = cursor.at;
  sheet->line = cursor.line;
  return true;
}

void
sheet_rewind(Sheet *sheet)
{
  sheet->at = 0;
  sheet->line = 1;
  sheet->blank = 0;
  for (int i = 0; i < sheet->skip; i++)
    skip_line(sheet);
}

Encoding
sheet_encoding(const Sheet *sheet)
{
  return sheet->encoding;
}

char
sheet_separator(const Sheet *sheet)
{
  return sheet->separator;
}

int
sheet_blank_lines(const Sheet *sheet)
{
  return sheet->blank;
}

/* The candidate that the first line has most of; the lines after it settle a tie. */
static char
guess_separator(const char *text, gsize length)
{
  static const char CANDIDATES[] = {',', '\t', ';'};
  int64_t weights[G_N_ELEMENTS(CANDIDATES)] = {0};
  int lines = 0;
  bool is_quoted = false;
  for (gsize i = 0; i < length && lines < LINES_LOOKED_AT; i++) {
    if (text[i] == '"')
      is_quoted = !is_quoted;
    lines += text[i] == '\n' || (text[i] == '\r' && text[MIN(i + 1, length - 1)] != '\n');
    for (gsize k = 0; !is_quoted && k < G_N_ELEMENTS(CANDIDATES); k++)
      weights[k] += text[i] == CANDIDATES[k] ? (lines == 0 ? 1000 : 1) : 0;
  }
  gsize best = 0;
  for (gsize k = 1; k < G_N_ELEMENTS(CANDIDATES); k++) {
    if (weights[k] > weights[best])
      best = k;
  }
  return CANDIDATES[best];
}

static GBytes *
unpack(GBytes *packed, GError **error)
{
  g_autoptr(GInputStream) source = g_memory_input_stream_new_from_bytes(packed);
  g_autoptr(GZlibDecompressor) gzip =
      g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr(GInputStream) stream =
      g_converter_input_stream_new(source, G_CONVERTER(gzip));
  g_autoptr(GByteArray) plain = g_byte_array_new();
  guint8 bytes[65536];
  gssize n = 0;
  while ((n = g_input_stream_read(stream, bytes, sizeof bytes, NULL, error)) > 0) {
    if (plain->len + (gsize)n > SHEET_MAX_SIZE) {
      g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "the list is too long");
      return NULL;
    }
    g_byte_array_append(plain, bytes, (guint)n);
  }
  return n < 0 ? NULL : g_byte_array_free_to_bytes(g_steal_pointer(&plain));
}

static bool
is_gzip(GBytes *bytes)
{
  gsize length = 0;
  const guchar *start = g_bytes_get_data(bytes, &length);
  return length > 2 && start[0] == 0x1f && start[1] == 0x8b;
}

static GBytes *
from_utf16(GBytes *bytes, GError **error)
{
  gsize length = 0;
  gsize written = 0;
  const char *start = g_bytes_get_data(bytes, &length);
  char *text = g_convert(start, (gssize)length, "UTF-8", "UTF-16", NULL, &written, error);
  return text ? g_bytes_new_take(text, written) : NULL;
}

static bool
choose_encoding(Sheet *sheet, const SheetOptions *options, GError **error)
{
  sheet->text = g_bytes_get_data(sheet->bytes, &sheet->length);
  if (options->encoding && !encoding_parse(options->encoding, &sheet->encoding)) {
    g_set_error(error,
                G_FILE_ERROR,
                G_FILE_ERROR_INVAL,
                "no encoding %s; UTF-8, GB18030, Windows-1252, UTF-16",
                options->encoding);
    return false;
  }
  if (!options->encoding)
    sheet->encoding = encoding_guess(sheet->text ? sheet->text : "", sheet->length);
  if (sheet->encoding == ENCODING_UTF16) {
    GBytes *text = from_utf16(sheet->bytes, error);
    if (!text)
      return false;
    g_bytes_unref(sheet->bytes);
    sheet->bytes = text;
    sheet->text = g_bytes_get_data(sheet->bytes, &sheet->length);
  }
  if (sheet->text && sheet->length >= 3 && memcmp(sheet->text, "\xef\xbb\xbf", 3) == 0) {
    sheet->text += 3;
    sheet->length -= 3;
  }
  return true;
}

Sheet *
sheet_new(GBytes *bytes, const SheetOptions *options, GError **error)
{
  Sheet *sheet = g_new0(Sheet, 1);
  sheet->raw = g_string_new(NULL);
  sheet->store = g_string_new(NULL);
  sheet->offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
  sheet->cells = g_ptr_array_new();
  sheet->bytes = is_gzip(bytes) ? unpack(bytes, error) : g_bytes_ref(bytes);
  if (!sheet->bytes || !choose_encoding(sheet, options, error)) {
    sheet_free(sheet);
    return NULL;
  }
  sheet->decoder = decoder_new(sheet->encoding);
  sheet->separator = options->separator ? options->separator
                                        : guess_separator(sheet->text, sheet->length);
  sheet->skip = options->skip;
  sheet_rewind(sheet);
  return sheet;
}

Sheet *
sheet_open(const char *path, const SheetOptions *options, GError **error)
{
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, error);
  if (!file)
    return NULL;
  if (g_mapped_file_get_length(file) > SHEET_MAX_SIZE) {
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s is too long", path);
    return NULL;
  }
  g_autoptr(GBytes) bytes = g_mapped_file_get_bytes(file);
  return sheet_new(bytes, options, error);
}
