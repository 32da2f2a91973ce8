/* camera_source: which source of pictures a camera's address means (camera.h). */
#pragma once

#include <glib.h>

/* A GStreamer pipeline without the parts that Guitai puts behind it. (transfer full);
 * NULL with a DEVICE_ERROR when the address names a USB camera that is not there. */
char *camera_source(const char *address, GError **error);
