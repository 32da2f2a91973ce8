/* chain: the hash chain over a till's events (sync.md 1.2), and SHA-256 as hex.
 *
 *   h(0) = SHA-256("guitai/<device>/<epoch>")
 *   h(n) = SHA-256(h(n-1) || type || "\n" || body)       h(n-1): its 32 bytes */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define CHAIN_BYTES 32
#define CHAIN_HEX   (2 * CHAIN_BYTES + 1)

void chain_root(int64_t device, int64_t epoch, unsigned char ret[CHAIN_BYTES]);
/* Moves @hash one event on. */
void chain_step(unsigned char hash[CHAIN_BYTES],
                const char *type,
                const void *body,
                gsize length);

void chain_hex(const unsigned char hash[CHAIN_BYTES], char ret[CHAIN_HEX]);
bool chain_from_hex(const char *hex, unsigned char ret[CHAIN_BYTES]);

void chain_digest(const void *bytes, gsize length, unsigned char ret[CHAIN_BYTES]);
