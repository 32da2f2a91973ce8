#include "ui/picture.h"

#include <gsk/gsk.h>

static GskRenderNode *
snapshot_of(GtkWidget *widget, int width, int height)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new(widget);
  GtkSnapshot *snapshot = gtk_snapshot_new();
  gdk_paintable_snapshot(paintable, snapshot, width, height);
  return gtk_snapshot_free_to_node(snapshot);
}

bool
picture_save(GtkWidget *widget, const char *path, GError **error)
{
  int width = gtk_widget_get_width(widget), height = gtk_widget_get_height(widget);
  g_autoptr(GskRenderNode) node = snapshot_of(widget, width, height);
  g_autoptr(GskRenderer) renderer = gsk_cairo_renderer_new();
  if (node == NULL || !gsk_renderer_realize(renderer, NULL, error)) {
    if (node == NULL)
      g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "nothing is drawn yet");
    return false;
  }
  graphene_rect_t area = GRAPHENE_RECT_INIT(0, 0, width, height);
  g_autoptr(GdkTexture) texture = gsk_renderer_render_texture(renderer, node, &area);
  gsk_renderer_unrealize(renderer);
  bool saved = gdk_texture_save_to_png(texture, path);
  if (!saved)
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot write %s", path);
  return saved;
}
