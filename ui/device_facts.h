/* device_facts: what is worth knowing of one device, as rows "what … how". */
#pragma once

#include <gtk/gtk.h>

#include "app/devices.h"
#include "app/self_check.h"

/* The rows of the devices page. */
typedef enum { FACTS_DEVICE, FACTS_DRAWER, FACTS_CENTRAL } FactsOf;

typedef struct {
  FactsOf of;
  DeviceRow *row;                               /* owned; NULL but for a device */
  char *name, *kind, *address, *state, *advice; /* owned */
  char *command; /* owned (nullable); for a terminal, goes with @advice */
  CheckGrade grade;
} DeviceFacts;
void device_facts_free(DeviceFacts *facts);

/* (transfer full), of DeviceFacts: what is used, the drawer, the line to central, then
 * what is plugged in and not used. */
GPtrArray *device_facts_list(Till *till);
/* The uses without a device, in one sentence (transfer full); NULL: every use has one. */
char *device_facts_missing(Till *till);
void device_facts_show(GtkBox *box, Till *till, const DeviceFacts *facts); /* replaces */

/* What trying it out is called; choosing it (transfer full). */
const char *device_facts_test_word(const DeviceRow *row);
char *device_facts_use_word(const DeviceRow *row);
