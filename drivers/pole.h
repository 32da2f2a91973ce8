/* pole: the customer's display on a pole: what it is to show, and the bytes for the two
 * kinds that are sold: CD5220 (two rows of 20 characters) and LED8 (eight digits and four
 * lamps; common in China). Pure. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/domain/money.h"

#define POLE_COLUMNS 20

typedef enum {
  POLE_GREETING, /* no customer yet; no figure */
  POLE_CLOSED,
  POLE_PRICE, /* of the article just rung up */
  POLE_TOTAL,
  POLE_PAID,
  POLE_CHANGE,
  N_POLE_SHOWS
} PoleShows;

typedef struct {
  PoleShows shows;
  Money figure; /* 0 for GREETING and CLOSED */
  struct {
    const char *left, *right; /* (nullable) any text, in the shop's language; the right
                                 one stays whole, the left one is cut at a character */
  } rows[2];
} PoleText;

/* A command for a display of any kind, as device_send() takes it (transfer full). */
GBytes *pole_command(const PoleText *text);

typedef enum {
  POLE_CD5220,     /* shows ASCII only */
  POLE_CD5220_GBK, /* also Chinese, a character in two columns */
  POLE_LED8
} PoleKind;

/* What to send first, once; and what shows a command (transfer full), NULL when it is
 * none. A display without Chinese shows what is ASCII of a row, and where nothing is left
 * of the upper left an English word for what the figure is. LED8 shows as many decimals
 * as fit and dashes when the figure does not. */
GBytes *pole_begin(PoleKind kind);
GBytes *pole_encode(PoleKind kind, GBytes *command);
