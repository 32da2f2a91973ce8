#include "ui/paper_view.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "ui/scroll_end.h"

struct _PaperView {
  GtkBox parent;

  GtkScrolledWindow *scroller;
  GtkWidget *roll, *blank;
  GtkPicture *picture;
};

G_DEFINE_FINAL_TYPE(PaperView, paper_view, GTK_TYPE_BOX)

GdkTexture *
paper_view_photograph(Counter *counter,
                      bool (*save)(Counter *counter, const char *path, GError **error))
{
  g_autofree char *folder = g_dir_make_tmp("guitai-paper-XXXXXX", NULL);
  if (!folder)
    return NULL;
  g_autofree char *path = g_build_filename(folder, "paper.png", NULL);
  g_autoptr(GError) error = NULL;
  GdkTexture *texture = NULL;
  if (save(counter, path, &error))
    texture = gdk_texture_new_from_filename(path, &error);
  if (error)
    g_debug("paper: %s", error->message);
  g_unlink(path);
  g_rmdir(folder);
  return texture;
}

void
paper_view_show(PaperView *self, Counter *counter)
{
  g_autofree char *text = counter_paper_text(counter);
  bool is_blank = !text || *text == '\0';
  g_autoptr(GdkTexture) texture =
      is_blank ? NULL : paper_view_photograph(counter, counter_save_paper);
  gtk_picture_set_paintable(self->picture, GDK_PAINTABLE(texture));
  gtk_picture_set_alternative_text(self->picture, is_blank ? "" : text);
  gtk_widget_set_visible(self->roll, texture != NULL);
  gtk_widget_set_visible(self->blank, texture == NULL);
}

static void
paper_view_class_init(PaperViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/paper_view.ui");
  gtk_widget_class_bind_template_child(widget, PaperView, scroller);
  gtk_widget_class_bind_template_child(widget, PaperView, roll);
  gtk_widget_class_bind_template_child(widget, PaperView, blank);
  gtk_widget_class_bind_template_child(widget, PaperView, picture);
}

static void
paper_view_init(PaperView *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  scroll_end_keep(self->scroller); /* what came last is what one wants to see */
}
