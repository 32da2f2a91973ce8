/* Pinyin: the initials a clerk types for a Chinese name (阿莫西林胶囊 → amxljn).
 *
 * A character with several readings gives several sets of initials (长春 CC and ZC,
 * 没药 MY): a name has up to PINYIN_MAX of them, the likeliest first. */
#pragma once

#include <glib.h>

#define PINYIN_MAX 8

/* All initials of @name, lower case, without spaces and marks; letters and digits stand
 * for themselves; characters without a reading are skipped. (transfer full), of char *,
 * unique. Empty for a name without a letter, digit or known character. Thread-safe. */
GPtrArray *pinyin_initials(const char *name);
