#include "tests/ui/harness.h"

#include <string.h>

#include "ui/picture.h"
#include "ui/ui.h"
#include "ui/words.h"

#define WIDTH  1366
#define HEIGHT 768

static void
pin_rendering(void)
{
  g_object_set(gtk_settings_get_default(),
               "gtk-cursor-blink",
               FALSE,
               "gtk-xft-dpi",
               96 * 1024,
               "gtk-xft-antialias",
               1,
               "gtk-xft-hinting",
               1,
               "gtk-xft-hintstyle",
               "hintslight",
               "gtk-xft-rgba",
               "none",
               NULL);
}

static void
start_once(void)
{
  static bool started;
  if (started)
    return;
  started = true;
  ui_prepare();
  gtk_init();
  ui_start();
  pin_rendering();
}

static gboolean
on_frame(GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ++*(int *)data;
  return G_SOURCE_CONTINUE;
}

/* Three frames: what the first laid out may scroll in the second. */
void
harness_draw(GtkWidget *widget)
{
  int frames = 0;
  guint tick = gtk_widget_add_tick_callback(widget, on_frame, &frames, NULL);
  await(frames > 3);
  gtk_widget_remove_tick_callback(widget, tick);
}

void
harness_settle(Harness *harness)
{
  till_settle(harness->till);
  await(harness->till->idle == 0);
  harness_draw(GTK_WIDGET(harness->window));
}

Harness
harness_open(const char *language)
{
  words_start(language);
  start_once();
  Harness harness = {.shop = shop_open()};
  harness.till = harness.shop.till;
  harness.window = UI_WINDOW(window_new(harness.till));
  gtk_window_set_decorated(GTK_WINDOW(harness.window), FALSE);
  harness_resize(&harness, WIDTH, HEIGHT, "light", "standard");
  return harness;
}

Harness
harness_open_sale(const char *language)
{
  Harness harness = harness_open(language);
  shop_sign_in(&harness.shop);
  harness_settle(&harness);
  return harness;
}

void
harness_close(Harness *harness)
{
  gtk_window_destroy(GTK_WINDOW(harness->window));
  while (g_main_context_iteration(NULL, FALSE))
    ;
  shop_close(&harness->shop);
}

void
harness_resize(
    Harness *harness, int width, int height, const char *theme, const char *text_size)
{
  GtkWindow *window = GTK_WINDOW(harness->window);
  ui_set_theme(theme);
  ui_set_text_size(text_size);
  gtk_widget_set_visible(GTK_WIDGET(window), FALSE);
  gtk_window_set_default_size(window, width, height);
  harness->width = width;
  harness->height = height;
  gtk_window_present(window);
  harness_settle(harness);
}

void
harness_press(Harness *harness, const char *accel)
{
  window_press(harness->window, accel);
  harness_settle(harness);
}

void
harness_type(Harness *harness, const char *text)
{
  window_type(harness->window, text);
  harness_settle(harness);
}

void
harness_scan_keys(Harness *harness, const char *text)
{
  window_scan(harness->window, text);
  harness_settle(harness);
}

void
harness_scan(Harness *harness, int article)
{
  shop_scan_article(&harness->shop, article);
  harness_settle(harness);
}

void
harness_click(Harness *harness, GtkWidget *button)
{
  CU_ASSERT_PTR_NOT_NULL(button);
  if (button && gtk_widget_is_sensitive(button))
    g_signal_emit_by_name(button, "clicked");
  harness_settle(harness);
}

static const char *
text_of(GtkWidget *widget)
{
  if (GTK_IS_LABEL(widget))
    return gtk_label_get_text(GTK_LABEL(widget));
  if (GTK_IS_EDITABLE(widget))
    return gtk_editable_get_text(GTK_EDITABLE(widget));
  return NULL;
}

static bool
has_text(GtkWidget *widget, const char *text)
{
  const char *own = text_of(widget);
  return own && strstr(own, text) != NULL;
}

bool
harness_sees_in(GtkWidget *root, const char *text)
{
  if (!gtk_widget_get_mapped(root))
    return false;
  if (has_text(root, text))
    return true;
  for (GtkWidget *child = gtk_widget_get_first_child(root); child;
       child = gtk_widget_get_next_sibling(child))
    if (harness_sees_in(child, text))
      return true;
  return false;
}

bool
harness_sees(Harness *harness, const char *text)
{
  return harness_sees_in(GTK_WIDGET(harness->window), text);
}

static bool
is_named(GtkWidget *widget, const char *name)
{
  g_autofree char *differs = gtk_test_accessible_check_property(
      GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, NULL);
  return differs == NULL || harness_sees_in(widget, name);
}

static GtkWidget *
find_in(GtkWidget *root, GtkAccessibleRole role, const char *name)
{
  if (!gtk_widget_get_mapped(root))
    return NULL;
  if (gtk_test_accessible_has_role(GTK_ACCESSIBLE(root), role) && is_named(root, name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child(root); child;
       child = gtk_widget_get_next_sibling(child)) {
    GtkWidget *found = find_in(child, role, name);
    if (found)
      return found;
  }
  return NULL;
}

GtkWidget *
harness_find(Harness *harness, GtkAccessibleRole role, const char *name)
{
  return find_in(GTK_WIDGET(harness->window), role, name);
}

GtkWidget *
harness_button(Harness *harness, const char *name)
{
  return harness_find(harness, GTK_ACCESSIBLE_ROLE_BUTTON, name);
}

bool
harness_has_focus(Harness *harness, GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus(GTK_ROOT(harness->window));
  return focus && (focus == widget || gtk_widget_is_ancestor(focus, widget));
}

void
harness_picture(Harness *harness, const char *name)
{
  GtkWindow *window = GTK_WINDOW(harness->window);
  harness_settle(harness);
  /* The default size follows a window that grew: only what was asked for tells. */
  CU_ASSERT_EQUAL(gtk_widget_get_width(GTK_WIDGET(window)), harness->width);
  CU_ASSERT_EQUAL(gtk_widget_get_height(GTK_WIDGET(window)), harness->height);
  const char *folder = g_getenv("GUITAI_PNG");
  if (folder == NULL)
    return;
  g_autofree char *path = g_strdup_printf("%s/%s.png", folder, name);
  g_autoptr(GError) error = NULL;
  bool saved = picture_save(GTK_WIDGET(window), path, &error);
  CU_ASSERT_TRUE(saved);
  if (!saved)
    g_printerr("%s\n", error->message);
}
