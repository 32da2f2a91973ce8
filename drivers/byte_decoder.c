#include "drivers/byte_decoder.h"

#include "drivers/paper_state.h"

struct ByteDecoder {
  guint8 half[4]; /* a Chinese character as far as it has come */
  int n_half;
  GIConv gb18030, page; /* owned (nullable): opened when wanted */
  int open_page;        /* number of @page; -1 */
};

/* NULL when there is no such conversion. */
static GIConv
open_conversion(const char *from)
{
  GIConv conversion = g_iconv_open("UTF-8", from);
  return (gintptr)conversion == -1 ? NULL : conversion;
}

static gunichar
decode(GIConv from, const guint8 *bytes, int length)
{
  char utf8[8] = "", *in = (char *)bytes, *out = utf8;
  gsize left = (gsize)length, room = sizeof utf8 - 1;

  if (!from)
    return BYTE_DECODER_UNKNOWN;
  if (g_iconv(from, &in, &left, &out, &room) == (gsize)-1) {
    g_iconv(from, NULL, NULL, NULL, NULL);
    return BYTE_DECODER_UNKNOWN;
  }
  gunichar c = g_utf8_get_char_validated(utf8, -1);
  return c >= 0x20 && c < 0x110000 ? c : BYTE_DECODER_UNKNOWN;
}

/* GB18030: two bytes, or four when the second is a digit. */
static bool
continues(const ByteDecoder *decoder, guint8 byte)
{
  bool is_digit = byte >= 0x30 && byte <= 0x39;

  switch (decoder->n_half) {
  case 1:
    return is_digit || (byte >= 0x40 && byte != 0x7f && byte != 0xff);
  case 2:
    return byte >= 0x81 && byte != 0xff;
  default:
    return is_digit;
  }
}

static gunichar
chinese(ByteDecoder *decoder)
{
  if (!decoder->gb18030)
    decoder->gb18030 = open_conversion("GB18030");
  return decode(decoder->gb18030, decoder->half, decoder->n_half);
}

static bool
is_whole(const ByteDecoder *decoder)
{
  return decoder->n_half == 4 || (decoder->n_half == 2 && decoder->half[1] > 0x39);
}

static gunichar
western(ByteDecoder *decoder, guint8 byte, int code_page)
{
  if (byte < 0x80)
    return byte == 0x7f ? ' ' : byte;
  if (decoder->open_page != code_page) {
    if (decoder->page)
      g_iconv_close(decoder->page);
    decoder->page = open_conversion(paper_state_code_page(code_page));
    decoder->open_page = code_page;
  }
  return decode(decoder->page, &byte, 1);
}

ByteDecoder *
byte_decoder_new(void)
{
  ByteDecoder *decoder = g_new0(ByteDecoder, 1);
  decoder->open_page = -1;
  return decoder;
}

void
byte_decoder_free(ByteDecoder *decoder)
{
  if (!decoder)
    return;
  if (decoder->gb18030)
    g_iconv_close(decoder->gb18030);
  if (decoder->page)
    g_iconv_close(decoder->page);
  g_free(decoder);
}

int
byte_decoder_feed(ByteDecoder *decoder,
                  guint8 byte,
                  bool is_chinese,
                  int code_page,
                  ByteCharacter ret[2])
{
  int n = 0;

  if (decoder->n_half && continues(decoder, byte)) {
    decoder->half[decoder->n_half++] = byte;
    if (!is_whole(decoder))
      return 0;
    ret[0] = (ByteCharacter){chinese(decoder), true};
    decoder->n_half = 0;
    return 1;
  }
  if (byte_decoder_drop(decoder))
    ret[n++] = (ByteCharacter){BYTE_DECODER_UNKNOWN, true};
  if (is_chinese && byte >= 0x81 && byte != 0xff)
    decoder->half[decoder->n_half++] = byte;
  else
    ret[n++] = (ByteCharacter){western(decoder, byte, code_page), false};
  return n;
}

bool
byte_decoder_drop(ByteDecoder *decoder)
{
  bool was_open = decoder->n_half > 0;
  decoder->n_half = 0;
  return was_open;
}
