/* Wire: what a protocol needs of a cable. The protocols (printer, id_reader) speak over
 * any: a file, the desk's simulated hardware, a script with its own clock in the tests.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

/* Errors are DEVICE_ERROR_GONE: the far end is not there any more. */
typedef struct {
  /* @return how many of the bytes were taken within @timeout_ms, 0 when none; -1: @error.
   * What was not taken was not sent. */
  gssize (*write)(
      gpointer self, const guint8 *bytes, gsize length, int timeout_ms, GError **error);
  /* @return as soon as something came, 0 when nothing did within @timeout_ms; -1: @error.
   */
  gssize (*read)(
      gpointer self, guint8 *bytes, gsize room, int timeout_ms, GError **error);
  /* Monotonic; counts at least while write() and read() wait. */
  int64_t (*now_us)(gpointer self);
} Wire;
