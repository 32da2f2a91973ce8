#include "ui/repair_window.h"

#include <glib/gi18n.h>

#include "app/till.h"

struct _RepairWindow {
  GtkWindow parent;
  char *folder; /* owned */
  bool restored;

  GtkLabel *title, *what, *advice, *detail;
  GtkButton *restore, *leave;
};

G_DEFINE_FINAL_TYPE(RepairWindow, repair_window, GTK_TYPE_WINDOW)

static void
show_failure(RepairWindow *self, const GError *error)
{
  gtk_label_set_label(self->title, _("The books could not be put back"));
  gtk_label_set_label(self->what, _("Nothing was changed. Call the support."));
  gtk_label_set_label(self->detail, error->message);
}

static void
show_success(RepairWindow *self, const char *backup, const char *kept)
{
  g_autofree char *from = g_path_get_basename(backup);
  g_autofree char *to = g_path_get_basename(kept);
  g_autofree char *what =
      g_strdup_printf(_("From %s. The damaged file was kept as %s."), from, to);
  gtk_label_set_label(self->title, _("The books are back"));
  gtk_label_set_label(self->what, what);
  gtk_label_set_label(self->advice,
                      _("What was sold after this backup and not yet sent to central is "
                        "missing. Tell the manager."));
  gtk_label_set_label(self->detail, "");
  gtk_button_set_label(self->leave, _("Open the till"));
}

static void
on_restore(RepairWindow *self)
{
  g_autofree char *backup = NULL, *kept = NULL;
  g_autoptr(GError) error = NULL;
  self->restored = till_restore(self->folder, NULL, &backup, &kept, &error);
  gtk_widget_set_visible(GTK_WIDGET(self->restore), FALSE);
  if (self->restored)
    show_success(self, backup, kept);
  else
    show_failure(self, error);
}

static void
repair_window_dispose(GObject *object)
{
  RepairWindow *self = UI_REPAIR_WINDOW(object);
  g_clear_pointer(&self->folder, g_free);
  gtk_widget_dispose_template(GTK_WIDGET(self), UI_TYPE_REPAIR_WINDOW);
  G_OBJECT_CLASS(repair_window_parent_class)->dispose(object);
}

static void
repair_window_class_init(RepairWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = repair_window_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/repair_window.ui");
  gtk_widget_class_bind_template_child(widget, RepairWindow, title);
  gtk_widget_class_bind_template_child(widget, RepairWindow, what);
  gtk_widget_class_bind_template_child(widget, RepairWindow, advice);
  gtk_widget_class_bind_template_child(widget, RepairWindow, detail);
  gtk_widget_class_bind_template_child(widget, RepairWindow, restore);
  gtk_widget_class_bind_template_child(widget, RepairWindow, leave);
  gtk_widget_class_bind_template_callback(widget, on_restore);
  gtk_widget_class_bind_template_callback(widget, gtk_window_close);
}

static void
repair_window_init(RepairWindow *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
repair_window_new(const char *folder, const GError *error)
{
  RepairWindow *self = g_object_new(UI_TYPE_REPAIR_WINDOW, NULL);
  bool damaged = g_error_matches(error, DB_ERROR, DB_ERROR_CORRUPT);
  self->folder = g_strdup(folder);
  gtk_label_set_label(self->title,
                      damaged ? _("The books of this till are damaged")
                              : _("This till cannot be opened"));
  gtk_label_set_label(self->what,
                      damaged ? _("Nothing was changed. They can be put back from the "
                                  "newest sound backup; the damaged file is kept.")
                              : _("Nothing was changed."));
  gtk_label_set_label(
      self->advice, damaged ? _("Sales that central has received are safe there.") : "");
  gtk_label_set_label(self->detail, error->message);
  gtk_widget_set_visible(GTK_WIDGET(self->restore), damaged);
  return GTK_WIDGET(self);
}

bool
repair_window_has_restored(RepairWindow *self)
{
  return self->restored;
}
