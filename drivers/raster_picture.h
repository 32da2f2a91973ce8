/* raster_picture: a shop's picture as the dots of a receipt. */
#pragma once

#include "drivers/raster.h"

/* An image file (PNG, JPEG …) in black dots (Floyd and Steinberg's dither) in the middle
 * of @width dots, made smaller when it is wider or taller than that, never larger. NULL:
 * unreadable or absurdly large. */
Raster *raster_picture(GBytes *file, int width, int most_height);
