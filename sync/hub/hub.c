#include "sync/hub/hub.h"

#include <sodium.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "sync/hub/digest.h"
#include "sync/hub/lock.h"
#include "sync/hub/server.h"

struct Hub {
  char *folder, *address;
  int port;
  int lock_fd;
  int ready_fd; /* written once by the thread: it serves, or @failure says why not */
  int stop_fd;  /* written once by hub_stop() */
  char token[DIGEST_HEX];
  GError *failure;
  GThread *thread;
};

static void
hub_free(Hub *hub)
{
  if (!hub)
    return;
  if (hub->lock_fd >= 0)
    close(hub->lock_fd);
  if (hub->ready_fd >= 0)
    close(hub->ready_fd);
  if (hub->stop_fd >= 0)
    close(hub->stop_fd);
  g_clear_error(&hub->failure);
  sodium_memzero(hub->token, sizeof hub->token);
  g_free(hub->folder);
  g_free(hub->address);
  g_free(hub);
}

static bool
is_told_to_stop(const Hub *hub)
{
  uint64_t count = 0;
  return read(hub->stop_fd, &count, sizeof count) == sizeof count;
}

static void
ring(int fd)
{
  const uint64_t one = 1;
  if (write(fd, &one, sizeof one) != sizeof one)
    g_error("an event counter cannot be written"); /* the kernel's own memory */
}

/* @return NULL with hub->failure. */
static Server *
open_doors(Hub *hub, Base *base)
{
  Server *server = server_new(base, hub->address, hub->port, hub->token, &hub->failure);
  if (!server)
    return NULL;
  hub->port = server_port(server);
  const Serving serving = {hub->address, hub->port, hub->token};
  if (lock_announce(hub->folder, &serving, &hub->failure))
    return server;
  server_free(server);
  return NULL;
}

/* The one thread that owns the books, the sockets and the clocks of who waits. */
static gpointer
run(gpointer data)
{
  Hub *hub = data;
  g_autoptr(Base) base = base_open(hub->folder, DB_WRITER, &hub->failure);
  g_autoptr(Server) server = base ? open_doors(hub, base) : NULL;
  bool is_open = server != NULL;
  ring(hub->ready_fd);
  while (is_open && !is_told_to_stop(hub))
    server_turn(server, hub->stop_fd);
  if (is_open)
    lock_retract(hub->folder);
  g_clear_pointer(&server, server_free);
  if (base)
    base_rest(base);
  return NULL;
}

static void
make_token(char ret[DIGEST_HEX])
{
  unsigned char secret[DIGEST_BYTES];
  randombytes_buf(secret, sizeof secret);
  digest_hex(secret, ret);
  sodium_memzero(secret, sizeof secret);
}

/* An address that commands on this machine can reach, wherever the hub listens. */
static bool
begin(Hub *hub, GError **error)
{
  uint64_t count = 0;
  if (!lock_take(hub->folder, &hub->lock_fd, error))
    return false;
  hub->ready_fd = eventfd(0, EFD_CLOEXEC);
  hub->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (sodium_init() < 0 || hub->ready_fd < 0 || hub->stop_fd < 0)
    g_error("no random numbers or no event counters");
  make_token(hub->token);
  hub->thread = g_thread_new("hub", run, hub);
  while (read(hub->ready_fd, &count, sizeof count) != sizeof count)
    ;
  if (!hub->failure)
    return true;
  g_thread_join(hub->thread);
  g_propagate_error(error, g_steal_pointer(&hub->failure));
  return false;
}

Hub *
hub_start(const char *folder, const char *address, int port, GError **error)
{
  Hub *hub = g_new0(Hub, 1);
  hub->folder = g_strdup(folder);
  hub->address = g_strdup(address ? address : "127.0.0.1");
  hub->port = port;
  hub->lock_fd = hub->ready_fd = hub->stop_fd = -1;
  if (begin(hub, error))
    return hub;
  hub_free(hub);
  return NULL;
}

int
hub_port(const Hub *hub)
{
  return hub->port;
}

void
hub_stop(Hub *hub)
{
  if (!hub)
    return;
  ring(hub->stop_fd);
  g_thread_join(hub->thread);
  hub_free(hub);
}
