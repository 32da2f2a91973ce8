/* encoding: in which encoding is this list written, and what do its bytes say? */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
  ENCODING_UTF8,
  ENCODING_UTF8_BOM,
  ENCODING_UTF16, /* with BOM; turned into UTF-8 as a whole before it is read */
  ENCODING_GB18030,
  ENCODING_WINDOWS_1252,
  N_ENCODINGS
} Encoding;

const char *encoding_name(Encoding encoding); /* "UTF-8", "UTF-8 with BOM" … */
/* As typed: "utf-8", "gb18030", "gbk", "gb2312", "windows-1252", "cp1252", "latin1" … */
bool encoding_parse(const char *name, Encoding *ret);

/* A byte order mark decides; else valid UTF-8 is UTF-8, also with a few broken bytes
 * among many good sequences; else GB18030 when most of its pairs are everyday characters,
 * else Windows-1252. */
Encoding encoding_guess(const char *bytes, gsize length);

/* Turns cells of one encoding into UTF-8. */
typedef struct Decoder Decoder;
Decoder *decoder_new(Encoding encoding);
void decoder_free(Decoder *decoder);
/* Appends to @out. @return false, with nothing appended, when the bytes are not of this
 * encoding or hold a NUL. */
bool decoder_append(Decoder *decoder, const char *bytes, gsize length, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decoder, decoder_free)
