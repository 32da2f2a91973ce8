/* CounterThings: what stands beside the till's own hardware on the virtual counter: the
 * customer's display, a label printer, a scale, a reader of chip cards. */
#pragma once

#include <gtk/gtk.h>

#include "app/counter.h"

#define COUNTER_TYPE_THINGS (counter_things_get_type())
G_DECLARE_FINAL_TYPE(CounterThings, counter_things, COUNTER, THINGS, GtkBox)

/* Once, first. @counter: borrowed, for as long as anything is pressed or shown. */
void counter_things_begin(CounterThings *self, Counter *counter);
void counter_things_show(CounterThings *self); /* as the desk stands now */
