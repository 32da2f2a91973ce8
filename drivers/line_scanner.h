/* LineScanner: a scanner whose codes come as a run of characters, over any wire: typed
 * keys, a serial line. Device threads. */
#pragma once

#include "drivers/code_frame.h"
#include "drivers/device.h"
#include "drivers/wire.h"

typedef struct LineScanner LineScanner;

/* Neither @wire nor its @end is owned. */
LineScanner *line_scanner_new(const Wire *wire, gpointer end, int64_t silence_us);
void line_scanner_free(LineScanner *scanner); /* NULL is fine */

/* Waits @wait_ms for a code to begin, and for one that has begun until it ends, by suffix
 * or by silence. @return the code (transfer full), there may be more. NULL without
 * @error: none. With @error: GONE. */
GBytes *line_scanner_listen(LineScanner *scanner, int wait_ms, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LineScanner, line_scanner_free)
