/* lock: who may write the books of a folder, and where to find who does.
 *
 * DIR/hub.lock is held (flock) by the one process that has hub.db open for writing; the
 * kernel lets go of it when that process ends, however it ends. A running server also
 * writes DIR/hub.serving (mode 0600): its address and a token for commands. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* @ret_fd: close it to let go. @return false with G_FILE_ERROR_AGAIN when another holds
 * it. Makes the folder (0700) when missing. */
bool lock_take(const char *folder, int *ret_fd, GError **error);

typedef struct {
  char *address; /* owned; "127.0.0.1" */
  int port;
  char *token; /* owned */
} Serving;

void serving_clear(Serving *serving);
/* By the holder of the lock only. */
bool lock_announce(const char *folder, const Serving *serving, GError **error);
void lock_retract(const char *folder);
/* @return false when there is no such announcement that can be read. */
bool lock_find_server(const char *folder, Serving *ret);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Serving, serving_clear)
