#include "ui/ui.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "app/settings.h"
#include "ui/counter_window.h"
#include "ui/ready.h"
#include "ui/repair_window.h"
#include "ui/window.h"
#include "ui/words.h"
#include "ui_resources.h"

/* The dark file redefines tokens of the light one: it must win over it. */
#define DARK_PRIORITY (GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1)

static GtkCssProvider *dark;

static void
on_css_error(GtkCssProvider *provider,
             GtkCssSection *section,
             GError *error,
             gpointer data)
{
  g_autofree char *where = gtk_css_section_to_string(section);
  g_warning("style %s: %s", where, error->message);
}

static GtkCssProvider *
load_style(const char *resource)
{
  GtkCssProvider *provider = gtk_css_provider_new();
  g_signal_connect(provider, "parsing-error", G_CALLBACK(on_css_error), NULL);
  gtk_css_provider_load_from_resource(provider, resource);
  return provider;
}

void
ui_prepare(void)
{
  g_setenv("GSK_RENDERER", "cairo", FALSE);
  if (g_str_equal(g_getenv("GSK_RENDERER"), "cairo"))
    g_setenv("GDK_DEBUG", "gl-disable", FALSE);
}

void
ui_start(void)
{
  ui_register_resource();
  GdkDisplay *display = gdk_display_get_default();
  g_autoptr(GtkCssProvider) light = load_style("/guitai/ui/style.css");
  gtk_style_context_add_provider_for_display(
      display, GTK_STYLE_PROVIDER(light), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_set(gtk_settings_get_default(),
               "gtk-enable-animations",
               FALSE,
               "gtk-dialogs-use-header",
               FALSE,
               NULL);
  ui_set_text_size(NULL);
}

/* Even what does not change makes GTK read its whole theme again. */
static void
prefer_dark(bool night)
{
  gboolean was_night = FALSE;
  GtkSettings *settings = gtk_settings_get_default();
  g_object_get(settings, "gtk-application-prefer-dark-theme", &was_night, NULL);
  if (night != was_night)
    g_object_set(settings, "gtk-application-prefer-dark-theme", night, NULL);
}

void
ui_set_theme(const char *theme)
{
  bool night = g_strcmp0(theme, "dark") == 0;
  GdkDisplay *display = gdk_display_get_default();
  prefer_dark(night);
  if (dark != NULL)
    gtk_style_context_remove_provider_for_display(display, GTK_STYLE_PROVIDER(dark));
  g_clear_object(&dark);
  if (!night)
    return;
  dark = load_style("/guitai/ui/style-dark.css");
  gtk_style_context_add_provider_for_display(
      display, GTK_STYLE_PROVIDER(dark), DARK_PRIORITY);
}

void
ui_set_text_size(const char *text_size)
{
  const char *points = g_strcmp0(text_size, "wide") == 0    ? "15"
                       : g_strcmp0(text_size, "large") == 0 ? "13.5"
                                                            : "12";
  g_autofree char *font = g_strconcat("Noto Sans CJK SC ", points, NULL);
  g_object_set(gtk_settings_get_default(), "gtk-font-name", font, NULL);
}

static char *
chosen(const Till *till, const char *option, const char *key)
{
  return option ? g_strdup(option) : settings_text(till, key);
}

static void
take_settings(const Till *till, const UiOptions *options)
{
  g_autofree char *language = chosen(till, options->language, "language");
  g_autofree char *theme = chosen(till, options->theme, "theme");
  g_autofree char *text_size = chosen(till, options->text_size, "text.size");
  words_start(language);
  ui_set_theme(theme);
  ui_set_text_size(text_size);
}

static gboolean
on_close(GtkWindow *window, gpointer loop)
{
  g_main_loop_quit(loop);
  return FALSE;
}

static void
on_ready(gpointer loop)
{
  ready_say();
  g_main_loop_quit(loop);
}

static void
run_window(Till *till, const UiOptions *options)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
  GtkWindow *window = GTK_WINDOW(window_new(till));
  g_signal_connect(window, "close-request", G_CALLBACK(on_close), loop);
  if (options->full_screen)
    gtk_window_fullscreen(window);
  if (options->with_counter)
    counter_window_show(till);
  gtk_window_present(window); /* last: it has the keyboard */
  if (options->until_ready)
    ready_watch(window, on_ready, loop);
  g_main_loop_run(loop);
  gtk_window_destroy(window);
}

/* @return true: the books were put back, the till may be opened again. */
static bool
run_repair(const char *folder, const GError *error)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
  g_autoptr(RepairWindow) window =
      g_object_ref(UI_REPAIR_WINDOW(repair_window_new(folder, error)));
  g_signal_connect(window, "close-request", G_CALLBACK(on_close), loop);
  gtk_window_present(GTK_WINDOW(window));
  g_main_loop_run(loop);
  gtk_window_destroy(GTK_WINDOW(window));
  return repair_window_has_restored(window);
}

static Till *
open_till(const TillOptions *options)
{
  g_autoptr(GError) error = NULL;
  Till *till = till_open(options, &error);
  while (till == NULL) {
    g_printerr("%s\n", error->message);
    if (!run_repair(options->folder, error))
      return NULL;
    g_clear_error(&error);
    till = till_open(options, &error);
  }
  return till;
}

int
ui_run(const UiOptions *options)
{
  words_start(options->language);
  ui_prepare();
  if (!gtk_init_check()) {
    g_printerr("%s\n", _("There is no display to show the till on"));
    return 1;
  }
  ui_start();
  g_autoptr(Till) till = open_till(&options->till);
  if (till == NULL)
    return 1;
  take_settings(till, options);
  run_window(till, options);
  return 0;
}
