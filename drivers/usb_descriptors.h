/* usb_descriptors: what a configuration descriptor says (USB 2.0, 9.6.3-9.6.6). Pure; the
 * bytes are hostile: lengths that lie, interfaces without endpoints. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define USB_MOST_ENDPOINTS 8

typedef enum {
  USB_EP_CONTROL,
  USB_EP_ISOCHRONOUS,
  USB_EP_BULK,
  USB_EP_INTERRUPT
} UsbEndpointKind;

typedef struct {
  uint8_t address; /* with the direction bit 0x80: IN */
  UsbEndpointKind kind;
  uint16_t packet; /* greatest packet, 1 … 1024 */
} UsbEndpoint;

typedef struct {
  uint8_t number, alternate, class_code, subclass, protocol;
  UsbEndpoint endpoints[USB_MOST_ENDPOINTS];
  int n_endpoints;
  const uint8_t *extra; /* class-specific descriptors, inside the configuration */
  gsize extra_length;
} UsbInterface;

/* (transfer full), of UsbInterface, in their order, each alternate setting one; what is
 * cut short is left out. Borrows from @config. */
GArray *usb_interfaces(GBytes *config);
/* @return inside @interface, NULL when it has none. */
const UsbEndpoint *
usb_endpoint(const UsbInterface *interface, UsbEndpointKind kind, bool is_in);
/* First with this class; -1: any subclass, any protocol. NULL: none. */
const UsbInterface *
usb_interface_of(const GArray *interfaces, int class_code, int subclass, int protocol);
/* A class-specific descriptor of @type in @interface. @return it with its length byte,
 * NULL: none. */
const uint8_t *usb_extra(const UsbInterface *interface, uint8_t type, gsize *ret_length);
