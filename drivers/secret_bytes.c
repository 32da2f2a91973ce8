#include "drivers/secret_bytes.h"

#include <string.h>

typedef struct {
  gsize length;
  guint8 bytes[];
} Secret;

static void
forget(gpointer data)
{
  Secret *secret = data;
  explicit_bzero(secret->bytes, secret->length);
  g_free(secret);
}

GBytes *
secret_bytes_new(gconstpointer bytes, gsize length)
{
  Secret *secret = g_malloc(sizeof *secret + length);

  secret->length = length;
  if (length)
    memcpy(secret->bytes, bytes, length);
  return g_bytes_new_with_free_func(secret->bytes, length, forget, secret);
}

void
secret_bytes_drop(GByteArray *bytes)
{
  if (!bytes)
    return;
  if (bytes->len)
    explicit_bzero(bytes->data, bytes->len);
  g_byte_array_unref(bytes);
}

void
secret_bytes_drop_text(char *text)
{
  if (text)
    explicit_bzero(text, strlen(text));
  g_free(text);
}
