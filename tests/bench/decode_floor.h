/* decode_floor: ZXing-C++ called straight, without anything of Guitai between. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  DECODE_FLOOR_READER, /* as ZXing's own reader calls it: all kinds, trying hard */
  DECODE_FLOOR_LIVE    /* with the options that decode_frame() uses */
} DecodeFloorOptions;

/* @return how many codes. Some pictures break an assertion inside ZXing: this ends the
 * program. */
int decode_floor_count(
    const guint8 *pixels, int width, int height, int stride, DecodeFloorOptions options);
/* The same in a process of its own, asking for one code where asking for all ends it, as
 * its reader may be told to. @return 0 also when ZXing breaks down both times. */
int decode_floor_count_safely(
    const guint8 *pixels, int width, int height, int stride, gboolean *ret_breaks);

G_END_DECLS
