/* peer: a child process that answers line by line: the till of a scene, the hub. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

typedef struct Peer Peer;

/* Starts @argv with its input and output as pipes; @env: (nullable) "NAME=value" in
 * addition. */
Peer *peer_start(const char *const *argv, const char *const *env, GError **error);
/* Ends it: "kill -9" when @hard, else closes its input and waits. NULL is fine. */
void peer_end(Peer *peer, bool hard);
pid_t peer_pid(Peer *peer);
bool peer_is_alive(Peer *peer);
/* The next line of its output without the newline (transfer full); NULL when it has ended
 * or says nothing for @timeout_ms. */
char *peer_read_line(Peer *peer, int timeout_ms);
/* Sends a line and reads the answer up to the line ".". @ret: (transfer full), lines
 * joined with \n. @return false when the peer died, timed out, or answered "! why" (then
 * in @ret). */
bool peer_ask(Peer *peer, const char *line, char **ret);
/* Sends a line without waiting. */
void peer_tell(Peer *peer, const char *line);
