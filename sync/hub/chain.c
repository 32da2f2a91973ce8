#include "sync/hub/chain.h"

#include <sodium.h>
#include <string.h>

void
chain_digest(const void *bytes, gsize length, unsigned char ret[CHAIN_BYTES])
{
  crypto_hash_sha256(ret, bytes, length);
}

void
chain_root(int64_t device, int64_t epoch, unsigned char ret[CHAIN_BYTES])
{
  g_autofree char *text =
      g_strdup_printf("guitai/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, device, epoch);
  chain_digest(text, strlen(text), ret);
}

void
chain_step(unsigned char hash[CHAIN_BYTES],
           const char *type,
           const void *body,
           gsize length)
{
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, hash, CHAIN_BYTES);
  crypto_hash_sha256_update(&state, (const unsigned char *)type, strlen(type));
  crypto_hash_sha256_update(&state, (const unsigned char *)"\n", 1);
  crypto_hash_sha256_update(&state, body, length);
  crypto_hash_sha256_final(&state, hash);
}

void
chain_hex(const unsigned char hash[CHAIN_BYTES], char ret[CHAIN_HEX])
{
  sodium_bin2hex(ret, CHAIN_HEX, hash, CHAIN_BYTES);
}

bool
chain_from_hex(const char *hex, unsigned char ret[CHAIN_BYTES])
{
  size_t length = 0;
  return strlen(hex) == 2 * CHAIN_BYTES &&
         sodium_hex2bin(ret, CHAIN_BYTES, hex, 2 * CHAIN_BYTES, NULL, &length, NULL) ==
             0 &&
         length == CHAIN_BYTES;
}
