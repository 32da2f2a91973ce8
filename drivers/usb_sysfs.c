#include "drivers/usb_sysfs.h"

#include <string.h>
#include <unistd.h>

#define ROOT          "/sys/bus/usb/devices"
#define DEVICE_LENGTH 18 /* of a device descriptor */

static const char *root = ROOT;

void
usb_sysfs_use(const char *other)
{
  root = other ? other : ROOT;
}

/* HID 1.11, 6.2.2.4: one byte of tag, type and size, then 0, 1, 2 or 4 bytes. */
#define ITEM_USAGE_PAGE 0x04
#define ITEM_USAGE      0x08
#define ITEM_COLLECTION 0xa0
#define ITEM_LONG       0xfe

guint32
usb_sysfs_first_usage(const guint8 *descriptor, gsize length)
{
  guint32 page = 0, usage = 0;

  for (gsize at = 0; at < length && descriptor[at] != ITEM_LONG;) {
    guint8 item = descriptor[at++];
    gsize size = (item & 3) == 3 ? 4 : item & 3;
    guint32 value = 0;
    if (size > length - at)
      return 0;
    for (gsize i = 0; i < size; i++)
      value |= (guint32)descriptor[at + i] << (8 * i);
    at += size;
    if ((item & 0xfc) == ITEM_USAGE_PAGE)
      page = value;
    else if ((item & 0xfc) == ITEM_USAGE)
      usage = size == 4 ? value : (value | page << 16);
    else if ((item & 0xfc) == ITEM_COLLECTION)
      return usage ? usage : page << 16;
  }
  return 0;
}

/* The folder of an interface: "1-2.4:1.0" in configuration 1, seldom another. */
static char *
interface_folder(const char *port, int interface)
{
  for (int configuration = 1; configuration <= 4; configuration++) {
    g_autofree char *path =
        g_strdup_printf("%s/%s:%d.%d", root, port, configuration, interface);
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
      return g_steal_pointer(&path);
  }
  return NULL;
}

char *
usb_sysfs_printer_id(const char *port, int interface)
{
  g_autofree char *folder = interface_folder(port, interface);
  g_autofree char *path = folder ? g_build_filename(folder, "ieee1284_id", NULL) : NULL;
  char *id = NULL;
  return path && g_file_get_contents(path, &id, NULL, NULL) ? id : NULL;
}

guint32
usb_sysfs_hid_usage(const char *port, int interface)
{
  g_autofree char *folder = interface_folder(port, interface);
  g_autoptr(GDir) dir = folder ? g_dir_open(folder, 0, NULL) : NULL;

  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, "report_descriptor", NULL);
    g_autofree char *bytes = NULL;
    gsize length;
    if (g_file_get_contents(path, &bytes, &length, NULL))
      return usb_sysfs_first_usage((const guint8 *)bytes, length);
  }
  return 0;
}

/* (transfer full) The first entry of @folder that begins with "tty" and is no folder of
 * such; NULL: none. */
static char *
tty_in(const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    if (g_str_has_prefix(name, "tty") && name[strlen("tty")])
      return g_strdup(name);
  return NULL;
}

/* Serial chips have it in their folder, CDC devices one below. */
char *
usb_sysfs_tty(const char *port, int interface)
{
  g_autofree char *folder = interface_folder(port, interface);
  g_autofree char *below = folder ? g_build_filename(folder, "tty", NULL) : NULL;
  g_autofree char *name = folder ? tty_in(folder) : NULL;
  if (!name && below)
    name = tty_in(below);
  return name ? g_strconcat("/dev/", name, NULL) : NULL;
}

static int
number_in(const char *port, const char *file)
{
  g_autofree char *path = g_build_filename(root, port, file, NULL);
  g_autofree char *text = NULL;
  guint64 number;
  if (!g_file_get_contents(path, &text, NULL, NULL) ||
      !g_ascii_string_to_unsigned(g_strstrip(text), 10, 1, 999, &number, NULL))
    return 0;
  return (int)number;
}

bool
usb_sysfs_may_open(const char *port)
{
  int bus = number_in(port, "busnum"), device = number_in(port, "devnum");
  g_autofree char *node = g_strdup_printf("/dev/bus/usb/%03d/%03d", bus, device);
  return !bus || !device || !g_file_test(node, G_FILE_TEST_EXISTS) ||
         access(node, R_OK | W_OK) == 0;
}

/* (transfer full) "" when there is none. */
static char *
attribute(const char *port, const char *name, gsize *ret_length)
{
  g_autofree char *path = g_build_filename(root, port, name, NULL);
  char *bytes = NULL;
  *ret_length = 0;
  return g_file_get_contents(path, &bytes, ret_length, NULL) ? bytes : g_strdup("");
}

char *
usb_sysfs_name(const char *port)
{
  gsize length;
  g_autofree char *maker = g_strstrip(attribute(port, "manufacturer", &length));
  g_autofree char *product = g_strstrip(attribute(port, "product", &length));
  if (!*maker || g_ascii_strncasecmp(product, maker, strlen(maker)) == 0)
    return g_steal_pointer(&product);
  return g_strconcat(maker, *product ? " " : "", product, NULL);
}

/* The file holds the device's descriptor, then those of each configuration. */
GBytes *
usb_sysfs_config(const char *port, uint16_t vendor, uint16_t product)
{
  gsize length, unused;
  g_autofree char *active = attribute(port, "bConfigurationValue", &unused);
  g_autofree char *text = attribute(port, "descriptors", &length);
  const guint8 *bytes = (const guint8 *)text;
  gint64 wanted = g_ascii_strtoll(active, NULL, 10);

  if (length < DEVICE_LENGTH || (bytes[8] | bytes[9] << 8) != vendor ||
      (bytes[10] | bytes[11] << 8) != product)
    return g_bytes_new(NULL, 0);
  for (gsize at = DEVICE_LENGTH; at + 9 <= length;) {
    gsize total = (gsize)(bytes[at + 2] | bytes[at + 3] << 8);
    if (total < 9)
      break;
    if (wanted <= 0 || bytes[at + 5] == wanted)
      return g_bytes_new(bytes + at, MIN(total, length - at));
    at += total;
  }
  return g_bytes_new(NULL, 0);
}
