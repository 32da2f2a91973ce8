#include "drivers/plugged.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "drivers/known_devices.h"
#include "drivers/usb_descriptors.h"
#include "drivers/usb_sysfs.h"

enum {
  CLASS_CDC = 0x02,
  CLASS_HID = 0x03,
  CLASS_PRINTER = 0x07,
  CLASS_CARD_READER = 0x0b,
  CLASS_VIDEO = 0x0e,
  CLASS_VENDOR = 0xff
};

#define CCID_DESCRIPTOR        0x21
#define CCID_DESCRIPTOR_LENGTH 54

#define PAGE_KEYBOARD 0x00010006u /* generic desktop, keyboard */
#define PAGE_SCANNER  0x8cu
#define PAGE_SCALE    0x8du

/* One device while it is looked at. */
typedef struct {
  UsbDevice *device;
  GArray *interfaces; /* owned */
  const KnownDevice *known;
  char *line;       /* owned (nullable); the kernel's serial line on a maker's own chip */
  GPtrArray *found; /* of Plugged */
} Look;

void
plugged_free(Plugged *plugged)
{
  if (!plugged)
    return;
  usb_device_unref(plugged->device);
  g_free(plugged->address);
  g_free(plugged->name);
  g_free(plugged);
}

/* -- What it is called ------------------------------------------------------------- */

/* "Honeywell 1900": the device's own word, the maker's name before it when that is not
 * in it. */
static char *
name_of(const Look *look)
{
  const char *maker = look->known ? look->known->name : "";
  g_autofree char *own = g_utf8_make_valid(look->device->name, -1);
  gsize first = strcspn(maker, " ");

  g_strstrip(own);
  if (!*own && !*maker)
    return g_strdup_printf("USB %04x:%04x", look->device->vendor, look->device->product);
  if (!*own)
    return g_strdup(maker);
  if (!*maker || g_ascii_strncasecmp(own, maker, first) == 0)
    return g_steal_pointer(&own);
  return g_strdup_printf("%s (%s)", maker, own);
}

static void
add(const Look *look, DeviceUse use, PluggedDoubt doubt, const char *scheme)
{
  const UsbDevice *device = look->device;
  Plugged *plugged = g_new0(Plugged, 1);
  plugged->device = usb_device_ref(look->device);
  plugged->use = use;
  plugged->doubt = doubt;
  if (doubt != PLUGGED_WRONG_MODE)
    plugged->address = g_strdup_printf(
        "%s:usb:%04x:%04x@%s", scheme, device->vendor, device->product, device->port);
  plugged->name = name_of(look);
  /* Cameras and serial lines are opened by nodes of their own kind. */
  if (look->line)
    plugged->is_forbidden = g_access(look->line, R_OK | W_OK) != 0;
  else
    plugged->is_forbidden = use != USE_CAMERA && !usb_sysfs_may_open(device->port);
  g_ptr_array_add(look->found, plugged);
}

/* -- What it can do ---------------------------------------------------------------- */

static const UsbInterface *
interface_of(const Look *look, int class_code, int subclass, int protocol)
{
  return usb_interface_of(look->interfaces, class_code, subclass, protocol);
}

static char *
line_of(const Look *look)
{
  const UsbInterface *chip = interface_of(look, CLASS_VENDOR, -1, -1);
  return chip ? usb_sysfs_tty(look->device->port, chip->number) : NULL;
}

static bool
is_known_as(const Look *look, KnownKind first, KnownKind last)
{
  return look->known && look->known->kind >= first && look->known->kind <= last;
}

/* By the kernel that has read it, else by the boot protocol; 0: not known. */
static guint32
usage_of(const Look *look, const UsbInterface *interface)
{
  guint32 usage = usb_sysfs_hid_usage(look->device->port, interface->number);
  if (!usage && interface->subclass == 1 && interface->protocol == 1)
    return PAGE_KEYBOARD;
  if (!usage && interface->protocol == 2)
    return PAGE_KEYBOARD + 1; /* a mouse: of no use, and known */
  return usage;
}

typedef struct {
  bool has_scanner, has_scale, has_keyboard; /* by what they say */
  bool has_silent;                           /* one that nobody has read yet */
} HidPages;

static HidPages
hid_pages(const Look *look)
{
  HidPages pages = {false};
  for (guint i = 0; i < look->interfaces->len; i++) {
    const UsbInterface *interface = &g_array_index(look->interfaces, UsbInterface, i);
    if (interface->class_code != CLASS_HID || interface->alternate != 0)
      continue;
    guint32 usage = usage_of(look, interface);
    pages.has_scanner |= usage >> 16 == PAGE_SCANNER;
    pages.has_scale |= usage >> 16 == PAGE_SCALE;
    pages.has_keyboard |= usage == PAGE_KEYBOARD;
    pages.has_silent |= usage == 0;
  }
  return pages;
}

/* A maker of scanners whose device shows nothing that Guitai reads is in a mode of the
 * maker's own. */
static void
look_for_scanner(const Look *look, const HidPages *hid)
{
  bool is_scanner = is_known_as(look, KNOWN_SCANNER, KNOWN_SCANNER);
  bool is_asked = is_known_as(look, KNOWN_SCANNER_ASKED, KNOWN_SCANNER_ASKED);
  bool is_wrong = is_known_as(look, KNOWN_SCANNER_WRONG, KNOWN_SCANNER_WRONG);
  PluggedDoubt doubt = is_scanner ? PLUGGED_SURE : PLUGGED_ASK;

  if (is_wrong)
    add(look, USE_SCANNER, PLUGGED_WRONG_MODE, NULL);
  else if (hid->has_scanner)
    add(look, USE_SCANNER, PLUGGED_SURE, "hid-scanner");
  else if (hid->has_silent && (is_scanner || is_asked))
    add(look, USE_SCANNER, doubt, "hid-scanner");
  else if (interface_of(look, CLASS_CDC, 2, -1))
    add(look, USE_SCANNER, doubt, "cdc-scanner");
  else if (hid->has_keyboard)
    add(look, USE_SCANNER, PLUGGED_MAYBE, "wedge");
  else if (look->line)
    add(look, USE_SCANNER, PLUGGED_ASK, "serial-scanner");
  else if (is_scanner)
    add(look, USE_SCANNER, PLUGGED_WRONG_MODE, NULL);
}

static bool
speaks(const char *id, const char *language)
{
  return id && strstr(id, language) != NULL;
}

static void
look_for_printer(const Look *look)
{
  const UsbInterface *printer = interface_of(look, CLASS_PRINTER, 1, -1);
  const UsbInterface *vendor = interface_of(look, CLASS_VENDOR, -1, -1);
  g_autofree char *id =
      printer ? usb_sysfs_printer_id(look->device->port, printer->number) : NULL;

  if (!printer && !(vendor && is_known_as(look, KNOWN_PRINTER, KNOWN_PRINTER)))
    return;
  if (is_known_as(look, KNOWN_LABEL, KNOWN_LABEL) || speaks(id, "TSPL"))
    add(look, USE_LABEL, PLUGGED_SURE, "label");
  else if (is_known_as(look, KNOWN_LABEL_WRONG, KNOWN_LABEL_WRONG))
    add(look, USE_LABEL, PLUGGED_WRONG_MODE, NULL);
  else if (is_known_as(look, KNOWN_PRINTER, KNOWN_PRINTER) || speaks(id, "ESC/POS"))
    add(look, USE_PRINTER, PLUGGED_SURE, "escpos");
  else { /* an office's printer would print pages of nonsense: somebody chooses it */
    add(look, USE_PRINTER, PLUGGED_ASK, "escpos");
    add(look, USE_LABEL, PLUGGED_ASK, "label");
  }
}

/* SAM-V direct: frames in two parts, each with a pipe of its own (devices.md c1). */
static bool
has_four_pipes(const Look *look)
{
  static const uint8_t PIPES[] = {0x02, 0x06, 0x81, 0x85};
  const UsbInterface *vendor = interface_of(look, CLASS_VENDOR, -1, -1);
  int seen = 0;

  for (int i = 0; vendor && i < vendor->n_endpoints; i++)
    if (vendor->endpoints[i].kind == USB_EP_BULK &&
        memchr(PIPES, vendor->endpoints[i].address, sizeof PIPES))
      seen++;
  return seen == (int)sizeof PIPES;
}

/* From before the class had a number; its descriptor is the same. */
static bool
is_old_card_reader(const Look *look)
{
  const UsbInterface *vendor = interface_of(look, CLASS_VENDOR, -1, -1);
  gsize length;
  return vendor && usb_extra(vendor, CCID_DESCRIPTOR, &length) &&
         length == CCID_DESCRIPTOR_LENGTH;
}

static void
look_for_cards(const Look *look)
{
  if (is_known_as(look, KNOWN_ID_READER, KNOWN_ID_READER))
    add(look, USE_ID_READER, PLUGGED_SURE, "id-reader");
  else if (has_four_pipes(look))
    add(look, USE_ID_READER, PLUGGED_ASK, "id-reader");
  if (interface_of(look, CLASS_CARD_READER, -1, -1) || is_old_card_reader(look))
    add(look, USE_CARD_READER, PLUGGED_SURE, "ccid");
}

static void
name_kind(const Look *look, const char *kind)
{
  Plugged *last = look->found->pdata[look->found->len - 1];
  g_autofree char *name = g_steal_pointer(&last->name);
  last->name = g_strdup_printf("%s · %s", name, kind);
}

/* Displays do not say what they are: somebody chooses what stands on theirs. */
static const struct {
  const char *scheme, *kind;
} POLES[] = {{"pole", "CD5220"}, {"pole-gbk", "CD5220 GBK"}, {"pole-led8", "LED8"}};

static void
look_for_pole(const Look *look)
{
  for (gsize i = 0; i < G_N_ELEMENTS(POLES); i++) {
    add(look, USE_POLE, PLUGGED_ASK, POLES[i].scheme);
    name_kind(look, POLES[i].kind);
  }
}

static void
look_for_rest(const Look *look, const HidPages *hid)
{
  bool is_scanner = is_known_as(look, KNOWN_SCANNER, KNOWN_SCANNER_WRONG);

  if (hid->has_scale || (hid->has_silent && is_known_as(look, KNOWN_SCALE, KNOWN_SCALE)))
    add(look, USE_SCALE, PLUGGED_SURE, "scale");
  if (!is_scanner && (look->line || interface_of(look, CLASS_CDC, 2, -1)))
    look_for_pole(look);
  /* It looks at people: somebody must want that. */
  if (interface_of(look, CLASS_VIDEO, 1, -1))
    add(look, USE_CAMERA, PLUGGED_ASK, "camera");
}

GPtrArray *
plugged_uses(UsbDevice *device)
{
  Look look = {device,
               usb_interfaces(device->config),
               known_device(device->vendor, device->product),
               NULL,
               g_ptr_array_new_with_free_func((GDestroyNotify)plugged_free)};
  look.line = line_of(&look);
  HidPages hid = hid_pages(&look);

  look_for_scanner(&look, &hid);
  look_for_printer(&look);
  look_for_cards(&look);
  look_for_rest(&look, &hid);
  g_array_unref(look.interfaces);
  g_free(look.line);
  return look.found;
}

GPtrArray *
plugged_list(void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)plugged_free);
  g_autoptr(GPtrArray) devices = usb_plugged();

  for (guint i = 0; i < devices->len; i++) {
    GPtrArray *uses = plugged_uses(devices->pdata[i]);
    g_ptr_array_extend_and_steal(all, uses);
  }
  return all;
}
