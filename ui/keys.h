/* keys: the key map as data. Buttons, the key bar, the F1 overlay and the keyboard itself
 * are all made from this one table; what a key does is an action ("sale.pay").
 *
 * Presets follow what clerks know from other tills (domain.md 7.1, 7.7): one table of
 * actions with the keys of each preset. An action may have several keys, apart by a
 * blank; the first is the one that is shown. */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

typedef enum { KEYS_CN_STD, KEYS_HUAMEI, KEYS_XIAOMU, N_KEY_PRESETS } KeyPreset;

typedef enum {
  KEY_IN_BAR = 1 << 0,    /* has a button in the key bar */
  KEY_BIG = 1 << 1,       /* is the big key of its page */
  KEY_REPEATS = 1 << 2,   /* may be held down: moving, never doing */
  KEY_FREE_BOX = 1 << 3,  /* only while the scan box is empty or holds just a number */
  KEY_EMPTY_BOX = 1 << 4, /* only while the scan box is empty */
  KEY_QUIET = 1 << 5      /* not listed in the F1 overlay (Enter, arrows' kin) */
} KeyFlags;

typedef struct {
  const char *action; /* "sale.pay" */
  const char *label;  /* msgid; short: a button's word */
  const char *about;  /* msgid; a line of the F1 overlay */
  guint pages;        /* bits KEY_ON(page) */
  KeyFlags flags;
  const char
      *keys[N_KEY_PRESETS]; /* GTK accelerators; NULL: as in KEYS_CN_STD; "": none */
} Key;

#define KEY_ON(page)   (1u << (page))
#define KEY_EVERYWHERE (~0u)

const Key *keys_table(guint *ret_n);
/* What @keyval with @state does on @page; NULL: nothing. Numpad keys count as the others.
 */
const Key *
keys_find(KeyPreset preset, TillPage page, guint keyval, GdkModifierType state);
/* The entry of @action on @page (an action may be worded differently page by page). */
const Key *keys_action(const char *action, TillPage page);

/* As printed on a button: "F12", "Ctrl+P", "Del" (transfer full); "" without a key. */
char *keys_text(KeyPreset preset, const Key *key);
/* The same for one accelerator. */
char *keys_accel_text(const char *accel);
KeyPreset keys_preset(const char *name); /* "cn-std", "huamei", "xiaomu"; else cn-std */
const char *keys_preset_name(KeyPreset preset);
KeyPreset keys_of_till(const Till *till); /* as the till's settings say */

/* KP_Enter → Return, KP_Add → plus …, capitals → small letters. */
guint keys_plain_keyval(guint keyval);
