/* escpos: documents to ESC/POS bytes. Pure.
 *
 * Text goes out in GB18030 (FS & mode); characters that the printer's fonts lack are
 * drawn with Pango as raster lines, so that a rare character in a drug's or a person's
 * name is never a question mark. */
#pragma once

#include "app/domain/document.h"

typedef struct {
  const char *name;           /* "generic-80", "TM-T20II" */
  const char *vendor, *model; /* "" for our own */
  int columns;      /* half-width characters per line: 48 at 80 mm, 32 at 58 mm */
  int dots;         /* 576 or 384 */
  bool has_chinese; /* false: nothing but ASCII is trusted */
  bool has_gb18030; /* its font has GB 2312 and the further Han characters of GBK; false:
                       GB 2312 alone. Nothing else is trusted, four-byte forms never */
  bool has_cutter;
  bool cuts_whole;     /* its knife knows no partial cut */
  bool has_qr;         /* its own QR code, up to 200 bytes; else drawn */
  bool has_bars;       /* its own bar codes (GS k m n); else drawn */
  bool wants_graphics; /* knows GS ( L, but not GS v 0 */
} EscposProfile;

/* printer_profiles_table.c: our own first, NULL-terminated. */
extern const EscposProfile *const ESCPOS_PROFILES[];

const EscposProfile *escpos_profile(const char *name); /* NULL: unknown */
const EscposProfile *const *escpos_profiles(void);     /* NULL-terminated */

/* The one for a printer that says it is @model of @maker (either may be ""): the longest
 * whose own name begins what it says. NULL: none. */
const EscposProfile *escpos_profile_for(const char *maker, const char *model);

/* A picture goes out in slices of so many rows (more is too much for clones): no command
 * is longer than ESCPOS_LONGEST bytes, so that many NULs end whatever a printer may have
 * been left in the middle of. */
#define ESCPOS_SLICE   32
#define ESCPOS_LONGEST 4096

/* (transfer full): the whole job: initialise, drawer pulse if asked, lines, feed, cut. A
 * row with a character that the printer lacks, or draws wider than the layout counted, is
 * drawn as a whole. A bar code too long for the paper becomes a QR code. */
GBytes *escpos_encode(const Document *document, const EscposProfile *profile);
GBytes *escpos_drawer_pulse(void);
