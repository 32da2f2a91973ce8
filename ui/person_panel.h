/* PersonPanel: another person says who they are (app/asking): number or badge, PIN, why.
 * Lies over the page; while it is shown every key is its own. */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

#include "app/till.h"

#define UI_TYPE_PERSON_PANEL (person_panel_get_type())
G_DECLARE_FINAL_TYPE(PersonPanel, person_panel, UI, PERSON_PANEL, GtkBox)

/* Follows till->ask, till->asked and the notice. */
void person_panel_show(PersonPanel *self, Till *till);
bool person_panel_is_shown(PersonPanel *self);
/* @return true: taken; false: the box with the focus may have it. */
bool person_panel_key(PersonPanel *self, guint keyval, GdkModifierType state);
