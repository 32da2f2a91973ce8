#include "tests/scene/reading.h"

#include "app/card_reading.h"
#include "app/checkout.h"
#include "app/finding.h"
#include "ui/words.h"

static const char *const PAGES[] = {
    "sign-in", "sale", "search", "payment", "held", "devices", "shift"};

static void
read_line(GString *text, int number, const SaleLine *line)
{
  g_autofree char *count = quantity_text(line->quantity, line->unit_base);
  g_autofree char *net = money_text(sale_line_net(line));
  g_string_append_printf(text,
                         "line %d: %s %s%s %s lot=%s%s\n",
                         number,
                         line->product->generic_name,
                         count,
                         line->unit_name,
                         net,
                         line->lot ? line->lot->lot_no : "",
                         line->oversold ? " oversold" : "");
}

static void
read_sale(GString *text, Till *till)
{
  SaleTotals totals = checkout_totals(till);
  int number = 0;
  for (guint i = 0; i < till->sale->lines->len; i++) {
    const SaleLine *line = sale_line(till->sale, i);
    if (!line->deleted)
      read_line(text, ++number, line);
  }
  g_autofree char *due = money_text(totals.due);
  g_autofree char *discount = money_text(totals.discount);
  g_string_append_printf(
      text, "lines: %d\ntotal: %s\ndiscount: %s\n", totals.lines, due, discount);
}

static void
read_last(GString *text, const LastSale *last)
{
  if (!last->number)
    return;
  g_autofree char *change = money_text(last->change);
  g_string_append_printf(text, "last: %s\nchange: %s\n", last->number, change);
}

static void
read_card(GString *text, const Till *till)
{
  g_autofree char *who = till->card ? card_reading_who(till->card) : g_strdup("");
  g_string_append_printf(text, "card: %s\n", who);
}

void
reading_till(GString *text, Till *till)
{
  g_string_append_printf(text, "page: %s\n", PAGES[till->page]);
  g_string_append_printf(text, "staff: %s\n", till->staff ? till->staff->name : "");
  read_sale(text, till);
  read_last(text, &till->last);
  read_card(text, till);
  for (guint i = 0; i < till->found->len; i++) {
    const FoundArticle *found = till->found->pdata[i];
    g_string_append_printf(text,
                           "found %u: %s %s\n",
                           i + 1,
                           found->product->generic_name,
                           found->product->spec);
  }
  g_auto(Words) words = words_notice(&till->notice);
  g_string_append_printf(text, "message: %s %s\n", words.say, words.more);
  g_string_append_printf(text,
                         "held: %d\nreceipts waiting: %d\nlabels waiting: %d\n",
                         till->held,
                         till->printing_waits,
                         till->labels_wait);
  g_string_append_printf(text,
                         "to send: %" G_GINT64_FORMAT "\nline: %s\n",
                         till->outbox_waiting,
                         till->sync_status.line == SYNC_ONLINE ? "online" : "offline");
}

void
reading_widget(GString *text, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped(widget))
    return;
  if (GTK_IS_LABEL(widget))
    g_string_append_printf(text, "screen: %s\n", gtk_label_get_text(GTK_LABEL(widget)));
  if (GTK_IS_EDITABLE(widget))
    g_string_append_printf(
        text, "screen: %s\n", gtk_editable_get_text(GTK_EDITABLE(widget)));
  for (GtkWidget *child = gtk_widget_get_first_child(widget); child;
       child = gtk_widget_get_next_sibling(child))
    reading_widget(text, child);
}
