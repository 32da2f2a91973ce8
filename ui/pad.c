#include "ui/pad.h"

#include <string.h>

static void
take_back(GtkEditable *box)
{
  int start, end;
  if (gtk_editable_get_selection_bounds(box, &start, &end)) {
    gtk_editable_delete_text(box, start, end);
    return;
  }
  int at = gtk_editable_get_position(box);
  if (at > 0)
    gtk_editable_delete_text(box, at - 1, at);
}

static void
put(GtkEditable *box, const char *key)
{
  gtk_editable_delete_selection(box);
  int at = gtk_editable_get_position(box);
  gtk_editable_insert_text(box, key, -1, &at);
  gtk_editable_set_position(box, at);
}

void
pad_press(GtkEditable *box, const char *key)
{
  if (g_str_equal(key, "clear"))
    gtk_editable_set_text(box, "");
  else if (g_str_equal(key, "back"))
    take_back(box);
  else
    put(box, key);
  if (GTK_IS_ENTRY(box) && gtk_widget_get_root(GTK_WIDGET(box)))
    gtk_entry_grab_focus_without_selecting(GTK_ENTRY(box));
}

bool
pad_type(GtkEditable *box, const char *allowed, guint keyval, GdkModifierType state)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return false;
  if (keyval == GDK_KEY_BackSpace) {
    pad_press(box, "back");
    return true;
  }
  guint32 character = gdk_keyval_to_unicode(keyval);
  if (character >= 0x80 || !g_ascii_isprint(character))
    return false;
  bool takes =
      *allowed ? strchr(allowed, (int)character) != NULL : g_ascii_isalnum(character);
  if (takes && gtk_editable_get_editable(box))
    pad_press(box, (char[]){(char)character, '\0'});
  return takes;
}

void
pad_untype(GtkEditable *box, const char *text)
{
  const char *have = gtk_editable_get_text(box);
  g_autoptr(GString) typed = g_string_new(NULL);
  for (const char *c = text; *c; c++) {
    if (strchr(have, *c))
      g_string_append_c(typed, *c);
  }
  /* The box may have been full: the longest beginning of the scan that it ends in. */
  for (gsize n = typed->len; n > 0; n--) {
    g_string_truncate(typed, n);
    if (!g_str_has_suffix(have, typed->str))
      continue;
    gtk_editable_delete_text(box, (int)(strlen(have) - n), -1);
    return;
  }
}
