/* ui: the screens of a till, started. main.c and guitai-scene come in here. */
#pragma once

#include "app/till.h"

typedef struct {
  TillOptions till;
  bool full_screen;      /* a till of its own; else a window */
  bool with_counter;     /* the virtual counter beside it */
  bool until_ready;      /* only until the first page can be used; says so and ends */
  const char *language;  /* (nullable): as the settings say */
  const char *theme;     /* (nullable): likewise; "dark", "light" */
  const char *text_size; /* (nullable): likewise; "standard", "large", "wide" */
} UiOptions;

/* Before gtk_init(): picks the renderer a till without a GPU starts fastest with, unless
 * the environment has chosen. */
void ui_prepare(void);
/* After gtk_init(), once: templates, style, fonts. */
void ui_start(void);
void ui_set_theme(const char *theme);         /* "dark"; else light */
void ui_set_text_size(const char *text_size); /* "large", "wide"; else standard */

/* Opens the till and its window and runs until it is closed. A damaged store.db is told
 * and the newest backup offered. @return an exit status. */
int ui_run(const UiOptions *options);
