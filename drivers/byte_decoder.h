/* byte_decoder: bytes of printed text to characters, one at a time: GB18030 in Chinese
 * mode, else a code page. Internal to paper. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct ByteDecoder ByteDecoder;

#define BYTE_DECODER_UNKNOWN 0xfffd /* no such character */

typedef struct {
  gunichar character;
  bool is_full; /* takes a full Chinese cell */
} ByteCharacter;

ByteDecoder *byte_decoder_new(void);
void byte_decoder_free(ByteDecoder *decoder); /* NULL is fine */

/* @byte is 0x20 or more. @code_page: Epson's number (ESC t). @return how many characters
 * it completed: none in the middle of a Chinese one, two when a broken one ends before
 * it. */
int byte_decoder_feed(ByteDecoder *decoder,
                      guint8 byte,
                      bool is_chinese,
                      int code_page,
                      ByteCharacter ret[2]);
/* A command comes. @return true when it breaks a character off. */
bool byte_decoder_drop(ByteDecoder *decoder);
