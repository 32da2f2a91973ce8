#include "app/keeping.h"

#include <glib/gi18n.h>

#include "app/base/clock.h"
#include "app/folder.h"
#include "app/settings.h"
#include "db/backup.h"
#include "db/catalogue_store.h"
#include "db/inbox.h"

#define KEEP_BACKUPS 14

static bool
in_json(const CommandLine *line)
{
  return command_option(line, "--json") != NULL;
}

/* Takes @error. */
static void
fail(CommandAnswer *answer, const char *what, GError *error)
{
  g_string_append_printf(answer->err, "%s: %s\n", what, error->message);
  g_error_free(error);
  answer->status = 3;
}

static void
add_field(GString *out, const char *key, const char *value)
{
  g_string_append(out, out->len && out->str[out->len - 1] != '{' ? "," : "");
  command_json(out, key);
  g_string_append_c(out, ':');
  command_json(out, value);
}

void
keeping_backup(const CommandLine *line, CommandAnswer *answer)
{
  g_autofree char *folder = command_line_folder(line);
  g_autofree char *backups = folder_path(folder, "backups");
  g_autofree char *file = folder_path(folder, "store.db");
  g_autofree char *path = NULL;
  GError *error = NULL;
  g_autoptr(Db) store = db_open(file, "store", DB_READER, &error);

  if (!store || !folder_make(backups, &error) ||
      !backup_make(store, backups, clock_now_us(), KEEP_BACKUPS, &path, &error)) {
    fail(answer, file, error);
    return;
  }
  if (in_json(line)) {
    g_string_append_c(answer->out, '{');
    add_field(answer->out, "backup", path);
    g_string_append(answer->out, "}\n");
  } else {
    g_string_append_printf(answer->out, "%s\n", path);
  }
}

void
keeping_restore(const CommandLine *line, CommandAnswer *answer)
{
  g_autofree char *folder = command_line_folder(line);
  g_autofree char *backup = NULL, *kept = NULL;
  GError *error = NULL;

  if (!till_restore(folder, command_argument(line, 0), &backup, &kept, &error)) {
    fail(answer, folder, error);
    return;
  }
  if (in_json(line)) {
    g_string_append_c(answer->out, '{');
    add_field(answer->out, "restored", backup);
    add_field(answer->out, "kept", kept);
    g_string_append(answer->out, "}\n");
    return;
  }
  g_string_append_printf(answer->out, _("Restored from %s\n"), backup);
  if (kept)
    g_string_append_printf(answer->out, _("The file that was there is now %s\n"), kept);
}

typedef struct {
  Db *store, *catalogue; /* owned */
  Seal *seal;            /* owned */
} Files;

static bool
open_files(Files *files, const char *folder, GError **error)
{
  g_autofree char *store = folder_path(folder, "store.db");
  g_autofree char *catalogue = folder_path(folder, "catalogue.db");
  g_autofree char *key = folder_path(folder, "device.key");
  files->seal = seal_open(key, error);
  files->store = files->seal ? db_open(store, "store", DB_WRITER, error) : NULL;
  files->catalogue =
      files->store ? db_open(catalogue, "catalogue", DB_WRITER, error) : NULL;
  return files->catalogue != NULL;
}

static void
close_files(Files *files)
{
  db_close(files->catalogue);
  db_close(files->store);
  seal_free(files->seal);
}

/* Both feeds answer in the same form; the page says itself whose it is. */
static const char *
stream_of(const char *page, gsize length)
{
  return g_strstr_len(page, (gssize)length, "\"stream\":\"store\"") ? "store" : "cat";
}

static bool
apply(
    const Files *files, const char *page, gsize length, int *ret_changes, GError **error)
{
  if (g_str_equal(stream_of(page, length), "store"))
    return inbox_apply(files->store, page, length, ret_changes, error);
  return catalogue_store_apply(
      files->catalogue, files->seal, page, length, ret_changes, error);
}

static void
import_file(const CommandLine *line,
            CommandAnswer *answer,
            const Files *files,
            const char *path)
{
  g_autofree char *page = NULL;
  gsize length = 0;
  int changes = 0;
  GError *error = NULL;

  if (!g_file_get_contents(path, &page, &length, &error) ||
      !apply(files, page, length, &changes, &error)) {
    fail(answer, path, error);
    return;
  }
  if (in_json(line)) {
    g_string_append(answer->out, answer->out->len > 1 ? ",{" : "{");
    add_field(answer->out, "file", path);
    add_field(answer->out, "stream", stream_of(page, length));
    g_string_append_printf(answer->out, ",\"changes\":%d}", changes);
  } else {
    g_string_append_printf(
        answer->out, "%s\t%s\t%d\n", path, stream_of(page, length), changes);
  }
}

static void
import_all(const CommandLine *line, CommandAnswer *answer, const char *folder)
{
  Files files = {NULL};
  GError *error = NULL;

  if (!open_files(&files, folder, &error))
    fail(answer, folder, error);
  g_string_append(answer->out, in_json(line) ? "[" : "");
  for (guint i = 0; answer->status == 0 && i < line->arguments->len; i++)
    import_file(line, answer, &files, line->arguments->pdata[i]);
  g_string_append(answer->out, in_json(line) ? "]\n" : "");
  close_files(&files);
}

void
keeping_import(const CommandLine *line, CommandAnswer *answer)
{
  g_autofree char *folder = command_line_folder(line);
  GError *error = NULL;
  int lock = folder_make(folder, &error) ? folder_lock(folder, &error) : -1;

  if (lock < 0) {
    fail(answer, folder, error);
    return;
  }
  import_all(line, answer, folder);
  folder_unlock(lock);
}

void
keeping_enrol(const CommandLine *line, CommandAnswer *answer)
{
  g_autofree char *folder = command_line_folder(line);
  const char *hub = command_option(line, "--hub"), *code = command_option(line, "--code");
  GError *error = NULL;

  if (!hub || !code) {
    g_string_append(answer->err, "guitai enrol --hub URL --code CODE\n");
    answer->status = 2;
    return;
  }
  if (!settings_enrol(folder, hub, code, &error)) {
    fail(answer, hub, error);
    return;
  }
  if (in_json(line)) {
    g_string_append_c(answer->out, '{');
    add_field(answer->out, "shop", folder);
    add_field(answer->out, "hub", hub);
    g_string_append(answer->out, "}\n");
  } else {
    g_string_append_printf(answer->out, _("%s is a till of this store now\n"), folder);
  }
}
