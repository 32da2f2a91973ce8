/* Backroom: what the till keeps to itself and no screen looks at. For the verbs of app
 * only. */
#pragma once

#include "app/till.h"
#include "drivers/scale.h"

/* One use of a device, as app/devices keeps it. */
typedef struct {
  Till *till;
  bool is_given;   /* its address came with the options: nothing else is taken for it */
  bool is_refused; /* somebody said that none is to be used */
  bool is_new;     /* taken or chosen, not there yet */
  bool is_there, is_lost; /* as last told · was there once */
  int error;              /* DeviceError of the last failure, -1: none */
  char *failure;          /* owned (nullable) */
  int64_t failed_us, heard_us;
} DevicePlace;

/* "Scan this code now." */
typedef struct {
  Device *device; /* owned (nullable) */
  char *address;  /* owned (nullable); to be used when it is a scanner */
  DeviceUse use;
  char code[12];
  int state;        /* PairState */
  int64_t until_us; /* monotonic */
} Pairing;

struct Backroom {
  int lock; /* of the folder, while it is open */
  bool without_sync;
  int64_t deed_us; /* monotonic; when a person last did something */

  char *wish_words;     /* owned (nullable): what was typed for till->wish */
  int64_t asked_us;     /* monotonic; of till->wish or till->approval */
  char gave_back[33];   /* the ticket that money was taken for and given back; "" */
  uint32_t last_scopes; /* of pharmacists on duty, as last told */
  TillPage before_lock; /* where unlocking leads back to */

  Day last_day;           /* to notice midnight */
  int64_t clock_base_us;  /* highest seen of time of day less monotonic time */
  int64_t newest_fact_us; /* on file when the till was opened */

  GQueue pages; /* of GBytes: brought by the courier, not applied yet */
  guint page_idle;
  guint telling;       /* source; once after the start: what is at hand */
  GHashTable *stocked; /* owned; ids that the search was told are at hand */

  DevicePlace place[N_DEVICE_USES];
  Pairing pairing;
  struct Plugging *plugging; /* owned (nullable) */

  struct Worker *eyes; /* owned (nullable): reads pictures */

  int64_t printing;            /* id of the job that the printer has in hand; 0: none */
  bool is_repeat;              /* of that job: it is a copy, or had gone out before */
  DeviceState printer_trouble; /* as last told */
  int64_t drawer_open_us;      /* monotonic; since when it is; 0: it is shut */
  bool paper_is_low;           /* as last told */
  bool drawer_was_shut;        /* seen so: there is one */
  bool drawer_told;            /* that it has been open for long */
  bool needs_a_person;         /* the printer does not answer: no blind repeats */

  int64_t card_us; /* monotonic; when till->card was read */

  int64_t labelling; /* id of the job that the label printer has in hand; 0: none */
  bool labels_need_a_person;
  DeviceState label_trouble; /* as last told */

  GBytes *pole_wants, *pole_shows; /* owned (nullable): what is to stand on the customer's
                                      display, and what was sent last */
  bool pole_is_busy;

  ScaleReading weight; /* as last heard */
  bool has_weight;
  int64_t tare_mg; /* the container's */
};
