/* sdt: frames of the SDT protocol that Chinese ID-card readers speak (SAM-V modules):
 * AA AA AA 96 69, length of two bytes (high first, counts what follows), body, XOR of
 * length and body. Pure. */
#pragma once

#include <glib.h>

/* A command is CMD, PARA; an answer is SW1 SW2 SW3 and data. */
#define SDT_FIND   0x20, 0x01
#define SDT_SELECT 0x20, 0x02
#define SDT_READ   0x30, 0x01

/* SW3 of an answer. */
enum {
  SDT_OK = 0x90,
  SDT_FOUND = 0x9f,
  SDT_CHECKSUM = 0x10,
  SDT_UNKNOWN = 0x24,
  SDT_READ_FAILED = 0x41,
  SDT_SELF_TEST = 0x60,
  SDT_NOT_AUTHORISED = 0x66,
  SDT_NO_CARD = 0x80,
  SDT_SELECT_FAILED = 0x81
};

#define SDT_LONGEST 4096 /* of a body; what claims more is noise */

GByteArray *sdt_frame(const guint8 *body, gsize length); /* (transfer full) */
/* Takes the first whole and sound frame out of @received, and the noise before it.
 * @return its body (transfer full); NULL: not there yet. */
GByteArray *sdt_take(GByteArray *received);
