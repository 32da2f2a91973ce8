/* Server: the hub's HTTP side on libmicrohttpd, without threads of its own: whoever owns
 * it turns it. Holds long polls by suspending their connections. */
#pragma once

#include "sync/hub/base.h"

typedef struct Server Server;

/* @address: "127.0.0.1", "0.0.0.0" …; @port 0: any free one. @admin_token: borrowed, for
 * its life. @base stays the caller's. @return NULL with @error. */
Server *server_new(
    Base *base, const char *address, int port, const char *admin_token, GError **error);
void server_free(Server *server); /* answers who still waits; NULL is fine */
int server_port(const Server *server);

/* Sleeps until there is something to do or @wake_fd can be read, and does it. */
void server_turn(Server *server, int wake_fd);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Server, server_free)
