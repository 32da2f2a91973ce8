#include "drivers/label_printer.h"

#include <string.h>

#include "drivers/escpos_usb.h"
#include "drivers/labeller.h"
#include "drivers/usb_pipe.h"

#define SCHEME  "label:usb:"
#define REST_MS 1000

typedef struct {
  UsbHandle *handle;  /* owned */
  UsbPipe *pipe;      /* owned */
  Labeller *labeller; /* owned */
} LabelPrinter;

static void
printer_close(gpointer data)
{
  LabelPrinter *self = data;
  labeller_free(self->labeller);
  usb_pipe_free(self->pipe);
  usb_close(self->handle);
  g_free(self);
}

static bool
take_interface(LabelPrinter *self, GBytes *config, GError **error)
{
  g_autoptr(GArray) interfaces = usb_interfaces(config);
  const UsbInterface *interface = escpos_usb_interface(interfaces, false);

  if (interface)
    self->pipe = usb_pipe_new(self->handle, interface, NULL, NULL, error);
  else
    g_set_error_literal(error,
                        DEVICE_ERROR,
                        DEVICE_ERROR_WRONG,
                        "it has no interface that a printer would have");
  if (self->pipe)
    self->labeller = labeller_new(&USB_PIPE_WIRE, self->pipe);
  return self->pipe != NULL;
}

static gpointer
printer_open(const char *address, GError **error)
{
  g_autoptr(UsbDevice) device = NULL;

  if (!g_str_has_prefix(address, SCHEME)) {
    g_set_error(
        error, DEVICE_ERROR, DEVICE_ERROR_ADDRESS, "\"%s\" names no USB device", address);
    return NULL;
  }
  UsbHandle *handle = usb_open(address + strlen(SCHEME), &device, error);
  if (!handle)
    return NULL;
  LabelPrinter *self = g_new0(LabelPrinter, 1);
  self->handle = handle;
  if (!take_interface(self, device->config, error))
    g_clear_pointer(&self, printer_close);
  return self;
}

static bool
printer_command(gpointer data, GBytes *bytes, DeviceState *state, GError **error)
{
  return labeller_print(((LabelPrinter *)data)->labeller, bytes, state, error);
}

static GBytes *
printer_listen(gpointer data, DeviceState *state, GError **error)
{
  labeller_look(((LabelPrinter *)data)->labeller, state, error);
  return NULL;
}

const DeviceDriver LABEL_PRINTER = {
    "label", REST_MS, printer_open, printer_command, printer_listen, printer_close};
