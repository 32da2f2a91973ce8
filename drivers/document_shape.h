/* DocumentShape: where the page lies in a picture of one. Pure, on grey pixels.
 *
 * A bright sheet on something darker is found by its four edges. Where no edges are to be
 * seen (the page fills the picture) the lines of its text say how it is turned. */
#pragma once

#include <stdbool.h>

#include "drivers/grey_picture.h"

typedef struct {
  double x, y;
} PicturePoint;

typedef struct {
  bool has_edges;         /* the sheet itself was found */
  PicturePoint corner[4]; /* in pixels, clockwise from the page's top left; may lie a
                             little outside the picture */
} DocumentShape;

#define DOCUMENT_MAX_SKEW 12 /* degrees that text may be turned to be set straight */

DocumentShape document_shape_find(const GreyPicture *picture);
/* How the upper edge is turned, in degrees, clockwise as seen on a screen. */
double document_shape_angle(const DocumentShape *shape);
/* How the lines of text are turned; 0 when they do not say. */
double document_shape_skew(const GreyPicture *picture);

/* Means of squares, so that the longer side is at most @longest; a copy when it is.
 * (transfer full) */
GreyPicture *document_shape_shrink(const GreyPicture *picture, int longest);
