#include "sync/hub/digest.h"

#include <sodium.h>
#include <string.h>

void
digest_of(const void *bytes, gsize length, unsigned char ret[DIGEST_BYTES])
{
  crypto_hash_sha256(ret, bytes, length);
}

void
digest_begin_chain(int64_t device, int64_t epoch, unsigned char ret[DIGEST_BYTES])
{
  g_autofree char *text =
      g_strdup_printf("guitai/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, device, epoch);
  digest_of(text, strlen(text), ret);
}

void
digest_chain(unsigned char hash[DIGEST_BYTES],
             const char *type,
             const void *body,
             gsize length)
{
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, hash, DIGEST_BYTES);
  crypto_hash_sha256_update(&state, (const unsigned char *)type, strlen(type));
  crypto_hash_sha256_update(&state, (const unsigned char *)"\n", 1);
  crypto_hash_sha256_update(&state, body, length);
  crypto_hash_sha256_final(&state, hash);
}

void
digest_hex(const unsigned char hash[DIGEST_BYTES], char ret[DIGEST_HEX])
{
  sodium_bin2hex(ret, DIGEST_HEX, hash, DIGEST_BYTES);
}

bool
digest_from_hex(const char *hex, unsigned char ret[DIGEST_BYTES])
{
  size_t length = 0;
  return strlen(hex) == DIGEST_HEX - 1 &&
         sodium_hex2bin(ret, DIGEST_BYTES, hex, DIGEST_HEX - 1, NULL, &length, NULL) ==
             0 &&
         length == DIGEST_BYTES;
}
