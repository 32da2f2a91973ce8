/* escpos_job: bytes for a printer, as they are put together. Internal to escpos. */
#pragma once

#include "drivers/escpos.h"
#include "drivers/raster.h"

#define ESC "\x1b"
#define FS  "\x1c"
#define GS  "\x1d"

typedef struct {
  GByteArray *out; /* owned */
  const EscposProfile *profile;
  DocStyle style; /* as the printer has it now */
} EscposJob;

void escpos_put(EscposJob *job, const void *bytes, gsize length);
#define ESCPOS_PUT(job, literal) escpos_put(job, literal, sizeof(literal) - 1)
void escpos_put_byte(EscposJob *job, int byte);
void escpos_put_le16(EscposJob *job, gsize value);
/* In slices that clones can take. Takes @picture. */
void escpos_put_picture(EscposJob *job, Raster *picture);
