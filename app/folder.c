#include "app/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "db/db.h"

#define MARK "restored"

char *
folder_default(void)
{
  return g_build_filename(g_get_user_data_dir(), "guitai", NULL);
}

char *
folder_path(const char *folder, const char *name)
{
  return g_build_filename(folder, name, NULL);
}

bool
folder_make(const char *folder, GError **error)
{
  if (g_mkdir_with_parents(folder, 0700) == 0)
    return true;
  g_set_error(error, DB_ERROR, DB_ERROR_OTHER, "%s: %s", folder, g_strerror(errno));
  return false;
}

int
folder_lock(const char *folder, GError **error)
{
  g_autofree char *path = folder_path(folder, "lock");
  int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (lock < 0) {
    g_set_error(error, DB_ERROR, DB_ERROR_OTHER, "%s: %s", path, g_strerror(errno));
    return -1;
  }
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    g_set_error(error, DB_ERROR, DB_ERROR_BUSY, "another program has %s open", folder);
    close(lock);
    return -1;
  }
  return lock;
}

void
folder_unlock(int lock)
{
  if (lock >= 0)
    close(lock);
}

bool
folder_mark_restored(const char *folder, GError **error)
{
  g_autofree char *path = folder_path(folder, MARK);
  return g_file_set_contents_full(path, "", 0, G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

bool
folder_is_restored(const char *folder)
{
  g_autofree char *path = folder_path(folder, MARK);
  return g_file_test(path, G_FILE_TEST_EXISTS);
}

void
folder_unmark_restored(const char *folder)
{
  g_autofree char *path = folder_path(folder, MARK);
  g_unlink(path);
}
