/* desk_things: what stands on the desk beside the till's own hardware: a label printer, a
 * customer's display, a scale. Called by desk.c, with its lock held. */
#pragma once

#include "drivers/sim/desk.h"

void desk_things_lay_out(void);              /* anew, in order */
void desk_things_connect(DeskDevice device); /* its cable leads to a driver now */
void desk_things_switch_off(DeskDevice device);
gsize desk_things_answer(DeskDevice device, guint8 *bytes, gsize room);
/* @return false: it is none of these. */
bool desk_things_take(DeskDevice device, const guint8 *bytes, gsize length);
int desk_things_serial(void);

/* desk.c's lock, for the switches; the second wakes whoever waits for a change. */
void desk_lock(void);
void desk_unlock(void);
void desk_unlock_changed(void);
