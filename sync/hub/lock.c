#include "sync/hub/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

static bool
fail(const char *path, int failure, GError **error)
{
  g_set_error(error,
              G_FILE_ERROR,
              g_file_error_from_errno(failure),
              "%s: %s",
              path,
              g_strerror(failure));
  return false;
}

bool
lock_take(const char *folder, int *ret_fd, GError **error)
{
  g_autofree char *path = g_build_filename(folder, "hub.lock", NULL);
  if (g_mkdir_with_parents(folder, 0700) != 0)
    return fail(folder, errno, error);
  int fd = g_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail(path, errno, error);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    int failure = errno;
    close(fd);
    if (failure != EWOULDBLOCK)
      return fail(path, failure, error);
    g_set_error(error,
                G_FILE_ERROR,
                G_FILE_ERROR_AGAIN,
                "%s is in use by another guitai-hub",
                folder);
    return false;
  }
  *ret_fd = fd;
  return true;
}

void
serving_clear(Serving *serving)
{
  g_clear_pointer(&serving->address, g_free);
  g_clear_pointer(&serving->token, g_free);
  serving->port = 0;
}

static char *
serving_path(const char *folder)
{
  return g_build_filename(folder, "hub.serving", NULL);
}

bool
lock_announce(const char *folder, const Serving *serving, GError **error)
{
  g_autofree char *path = serving_path(folder);
  g_autofree char *text =
      g_strdup_printf("%s %d %s\n", serving->address, serving->port, serving->token);
  return g_file_set_contents_full(
      path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

void
lock_retract(const char *folder)
{
  g_autofree char *path = serving_path(folder);
  g_unlink(path);
}

bool
lock_find_server(const char *folder, Serving *ret)
{
  g_autofree char *path = serving_path(folder);
  g_autofree char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, NULL))
    return false;
  g_auto(GStrv) words = g_strsplit(g_strchomp(text), " ", 4);
  guint64 port = 0;
  if (g_strv_length(words) != 3 ||
      !g_ascii_string_to_unsigned(words[1], 10, 1, 65535, &port, NULL))
    return false;
  *ret = (Serving){g_strdup(words[0]), (int)port, g_strdup(words[2])};
  return true;
}
