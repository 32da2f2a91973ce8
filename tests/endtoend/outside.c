#include "tests/endtoend/outside.h"

#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <atspi/atspi.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define DEEPEST     40

struct Outside {
  GPid pid;
  Display *display;
  Window window;
};

/* -- The process ------------------------------------------------------------------- */

static char **
surroundings(void)
{
  char **names = g_get_environ();
  names = g_environ_setenv(names, "LD_PRELOAD", "libumockdev-preload.so.0", TRUE);
  names = g_environ_setenv(names, "GTK_A11Y", "atspi", TRUE);
  /* The preload library comes before the sanitizer's; it takes no memory of its own. */
  const char *asan = g_environ_getenv(names, "ASAN_OPTIONS");
  g_autofree char *more = g_strdup_printf(
      "%s:fast_unwind_on_malloc=1:verify_asan_link_order=0:detect_leaks=0",
      asan ? asan : "");
  return g_environ_setenv(names, "ASAN_OPTIONS", more, TRUE);
}

static bool
spawn(Outside *outside, const char *program, const char *folder, const char *const *more)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) args = g_ptr_array_new();
  g_ptr_array_add(args, (gpointer)program);
  g_ptr_array_add(args, (gpointer) "--shop");
  g_ptr_array_add(args, (gpointer)folder);
  for (int i = 0; more && more[i]; i++)
    g_ptr_array_add(args, (gpointer)more[i]);
  g_ptr_array_add(args, NULL);
  g_auto(GStrv) names = surroundings();
  if (g_spawn_async(NULL,
                    (char **)args->pdata,
                    names,
                    G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CHILD_INHERITS_STDIN,
                    NULL,
                    NULL,
                    &outside->pid,
                    &error))
    return true;
  g_printerr("%s: %s\n", program, error->message);
  return false;
}

static bool
is_alive(const Outside *outside)
{
  siginfo_t how = {0};
  return waitid(P_PID, (id_t)outside->pid, &how, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         how.si_pid == 0;
}

/* -- The window -------------------------------------------------------------------- */

/* The largest mapped child of the root; menus and the like are smaller. */
static Window
find_window(Display *display)
{
  Window root = DefaultRootWindow(display), parent, *children = NULL, found = 0;
  unsigned n = 0, most = 0;
  XQueryTree(display, root, &root, &parent, &children, &n);
  for (unsigned i = 0; i < n; i++) {
    XWindowAttributes looks;
    if (!XGetWindowAttributes(display, children[i], &looks) ||
        looks.map_state != IsViewable || looks.class != InputOutput)
      continue;
    unsigned size = (unsigned)(looks.width * looks.height);
    if (size > most) {
      most = size;
      found = children[i];
    }
  }
  XFree(children);
  return most > 100 * 100 ? found : 0;
}

/* A window that goes between two questions is no reason to end. */
static int
forgive(Display *display, XErrorEvent *event)
{
  return 0;
}

static bool
await_window(Outside *outside)
{
  gint64 until = g_get_monotonic_time() + 3 * PATIENCE_US;
  while (!outside->window && is_alive(outside) && g_get_monotonic_time() < until) {
    outside->window = find_window(outside->display);
    g_usleep(20000);
  }
  /* There is no window manager to give it the keyboard. */
  if (outside->window)
    XSetInputFocus(outside->display, outside->window, RevertToParent, CurrentTime);
  XSync(outside->display, False);
  return outside->window != 0;
}

Outside *
outside_start(const char *program, const char *folder, const char *const *more)
{
  Outside *outside = g_new0(Outside, 1);
  XSetErrorHandler(forgive);
  outside->display = XOpenDisplay(NULL);
  atspi_init();
  if (outside->display && spawn(outside, program, folder, more) && await_window(outside))
    return outside;
  outside_end(outside);
  return NULL;
}

int
outside_end(Outside *outside)
{
  int status = -1;
  if (outside->pid) {
    kill(outside->pid, SIGTERM);
    waitpid(outside->pid, &status, 0);
  }
  if (outside->display)
    XCloseDisplay(outside->display);
  g_free(outside);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* -- Keys -------------------------------------------------------------------------- */

static void
send(Outside *outside, KeySym key, bool down)
{
  XTestFakeKeyEvent(
      outside->display, XKeysymToKeycode(outside->display, key), down, CurrentTime);
}

void
outside_key(Outside *outside, const char *key)
{
  bool control = g_str_has_prefix(key, "Control+");
  KeySym symbol = XStringToKeysym(control ? key + strlen("Control+") : key);
  if (control)
    send(outside, XK_Control_L, true);
  send(outside, symbol, true);
  send(outside, symbol, false);
  if (control)
    send(outside, XK_Control_L, false);
  XSync(outside->display, False);
}

/* A hand's speed: what comes faster is taken for a scanner. */
void
outside_type(Outside *outside, const char *digits_and_letters)
{
  for (const char *at = digits_and_letters; *at; at++) {
    char name[2] = {*at, '\0'};
    outside_key(outside, name);
    g_usleep(60000);
  }
}

/* -- What it says ------------------------------------------------------------------ */

static void
read_one(AtspiAccessible *thing, GString *text)
{
  g_autofree char *name = atspi_accessible_get_name(thing, NULL);
  if (name && *name)
    g_string_append_printf(text, "%s\n", name);
  AtspiText *words = atspi_accessible_get_text_iface(thing);
  int n = words ? atspi_text_get_character_count(words, NULL) : 0;
  g_autofree char *content = n > 0 ? atspi_text_get_text(words, 0, n, NULL) : NULL;
  if (content && *content && g_strcmp0(content, name) != 0)
    g_string_append_printf(text, "%s\n", content);
  g_clear_object(&words);
}

static bool
has_state(AtspiAccessible *thing, AtspiStateType state)
{
  AtspiStateSet *states = atspi_accessible_get_state_set(thing);
  bool has = states && atspi_state_set_contains(states, state);
  g_clear_object(&states);
  return has;
}

typedef bool (*Visit)(AtspiAccessible *thing, gpointer data); /* true: enough */

static bool
walk(AtspiAccessible *thing, int depth, Visit visit, gpointer data)
{
  if (depth > DEEPEST || (depth > 1 && !has_state(thing, ATSPI_STATE_VISIBLE)))
    return false;
  if (visit(thing, data))
    return true;
  int n = atspi_accessible_get_child_count(thing, NULL);
  for (int i = 0; i < n; i++) {
    AtspiAccessible *child = atspi_accessible_get_child_at_index(thing, i, NULL);
    bool enough = child && walk(child, depth + 1, visit, data);
    g_clear_object(&child);
    if (enough)
      return true;
  }
  return false;
}

static void
walk_all(Outside *outside, Visit visit, gpointer data)
{
  AtspiAccessible *desktop = atspi_get_desktop(0);
  int n = desktop ? atspi_accessible_get_child_count(desktop, NULL) : 0;
  for (int i = 0; i < n; i++) {
    AtspiAccessible *program = atspi_accessible_get_child_at_index(desktop, i, NULL);
    if (program &&
        atspi_accessible_get_process_id(program, NULL) == (guint)outside->pid) {
      atspi_accessible_set_cache_mask(program, ATSPI_CACHE_NONE);
      walk(program, 0, visit, data);
    }
    g_clear_object(&program);
  }
  g_clear_object(&desktop);
}

static bool
visit_text(AtspiAccessible *thing, gpointer data)
{
  read_one(thing, data);
  return false;
}

char *
outside_read(Outside *outside)
{
  g_autoptr(GString) text = g_string_new(NULL);
  walk_all(outside, visit_text, text);
  return g_string_free(g_steal_pointer(&text), FALSE);
}

static bool
visit_focus(AtspiAccessible *thing, gpointer data)
{
  char **ret_text = data;
  AtspiText *words = has_state(thing, ATSPI_STATE_FOCUSED)
                         ? atspi_accessible_get_text_iface(thing)
                         : NULL;
  if (!words)
    return false;
  int n = atspi_text_get_character_count(words, NULL);
  *ret_text = n > 0 ? atspi_text_get_text(words, 0, n, NULL) : g_strdup("");
  g_object_unref(words);
  return true;
}

char *
outside_focused_text(Outside *outside)
{
  char *text = NULL;
  walk_all(outside, visit_focus, &text);
  return text;
}

static bool
await_text(Outside *outside, const char *text, bool there)
{
  gint64 until = g_get_monotonic_time() + PATIENCE_US;
  g_autofree char *last = NULL;
  do {
    g_free(last);
    last = outside_read(outside);
    if ((strstr(last, text) != NULL) == there)
      return true;
    g_usleep(20000);
  } while (is_alive(outside) && g_get_monotonic_time() < until);
  fprintf(stderr,
          "%s \"%s\" in:\n%s\n",
          there ? "there is no" : "there still is",
          text,
          last);
  return false;
}

bool
outside_says(Outside *outside, const char *text)
{
  return await_text(outside, text, true);
}

bool
outside_is_silent_about(Outside *outside, const char *text)
{
  return await_text(outside, text, false);
}
