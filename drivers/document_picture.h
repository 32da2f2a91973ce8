/* document_picture: a prescription or a licence before the camera, as a picture that a
 * pharmacist can read years later: flat, upright, evenly lit, grey, as JPEG. Pure. */
#pragma once

#include "drivers/document_shape.h"
#include "drivers/grey_picture.h"

#define DOCUMENT_PICTURE_LONGEST 2000 /* pixels: some 170 dpi on A4 */

/* All of it: finds the page, lays it flat, evens its light, makes a JPEG of it.
 * (transfer full) */
GBytes *document_picture_take(const GreyPicture *picture);
/* The picture as it is, at most @width wide, as JPEG. (transfer full) */
GBytes *document_picture_preview(const GreyPicture *picture, int width);

/* Its steps. What lies in @shape as a rectangle, the longer side at most @longest, never
 * enlarged. (transfer full) */
GreyPicture *document_picture_flatten(const GreyPicture *picture,
                                      const DocumentShape *shape,
                                      int longest);
/* Paper becomes white wherever the light came from, ink black. */
void document_picture_even_out(GreyPicture *picture);
