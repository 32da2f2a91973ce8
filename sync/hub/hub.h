/* Hub: the central stock service on a thread of its own: the program's body, and a real
 * hub for tests and scenes. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Hub Hub;

/* Opens (or begins) the books in @folder and serves them. @address: NULL is "127.0.0.1";
 * @port 0: any free one. Returns when it answers. @return NULL with @error, also when
 * another guitai-hub has the folder (G_FILE_ERROR_AGAIN). */
Hub *hub_start(const char *folder, const char *address, int port, GError **error);
int hub_port(const Hub *hub);
/* Answers what waits, closes the books; returns when all is on disk. NULL is fine. */
void hub_stop(Hub *hub);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hub, hub_stop)
