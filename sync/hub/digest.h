/* digest: SHA-256 of bytes, as hex, and chained over a till's events (sync.md 1.2).
 *
 *   h(0) = SHA-256("guitai/<device>/<epoch>")
 *   h(n) = SHA-256(h(n-1) || type || "\n" || body)       h(n-1): its 32 bytes */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define DIGEST_BYTES 32
#define DIGEST_HEX   65 /* digits and NUL */

void digest_begin_chain(int64_t device, int64_t epoch, unsigned char ret[DIGEST_BYTES]);
/* Moves @hash one event on. */
void digest_chain(unsigned char hash[DIGEST_BYTES],
                  const char *type,
                  const void *body,
                  gsize length);

void digest_hex(const unsigned char hash[DIGEST_BYTES], char ret[DIGEST_HEX]);
bool digest_from_hex(const char *hex, unsigned char ret[DIGEST_BYTES]);

void digest_of(const void *bytes, gsize length, unsigned char ret[DIGEST_BYTES]);
