/* A picture file of any kind: it is read or refused with a reason, and never larger than
 * allowed. */
#include <string.h>

#include "drivers/grey_picture.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GreyPicture) picture = grey_picture_read(bytes, length, &error);

  PROMISE((picture == NULL) == (error != NULL));
  if (!picture)
    return 0;
  PROMISE(picture->width > 0 && picture->height > 0);
  PROMISE((int64_t)picture->width * picture->height <= GREY_PICTURE_MAX_PIXELS);
  PROMISE(picture->pixels[(gsize)(picture->height - 1) * (gsize)picture->stride] <= 255);
  return 0;
}
