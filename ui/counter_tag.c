#include "ui/counter_tag.h"

#include <glib/gi18n.h>

void
counter_tag_say(GtkLabel *tag, const char *text, const char *style)
{
  gtk_label_set_label(tag, text);
  gtk_widget_set_css_classes(GTK_WIDGET(tag), (const char *[]){"tag", style, NULL});
}

bool
counter_tag_plugged(GtkLabel *tag, Counter *counter, CounterDevice device)
{
  bool is_plugged = counter_is_plugged(counter, device);
  if (!is_plugged)
    counter_tag_say(tag, _("pulled out ×"), "bad");
  return is_plugged;
}

void
counter_tag_plug(GtkToggleButton *plug, Counter *counter, CounterDevice device)
{
  bool is_plugged = counter_is_plugged(counter, device);
  gtk_toggle_button_set_active(plug, !is_plugged);
  gtk_button_set_label(GTK_BUTTON(plug), is_plugged ? _("Unplug") : _("Plug in"));
}
