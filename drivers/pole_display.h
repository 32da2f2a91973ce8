/* pole_display: the drivers of the customer's display, "pole:", "pole-gbk:" (shows
 * Chinese) and "pole-led8:", over "usb:<vid>:<pid>[@port]" (a serial line over USB) or a
 * serial line of the kernel's, "/dev/ttyUSB0[,speed]". Commands are pole_command()'s.
 * CD5220 at 9600 baud, LED8 at 2400, both 8N1. */
#pragma once

#include "drivers/device.h"

extern const DeviceDriver POLE_DISPLAY, POLE_DISPLAY_GBK, POLE_DISPLAY_LED8;
