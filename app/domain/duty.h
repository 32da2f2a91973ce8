/* Duty: who is the pharmacist here now (CN-PH-01). A pharmacist comes and goes, each with
 * their PIN; what was said last about a person holds. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/domain/day.h"
#include "app/domain/registration.h"

/* Stored: only append. */
typedef enum { DUTY_LOCAL, DUTY_REMOTE } DutyPlace;
typedef enum { DUTY_GO_NONE, DUTY_GO_HOME, DUTY_GO_MEAL, DUTY_GO_ERRAND } DutyGo;

/* Somebody who forgot to go is not here for ever: after this long they come again. */
#define DUTY_LONGEST_US (G_GINT64_CONSTANT(16) * 3600 * G_USEC_PER_SEC)

typedef struct {
  char *staff; /* owned; staff number */
  bool here;
  DutyPlace place;
  DutyGo go;       /* why, when not @here */
  char *till;      /* owned (nullable); the till where it was said: "03" */
  char *number;    /* owned (nullable); of the registration, as it was then */
  uint32_t scopes; /* of PharmacyScope, as they were then */
  Day valid_to;    /* of the registration; DAY_NONE: open */
  int64_t at_us;   /* when it was said */
} Duty;

/* Is this person a pharmacist on duty at @now_us? */
bool duty_counts(const Duty *duty, Day today, int64_t now_us);
/* PharmacyScope bits of all of @list (of Duty) that count; remote ones only when @linked:
 * a prescription can reach them now. */
uint32_t duty_scopes(const GPtrArray *list, bool linked, Day today, int64_t now_us);
void duty_free(Duty *duty);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Duty, duty_free)
