#include "ui/buyer_line.h"

#include <glib/gi18n.h>

#include "app/card_reading.h"
#include "ui/sentences.h"

static char *
words_of(const IdCard *card, Day today)
{
  g_autofree char *who = card_reading_who(card);
  const char *pattern = card_reading_is_expired(card, today)
                            ? _("ID card: {what} · aged {number} · expired")
                            : _("ID card: {what} · aged {number}");
  return sentences_fill(pattern, who, card_reading_age(card, today));
}

void
buyer_line_show(GtkLabel *label, const Till *till)
{
  Day today = till_today(till);
  bool is_expired = till->card && card_reading_is_expired(till->card, today);
  g_autofree char *text = till->card ? words_of(till->card, today) : g_strdup("");

  gtk_label_set_label(label, text);
  gtk_widget_set_visible(GTK_WIDGET(label), till->card != NULL);
  if (is_expired)
    gtk_widget_add_css_class(GTK_WIDGET(label), "warn");
  else
    gtk_widget_remove_css_class(GTK_WIDGET(label), "warn");
}
