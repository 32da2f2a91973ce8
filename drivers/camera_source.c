#include "drivers/camera_source.h"

#include <string.h>

#include "drivers/device.h"

#define V4L2_FOLDER "/sys/class/video4linux"

/* What a code needs to be read from a page: a camera that could send more pixels than
 * that would only be slower. Pictures that come as JPEG come faster over USB 2. */
#define SIZES                                                                            \
  "capsfilter caps=\"image/jpeg,width=[640,1920],height=[480,1080];"                     \
  "video/x-raw,width=[640,1920],height=[480,1080]\" ! decodebin"
#define CALMER " ! videorate drop-only=true max-rate=10"

typedef struct {
  guint vid, pid;
  char port[64]; /* "1-2.4", "": any */
} Socket;

static bool
socket_read(const char *text, Socket *ret_socket)
{
  g_auto(GStrv) parts = g_strsplit(text, "@", 2);
  g_auto(GStrv) ids = g_strsplit(parts[0] ? parts[0] : "", ":", 2);
  guint64 vid, pid;

  if (g_strv_length(ids) != 2 ||
      !g_ascii_string_to_unsigned(ids[0], 16, 0, 0xffff, &vid, NULL) ||
      !g_ascii_string_to_unsigned(ids[1], 16, 0, 0xffff, &pid, NULL))
    return false;
  ret_socket->vid = (guint)vid;
  ret_socket->pid = (guint)pid;
  g_strlcpy(ret_socket->port, parts[1] ? parts[1] : "", sizeof ret_socket->port);
  return true;
}

static guint
hex_of(const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename(folder, name, NULL);
  g_autofree char *text = NULL;
  guint64 number = G_MAXUINT;

  if (g_file_get_contents(path, &text, NULL, NULL))
    g_ascii_string_to_unsigned(g_strstrip(text), 16, 0, 0xffff, &number, NULL);
  return (guint)number;
}

/* A video node hangs on an interface ("1-2.4:1.0") of its USB device ("1-2.4"). Only the
 * first node of a camera gives pictures ("index" 0). */
static bool
is_of_socket(const char *node, const Socket *socket)
{
  g_autofree char *up = g_build_filename(V4L2_FOLDER, node, "device", "..", NULL);
  g_autofree char *itself = g_build_filename(V4L2_FOLDER, node, NULL);
  g_autofree char *interface = g_build_filename(itself, "device", NULL);
  g_autofree char *target = g_file_read_link(interface, NULL);
  g_autofree char *name = g_path_get_basename(target ? target : "");
  bool is_port = !*socket->port || (g_str_has_prefix(name, socket->port) &&
                                    name[strlen(socket->port)] == ':');

  return is_port && hex_of(itself, "index") == 0 &&
         hex_of(up, "idVendor") == socket->vid && hex_of(up, "idProduct") == socket->pid;
}

static char *
node_of(const Socket *socket)
{
  g_autoptr(GDir) nodes = g_dir_open(V4L2_FOLDER, 0, NULL);
  const char *node;

  while (nodes && (node = g_dir_read_name(nodes)))
    if (is_of_socket(node, socket))
      return g_build_filename("/dev", node, NULL);
  return NULL;
}

static char *
source_in_socket(const char *where, GError **error)
{
  Socket socket;

  if (!socket_read(where, &socket)) {
    g_set_error(error,
                DEVICE_ERROR,
                DEVICE_ERROR_ADDRESS,
                "\"usb:%s\" names no camera; wanted: usb:046d:0825@1-2",
                where);
    return NULL;
  }
  g_autofree char *node = node_of(&socket);
  if (!node) {
    g_set_error(
        error, DEVICE_ERROR, DEVICE_ERROR_GONE, "no camera %s is plugged in", where);
    return NULL;
  }
  return g_strdup_printf("v4l2src device=%s ! " SIZES CALMER, node);
}

char *
camera_source(const char *address, GError **error)
{
  const char *rest = strchr(address, ':');
  g_autofree char *wanted = g_strstrip(g_strdup(rest ? rest + 1 : ""));

  if (!*wanted)
    return g_strdup("v4l2src ! " SIZES CALMER);
  if (g_str_has_prefix(wanted, "usb:"))
    return source_in_socket(wanted + strlen("usb:"), error);
  return g_steal_pointer(&wanted);
}
