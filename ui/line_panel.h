/* LinePanel: a small panel under the ticket for the chosen line: its lots (F3) or a
 * discount (F9). Not a dialog: the scan box keeps the focus and takes what is typed for
 * it. */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

#include "app/till.h"

#define UI_TYPE_LINE_PANEL (line_panel_get_type())
G_DECLARE_FINAL_TYPE(LinePanel, line_panel, UI, LINE_PANEL, GtkBox)

typedef enum { LINE_PANEL_CLOSED, LINE_PANEL_LOTS, LINE_PANEL_DISCOUNT } LinePanelMode;

/* Opens for the chosen line, which must exist. */
void line_panel_open(LinePanel *self, Till *till, LinePanelMode mode);
void line_panel_close(LinePanel *self);
LinePanelMode line_panel_mode(LinePanel *self);
const char *line_panel_prompt(LinePanel *self); /* what to type, for the scan box */
/* @keyval: 1…9 takes that lot. @return true: taken. */
bool line_panel_key(LinePanel *self, guint keyval);
/* What was typed and ended with Enter. */
void line_panel_enter(LinePanel *self, const char *text);
