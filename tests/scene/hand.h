/* hand: what a clerk's hands do at the till, either straight at the verbs or, with the
 * window, by keys typed into the real screen. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/till.h"

typedef struct Hand Hand;

/* @screen: open the real window on @till. */
Hand *hand_new(Till *till, bool screen, const char *language);
void hand_free(Hand *hand);

/* "F12", "Enter", "Esc", "Ctrl+Delete", "+", "Down". @return false: this page has no such
 * key. */
bool hand_key(Hand *hand, const char *name);
void hand_type(Hand *hand, const char *text);  /* into the box that has the focus */
void hand_enter(Hand *hand, const char *text); /* the same and Enter */
void hand_sign_in(Hand *hand, const char *number, const char *pin);
/* What can be read now, one thing a line (transfer full). */
char *hand_read(Hand *hand);
/* A PNG of the window; without one nothing is written and false returned. */
bool hand_picture(Hand *hand, const char *path, GError **error);
/* Runs the main loop until nothing is left to do just now. */
void hand_settle(Hand *hand);
