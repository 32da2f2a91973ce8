#include "app/answering_devices.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "app/device_advice.h"
#include "app/folder.h"
#include "db/db.h"
#include "db/setting_store.h"
#include "drivers/known_devices.h"

#define ANSWER_MS 3000

/* A row of the answer. */
typedef struct {
  DeviceRow row;
  bool is_windows; /* the till's window has it: nobody else asks it */
} Line;

static void
line_free(gpointer data)
{
  Line *said = data;
  g_free(said->row.address);
  g_free(said->row.name);
  g_free(said->row.failure);
  g_free(said);
}

/* -- Asking ------------------------------------------------------------------------ */

static void
on_device(Device *device, const DeviceEvent *event, gpointer data)
{
  DeviceRow *row = data;
  row->state = event->state;
  row->error = event->failure && event->failure->domain == DEVICE_ERROR
                   ? event->failure->code
                   : row->error;
  row->heard_us += event->kind == DEVICE_STATE;
}

static gboolean
on_late(gpointer data)
{
  *(bool *)data = true;
  return G_SOURCE_REMOVE;
}

/* A device that is gone for a reason says so at once; one that is only silent is given
 * its time. */
static void
ask(DeviceRow *row)
{
  bool late = false;
  Device *device = device_open(row->address, on_device, row);
  guint timer = g_timeout_add(ANSWER_MS, on_late, &late);

  row->state = DEVICE_GONE;
  while (!late && (row->state & DEVICE_GONE) && row->error <= DEVICE_ERROR_GONE)
    g_main_context_iteration(NULL, TRUE);
  if (!late)
    g_source_remove(timer);
  device_close(device);
  row->heard_us = 0;
}

/* -- What there is ----------------------------------------------------------------- */

static char *
address_of(const CommandLine *line, DeviceUse use, Db *store)
{
  g_autofree char *option = g_strconcat("--", device_use_name(use), NULL);
  const char *given = command_option(line, option);
  g_autofree char *kept =
      store ? setting_store_text(store, device_use_name(use), "") : g_strdup("");
  return g_strdup(given ? given : g_str_equal(kept, "none") ? "" : kept);
}

static Line *
line_of_use(const CommandLine *line, DeviceUse use, Db *store, bool is_windows)
{
  g_autofree char *address = address_of(line, use, store);
  g_autofree char *key = g_strconcat(device_use_name(use), ".name", NULL);
  Line *said = g_new0(Line, 1);

  said->row = (DeviceRow){.use = use, .is_used = true, .error = -1};
  said->row.name = store ? setting_store_text(store, key, "") : g_strdup("");
  said->is_windows = is_windows && *address;
  if (*address)
    said->row.address = g_steal_pointer(&address);
  if (said->row.address && !is_windows)
    ask(&said->row);
  return said;
}

static bool
is_same(const char *one, const char *other)
{
  gsize length = strcspn(one, "@");
  return strcspn(other, "@") == length && strncmp(one, other, length) == 0;
}

static bool
is_listed(const GPtrArray *lines, const Plugged *plugged)
{
  for (guint i = 0; plugged->address && i < lines->len; i++) {
    const Line *said = lines->pdata[i];
    if (said->row.is_used && said->row.address &&
        is_same(said->row.address, plugged->address))
      return true;
  }
  return false;
}

static Line *
line_of_plugged(const Plugged *plugged)
{
  Line *said = g_new0(Line, 1);
  said->row = (DeviceRow){.use = plugged->use,
                          .doubt = plugged->doubt,
                          .is_forbidden = plugged->is_forbidden,
                          .address = g_strdup(plugged->address),
                          .name = g_strdup(plugged->name),
                          .error = -1};
  return said;
}

static GPtrArray *
look_around(const CommandLine *line)
{
  g_autofree char *folder = command_line_folder(line);
  g_autofree char *path = folder_path(folder, "store.db");
  g_autoptr(Db) store = db_open(path, "store", DB_READER, NULL);
  int lock = store ? folder_lock(folder, NULL) : -1;
  GPtrArray *lines = g_ptr_array_new_with_free_func(line_free);
  g_autoptr(GPtrArray) plugged = plugged_list();

  for (DeviceUse use = 0; use < N_DEVICE_USES; use++)
    g_ptr_array_add(lines, line_of_use(line, use, store, store && lock < 0));
  for (guint i = 0; i < plugged->len; i++)
    if (!is_listed(lines, plugged->pdata[i]))
      g_ptr_array_add(lines, line_of_plugged(plugged->pdata[i]));
  folder_unlock(lock);
  return lines;
}

/* -- Saying ------------------------------------------------------------------------ */

/* For programs; the same in every language. */
static const char *
state_name(const Line *said)
{
  static const char *const DOUBTS[] = {[PLUGGED_SURE] = "plugged",
                                       [PLUGGED_MAYBE] = "keyboard-or-scanner",
                                       [PLUGGED_ASK] = "perhaps",
                                       [PLUGGED_WRONG_MODE] = "wrong-mode"};
  static const char *const ERRORS[] = {[DEVICE_ERROR_GONE] = "gone",
                                       [DEVICE_ERROR_NO_ANSWER] = "no-answer",
                                       [DEVICE_ERROR_ADDRESS] = "no-driver",
                                       [DEVICE_ERROR_ACCESS] = "forbidden",
                                       [DEVICE_ERROR_BUSY] = "busy",
                                       [DEVICE_ERROR_WRONG] = "wrong"};
  const DeviceRow *row = &said->row;
  if (said->is_windows)
    return "in-use";
  if (!row->is_used)
    return row->is_forbidden ? "forbidden" : DOUBTS[row->doubt];
  if (!row->address)
    return "none";
  if (!(row->state & DEVICE_GONE))
    return row->state & ~(DEVICE_PAPER_LOW | DEVICE_DRAWER_OPEN) ? "trouble" : "ready";
  const char *name = row->error >= 0 && row->error < (int)G_N_ELEMENTS(ERRORS)
                         ? ERRORS[row->error]
                         : NULL;
  return name ? name : "gone";
}

static void
add_field(GString *out, const char *key, const char *value)
{
  g_string_append(out, out->str[out->len - 1] == '{' ? "" : ",");
  command_json(out, key);
  g_string_append_c(out, ':');
  command_json(out, value);
}

static void
say_json(GString *out, const Line *said)
{
  g_autofree char *advice = said->is_windows ? g_strdup("") : device_advice(&said->row);
  g_autofree char *command = said->is_windows ? NULL : device_advice_command(&said->row);
  g_string_append(out, out->str[out->len - 1] == '}' ? ",\n{" : "{");
  add_field(out, "use", device_use_name(said->row.use));
  add_field(out, "used", said->row.is_used && said->row.address ? "yes" : "no");
  add_field(out, "address", said->row.address);
  add_field(out, "name", said->row.name);
  add_field(out, "state", state_name(said));
  add_field(out, "advice", advice);
  add_field(out, "command", command);
  g_string_append_c(out, '}');
}

static void
say_text(GString *out, const Line *said)
{
  g_autofree char *advice = said->is_windows ? g_strdup("") : device_advice(&said->row);
  g_autofree char *command = said->is_windows ? NULL : device_advice_command(&said->row);
  const char *address = said->row.address ? said->row.address : "";
  g_string_append_printf(out,
                         "%s\t%s\t%s\t%s\n",
                         said->row.is_used ? device_use_name(said->row.use) : "-",
                         address,
                         said->is_windows ? _("in use by the window")
                                          : device_advice_state(&said->row),
                         said->row.name);
  if (*advice && (said->row.address || !said->row.is_used))
    g_string_append_printf(out, "\t%s\n", advice);
  if (command)
    g_string_append_printf(out, "\t%s\n", command);
}

static void
say_devices(const CommandLine *line, CommandAnswer *answer)
{
  bool is_json = command_option(line, "--json") != NULL;
  g_autoptr(GPtrArray) lines = look_around(line);

  g_string_append(answer->out, is_json ? "[" : "");
  for (guint i = 0; i < lines->len; i++) {
    if (is_json)
      say_json(answer->out, lines->pdata[i]);
    else
      say_text(answer->out, lines->pdata[i]);
  }
  g_string_append(answer->out, is_json ? "]\n" : "");
}

/* -- Rules of udev ----------------------------------------------------------------- */

/* "0416:c141", also inside "wedge:usb:0416:c141@1-2". */
static bool
read_ids(const char *text, guint16 *ret_vendor, guint16 *ret_product)
{
  const char *usb = strstr(text, "usb:");
  const char *at = usb ? usb + strlen("usb:") : text;
  char *end;
  guint64 vendor = g_ascii_strtoull(at, &end, 16);
  if (end != at + 4 || *end != ':')
    return false;
  at = end + 1;
  guint64 product = g_ascii_strtoull(at, &end, 16);
  if (end != at + 4 || (*end && *end != '@'))
    return false;
  *ret_vendor = (guint16)vendor;
  *ret_product = (guint16)product;
  return true;
}

static bool
add_rule(GString *out, const char *text, bool is_typing)
{
  guint16 vendor, product;
  if (!read_ids(text, &vendor, &product))
    return false;
  g_autofree char *rule = known_devices_rule(vendor, product, is_typing);
  g_string_append(out, rule);
  return true;
}

static void
say_rules(const CommandLine *line, CommandAnswer *answer)
{
  g_autofree char *folder = command_line_folder(line);
  g_autofree char *path = folder_path(folder, "store.db");
  g_autoptr(Db) store = db_open(path, "store", DB_READER, NULL);
  g_autofree char *rules = known_devices_rules();

  g_string_append(answer->out, rules);
  for (DeviceUse use = 0; use < N_DEVICE_USES; use++) {
    g_autofree char *address = address_of(line, use, store);
    add_rule(answer->out, address, g_str_has_prefix(address, "wedge:"));
  }
  for (guint i = 0; i < line->arguments->len; i++)
    if (!add_rule(answer->out, line->arguments->pdata[i], false)) {
      g_string_append_printf(
          answer->err, "%s: 0416:c141?\n", (char *)line->arguments->pdata[i]);
      answer->status = 2;
    }
}

void
answering_devices(const CommandLine *line, CommandAnswer *answer)
{
  if (command_option(line, "--udev"))
    say_rules(line, answer);
  else
    say_devices(line, answer);
}
