/* device_facts: what is worth knowing of one device, as rows "what … how". */
#pragma once

#include <gtk/gtk.h>

#include "app/self_check.h"

/* The rows of the devices page. */
typedef enum { FACTS_SCANNER, FACTS_PRINTER, FACTS_DRAWER, FACTS_CENTRAL } FactsOf;

typedef struct {
  FactsOf of;
  const char *name;
  char *address; /* owned */
  CheckLine line;
  const char *kind; /* what it is, or how it is reached */
  char *state;      /* owned; two words for the tag */
} DeviceFacts;

DeviceFacts *device_facts_new(Till *till, FactsOf of);
void device_facts_free(DeviceFacts *facts);
void
device_facts_show(GtkBox *box, Till *till, FactsOf of); /* replaces what is in @box */
