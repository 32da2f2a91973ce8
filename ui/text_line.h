/* TextLine: one row of a table as texts, an object that stays in its list and is changed
 * in place, so that a list which changes a little touches a few labels and no more. */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

#define LINE_MAX_TEXTS  24
#define NAME_COLUMNS    32 /* what the columns of name and strength show in one line */
#define SPEC_COLUMNS    20
#define USUAL_NEAR_DAYS 180 /* what Product.near_days 0 means */

typedef struct {
  char *texts[LINE_MAX_TEXTS]; /* owned; NULL counts as "" */
  const char *tag_styles[2];   /* static; of the texts that are tags */
  const char *chip;            /* static; the class chip's letters and shape */
  const char *chip_style;
  guint flags; /* as the list's owner means them */
} LineLook;

#define UI_TYPE_TEXT_LINE (text_line_get_type())
G_DECLARE_FINAL_TYPE(TextLine, text_line, UI, TEXT_LINE, GObject)

/* Signal "changed": the line looks different now. */
const LineLook *text_line_look(TextLine *self);
const char *text_line_text(TextLine *self, int text); /* never NULL */

/* Makes line @position of @lines (of TextLine) look like @look (taken), and the line
 * itself when it is one more; tells the row that shows it when anything differs. */
void text_lines_set(GListStore *lines, guint position, LineLook *look);
void text_lines_cut(GListStore *lines, guint n); /* to at most @n */

/* -- For the widgets that show lines ---- */
/* Sets text and hides @label (or, with @with_caption, the box around it) when "". */
void text_line_to_label(TextLine *self, int text, GtkLabel *label, bool with_caption);
/* A name and, smaller and quieter after it, the brand; small print when it is long. */
void text_line_to_name(TextLine *self, int name, int brand, GtkLabel *label);
void text_line_to_chip(TextLine *self, GtkLabel *chip);
void text_line_set_class(GtkWidget *widget, const char *style, bool on);
/* Small print for a text of more than @columns half-width columns, so that it can be read
 * whole in two or three lines. */
void text_line_shrink(TextLine *self, int text, GtkLabel *label, int columns);
/* Names the list's row around @child for those who cannot see it. */
void text_line_name_row(GtkWidget *child, const char *name);
