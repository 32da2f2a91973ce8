/* Burst: tells a wedge scanner from a hand by the time between characters. Pure. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define BURST_GAP_US   (45 * 1000) /* a scanner's characters come closer together */
#define BURST_LEAST    4           /* characters; shorter ones may be a quick hand */
#define BURST_ENTER_US (80 * 1000) /* its trailing Enter comes within (domain.md 7.2) */

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
