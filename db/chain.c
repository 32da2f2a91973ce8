#include "db/chain.h"

#include <sodium.h>
#include <string.h>

static void
add(crypto_hash_sha256_state *state, const void *bytes, gsize length)
{
  crypto_hash_sha256_update(state, bytes, length);
}

void
chain_begin(unsigned char ret_hash[CHAIN_BYTES], const char *name)
{
  crypto_hash_sha256(ret_hash, (const unsigned char *)name, strlen(name));
}

void
chain_event(unsigned char hash[CHAIN_BYTES], const char *type, const char *body)
{
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  add(&state, hash, CHAIN_BYTES);
  add(&state, type, strlen(type));
  add(&state, "\n", 1);
  add(&state, body, strlen(body));
  crypto_hash_sha256_final(&state, hash);
}

void
chain_row(unsigned char hash[CHAIN_BYTES], const char *const *fields)
{
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  add(&state, hash, CHAIN_BYTES);
  for (; *fields; fields++) {
    char length[24];
    int n = g_snprintf(length, sizeof length, "%" G_GSIZE_FORMAT ":", strlen(*fields));
    add(&state, length, (gsize)n);
    add(&state, *fields, strlen(*fields));
  }
  crypto_hash_sha256_final(&state, hash);
}

void
chain_text(const unsigned char hash[CHAIN_BYTES], char ret_hex[CHAIN_BYTES * 2 + 1])
{
  sodium_bin2hex(ret_hex, CHAIN_BYTES * 2 + 1, hash, CHAIN_BYTES);
}
