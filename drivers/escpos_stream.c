#include "drivers/escpos_stream.h"

#include <string.h>

#define DLE 0x10
#define ESC 0x1b
#define FS  0x1c
#define GS  0x1d

struct EscposStream {
  const EscposStreamWatch *watch;
  gpointer data;
  GByteArray *pending; /* owned; a command as far as it has come */
  gsize want;          /* its whole length; 0: not known yet */
  gsize skip;          /* bytes still to be dropped */
};

/* Lengths of commands without data, by their second byte; the rest is two bytes long. */
typedef struct {
  const char *codes;
  gsize length;
} Fixed;

static const Fixed ESC_FIXED[] = {
    {" !%-3=?EGJKMRTUVadefhrtuw{", 3}, {"$\\Bc", 4}, {"p", 5}, {"W", 10}, {NULL, 2}};
static const Fixed FS_FIXED[] = {{"!-CW", 3}, {"Sp?", 4}, {"2", 76}, {NULL, 2}};
static const Fixed GS_FIXED[] = {
    {"!#/BEHITabfhjrw", 3}, {"$LWP\\", 4}, {"^z", 5}, {"g", 6}, {NULL, 2}};

static gsize
fixed(const Fixed *table, guint8 code)
{
  while (table->codes && (!code || !strchr(table->codes, code)))
    table++;
  return table->length;
}

static gsize
le16(const guint8 *bytes)
{
  return (gsize)bytes[0] | (gsize)bytes[1] << 8;
}

static gsize
le32(const guint8 *bytes)
{
  return le16(bytes) | le16(bytes + 2) << 16;
}

/* Where the command ends whose data runs to a NUL and is at most @most bytes long. */
static gsize
to_nul(const guint8 *bytes, gsize length, gsize from, gsize most)
{
  for (gsize i = from; i < length; i++)
    if (!bytes[i] || i == from + most)
      return i + 1;
  return 0;
}

/* All of the following: @return the whole length, 0 when more bytes must be seen. */

/* ESC & y c1 c2 [x, x*y bytes] per character. */
static gsize
own_characters(const guint8 *bytes, gsize length)
{
  if (length < 5)
    return 0;
  gsize at = 5;
  for (int c = bytes[3]; c <= bytes[4]; c++) {
    if (at >= length)
      return 0;
    at += 1 + (gsize)bytes[at] * bytes[2];
  }
  return at;
}

static gsize
esc_length(const guint8 *bytes, gsize length)
{
  switch (bytes[1]) {
  case '*':
    return length < 5 ? 0 : 5 + le16(bytes + 3) * (bytes[2] < 32 ? 1 : 3);
  case '(':
    return length < 5 ? 0 : 5 + le16(bytes + 3);
  case '&':
    return own_characters(bytes, length);
  case 'D':
    return to_nul(bytes, length, 2, 32);
  default:
    return fixed(ESC_FIXED, bytes[1]);
  }
}

/* FS q n [xL xH yL yH, x*y*8 bytes] per picture. */
static gsize
stored_pictures(const guint8 *bytes, gsize length)
{
  if (length < 3)
    return 0;
  gsize at = 3;
  for (int i = 0; i < bytes[2]; i++) {
    if (at + 4 > length)
      return 0;
    at += 4 + le16(bytes + at) * le16(bytes + at + 2) * 8;
  }
  return at;
}

static gsize
fs_length(const guint8 *bytes, gsize length)
{
  switch (bytes[1]) {
  case '(':
    return length < 5 ? 0 : 5 + le16(bytes + 3);
  case 'g':
    return length < 10 ? 0 : 10 + (bytes[2] == '1' ? le16(bytes + 8) : 0);
  case 'q':
    return stored_pictures(bytes, length);
  default:
    return fixed(FS_FIXED, bytes[1]);
  }
}

static gsize
barcode_length(const guint8 *bytes, gsize length)
{
  if (length < 4)
    return 0;
  return bytes[2] <= 6 ? to_nul(bytes, length, 3, 255) : 4 + (gsize)bytes[3];
}

static gsize
counter_length(const guint8 *bytes, gsize length)
{
  if (length < 3)
    return 0;
  return bytes[2] == '1' || bytes[2] == 1 ? 9 : 5;
}

static gsize
gs_length(const guint8 *bytes, gsize length)
{
  switch (bytes[1]) {
  case 'V':
    if (length < 3)
      return 0;
    return strchr("ABabgh", bytes[2]) && bytes[2] ? 4 : 3;
  case 'v':
  case 'Q':
    return length < 8 ? 0 : 8 + le16(bytes + 4) * le16(bytes + 6);
  case '*':
    return length < 4 ? 0 : 4 + (gsize)bytes[2] * bytes[3] * 8;
  case '(':
    return length < 5 ? 0 : 5 + le16(bytes + 3);
  case '8':
    return length < 7 ? 0 : 7 + le32(bytes + 3);
  case 'k':
    return barcode_length(bytes, length);
  case 'C':
    return counter_length(bytes, length);
  default:
    return fixed(GS_FIXED, bytes[1]);
  }
}

static gsize
dle_length(const guint8 *bytes, gsize length)
{
  if (bytes[1] == 0x05)
    return 3;
  if (bytes[1] != 0x04 && bytes[1] != 0x14)
    return 2;
  if (length < 3)
    return 0;
  if (bytes[1] == 0x04)
    return bytes[2] == 7 || bytes[2] == 8 || bytes[2] == 18 ? 4 : 3;
  return bytes[2] == 8 ? 10 : bytes[2] == 7 ? 4 : 5;
}

static gsize
whole_length(const guint8 *bytes, gsize length)
{
  if (bytes[0] != ESC && bytes[0] != FS && bytes[0] != GS && bytes[0] != DLE)
    return 1;
  if (length < 2)
    return 0;
  switch (bytes[0]) {
  case ESC:
    return esc_length(bytes, length);
  case FS:
    return fs_length(bytes, length);
  case GS:
    return gs_length(bytes, length);
  default:
    return dle_length(bytes, length);
  }
}

void
escpos_stream_reset(EscposStream *stream)
{
  g_byte_array_set_size(stream->pending, 0);
  stream->want = stream->skip = 0;
}

static void
find_end(EscposStream *stream)
{
  stream->want = whole_length(stream->pending->data, stream->pending->len);
  if (stream->want > ESCPOS_STREAM_LARGEST) {
    gsize skip = stream->want - stream->pending->len;
    escpos_stream_reset(stream);
    stream->skip = skip;
  } else if (!stream->want && stream->pending->len >= ESCPOS_STREAM_LARGEST) {
    escpos_stream_reset(stream);
  }
}

static void
end_command(EscposStream *stream)
{
  stream->watch->on_command(stream->pending->data, stream->want, stream->data);
  g_byte_array_set_size(stream->pending, 0);
  stream->want = 0;
}

/* @return how many bytes were used; at least 1. */
static gsize
feed_some(EscposStream *stream, const guint8 *bytes, gsize length)
{
  if (!stream->pending->len && *bytes >= 0x20) {
    stream->watch->on_character(*bytes, stream->data);
    return 1;
  }
  gsize use = stream->want ? MIN(length, stream->want - stream->pending->len) : 1;
  g_byte_array_append(stream->pending, bytes, (guint)use);
  if (!stream->want)
    find_end(stream);
  if (stream->want && stream->pending->len >= stream->want)
    end_command(stream);
  return use;
}

EscposStream *
escpos_stream_new(const EscposStreamWatch *watch, gpointer data)
{
  EscposStream *stream = g_new0(EscposStream, 1);
  stream->watch = watch;
  stream->data = data;
  stream->pending = g_byte_array_new();
  return stream;
}

void
escpos_stream_free(EscposStream *stream)
{
  if (!stream)
    return;
  g_byte_array_unref(stream->pending);
  g_free(stream);
}

void
escpos_stream_feed(EscposStream *stream, const guint8 *bytes, gsize length)
{
  while (length) {
    gsize used;
    if (stream->skip) {
      used = MIN(stream->skip, length);
      stream->skip -= used;
    } else {
      used = feed_some(stream, bytes, length);
    }
    bytes += used;
    length -= used;
  }
}
