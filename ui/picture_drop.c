#include "ui/picture_drop.h"

#include "app/picturing.h"

static void
take_texture(Till *till, GdkTexture *texture)
{
  int width = gdk_texture_get_width(texture), height = gdk_texture_get_height(texture);
  guint8 *pixels = g_try_malloc_n((gsize)width * (gsize)height, 4);

  if (pixels)
    gdk_texture_download(texture, pixels, (gsize)width * 4);
  picturing_pixels(till, pixels, pixels ? width : 0, height);
}

/* What lies elsewhere than on this machine's disks has no path, and says so as a file
 * that is not there does. */
static void
take_files(Till *till, GSList *files)
{
  for (GSList *at = files; at; at = at->next) {
    g_autofree char *path = g_file_get_path(at->data);
    picturing_file(till, path ? path : "");
  }
}

static bool
take_value(Till *till, const GValue *value)
{
  if (G_VALUE_HOLDS(value, GDK_TYPE_FILE_LIST))
    take_files(till, g_value_get_boxed(value));
  else if (G_VALUE_HOLDS(value, GDK_TYPE_TEXTURE))
    take_texture(till, g_value_get_object(value));
  else
    return false;
  return true;
}

static gboolean
on_drop(GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  return take_value(data, value);
}

void
picture_drop_add(GtkWidget *window, Till *till)
{
  GType types[] = {GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE};
  GtkDropTarget *target = gtk_drop_target_new(G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes(target, types, G_N_ELEMENTS(types));
  g_signal_connect(target, "drop", G_CALLBACK(on_drop), till);
  gtk_widget_add_controller(window, GTK_EVENT_CONTROLLER(target));
}

/* -- Ctrl+V ------------------------------------------------------------------------- */

/* The window may be closed before the other program has answered. */
typedef struct {
  GWeakRef window;
  Till *till;
} Paste;

static void
on_read(GObject *source, GAsyncResult *result, gpointer data)
{
  Paste *paste = data;
  const GValue *value =
      gdk_clipboard_read_value_finish(GDK_CLIPBOARD(source), result, NULL);
  g_autoptr(GtkWidget) window = g_weak_ref_get(&paste->window);

  /* No value: the program that offered it has gone; nothing to be read. */
  if (window && !(value && take_value(paste->till, value)))
    picturing_file(paste->till, "");
  g_weak_ref_clear(&paste->window);
  g_free(paste);
}

static GType
type_of_picture(GdkContentFormats *formats)
{
  if (gdk_content_formats_contain_gtype(formats, GDK_TYPE_FILE_LIST))
    return GDK_TYPE_FILE_LIST;
  /* Words with a picture of them, as office programs offer them, are words. */
  bool has_words = gdk_content_formats_contain_gtype(formats, G_TYPE_STRING);
  bool has_picture = gdk_content_formats_contain_gtype(formats, GDK_TYPE_TEXTURE);
  return has_picture && !has_words ? GDK_TYPE_TEXTURE : G_TYPE_INVALID;
}

bool
picture_drop_paste(GtkWidget *window, Till *till)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard(window);
  g_autoptr(GdkContentFormats) formats = gdk_content_formats_union_deserialize_gtypes(
      gdk_content_formats_ref(gdk_clipboard_get_formats(clipboard)));
  GType type = type_of_picture(formats);

  if (type == G_TYPE_INVALID)
    return false;
  Paste *paste = g_new0(Paste, 1);
  g_weak_ref_init(&paste->window, window);
  paste->till = till;
  gdk_clipboard_read_value_async(
      clipboard, type, G_PRIORITY_DEFAULT, NULL, on_read, paste);
  return true;
}
