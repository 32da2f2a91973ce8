#include "drivers/usb_descriptors.h"

#include <string.h>

/* bDescriptorType, USB 2.0 table 9-5. */
enum { INTERFACE = 4, ENDPOINT = 5 };
enum { CONFIG_LENGTH = 9, INTERFACE_LENGTH = 9, ENDPOINT_LENGTH = 7 };

static UsbInterface
interface_of(const uint8_t *at)
{
  return (UsbInterface){.number = at[2],
                        .alternate = at[3],
                        .class_code = at[5],
                        .subclass = at[6],
                        .protocol = at[7]};
}

/* An endpoint 0, or one whose packets are empty or greater than USB knows, is a lie. */
static void
add_endpoint(UsbInterface *interface, const uint8_t *at)
{
  uint16_t packet = (uint16_t)((at[4] | at[5] << 8) & 0x7ff);
  if (!(at[2] & 0x0f) || packet == 0 || packet > 1024 ||
      interface->n_endpoints == USB_MOST_ENDPOINTS)
    return;
  interface->endpoints[interface->n_endpoints++] =
      (UsbEndpoint){at[2] & 0x8f, (UsbEndpointKind)(at[3] & 3), packet};
}

/* Class-specific descriptors lie between an interface and its endpoints or after those;
 * they are kept when they lie together. */
static void
add_extra(UsbInterface *interface, const uint8_t *at)
{
  if (!interface->extra)
    interface->extra = at;
  if (interface->extra + interface->extra_length == at)
    interface->extra_length += at[0];
}

GArray *
usb_interfaces(GBytes *config)
{
  gsize length;
  const uint8_t *bytes = g_bytes_get_data(config, &length);
  GArray *interfaces = g_array_new(FALSE, FALSE, sizeof(UsbInterface));
  UsbInterface *last = NULL;

  for (gsize at = CONFIG_LENGTH; at + 2 <= length; at += bytes[at]) {
    const uint8_t *descriptor = bytes + at;
    if (descriptor[0] < 2 || descriptor[0] > length - at)
      break;
    if (descriptor[1] == INTERFACE && descriptor[0] >= INTERFACE_LENGTH) {
      UsbInterface interface = interface_of(descriptor);
      g_array_append_val(interfaces, interface);
      last = &g_array_index(interfaces, UsbInterface, interfaces->len - 1);
    } else if (last && descriptor[1] == ENDPOINT) {
      if (descriptor[0] >= ENDPOINT_LENGTH)
        add_endpoint(last, descriptor);
    } else if (last) {
      add_extra(last, descriptor);
    }
  }
  return interfaces;
}

const UsbEndpoint *
usb_endpoint(const UsbInterface *interface, UsbEndpointKind kind, bool is_in)
{
  for (int i = 0; i < interface->n_endpoints; i++) {
    const UsbEndpoint *endpoint = &interface->endpoints[i];
    if (endpoint->kind == kind && ((endpoint->address & 0x80) != 0) == is_in)
      return endpoint;
  }
  return NULL;
}

const UsbInterface *
usb_interface_of(const GArray *interfaces, int class_code, int subclass, int protocol)
{
  for (guint i = 0; i < interfaces->len; i++) {
    const UsbInterface *interface = &g_array_index(interfaces, UsbInterface, i);
    if (interface->class_code == class_code &&
        (subclass < 0 || interface->subclass == subclass) &&
        (protocol < 0 || interface->protocol == protocol))
      return interface;
  }
  return NULL;
}

const uint8_t *
usb_extra(const UsbInterface *interface, uint8_t type, gsize *ret_length)
{
  for (gsize at = 0; at < interface->extra_length; at += interface->extra[at])
    if (interface->extra[at + 1] == type) {
      *ret_length = interface->extra[at];
      return interface->extra + at;
    }
  return NULL;
}
