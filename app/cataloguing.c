#include "app/cataloguing.h"

#include <glib/gstdio.h>

#include "app/folder.h"
#include "app/syncing.h"
#include "db/catalogue_store.h"

#define FILE_NAME "catalogue.db"

/* Opened for writing first: only a writer makes and upgrades a file. */
static bool
prepare(const char *path, GError **error)
{
  g_autoptr(Db) writer = db_open(path, "catalogue", DB_WRITER, error);
  return writer != NULL;
}

static void
set_aside(Till *till, const char *path)
{
  static const char *const PARTS[] = {"", "-wal", "-shm"};
  for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++) {
    g_autofree char *from = g_strconcat(path, PARTS[i], NULL);
    g_autofree char *to = g_strdup_printf("%s.damaged-%" G_GINT64_FORMAT "%s",
                                          path,
                                          till_now_us(till) / G_USEC_PER_SEC,
                                          PARTS[i]);
    if (g_file_test(from, G_FILE_TEST_EXISTS) && g_rename(from, to) != 0)
      g_message("cannot set %s aside", from);
  }
}

static bool
open_reader(Till *till, const char *path, GError **error)
{
  if (!prepare(path, error))
    return false;
  till->catalogue = db_open(path, "catalogue", DB_READER, error);
  return till->catalogue != NULL;
}

void
cataloguing_open(Till *till)
{
  g_autofree char *path = folder_path(till->folder, FILE_NAME);
  g_autoptr(GError) error = NULL;

  if (!open_reader(till, path, &error) &&
      g_error_matches(error, DB_ERROR, DB_ERROR_CORRUPT)) {
    g_clear_error(&error);
    set_aside(till, path);
    till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_CATALOGUE_BROKEN});
    open_reader(till, path, &error);
  }
  if (error)
    g_message("catalogue.db: %s", error->message);
  till_changed(till, TILL_CATALOGUE | TILL_FOUND);
}

void
cataloguing_close(Till *till)
{
  g_clear_pointer(&till->catalogue, db_close);
  till_changed(till, TILL_CATALOGUE | TILL_FOUND);
}

void
cataloguing_look_again(Till *till)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = folder_path(till->folder, FILE_NAME);

  if (!till->catalogue)
    till->catalogue = db_open(path, "catalogue", DB_READER, &error);
  if (error)
    g_message("catalogue.db is not there yet: %s", error->message);
  till_changed(till, TILL_CATALOGUE | TILL_FOUND | TILL_STAFF);
}

/* The courier has the file open for writing: it has to go before the file is moved. */
static void
mend(Till *till)
{
  g_autofree char *path = folder_path(till->folder, FILE_NAME);

  syncing_stop(till);
  cataloguing_close(till);
  set_aside(till, path);
  cataloguing_open(till);
  syncing_start(till);
  till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_CATALOGUE_BROKEN});
}

void
cataloguing_failed(Till *till, GError *error)
{
  if (g_error_matches(error, DB_ERROR, DB_ERROR_CORRUPT)) {
    g_message("catalogue.db: %s", error->message);
    g_error_free(error);
    mend(till);
    return;
  }
  till_failed(till, error);
}

bool
cataloguing_is_there(Till *till)
{
  if (till->catalogue && catalogue_store_position(till->catalogue) > 0)
    return true;
  NoticeId id = till->catalogue ? NOTICE_CATALOGUE_EMPTY : NOTICE_CATALOGUE_BROKEN;
  till_notice(till, (Notice){.kind = NOTICE_WARN, .id = id});
  return false;
}
