/* cable: the network between tills and hub, on loopback, that can be cut and can go bad.
 * Runs on a thread of its own; every call may come from any thread. */
#pragma once

#include <stdbool.h>

typedef enum {
  CABLE_GOOD,
  CABLE_CUT,     /* refuses and breaks connections */
  CABLE_ERRORS,  /* answers 500 to everything */
  CABLE_GARBAGE, /* answers 200 with bytes that are no page */
  CABLE_HALF,    /* passes half of each answer, then breaks */
  CABLE_SILENT   /* takes the request and says nothing */
} CableState;

typedef struct Cable Cable;

Cable *cable_new(void); /* listens at once */
void cable_free(Cable *cable);
int cable_port(const Cable *cable);             /* where tills connect */
void cable_lead_to(Cable *cable, int port);     /* where the hub listens now */
void cable_set(Cable *cable, CableState state); /* breaks what is open */
