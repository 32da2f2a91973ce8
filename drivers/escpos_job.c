#include "drivers/escpos_job.h"

void
escpos_put(EscposJob *job, const void *bytes, gsize length)
{
  g_byte_array_append(job->out, bytes, (guint)length);
}

void
escpos_put_byte(EscposJob *job, int byte)
{
  guint8 b = (guint8)byte;
  escpos_put(job, &b, 1);
}

void
escpos_put_le16(EscposJob *job, gsize value)
{
  escpos_put_byte(job, value & 0xff);
  escpos_put_byte(job, value >> 8 & 0xff);
}

/* GS v 0. */
static void
put_raster_head(EscposJob *job, const Raster *picture, int rows)
{
  escpos_put(job, GS "v0\0", 4);
  escpos_put_le16(job, (gsize)picture->stride);
  escpos_put_le16(job, (gsize)rows);
}

/* GS ( L, functions 112 and 50, for printers without GS v 0. */
static void
put_graphics_head(EscposJob *job, const Raster *picture, gsize length, int rows)
{
  ESCPOS_PUT(job, GS "(L");
  escpos_put_le16(job, length + 10);
  escpos_put(job, "0p0\x01\x01\x31", 6);
  escpos_put_le16(job, (gsize)picture->stride * 8);
  escpos_put_le16(job, (gsize)rows);
}

void
escpos_put_picture(EscposJob *job, Raster *picture)
{
  bool is_graphics = job->profile->wants_graphics;
  gsize stride = (gsize)picture->stride;

  raster_disarm(picture);
  for (int row = 0; row < picture->height; row += ESCPOS_SLICE) {
    int rows = MIN(ESCPOS_SLICE, picture->height - row);
    gsize length = (gsize)rows * stride;
    if (is_graphics)
      put_graphics_head(job, picture, length, rows);
    else
      put_raster_head(job, picture, rows);
    escpos_put(job, picture->bits + (gsize)row * stride, length);
    if (is_graphics)
      escpos_put(job,
                 GS "(L\x02\0"
                    "02",
                 7);
  }
  raster_free(picture);
}
