/* counter_tag: how a device of the virtual counter stands, as a tag in words and a
 * colour, and the switch of its plug. */
#pragma once

#include <gtk/gtk.h>

#include "app/counter.h"

/* @style: "ok", "wait", "bad", "plain". */
void counter_tag_say(GtkLabel *tag, const char *text, const char *style);
/* @return false after saying that @device is pulled out. */
bool counter_tag_plugged(GtkLabel *tag, Counter *counter, CounterDevice device);
/* Pressed in: pulled out. */
void counter_tag_plug(GtkToggleButton *plug, Counter *counter, CounterDevice device);
