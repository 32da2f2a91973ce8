/* desk_ports: the cables that lead from the desk's devices to their drivers. Everything
 * fails with DEVICE_ERROR_GONE once the device was pulled out, also when it is back in: a
 * new cable must be opened. */
#pragma once

#include "drivers/device.h"
#include "drivers/sim/desk.h"
#include "drivers/wire.h"

typedef struct DeskPort DeskPort;

DeskPort *desk_port_open(DeskDevice device, GError **error); /* NULL with @error */
void desk_port_close(DeskPort *port);
/* The scanner's next report (transfer full), as scanner_model_take() in its mode HID POS;
 * NULL without @error: none within @timeout_ms. */
GBytes *desk_port_report(DeskPort *port, int timeout_ms, GError **error);
/* @report: as scanner_model_hear(). */
bool desk_port_tell(DeskPort *port, GBytes *report, GError **error);
/* The wire of the printer and of the ID reader; its end is a DeskPort. */
extern const Wire DESK_WIRE;
