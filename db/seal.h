/* Seal: the device's secret key (a file only its owner can read, outside the databases)
 * and what is done with it. Never logged, never copied. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Seal Seal;

/* Reads @path, making it (mode 0400) when it is not there. */
Seal *seal_open(const char *path, GError **error);
void seal_free(Seal *seal);

/* HMAC-SHA256 of @bytes under a key for @purpose; what is kept of a PIN's verifier, and
 * look-up hashes of personal numbers. @ret: 32 bytes. */
void seal_mark(const Seal *seal,
               const char *purpose,
               const void *bytes,
               gsize length,
               unsigned char ret[32]);

/* XChaCha20-Poly1305; @where ("table|row|column") must be the same to open it again.
 * (transfer full); seal_lift() returns NULL when it was tampered with or moved. */
GBytes *seal_close(const Seal *seal, const char *where, const void *bytes, gsize length);
GBytes *seal_lift(const Seal *seal, const char *where, GBytes *sealed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Seal, seal_free)
