/* harness: a real till with a filled shop (tests/app/shop.h) in the real window, without
 * a person: keys, finding by accessible role and name, a PNG of what is seen. */
#pragma once

#include <gtk/gtk.h>

#include "tests/app/shop.h"
#include "ui/window.h"

typedef struct {
  Shop shop;         /* files, clock, simulated devices */
  Till *till;        /* borrowed */
  UiWindow *window;  /* owned by GTK until harness_close() */
  int width, height; /* asked for */
} Harness;

/* @language: "zh_CN", "en". At sign-in, 1366×768, light, standard text. The first call in
 * a process starts GTK. */
Harness harness_open(const char *language);
/* The same till, signed in as the clerk 0312, on the sale page. */
Harness harness_open_sale(const char *language);
void harness_close(Harness *harness);
/* Another size and look: 1920, 1080, "dark", "wide". */
void harness_resize(
    Harness *harness, int width, int height, const char *theme, const char *text_size);

void harness_draw(GtkWidget *widget); /* lets it lay out and paint */
/* Tells the screens, and lets them lay out and paint. */
void harness_settle(Harness *harness);
void harness_press(Harness *harness, const char *accel); /* and settles, like the next */
void harness_type(Harness *harness, const char *text);
void harness_scan_keys(Harness *harness,
                       const char *text); /* a wedge scanner's, with Enter */
void harness_scan(Harness *harness,
                  int article); /* of tests/app/shop.h, by a real scanner */
void harness_click(Harness *harness, GtkWidget *button);

/* The first visible widget with this role and name; NULL: none. A name is the accessible
 * label, or the text inside. */
GtkWidget *harness_find(Harness *harness, GtkAccessibleRole role, const char *name);
GtkWidget *harness_button(Harness *harness, const char *name);
/* A text that can be seen now and is, or contains, @text. */
bool harness_sees(Harness *harness, const char *text);
bool harness_sees_in(GtkWidget *root, const char *text);
bool harness_has_focus(Harness *harness, GtkWidget *widget); /* it or something in it */

/* Saves the window as <name>.png in the folder of the environment's GUITAI_PNG (skipped
 * without), and checks that nothing asked for more room than the window has. */
void harness_picture(Harness *harness, const char *name);
