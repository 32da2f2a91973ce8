#include "ui/scale_keys.h"

#include "app/weighing.h"

static void
on_take(GSimpleAction *action, GVariant *parameter, gpointer till)
{
  weighing_take(till);
}

static void
on_tare(GSimpleAction *action, GVariant *parameter, gpointer till)
{
  weighing_tare(till);
}

static const GActionEntry actions[] = {{"take", on_take}, {"tare", on_tare}};

void
scale_keys_install(GtkWidget *window, Till *till)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
  g_action_map_add_action_entries(
      G_ACTION_MAP(group), actions, G_N_ELEMENTS(actions), till);
  gtk_widget_insert_action_group(window, "scale", G_ACTION_GROUP(group));
}
