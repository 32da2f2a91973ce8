/* USB/IP (Documentation/usb/usbip_protocol.rst of Linux): a server of devices in this
 * process, joined to vhci_hcd by a socket pair. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/usb/vbus.h"

#define CONTROLLER "/sys/devices/platform/vhci_hcd.0"
#define PATIENCE   1000 /* turns that a socket may take to be free again */
#define FULL_SPEED 2

enum { CMD_SUBMIT = 1, CMD_UNLINK = 2, RET_SUBMIT = 3, RET_UNLINK = 4 };

typedef struct { /* 48 bytes on the wire, big endian */
  guint32 command, seqnum, devid, direction, ep;
  union {
    struct {
      guint32 flags, length, start_frame, n_packets, interval;
      guint8 setup[8];
    } submit;
    struct {
      guint32 status, actual, start_frame, n_packets, errors;
      guint8 padding[8];
    } done;
    struct {
      guint32 seqnum;
      guint8 padding[24];
    } unlink;
    struct {
      guint32 status;
      guint8 padding[24];
    } unlinked;
  };
} Message;

typedef struct {
  Vbus vbus;
  int number; /* of the controller's bus */
} Bus;

typedef struct {
  VbusPlug plug;
  int root_port, socket;
  GThread *thread;
  GList *live; /* of Request; under the vdev's lock */
} Plug;

typedef struct {
  VdevRequest request;
  Plug *plug;
  guint32 seqnum;
  bool is_in;
} Request;

static bool
read_all(int from, gpointer bytes, gsize length)
{
  for (guint8 *at = bytes; length;) {
    ssize_t n = read(from, at, length);
    if (n <= 0)
      return false;
    at += n;
    length -= (gsize)n;
  }
  return true;
}

static void
write_all(int to, gconstpointer bytes, gsize length)
{
  for (const guint8 *at = bytes; length;) {
    ssize_t n = send(to, at, length, MSG_NOSIGNAL);
    if (n <= 0)
      return;
    at += n;
    length -= (gsize)n;
  }
}

/* Also for one that the host takes back: only so does it learn what had moved. The
 * vdev's lock is held, so answers do not mix. */
static void
on_request_done(VdevRequest *base)
{
  Request *request = base->user;
  Plug *plug = request->plug;
  int status = base->status == -ENOENT ? -ECONNRESET : base->status;
  Message message = {.command = htonl(RET_SUBMIT), .seqnum = htonl(request->seqnum)};
  message.done.status = htonl((guint32)status);
  message.done.actual = htonl((guint32)base->actual);
  write_all(plug->socket, &message, sizeof message);
  if (request->is_in && base->actual > 0)
    write_all(plug->socket, base->bytes, (gsize)base->actual);
  plug->live = g_list_remove(plug->live, request);
  g_free(base->bytes);
  g_free(request);
}

/* @return false: the line is dead. */
static bool
serve_submit(Plug *plug, const Message *message)
{
  guint32 endpoint = ntohl(message->ep), length = ntohl(message->submit.length);
  Request *request = g_new0(Request, 1);
  request->plug = plug;
  request->seqnum = ntohl(message->seqnum);
  request->is_in = ntohl(message->direction) == 1;
  request->request = (VdevRequest){
      .kind = endpoint ? VDEV_BULK : VDEV_CONTROL,
      .endpoint = endpoint ? (guint8)(endpoint | (request->is_in ? 0x80 : 0)) : 0,
      .bytes = g_malloc0(length + 1),
      .length = (int)length,
      .done = on_request_done,
      .user = request};
  memcpy(request->request.setup, message->submit.setup, 8);
  if (!request->is_in && length &&
      !read_all(plug->socket, request->request.bytes, length)) {
    g_free(request->request.bytes);
    g_free(request);
    return false;
  }
  vdev_lock(plug->plug.vdev);
  plug->live = g_list_prepend(plug->live, request);
  vdev_submit(plug->plug.vdev, &request->request);
  vdev_unlock(plug->plug.vdev);
  return true;
}

static void
serve_unlink(Plug *plug, const Message *message)
{
  guint32 seqnum = ntohl(message->unlink.seqnum);
  Message answer = {.command = htonl(RET_UNLINK), .seqnum = message->seqnum};
  vdev_lock(plug->plug.vdev);
  for (GList *at = plug->live; at; at = at->next) {
    Request *request = at->data;
    if (request->seqnum != seqnum)
      continue;
    vdev_cancel(plug->plug.vdev, &request->request);
    break;
  }
  write_all(plug->socket, &answer, sizeof answer);
  vdev_unlock(plug->plug.vdev);
}

static gpointer
serve(gpointer data)
{
  Plug *plug = data;
  Message message;
  bool is_alive = true;
  while (is_alive && read_all(plug->socket, &message, sizeof message)) {
    if (ntohl(message.command) == CMD_SUBMIT)
      is_alive = serve_submit(plug, &message);
    else if (ntohl(message.command) == CMD_UNLINK)
      serve_unlink(plug, &message);
  }
  vdev_lock(plug->plug.vdev);
  while (plug->live)
    vdev_cancel(plug->plug.vdev, &((Request *)plug->live->data)->request);
  vdev_unlock(plug->plug.vdev);
  return NULL;
}

/* The controller has two buses; the slower one has the smaller number. */
static int
bus_number(void)
{
  int least = 0;
  g_autoptr(GDir) folder = g_dir_open(CONTROLLER, 0, NULL);
  for (const char *name; folder && (name = g_dir_read_name(folder));) {
    int number =
        g_str_has_prefix(name, "usb") ? (int)g_ascii_strtoll(name + 3, NULL, 10) : 0;
    if (number && (!least || number < least))
      least = number;
  }
  return least;
}

static Vbus *
start(void)
{
  Bus *bus = g_new0(Bus, 1);
  if (access(CONTROLLER "/attach", W_OK) < 0)
    g_error("no vhci_hcd here, or not root");
  bus->number = bus_number();
  return &bus->vbus;
}

static void
stop(Vbus *bus)
{
  g_free(bus);
}

static bool
attach(int root_port, int socket)
{
  g_autofree char *command = g_strdup_printf(
      "%d %d %d %d", root_port, socket, 0x10000 + root_port + 1, FULL_SPEED);
  int file = open(CONTROLLER "/attach", O_WRONLY | O_CLOEXEC);
  bool done = write(file, command, strlen(command)) == (ssize_t)strlen(command);
  close(file);
  return done;
}

static void
turn(Vbus *bus)
{
  g_usleep(2000);
}

static VbusPlug *
plug_in(Vbus *vbus, Vdev *vdev, const char *port)
{
  Plug *plug = g_new0(Plug, 1);
  int pair[2], tries = 0;
  plug->plug.bus = vbus;
  plug->plug.vdev = vdev;
  plug->root_port = (port[strlen(port) - 1] - '0') % 8;
  g_snprintf(plug->plug.port,
             sizeof plug->plug.port,
             "%d-%d",
             ((Bus *)vbus)->number,
             plug->root_port + 1);
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
    g_error("socketpair: %s", g_strerror(errno));
  plug->socket = pair[0];
  plug->thread = g_thread_new("usbip", serve, plug);
  while (!attach(plug->root_port, pair[1])) {
    if (tries++ == PATIENCE)
      g_error("attach: %s", g_strerror(errno));
    turn(vbus);
  }
  close(pair[1]);
  return &plug->plug;
}

static void
yank(VbusPlug *vplug)
{
  vdev_set_gone(vplug->vdev, true);
  shutdown(((Plug *)vplug)->socket, SHUT_RDWR);
}

static int
number_in(const VbusPlug *plug, const char *file)
{
  g_autofree char *path = g_strdup_printf("/sys/bus/usb/devices/%s/%s", plug->port, file);
  g_autofree char *text = NULL;
  return g_file_get_contents(path, &text, NULL, NULL)
             ? (int)g_ascii_strtoll(text, NULL, 10)
             : 0;
}

/* Root minds no modes: for a while this thread does. */
static void
forbid(VbusPlug *plug, bool is_forbidden)
{
  struct __user_cap_header_struct who = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct may[_LINUX_CAPABILITY_U32S_3];
  const guint32 all = 1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH;
  g_autofree char *node = g_strdup_printf(
      "/dev/bus/usb/%03d/%03d", number_in(plug, "busnum"), number_in(plug, "devnum"));
  if (chmod(node, is_forbidden ? 0 : 0664) < 0 || syscall(SYS_capget, &who, may) < 0)
    g_error("%s: %s", node, g_strerror(errno));
  if (is_forbidden)
    may[0].effective &= ~all;
  else
    may[0].effective |= all & may[0].permitted;
  if (syscall(SYS_capset, &who, may) < 0)
    g_error("capset: %s", g_strerror(errno));
}

static char *
driver(VbusPlug *plug, int interface)
{
  g_autofree char *path =
      g_strdup_printf("/sys/bus/usb/devices/%s:1.%d/driver", plug->port, interface);
  g_autofree char *link = g_file_read_link(path, NULL);
  return link ? g_path_get_basename(link) : g_strdup("");
}

static int
open_count(VbusPlug *plug)
{
  return 0;
}

/* The kernel takes its time to see that a device left; the next test must not meet it. */
static void
plug_free(VbusPlug *vplug)
{
  Plug *plug = (Plug *)vplug;
  g_autofree char *path = g_strdup_printf("/sys/bus/usb/devices/%s", vplug->port);
  for (int i = 0; i < PATIENCE && g_file_test(path, G_FILE_TEST_EXISTS); i++)
    turn(vplug->bus);
  g_thread_join(plug->thread);
  close(plug->socket);
  g_free(plug);
}

const VbusKind VBUS_VHCI = {.name = "libusb on the kernel",
                            .start = start,
                            .stop = stop,
                            .plug = plug_in,
                            .yank = yank,
                            .unplug = yank,
                            .forbid = forbid,
                            .driver = driver,
                            .open_count = open_count,
                            .plug_free = plug_free,
                            .turn = turn,
                            .is_real = true,
                            .has_time = true};
