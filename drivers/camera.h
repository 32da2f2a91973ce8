/* camera: a camera, or any source of pictures, whose codes are heard like a scanner's.
 *
 * Address: "camera:" is the first camera of this machine, "camera:usb:046d:0825@1-2" the
 * one in that socket, "camera:" with a GStreamer pipeline that source ("camera:v4l2src
 * device=/dev/video2 ! jpegdec"). GStreamer is started by the first camera and not
 * before.
 *
 * DEVICE_HEARD is a code with its symbology identifier in front ("]E0690…"), once per
 * presentation (drivers/presentation.h), or the picture that was asked for. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver CAMERA;

/* Commands; the answer is the next DEVICE_HEARD that is a picture. */
#define CAMERA_TAKE_DOCUMENT "document" /* flat, upright, legible: document_picture.h */
#define CAMERA_TAKE_PREVIEW  "preview"  /* what the camera sees, at most 480 wide */

/* Whether what was heard is a picture (a grey JPEG) and no code. */
bool camera_is_picture(GBytes *heard);
