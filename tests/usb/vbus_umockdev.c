#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/usbdevice_fs.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <umockdev.h>
#include <unistd.h>

#include "tests/usb/vbus.h"

#define INTERFACES 8
#define NOBODY     65534
#define CONTROLLER "/devices/pci0000:00/0000:00:14.0"

typedef struct {
  Vbus vbus;
  UMockdevTestbed *testbed;
  char *root;
  int devices; /* numbered as they come */
} Bus;

typedef struct {
  char driver[32]; /* "": none; "usbfs": claimed */
  UMockdevIoctlClient *owner;
} Interface;

typedef struct {
  VbusPlug plug;
  int busnum, devnum;
  char *node;      /* "/dev/bus/usb/001/002" */
  char *node_path; /* the same below the testbed */
  char *syspath;
  UMockdevIoctlBase *handler;

  /* Under the vdev's lock, as they come on umockdev's own thread. */
  bool gone, gate_is_open;
  int gate, master; /* of the pty */
  GQueue completed; /* of Urb: may be reaped */
  GList *urbs;      /* of Urb: all that live */
  GHashTable *clients;
  Interface interfaces[INTERFACES];
} Plug;

typedef struct {
  VdevRequest request;
  Plug *plug;
  UMockdevIoctlClient *client; /* identity only */
  UMockdevIoctlData *urb, *bytes;
} Urb;

/* --- the gate: POLLOUT on the node has to mean "something can be reaped" ---
 *
 * What umockdev makes is a regular file, always ready: libusb's thread would spin. Ours
 * is a pty whose output is stopped until there is something; its hang-up is the POLLERR
 * by which a kernel tells that a device is gone. */

static void
gate_set(Plug *plug, bool is_open)
{
  if (plug->gate_is_open == is_open || plug->gate < 0)
    return;
  plug->gate_is_open = is_open;
  if (tcflow(plug->gate, is_open ? TCOON : TCOOFF) < 0 && plug->master >= 0)
    g_error("tcflow: %s", g_strerror(errno));
}

static void
gate_make(Plug *plug)
{
  char name[128];
  struct termios raw;
  g_autofree char *folder = g_path_get_dirname(plug->node_path);
  g_mkdir_with_parents(folder, 0755);
  if (openpty(&plug->master, &plug->gate, name, NULL, NULL) < 0)
    g_error("openpty: %s", g_strerror(errno));
  tcgetattr(plug->gate, &raw);
  cfmakeraw(&raw);
  tcsetattr(plug->gate, TCSANOW, &raw);
  fcntl(plug->master, F_SETFD, FD_CLOEXEC);
  fcntl(plug->gate, F_SETFD, FD_CLOEXEC);
  if (symlink(name, plug->node_path) < 0)
    g_error("symlink: %s", g_strerror(errno));
  plug->gate_is_open = true;
  gate_set(plug, false);
}

/* --- URBs --- */

static void
on_urb_done(VdevRequest *request)
{
  Urb *urb = request->user;
  struct usbdevfs_urb *native = (gpointer)urb->urb->data;
  native->status = request->status;
  native->actual_length = request->actual;
  g_queue_push_tail(&urb->plug->completed, urb);
  gate_set(urb->plug, true);
}

static void
urb_free(Urb *urb)
{
  urb->plug->urbs = g_list_remove(urb->plug->urbs, urb);
  g_clear_object(&urb->bytes);
  g_clear_object(&urb->urb);
  g_free(urb);
}

static void
answer(UMockdevIoctlClient *client, int error)
{
  umockdev_ioctl_client_complete(client, error ? -1 : 0, error);
}

static void
submit(Plug *plug, UMockdevIoctlClient *client, UMockdevIoctlData *argument)
{
  if (plug->gone) {
    answer(client, ENODEV);
    return;
  }
  UMockdevIoctlData *place =
      umockdev_ioctl_data_resolve(argument, 0, sizeof(struct usbdevfs_urb), NULL);
  const struct usbdevfs_urb *native = (gpointer)place->data;
  Urb *urb = g_new0(Urb, 1);
  *urb = (Urb){.request = {.kind = (VdevKind)native->type,
                           .endpoint = native->endpoint,
                           .done = on_urb_done,
                           .user = urb},
               .plug = plug,
               .client = client,
               .urb = place};
  if (native->buffer_length > 0) {
    urb->bytes = umockdev_ioctl_data_resolve(place,
                                             G_STRUCT_OFFSET(struct usbdevfs_urb, buffer),
                                             (gsize)native->buffer_length,
                                             NULL);
    urb->request.bytes = urb->bytes->data;
    urb->request.length = native->buffer_length;
  }
  if (native->type == USBDEVFS_URB_TYPE_CONTROL && urb->bytes) {
    memcpy(urb->request.setup, urb->request.bytes, 8);
    urb->request.bytes += 8;
    urb->request.length -= 8;
  }
  plug->urbs = g_list_prepend(plug->urbs, urb);
  vdev_submit(plug->plug.vdev, &urb->request);
  answer(client, 0);
}

static Urb *
completed_of(const Plug *plug, const UMockdevIoctlClient *client)
{
  for (GList *at = plug->completed.head; at; at = at->next)
    if (((Urb *)at->data)->client == client)
      return at->data;
  return NULL;
}

static void
reap(Plug *plug, UMockdevIoctlClient *client, UMockdevIoctlData *argument)
{
  Urb *urb = completed_of(plug, client);
  if (urb)
    g_queue_remove(&plug->completed, urb);
  if (g_queue_is_empty(&plug->completed))
    gate_set(plug, false);
  if (!urb) {
    answer(client, plug->gone ? ENODEV : EAGAIN);
    return;
  }
  g_autoptr(UMockdevIoctlData) pointer =
      umockdev_ioctl_data_resolve(argument, 0, sizeof(gpointer), NULL);
  umockdev_ioctl_data_set_ptr(pointer, 0, urb->urb);
  answer(client, 0);
  urb_free(urb);
}

static void
discard(Plug *plug, UMockdevIoctlClient *client, const UMockdevIoctlData *argument)
{
  int error = plug->gone ? ENODEV : EINVAL;
  for (GList *at = plug->urbs; at; at = at->next) {
    Urb *urb = at->data;
    if (urb->urb->client_addr != *(const gulong *)(gconstpointer)argument->data)
      continue;
    if (vdev_cancel(plug->plug.vdev, &urb->request))
      error = 0;
    break;
  }
  answer(client, error);
}

/* --- interfaces --- */

static int
claim(Plug *plug, UMockdevIoctlClient *client, unsigned number, bool take_over)
{
  if (number >= vdev_info(plug->plug.vdev)->config[4])
    return take_over ? EINVAL : ENOENT;
  Interface *interface = &plug->interfaces[number];
  if (interface->owner == client)
    return 0;
  if (interface->owner || (*interface->driver && !take_over))
    return EBUSY;
  g_strlcpy(interface->driver, "usbfs", sizeof interface->driver);
  interface->owner = client;
  return 0;
}

static int
release(Plug *plug, const UMockdevIoctlClient *client, unsigned number)
{
  if (number >= INTERFACES || plug->interfaces[number].owner != client)
    return EINVAL;
  plug->interfaces[number] = (Interface){.owner = NULL};
  return 0;
}

static int
driver_name(const Plug *plug, struct usbdevfs_getdriver *wanted)
{
  if (wanted->interface >= INTERFACES || !*plug->interfaces[wanted->interface].driver)
    return ENODATA;
  g_strlcpy(
      wanted->driver, plug->interfaces[wanted->interface].driver, sizeof wanted->driver);
  return 0;
}

/* A kernel driver is let go of, or given its interface back. */
static void
rebind(Plug *plug, UMockdevIoctlClient *client, const struct usbdevfs_ioctl *wanted)
{
  Interface *interface = &plug->interfaces[wanted->ifno & (INTERFACES - 1)];
  const char *kernel = vdev_info(plug->plug.vdev)->kernel_driver;
  if (wanted->ioctl_code == (int)USBDEVFS_DISCONNECT) {
    int error = *interface->driver ? 0 : ENODATA;
    *interface->driver = 0;
    answer(client, error);
  } else if (wanted->ioctl_code != (int)USBDEVFS_CONNECT) {
    answer(client, ENOTTY);
  } else if (*interface->driver) {
    answer(client, EBUSY);
  } else {
    g_strlcpy(interface->driver, kernel ? kernel : "", sizeof interface->driver);
    umockdev_ioctl_client_complete(client, kernel ? 1 : 0, 0);
  }
}

static int
alternate(Plug *plug, const struct usbdevfs_setinterface *wanted)
{
  return vdev_set_alternate(
             plug->plug.vdev, (int)wanted->interface, (int)wanted->altsetting)
             ? 0
             : EINVAL;
}

/* A request that carries nothing. */
static void
answer_plain(UMockdevIoctlClient *client, gulong request)
{
  if (request == USBDEVFS_RESET)
    g_error("a device was reset: that makes cheap printers enumerate anew");
  answer(client, ENOTTY);
}

/* What a device that is there answers at once. @bytes: the request's own. */
static void
answer_request(Plug *plug, UMockdevIoctlClient *client, gulong request, gpointer bytes)
{
  switch (request) {
  case USBDEVFS_GET_CAPABILITIES:
    *(guint32 *)bytes = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION |
                        USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
                        USBDEVFS_CAP_BULK_SCATTER_GATHER |
                        USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
    answer(client, 0);
    break;
  case USBDEVFS_CLAIMINTERFACE:
    answer(client, claim(plug, client, *(unsigned *)bytes, false));
    break;
  case USBDEVFS_DISCONNECT_CLAIM:
    answer(
        client,
        claim(
            plug, client, ((struct usbdevfs_disconnect_claim *)bytes)->interface, true));
    break;
  case USBDEVFS_RELEASEINTERFACE:
    answer(client, release(plug, client, *(unsigned *)bytes));
    break;
  case USBDEVFS_GETDRIVER:
    answer(client, driver_name(plug, bytes));
    break;
  case USBDEVFS_IOCTL:
    rebind(plug, client, bytes);
    break;
  case USBDEVFS_CLEAR_HALT:
    vdev_set_halt(plug->plug.vdev, (guint8) * (unsigned *)bytes, false);
    answer(client, 0);
    break;
  case USBDEVFS_SETINTERFACE:
    answer(client, alternate(plug, bytes));
    break;
  case USBDEVFS_RESETEP:
  case USBDEVFS_SETCONFIGURATION:
    answer(client, 0);
    break;
  default:
    answer(client, ENOTTY);
  }
}

/* 0.17.16 declares "client-vanished" and never emits it; but the client is finalised when
 * its file is closed. */
static void
on_client_closed(gpointer data, GObject *client)
{
  Plug *plug = data;
  vdev_lock(plug->plug.vdev);
  for (GList *at = plug->urbs, *next; at; at = next) {
    Urb *urb = at->data;
    next = at->next;
    if ((gpointer)urb->client != (gpointer)client)
      continue;
    vdev_cancel(plug->plug.vdev, &urb->request);
    g_queue_remove(&plug->completed, urb);
    urb_free(urb);
  }
  if (g_queue_is_empty(&plug->completed))
    gate_set(plug, false);
  for (unsigned i = 0; i < INTERFACES; i++)
    if ((gpointer)plug->interfaces[i].owner == (gpointer)client)
      release(plug, plug->interfaces[i].owner, i);
  g_hash_table_remove(plug->clients, client);
  vdev_unlock(plug->plug.vdev);
}

/* Who connects counts from its first request on: 0.17.16 connects to us also for an open
 * that failed, and for ever. */
static void
know(Plug *plug, UMockdevIoctlClient *client)
{
  if (g_hash_table_add(plug->clients, client))
    g_object_weak_ref(G_OBJECT(client), on_client_closed, plug);
}

static gboolean
on_ioctl(UMockdevIoctlBase *handler, UMockdevIoctlClient *client, Plug *plug)
{
  UMockdevIoctlData *argument = umockdev_ioctl_client_get_arg(client);
  gulong request = umockdev_ioctl_client_get_request(client);
  g_autoptr(UMockdevIoctlData) own = NULL;

  vdev_lock(plug->plug.vdev);
  know(plug, client);
  if (request == USBDEVFS_SUBMITURB) {
    submit(plug, client, argument);
  } else if (request == USBDEVFS_REAPURBNDELAY || request == USBDEVFS_REAPURB) {
    reap(plug, client, argument);
  } else if (request == USBDEVFS_DISCARDURB) {
    discard(plug, client, argument);
  } else if (plug->gone) {
    answer(client, ENODEV);
  } else {
    if (_IOC_SIZE(request) > 0)
      own = umockdev_ioctl_data_resolve(argument, 0, _IOC_SIZE(request), NULL);
    if (own)
      answer_request(plug, client, request, own->data);
    else
      answer_plain(client, request);
  }
  vdev_unlock(plug->plug.vdev);
  return TRUE;
}

/* --- plugging --- */

static Vbus *
start(void)
{
  Bus *bus = g_new0(Bus, 1);
  bus->testbed = umockdev_testbed_new();
  bus->root = umockdev_testbed_get_root_dir(bus->testbed);
  bus->devices = 1;
  signal(SIGHUP, SIG_IGN); /* a session's leader gets it when a pty hangs up */
  return &bus->vbus;
}

static void
stop(Vbus *vbus)
{
  Bus *bus = (Bus *)vbus;
  g_object_unref(bus->testbed);
  g_free(bus->root);
  g_free(bus);
}

static void
append_hex(GString *text, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf(text, "%02X", bytes[i]);
}

static void
append_string(GString *text, const char *name, const char *value)
{
  if (value)
    g_string_append_printf(text, "A: %s=%s\\n\n", name, value);
}

/* Without an N: line: the node is there already, so nobody can open it too early. */
static char *
describe(const Plug *plug)
{
  GString *text = g_string_new(NULL);
  const VdevInfo *info = vdev_info(plug->plug.vdev);
  guint8 device[18];

  g_string_append_printf(text,
                         "P: " CONTROLLER "/usb%d/%s\n"
                         "E: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: DRIVER=usb\n"
                         "E: BUSNUM=%03d\nE: DEVNUM=%03d\nE: DEVNAME=%s\n"
                         "E: MAJOR=189\nE: MINOR=%d\nE: PRODUCT=%x/%x/100\n"
                         "A: busnum=%d\\n\nA: devnum=%d\\n\nA: speed=12\\n\n"
                         "A: bConfigurationValue=1\\n\n"
                         "A: idVendor=%04x\\n\nA: idProduct=%04x\\n\n",
                         plug->busnum,
                         plug->plug.port,
                         plug->busnum,
                         plug->devnum,
                         plug->node,
                         (plug->busnum - 1) * 128 + plug->devnum - 1,
                         info->vendor,
                         info->product,
                         plug->busnum,
                         plug->devnum,
                         info->vendor,
                         info->product);
  append_string(text, "manufacturer", info->maker);
  append_string(text, "product", info->name);
  append_string(text, "serial", info->serial);
  g_string_append(text, "H: descriptors=");
  vdev_device_descriptor(plug->plug.vdev, device);
  append_hex(text, device, sizeof device);
  append_hex(text, info->config, info->config_length);
  g_string_append(text, "\n");
  return g_string_free(text, FALSE);
}

static void
attach(Bus *bus, Plug *plug)
{
  g_autoptr(GError) error = NULL;
  plug->handler = umockdev_ioctl_base_new();
  g_signal_connect(plug->handler, "handle-ioctl", G_CALLBACK(on_ioctl), plug);
  if (!umockdev_testbed_attach_ioctl(bus->testbed, plug->node, plug->handler, &error))
    g_error("attach: %s", error->message);
}

static VbusPlug *
plug_in(Vbus *vbus, Vdev *vdev, const char *port)
{
  Bus *bus = (Bus *)vbus;
  Plug *plug = g_new0(Plug, 1);
  const VdevInfo *info = vdev_info(vdev);
  g_autoptr(GError) error = NULL;

  plug->plug.bus = vbus;
  plug->plug.vdev = vdev;
  g_strlcpy(plug->plug.port, port, sizeof plug->plug.port);
  plug->busnum = (int)g_ascii_strtoll(port, NULL, 10);
  plug->devnum = 1 + bus->devices++ % 126;
  plug->node = g_strdup_printf("/dev/bus/usb/%03d/%03d", plug->busnum, plug->devnum);
  plug->node_path = g_strconcat(bus->root, plug->node, NULL);
  plug->syspath = g_strdup_printf("/sys" CONTROLLER "/usb%d/%s", plug->busnum, port);
  plug->clients = g_hash_table_new(NULL, NULL);
  g_queue_init(&plug->completed);
  for (int i = 0; info->kernel_driver && i < MIN(info->config[4], INTERFACES); i++)
    g_strlcpy(plug->interfaces[i].driver,
              info->kernel_driver,
              sizeof plug->interfaces[i].driver);
  gate_make(plug);
  attach(bus, plug);
  g_autofree char *description = describe(plug);
  if (!umockdev_testbed_add_from_string(bus->testbed, description, &error))
    g_error("add: %s", error->message);
  return &plug->plug;
}

static void
yank(VbusPlug *vplug)
{
  Plug *plug = (Plug *)vplug;
  vdev_lock(vplug->vdev);
  if (!plug->gone) {
    plug->gone = true;
    vdev_set_gone(vplug->vdev, true);
    gate_set(plug, true);
    close(plug->master);
    plug->master = -1;
  }
  vdev_unlock(vplug->vdev);
}

static void
unplug(VbusPlug *vplug)
{
  Plug *plug = (Plug *)vplug;
  Bus *bus = (Bus *)vplug->bus;
  yank(vplug);
  /* 0.17.16 sends no news of a removal by itself. */
  umockdev_testbed_uevent(bus->testbed, plug->syspath, "remove");
  umockdev_testbed_detach_ioctl(bus->testbed, plug->node, NULL);
  g_unlink(plug->node_path);
  umockdev_testbed_remove_device(bus->testbed, plug->syspath);
}

/* Root may open everything: it becomes nobody in the eyes of the file system. umockdev
 * connects to its socket even for an open that failed, so that stays in reach. */
static void
forbid(VbusPlug *vplug, bool is_forbidden)
{
  const Plug *plug = (const Plug *)vplug;
  const Bus *bus = (const Bus *)vplug->bus;
  g_autofree char *socket = g_strconcat(bus->root, "/ioctl", plug->node, NULL);
  chmod(bus->root, 0755);
  chmod(socket, 0777);
  if (geteuid() == 0)
    setfsuid(is_forbidden ? NOBODY : 0);
  else if (chmod(plug->node_path, is_forbidden ? 0 : 0600) < 0)
    g_error("chmod: %s", g_strerror(errno));
}

static char *
driver(VbusPlug *vplug, int interface)
{
  const Plug *plug = (const Plug *)vplug;
  vdev_lock(vplug->vdev);
  char *name = g_strdup(plug->interfaces[interface].driver);
  vdev_unlock(vplug->vdev);
  return name;
}

static int
open_count(VbusPlug *vplug)
{
  const Plug *plug = (const Plug *)vplug;
  vdev_lock(vplug->vdev);
  int count = (int)g_hash_table_size(plug->clients);
  vdev_unlock(vplug->vdev);
  return count;
}

static void
plug_free(VbusPlug *vplug)
{
  Plug *plug = (Plug *)vplug;
  vdev_lock(vplug->vdev);
  close(plug->gate);
  plug->gate = -1;
  vdev_unlock(vplug->vdev);
  g_signal_handlers_disconnect_by_data(plug->handler, plug);
  g_object_unref(plug->handler);
  g_hash_table_unref(plug->clients);
  g_free(plug->node);
  g_free(plug->node_path);
  g_free(plug->syspath);
  g_free(plug);
}

static void
turn(Vbus *bus)
{
  g_usleep(500);
}

const VbusKind VBUS_UMOCKDEV = {.name = "libusb on umockdev",
                                .start = start,
                                .stop = stop,
                                .plug = plug_in,
                                .yank = yank,
                                .unplug = unplug,
                                .forbid = forbid,
                                .driver = driver,
                                .open_count = open_count,
                                .plug_free = plug_free,
                                .turn = turn,
                                .has_time = true};
