/* A configuration descriptor as some device sends it: everything that is found lies
 * inside. */
#include "drivers/usb_descriptors.h"
#include "tests/fuzz/fuzz.h"

static bool
lies_inside(GBytes *config, const uint8_t *at, gsize length)
{
  gsize whole;
  const uint8_t *bytes = g_bytes_get_data(config, &whole);
  return at >= bytes && length <= whole && (gsize)(at - bytes) <= whole - length;
}

static void
check_extra(GBytes *config, const UsbInterface *interface)
{
  PROMISE(!interface->extra_length ||
          lies_inside(config, interface->extra, interface->extra_length));
  for (int type = 0; type < 256; type++) {
    gsize length = 0;
    const uint8_t *extra = usb_extra(interface, (uint8_t)type, &length);
    PROMISE(!extra || (length >= 2 && extra[0] == length && extra[1] == type &&
                       lies_inside(config, extra, length)));
  }
}

static void
check_endpoints(const UsbInterface *interface)
{
  PROMISE(interface->n_endpoints >= 0 && interface->n_endpoints <= USB_MOST_ENDPOINTS);
  for (int i = 0; i < interface->n_endpoints; i++) {
    const UsbEndpoint *endpoint = &interface->endpoints[i];
    PROMISE(endpoint->packet >= 1 && endpoint->packet <= 1024);
    PROMISE((endpoint->address & 0x0f) && !(endpoint->address & 0x70));
    PROMISE(usb_endpoint(interface, endpoint->kind, endpoint->address & 0x80));
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  g_autoptr(GBytes) config = g_bytes_new(bytes, length);
  g_autoptr(GArray) interfaces = usb_interfaces(config);
  PROMISE(interfaces->len <= length / 9);
  for (guint i = 0; i < interfaces->len; i++) {
    const UsbInterface *interface = &g_array_index(interfaces, UsbInterface, i);
    check_extra(config, interface);
    check_endpoints(interface);
    PROMISE(usb_interface_of(
        interfaces, interface->class_code, interface->subclass, interface->protocol));
  }
  return 0;
}
