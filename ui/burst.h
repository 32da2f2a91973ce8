/* Burst: tells a wedge scanner from a hand by the time between characters. Pure. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A scanner's characters come closer together than this. */
#define BURST_GAP_US (45 * G_TIME_SPAN_MILLISECOND)
/* Fewer characters may be a quick hand. */
#define BURST_LEAST 4
/* A scanner's trailing Enter comes within this (domain.md 7.2). */
#define BURST_ENTER_US (80 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  GString *text; /* owned; what came in one go so far */
  gint64 last_us;
} Burst;

void burst_init(Burst *burst);
void burst_clear(Burst *burst);
/* A printable character at @now_us (monotonic). */
void burst_add(Burst *burst, gunichar character, gint64 now_us);
/* So many characters in one go that it is surely a scanner. */
bool burst_is_scan(const Burst *burst);
/* An Enter at @now_us ends a scan: it belongs to the scanner, not to what has the focus.
 */
bool burst_ends_scan(const Burst *burst, gint64 now_us);
/* Forgets what came, after it was used. */
void burst_reset(Burst *burst);
