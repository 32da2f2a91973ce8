#include "drivers/known_devices.h"

#include <glib.h>

const KnownDevice *
known_device(uint16_t vendor, uint16_t product)
{
  for (const KnownDevice *row = KNOWN_DEVICES; row->name; row++)
    if (row->vendor == vendor && product >= row->first && product <= row->last)
      return row;
  return NULL;
}

/* -- Rules of udev ----------------------------------------------------------------- */

#define GRANT "MODE=\"0660\", TAG+=\"uaccess\""

static const char HEAD[] =
    "# Made by `guitai devices --udev`: who sits at the till may open its devices.\n"
    "# Before 73-seat-late.rules, which reads the tags.\n"
    "ACTION==\"remove\", GOTO=\"guitai_end\"\n"
    "SUBSYSTEM!=\"usb\", GOTO=\"guitai_end\"\n"
    "ENV{DEVTYPE}!=\"usb_device\", GOTO=\"guitai_end\"\n\n";

static const char FOOT[] = "\n# Printers and card readers of any maker.\n"
                           "ENV{ID_USB_INTERFACES}==\"*:0701??:*\", " GRANT "\n"
                           "ENV{ID_USB_INTERFACES}==\"*:0b0000:*\", " GRANT "\n\n"
                           "LABEL=\"guitai_end\"\n";

/* The products of @row as udev matches them, a comma in front; "" for all. */
static char *
product_match(const KnownDevice *row)
{
  if (row->first == 0 && row->last == 0xffff)
    return g_strdup("");
  if (row->first == row->last)
    return g_strdup_printf(", ATTR{idProduct}==\"%04x\"", row->first);
  return g_strdup_printf(", ATTR{idProduct}==\"%02x*\"", row->first >> 8);
}

static void
add_row(GString *rules, const KnownDevice *row)
{
  g_autofree char *product = product_match(row);
  g_string_append_printf(
      rules, "ATTR{idVendor}==\"%04x\"%s, " GRANT, row->vendor, product);
  /* A serial scanner is no modem: asked for its name, it would lose its first codes. */
  if (row->kind <= KNOWN_SCANNER_WRONG || row->kind == KNOWN_SERIAL)
    g_string_append(rules, ", ENV{ID_MM_DEVICE_IGNORE}=\"1\"");
  g_string_append_c(rules, '\n');
}

/* All products of this maker have a row of their own further down. */
static bool
is_covered(const KnownDevice *row)
{
  for (const KnownDevice *later = row + 1; later->name; later++)
    if (later->vendor == row->vendor && later->first == 0 && later->last == 0xffff)
      return true;
  return false;
}

char *
known_devices_rules(void)
{
  GString *rules = g_string_new(HEAD);
  const char *last = "";
  for (const KnownDevice *row = KNOWN_DEVICES; row->name; row++) {
    if (is_covered(row))
      continue;
    if (*row->name && !g_str_equal(row->name, last))
      g_string_append_printf(rules, "# %s\n", row->name);
    last = row->name;
    add_row(rules, row);
  }
  g_string_append(rules, FOOT);
  return g_string_free(rules, FALSE);
}

char *
known_devices_rule(uint16_t vendor, uint16_t product, bool is_typing)
{
  GString *rule = g_string_new(NULL);
  g_string_append_printf(rule,
                         "SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", "
                         "ATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"%04x\", " GRANT
                         ", ENV{ID_MM_DEVICE_IGNORE}=\"1\"\n",
                         vendor,
                         product);
  if (is_typing)
    g_string_append_printf(rule,
                           "SUBSYSTEM==\"input\", KERNEL==\"event*\", "
                           "ENV{ID_VENDOR_ID}==\"%04x\", ENV{ID_MODEL_ID}==\"%04x\", "
                           "ENV{LIBINPUT_IGNORE_DEVICE}=\"1\"\n",
                           vendor,
                           product);
  return g_string_free(rule, FALSE);
}
