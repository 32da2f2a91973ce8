/* GS1: element strings, that is application identifiers (AI) and their values, checked by
 * GS1's own dictionary (gs1_table.c). */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/domain/day.h"

#define GS1_SEPARATOR '\x1d' /* FNC1 as scanners send it */

/* One row of the dictionary. @components: as there, "N13,csum [X..17]". */
typedef struct {
  char first[5]; /* a range of AIs of the same length; often one */
  char last[5];
  bool is_predefined; /* its length is known: no separator needed after it */
  const char *components;
  const char *title;
} Gs1Rule;

extern const Gs1Rule GS1_RULES[];
extern const int GS1_N_RULES;

typedef struct {
  char ai[5];
  char *value;       /* owned */
  const char *title; /* static; "USE BY or EXPIRY" */
} Gs1Field;

typedef enum {
  GS1_MARKED, /* raw, known to be GS1: GS after each value of open length but the last */
  GS1_UNMARKED, /* raw, a guess: reading stops at the first value of open length */
  GS1_HUMAN     /* "(01)06901234567892(17)270831" */
} Gs1Form;

/* Reads @text in the given form. Checked: known AI, length, characters, check digits,
 * dates and times; not which AIs go together.
 * @ret_bad_ai: the AI of the first field that breaks its rule, with which reading stops,
 * or what stands in the place of an AI; "" when all is well.
 * @return (transfer full), of Gs1Field, in the order read; without the bad one. */
GPtrArray *gs1_read(const char *text, Gs1Form form, char ret_bad_ai[5]);

/* @return borrowed, NULL when there is no such field. */
const char *gs1_value(const GPtrArray *fields, const char *ai);

/* yymmdd with day 00 as the month's last (GS1 General Specifications 3.4). The years
 * 80-99 are taken for 1980-1999, all others for 2000-2079: no medicine is older.
 * DAY_NONE. */
Day gs1_day(const char *yymmdd);

/* "(01)06901234567892(10)A1" (transfer full). */
char *gs1_to_text(const GPtrArray *fields);
