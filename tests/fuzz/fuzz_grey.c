/* Small grey pictures of any content: two bytes are its size, the rest its pixels, used
 * again and again. */
#include "drivers/black_white.h"
#include "drivers/decode.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  if (length < 3)
    return 0;
  int width = bytes[0] % 96 + 1, height = bytes[1] % 96 + 1;
  g_autoptr(GreyPicture) picture = grey_picture_new(width, height);
  for (int i = 0; i < width * height; i++)
    picture->pixels[i] = bytes[2 + (size_t)i % (length - 2)];

  g_autoptr(GreyPicture) black_white = black_white_of(picture);
  for (int i = 0; i < width * height; i++)
    PROMISE(black_white->pixels[i] == 0 || black_white->pixels[i] == 255);
  g_autoptr(GPtrArray) seen = decode_frame(picture->pixels, width, height, width);
  g_autoptr(GPtrArray) found = decode_grey(picture->pixels, width, height, width);
  for (guint i = 0; i < found->len; i++) {
    const DecodedCode *code = found->pdata[i];
    PROMISE(code->text[code->length] == '\0' && *code->symbology);
  }
  PROMISE(seen->len <= 8);
  return 0;
}
