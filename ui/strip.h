/* Strip: the status strip on top: pages, store, till, shift, who is signed in, the line
 * to central, devices, what waits, and the clock. Dark in both themes. */
#pragma once

#include "ui/keys.h"

#define UI_TYPE_STRIP (strip_get_type())
G_DECLARE_FINAL_TYPE(Strip, strip, UI, STRIP, GtkBox)

void strip_show(Strip *self, Till *till, TillPart changed);
