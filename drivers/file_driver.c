#include "drivers/file_driver.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "drivers/printer.h"
#include "drivers/wire.h"

typedef struct {
  int fd;
  bool is_plain; /* a file on disk: it takes everything and says nothing */
  bool can_read;
  Printer *printer; /* owned; NULL when @is_plain */
} FilePort;

static gssize
refused(const char *what, GError **error)
{
  g_set_error(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "%s: %s", what, g_strerror(errno));
  return -1;
}

/* @return true when @fd is ready for @events; false when not in time, or with @error. */
static bool
wait_for(int fd, short events, int timeout_ms, GError **error)
{
  struct pollfd end = {.fd = fd, .events = events};
  int ready = poll(&end, 1, timeout_ms);

  if (ready < 0 && errno != EINTR)
    refused("poll", error);
  if (ready > 0 && (end.revents & (POLLHUP | POLLERR | POLLNVAL)) &&
      !(end.revents & events)) {
    g_set_error_literal(
        error, DEVICE_ERROR, DEVICE_ERROR_GONE, "the far end was pulled out");
    return false;
  }
  return ready > 0;
}

static gssize
port_write(
    gpointer self, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  FilePort *port = self;
  GError *failure = NULL;

  if (!wait_for(port->fd, POLLOUT, timeout_ms, &failure)) {
    if (failure)
      g_propagate_error(error, failure);
    return failure ? -1 : 0;
  }
  gssize taken = write(port->fd, bytes, length);
  if (taken < 0 && (errno == EAGAIN || errno == EINTR))
    return 0;
  return taken < 0 ? refused("write", error) : taken;
}

/* A printer that only listens: waiting for its silence is still waiting. */
static gssize
port_read(gpointer self, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  FilePort *port = self;
  GError *failure = NULL;

  if (!wait_for(port->fd, port->can_read ? POLLIN : 0, timeout_ms, &failure)) {
    if (failure)
      g_propagate_error(error, failure);
    return failure ? -1 : 0;
  }
  gssize came = read(port->fd, bytes, room);
  if (came < 0 && (errno == EAGAIN || errno == EINTR))
    return 0;
  return came < 0 ? refused("read", error) : came;
}

static int64_t
port_now_us(gpointer self)
{
  return clock_monotonic_us();
}

static const Wire PORT_WIRE = {port_write, port_read, port_now_us};

/* A node under /dev is never made: a plain file in its place would swallow receipts. From
 * a pipe we would read our own bytes. */
static int
open_path(const char *path, bool *ret_can_read)
{
  int make = g_str_has_prefix(path, "/dev/") ? 0 : O_CREAT | O_APPEND;
  int how = O_NONBLOCK | O_NOCTTY | O_CLOEXEC | make;
  struct stat is;
  bool is_pipe = stat(path, &is) == 0 && S_ISFIFO(is.st_mode);

  int fd = is_pipe ? -1 : open(path, O_RDWR | how, 0600);
  *ret_can_read = fd >= 0;
  if (is_pipe || (fd < 0 && (errno == EACCES || errno == ENXIO || errno == EINVAL)))
    fd = open(path, O_WRONLY | how, 0600);
  return fd;
}

static gpointer
file_open(const char *address, GError **error)
{
  const char *path = address + strlen("file:");
  bool can_read;
  struct stat is;

  int fd = open_path(path, &can_read);
  if (fd < 0) {
    refused(path, error);
    return NULL;
  }
  FilePort *port = g_new0(FilePort, 1);
  port->fd = fd;
  port->can_read = can_read;
  port->is_plain = fstat(fd, &is) == 0 && S_ISREG(is.st_mode);
  if (!port->is_plain)
    port->printer = printer_new(&PORT_WIRE, port);
  return port;
}

static bool
write_whole(FilePort *port, GBytes *bytes, GError **error)
{
  gsize length, sent = 0;
  const guint8 *data = g_bytes_get_data(bytes, &length);

  while (sent < length) {
    gssize taken = write(port->fd, data + sent, length - sent);
    if (taken < 0 && errno != EINTR) {
      refused("write", error);
      return false;
    }
    sent += taken > 0 ? (gsize)taken : 0;
  }
  return true;
}

static bool
file_command(gpointer self, GBytes *bytes, DeviceState *state, GError **error)
{
  FilePort *port = self;
  return port->is_plain ? write_whole(port, bytes, error)
                        : printer_print(port->printer, bytes, state, error);
}

static GBytes *
file_listen(gpointer self, DeviceState *state, GError **error)
{
  FilePort *port = self;
  if (!port->is_plain)
    printer_look(port->printer, state, error);
  return NULL;
}

static void
file_close(gpointer self)
{
  FilePort *port = self;
  printer_free(port->printer);
  close(port->fd);
  g_free(port);
}

const DeviceDriver FILE_DRIVER = {
    "file", 250, file_open, file_command, file_listen, file_close};
