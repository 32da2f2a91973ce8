#include "drivers/tspl_stream.h"

#include <string.h>

#define ESC            0x1b
#define MOST_NUMBER    1000000
#define PICTURE_COMMAS 5 /* BITMAP x,y,width,height,mode, */

typedef enum { IN_LINE, IN_ESCAPE, IN_REQUEST, IN_PICTURE } Place;

struct TsplStream {
  TsplTake take;
  gpointer data;
  Place place;
  GByteArray *line;           /* owned */
  GByteArray *picture;        /* owned */
  gsize wanted;               /* bytes of the picture still to come */
  bool is_kept;               /* the picture is not too large */
  bool in_quotes, after_lead; /* @after_lead: the next byte belongs to a Chinese one */
};

int
tspl_number(const TsplCommand *command, int i)
{
  if (i < 0 || i >= command->n_fields)
    return 0;
  double number = g_ascii_strtod(command->fields[i], NULL);
  return number >= -MOST_NUMBER && number <= MOST_NUMBER ? (int)number : 0;
}

TsplStream *
tspl_stream_new(TsplTake take, gpointer data)
{
  TsplStream *stream = g_new0(TsplStream, 1);
  stream->take = take;
  stream->data = data;
  stream->line = g_byte_array_new();
  stream->picture = g_byte_array_new();
  return stream;
}

void
tspl_stream_free(TsplStream *stream)
{
  if (!stream)
    return;
  g_byte_array_unref(stream->line);
  g_byte_array_unref(stream->picture);
  g_free(stream);
}

void
tspl_stream_reset(TsplStream *stream)
{
  g_byte_array_set_size(stream->line, 0);
  g_byte_array_set_size(stream->picture, 0);
  stream->place = IN_LINE;
  stream->in_quotes = stream->after_lead = false;
}

static void
command_clear(TsplCommand *command)
{
  for (int i = 0; i < command->n_fields; i++)
    g_free(command->fields[i]);
  g_free(command->fields);
}

static void
add_field(TsplCommand *command, GString *field, bool was_quoted)
{
  if (!was_quoted) {
    g_strstrip(field->str);
    field->len = strlen(field->str);
  }
  if (command->n_fields < TSPL_MOST_FIELDS)
    command->fields[command->n_fields++] = g_strdup(field->str);
  g_string_truncate(field, 0);
}

/* An escape in quotes: \["] is a quotation mark, \[R] a return, \[L] a line feed. @return
 * how many bytes it has, 0: it is none. */
static gsize
take_escape(const guint8 *bytes, gsize length, GString *field)
{
  if (length < 4 || bytes[0] != '\\' || bytes[1] != '[' || bytes[3] != ']')
    return 0;
  g_string_append_c(field,
                    bytes[2] == 'R'   ? '\r'
                    : bytes[2] == 'L' ? '\n'
                                      : (char)bytes[2]);
  return 4;
}

static bool
is_lead(guint8 byte)
{
  return byte >= 0x81 && byte <= 0xfe;
}

/* One byte, a Chinese character or an escape of a quoted text. @return how many bytes it
 * has; 0: the quotation ends. */
static gsize
take_quoted(const guint8 *bytes, gsize length, GString *field)
{
  gsize escape = take_escape(bytes, length, field);
  if (escape)
    return escape;
  if (bytes[0] == '"')
    return 0;
  gsize n = is_lead(bytes[0]) && length > 1 ? 2 : 1;
  g_string_append_len(field, (const char *)bytes, (gssize)n);
  return n;
}

static void
split_fields(TsplCommand *command, const guint8 *bytes, gsize length)
{
  GString *field = g_string_new(NULL);
  bool quoted = false, was_quoted = false;

  for (gsize i = 0; i < length;) {
    gsize taken = quoted ? take_quoted(bytes + i, length - i, field) : 0;
    if (taken) {
      i += taken;
      continue;
    }
    if (bytes[i] == '"') {
      quoted = !quoted;
      was_quoted = true;
    } else if (bytes[i] == ',') {
      add_field(command, field, was_quoted);
      was_quoted = false;
    } else if (!was_quoted)
      g_string_append_c(field, (char)bytes[i]);
    i++;
  }
  if (field->len || was_quoted || command->n_fields)
    add_field(command, field, was_quoted);
  g_string_free(field, TRUE);
}

static void
tell_line(TsplStream *stream, bool with_picture)
{
  const guint8 *bytes = stream->line->data;
  gsize length = stream->line->len, n = 0;
  TsplCommand command = {.fields = g_new0(char *, TSPL_MOST_FIELDS)};

  while (n < length && g_ascii_isalnum(bytes[n]))
    n++;
  for (gsize i = 0; i < n && n < sizeof command.name - 1; i++)
    command.name[i] = g_ascii_toupper((char)bytes[i]);
  if (n)
    split_fields(&command, bytes + n, length - n);
  if (with_picture) {
    command.picture = stream->picture->data;
    command.picture_length = stream->picture->len;
  }
  if (*command.name)
    stream->take(&command, stream->data);
  command_clear(&command);
  tspl_stream_reset(stream);
}

static void
tell_request(TsplStream *stream, guint8 byte)
{
  TsplCommand command = {.name = {'!', (char)byte, '\0'}};
  stream->take(&command, stream->data);
}

static int
count_commas(const GByteArray *line)
{
  int n = 0;
  for (guint i = 0; i < line->len; i++)
    n += line->data[i] == ',';
  return n;
}

static bool
begins_picture(const GByteArray *line)
{
  static const char NAME[] = "BITMAP";
  return line->len > strlen(NAME) && line->data[line->len - 1] == ',' &&
         g_ascii_strncasecmp((const char *)line->data, NAME, strlen(NAME)) == 0 &&
         !g_ascii_isalnum(line->data[strlen(NAME)]) &&
         count_commas(line) == PICTURE_COMMAS;
}

static void
begin_picture(TsplStream *stream)
{
  g_autofree char *text = g_strndup((const char *)stream->line->data, stream->line->len);
  g_auto(GStrv) fields = g_strsplit(text, ",", -1);
  gint64 width = g_ascii_strtoll(fields[2], NULL, 10);
  gint64 height = g_ascii_strtoll(fields[3], NULL, 10);
  bool is_size = width > 0 && height > 0 && width <= G_MAXINT16 && height <= G_MAXINT16;

  stream->wanted = is_size ? (gsize)(width * height) : 0;
  stream->is_kept = stream->wanted <= TSPL_MOST_PICTURE;
  stream->place = stream->wanted ? IN_PICTURE : IN_LINE;
}

static void
take_line_byte(TsplStream *stream, guint8 byte)
{
  bool is_second = stream->after_lead;

  stream->after_lead = !is_second && stream->in_quotes && is_lead(byte);
  if (byte == ESC && !is_second) {
    stream->place = IN_ESCAPE;
    return;
  }
  if (byte == '\n' || byte == '\r') {
    tell_line(stream, false);
    return;
  }
  if (byte == '"' && !is_second)
    stream->in_quotes = !stream->in_quotes;
  bool is_lost = byte == '\0' || stream->line->len >= TSPL_LONGEST_LINE;
  if (is_lost)
    return;
  g_byte_array_append(stream->line, &byte, 1);
  if (byte == ',' && begins_picture(stream->line))
    begin_picture(stream);
}

/* As many of @bytes as belong to the picture. */
static gsize
take_picture(TsplStream *stream, const guint8 *bytes, gsize length)
{
  gsize n = MIN(length, stream->wanted);

  if (stream->is_kept)
    g_byte_array_append(stream->picture, bytes, (guint)n);
  stream->wanted -= n;
  if (stream->wanted == 0)
    tell_line(stream, stream->is_kept);
  return n;
}

void
tspl_stream_feed(TsplStream *stream, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length;) {
    if (stream->place == IN_PICTURE) {
      i += take_picture(stream, bytes + i, length - i);
      continue;
    }
    guint8 byte = bytes[i++];
    switch (stream->place) {
    case IN_ESCAPE:
      stream->place = byte == '!' ? IN_REQUEST : IN_LINE;
      break;
    case IN_REQUEST:
      stream->place = IN_LINE;
      tell_request(stream, byte);
      break;
    default:
      take_line_byte(stream, byte);
    }
  }
}
