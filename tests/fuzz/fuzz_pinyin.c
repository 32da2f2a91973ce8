/* Names from any list. */
#include "app/domain/pinyin.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  g_autofree char *name = g_strndup((const char *)bytes, length);
  g_autoptr(GPtrArray) initials = pinyin_initials(name);
  PROMISE(initials->len <= PINYIN_MAX);
  for (guint i = 0; i < initials->len; i++) {
    const char *spelling = initials->pdata[i];
    PROMISE(*spelling && g_utf8_validate(spelling, -1, NULL) && !strchr(spelling, ' '));
    for (guint other = 0; other < i; other++)
      PROMISE(strcmp(spelling, initials->pdata[other]) != 0);
  }
  return 0;
}
