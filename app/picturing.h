/* picturing: codes in pictures: a file dropped on the window, the clipboard, a camera.
 *
 * Pictures are read on a thread of their own, one after the other; what comes of one is
 * as if it had been scanned on the page that is open then. Several codes that name one
 * article are one scan; of several articles the search lists what was found. */
#pragma once

#include "app/till.h"

/* Each returns at once; the outcome is on the till. */
void picturing_file(Till *till, const char *path);
/* What a clipboard holds: rows of 32 bits, blue first, alpha last and multiplied in.
 * Takes @pixels, of @height * 4 * @width bytes. */
void picturing_pixels(Till *till, guint8 *pixels, int width, int height);
void picturing_close(Till *till); /* what is still being read is dropped */

/* For app/devices: what the camera tells; and "try it out": its picture of the page that
 * lies before it goes to till->picture. */
void picturing_on_camera(Till *till, const DeviceEvent *event);
void picturing_try_camera(Till *till);
