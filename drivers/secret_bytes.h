/* secret_bytes: bytes about a person, wiped from memory when the last who holds them lets
 * go. Any thread. */
#pragma once

#include <glib.h>

/* A copy of @bytes (transfer full). */
GBytes *secret_bytes_new(gconstpointer bytes, gsize length);
/* Wipes and frees an array; NULL is fine. What it outgrew on the way is not wiped: make
 * it large enough. */
void secret_bytes_drop(GByteArray *bytes);
/* Wipes and frees a text; NULL is fine. */
void secret_bytes_drop_text(char *text);
