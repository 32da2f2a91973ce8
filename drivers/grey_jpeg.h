/* grey_jpeg: a grey picture as baseline JPEG (ITU-T T.81) of one component, which is what
 * a document wants: half of what three components take, and no colour to go wrong. */
#pragma once

#include "drivers/grey_picture.h"

/* @quality: 1 … 100, as everybody scales the tables of T.81 annex K. (transfer full).
 * @picture: 1 … 65535 pixels wide and high. */
GBytes *grey_jpeg_encode(const GreyPicture *picture, int quality);
