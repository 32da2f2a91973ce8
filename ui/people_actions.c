#include "ui/people_actions.h"

#include "app/asking.h"
#include "app/locking.h"
#include "app/staffing.h"

/* From payment only Esc leads back: money may have been taken. */
static void
on_page(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Till *till = data;
  if (till->page != PAGE_PAYMENT && till->staff != NULL)
    staffing_open(till);
}

static void
on_lock(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  locking_lock(data);
}

static void
on_approve(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  asking_open(data, ASK_APPROVAL);
}

static void
on_duty(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  asking_open(data, ASK_DUTY);
}

void
people_actions_install(GtkWidget *window, Till *till)
{
  static const GActionEntry entries[] = {
      {"page", on_page}, {"lock", on_lock}, {"approve", on_approve}, {"duty", on_duty}};
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
  g_action_map_add_action_entries(
      G_ACTION_MAP(group), entries, G_N_ELEMENTS(entries), till);
  gtk_widget_insert_action_group(window, "people", G_ACTION_GROUP(group));
}
