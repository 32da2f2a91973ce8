/* What several store tests begin with. */
#pragma once

#include <glib/gstdio.h>

#include "db/db.h"
#include "db/query.h"
#include "db/seal.h"
#include "db/setting_store.h"
#include "tests/test.h"

#define NOON G_GINT64_CONSTANT(1795420800000000)

/* The number that @sql answers; -1 when it answers none. */
#define number(db, sql) fixture_number(query(db, sql))

static inline int64_t
fixture_number(Query q)
{
  g_auto(Query) used = q;
  return query_next(&used) ? query_get_int(&used, 0) : -1;
}

#define text(db, sql) fixture_text(query(db, sql))

static inline char *
fixture_text(Query q)
{
  g_auto(Query) used = q;
  return query_next(&used) ? query_get_text(&used, 0) : NULL;
}

/* A new folder of its own (transfer full); fixture_remove() takes it away again. */
static inline char *
fixture_folder(void)
{
  return g_dir_make_tmp("guitai-db-XXXXXX", NULL);
}

static inline void
fixture_remove(char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_IS_DIR) &&
        !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
      fixture_remove(g_steal_pointer(&path));
    else
      g_remove(path);
  }
  g_rmdir(folder);
  g_free(folder);
}

static inline Seal *
fixture_seal(const char *folder)
{
  g_autofree char *path = g_build_filename(folder, "device.key", NULL);
  return seal_open(path, NULL);
}

/* A store.db at @path of the enrolled till 0123-03, device 7, epoch 1. */
static inline Db *
fixture_store(const char *path)
{
  g_autofree char *folder = fixture_folder();
  Db *store = db_open(path, "store", DB_WRITER, NULL);
  g_autoptr(Seal) seal = fixture_seal(folder);
  Identity identity = {.store_id = 123,
                       .device_id = 7,
                       .epoch = 1,
                       .store_code = (char *)"0123",
                       .till_code = (char *)"03",
                       .hub_url = (char *)"http://127.0.0.1:1",
                       .token = (char *)"secret"};
  if (!setting_store_set_identity(store, seal, &identity, NULL))
    g_error("no identity");
  fixture_remove(g_steal_pointer(&folder));
  return store;
}
