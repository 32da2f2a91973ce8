/* Pages of any content and any shape: four corners, a size, pixels. */
#include <math.h>

#include "drivers/document_picture.h"
#include "drivers/frame_change.h"
#include "drivers/grey_jpeg.h"
#include "tests/fuzz/fuzz.h"

static PicturePoint
corner_of(const uint8_t *bytes)
{
  return (PicturePoint){(int8_t)bytes[0], (int8_t)bytes[1]};
}

static void
check_jpeg(const GreyPicture *picture, int quality)
{
  g_autoptr(GBytes) jpeg = grey_jpeg_encode(picture, quality);
  gsize length;
  const guint8 *bytes = g_bytes_get_data(jpeg, &length);
  PROMISE(length > 4 && bytes[0] == 0xff && bytes[1] == 0xd8);
  PROMISE(bytes[length - 2] == 0xff && bytes[length - 1] == 0xd9);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  if (length < 12)
    return 0;
  int width = bytes[0] % 24 + 1, height = bytes[1] % 24 + 1;
  g_autoptr(GreyPicture) picture = grey_picture_new(width, height);
  for (int i = 0; i < width * height; i++)
    picture->pixels[i] = bytes[11 + (size_t)i % (length - 11)];

  DocumentShape shape = document_shape_find(picture);
  for (int i = 0; i < 4; i++)
    PROMISE(isfinite(shape.corner[i].x) && isfinite(shape.corner[i].y));
  DocumentShape any = {.corner = {corner_of(bytes + 2),
                                  corner_of(bytes + 4),
                                  corner_of(bytes + 6),
                                  corner_of(bytes + 8)}};
  g_autoptr(GreyPicture) flat = document_picture_flatten(picture, &any, 16);
  PROMISE(flat->width == 16 && flat->height == 16);
  document_picture_even_out(flat);
  check_jpeg(flat, bytes[10]);
  FrameChange change = {0};
  frame_change_see(&change, picture->pixels, width, height, width, bytes[10]);
  return 0;
}
