/* chain: hashes that hold rows together: each covers the one before it, so that a
 * changed, missing or inserted row shows at the first hash after it. SHA-256. */
#pragma once

#include <glib.h>

#define CHAIN_BYTES 32

/* Where a chain begins: the hash of its name ("guitai/<device>/<epoch>"). */
void chain_begin(unsigned char ret_hash[CHAIN_BYTES], const char *name);

/* @hash becomes SHA-256(@hash || type || "\n" || body): an event of the outbox. */
void chain_event(unsigned char hash[CHAIN_BYTES], const char *type, const char *body);

/* @hash becomes SHA-256(@hash || each field as "<bytes>:<text>"), so that no text can be
 * moved from one field into the next. @fields: NULL-terminated. */
void chain_row(unsigned char hash[CHAIN_BYTES], const char *const *fields);

/* 64 hex digits and NUL. */
void chain_text(const unsigned char hash[CHAIN_BYTES], char ret_hex[CHAIN_BYTES * 2 + 1]);
