/* black_white: which pixels of a grey picture are black, judged by the light around them.
 * Pure. */
#pragma once

#include "drivers/grey_picture.h"

G_BEGIN_DECLS

/* 0 where ink is, 255 elsewhere; what is evenly grey is white. (transfer full) */
GreyPicture *black_white_of(const GreyPicture *picture);

G_END_DECLS
