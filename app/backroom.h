/* Backroom: what the till keeps to itself and no screen looks at. For the verbs of app
 * only. */
#pragma once

#include "app/till.h"

struct Backroom {
  int lock; /* of the folder, while it is open */
  bool without_sync;
  int64_t deed_us; /* monotonic; when a person last did something */

  Day last_day;           /* to notice midnight */
  int64_t clock_base_us;  /* highest seen of time of day less monotonic time */
  int64_t newest_fact_us; /* on file when the till was opened */

  GQueue pages; /* of GBytes: brought by the courier, not applied yet */
  guint page_idle;
  guint telling;       /* source; once after the start: what is at hand */
  GHashTable *stocked; /* owned; ids that the search was told are at hand */

  int64_t printing;            /* id of the job that the printer has in hand; 0: none */
  bool is_repeat;              /* of that job: it is a copy, or had gone out before */
  DeviceState printer_trouble; /* as last told */
  int64_t drawer_open_us;      /* monotonic; since when it is; 0: it is shut */
  bool paper_is_low;           /* as last told */
  bool drawer_was_shut;        /* seen so: there is one */
  bool drawer_told;            /* that it has been open for long */
  bool needs_a_person;         /* the printer does not answer: no blind repeats */
};
