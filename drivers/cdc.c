#include "drivers/cdc.h"

#include "drivers/usb_pipe.h"

#define CLASS_COMM   0x02
#define CLASS_DATA   0x0a
#define ABSTRACT     0x02
#define TO_INTERFACE 0x21
#define LINE_CODING  0x20
#define LINE_STATE   0x22
#define DTR_RTS      3
#define NO_COMM      (-1)

struct Cdc {
  UsbHandle *handle; /* owned */
  UsbPipe *pipe;     /* owned */
  int comm;          /* its number, claimed; NO_COMM: the data interface stands alone */
};

void
cdc_line_coding(const CdcLine *line, guint8 ret_bytes[7])
{
  for (int i = 0; i < 4; i++)
    ret_bytes[i] = (guint8)((guint32)line->baud >> 8 * i);
  ret_bytes[4] = line->stop_bits == 2 ? 2 : 0;
  ret_bytes[5] = (guint8)line->parity;
  ret_bytes[6] = (guint8)line->data_bits;
}

/* A device that does not understand a request works without it. */
static bool
request(Cdc *cdc, uint8_t what, uint16_t value, void *bytes, int length, GError **error)
{
  UsbStatus status = usb_control(cdc->handle,
                                 TO_INTERFACE,
                                 what,
                                 value,
                                 (uint16_t)MAX(cdc->comm, 0),
                                 bytes,
                                 length,
                                 NULL);
  if (status == USB_IO)
    status = usb_settle(cdc->handle);
  return (status != USB_GONE && status != USB_CANCELLED) ||
         usb_fail(status, "set up its serial line", error);
}

static bool
set_up(Cdc *cdc, const CdcLine *line, GError **error)
{
  guint8 coding[7];

  cdc_line_coding(line, coding);
  return request(cdc, LINE_CODING, 0, coding, sizeof coding, error) &&
         request(cdc, LINE_STATE, DTR_RTS, NULL, 0, error);
}

static const UsbInterface *
data_interface(const GArray *interfaces)
{
  for (guint i = 0; i < interfaces->len; i++) {
    const UsbInterface *interface = &g_array_index(interfaces, UsbInterface, i);
    if (interface->class_code == CLASS_DATA &&
        usb_endpoint(interface, USB_EP_BULK, false) &&
        usb_endpoint(interface, USB_EP_BULK, true))
      return interface;
  }
  return NULL;
}

static bool
claim_comm(Cdc *cdc, const GArray *interfaces, GError **error)
{
  const UsbInterface *comm = usb_interface_of(interfaces, CLASS_COMM, ABSTRACT, -1);
  if (!comm)
    return true;
  UsbStatus status = usb_claim(cdc->handle, comm->number);
  if (status != USB_OK)
    return usb_fail(status, "claim its serial line", error);
  cdc->comm = comm->number;
  return true;
}

static bool
connect_line(Cdc *cdc, GBytes *config, UsbNotify notify, gpointer data, GError **error)
{
  g_autoptr(GArray) interfaces = usb_interfaces(config);
  const UsbInterface *lines = data_interface(interfaces);

  if (!lines) {
    g_set_error_literal(
        error, DEVICE_ERROR, DEVICE_ERROR_WRONG, "it is not a serial line");
    return false;
  }
  if (!claim_comm(cdc, interfaces, error))
    return false;
  cdc->pipe = usb_pipe_new(cdc->handle, lines, notify, data, error);
  return cdc->pipe != NULL;
}

Cdc *
cdc_open(const char *place,
         const CdcLine *line,
         UsbNotify notify,
         gpointer data,
         GError **error)
{
  g_autoptr(UsbDevice) device = NULL;
  UsbHandle *handle = usb_open(place, &device, error);
  if (!handle)
    return NULL;
  Cdc *cdc = g_new0(Cdc, 1);
  *cdc = (Cdc){.handle = handle, .comm = NO_COMM};
  if (!connect_line(cdc, device->config, notify, data, error) ||
      !set_up(cdc, line, error))
    g_clear_pointer(&cdc, cdc_close);
  return cdc;
}

void
cdc_close(Cdc *cdc)
{
  if (!cdc)
    return;
  usb_pipe_free(cdc->pipe);
  if (cdc->comm != NO_COMM)
    usb_release(cdc->handle, cdc->comm);
  usb_close(cdc->handle);
  g_free(cdc);
}

static gssize
line_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  return USB_PIPE_WIRE.write(((Cdc *)end)->pipe, bytes, length, timeout_ms, error);
}

static gssize
line_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  return USB_PIPE_WIRE.read(((Cdc *)end)->pipe, bytes, room, timeout_ms, error);
}

static int64_t
line_now_us(gpointer end)
{
  return usb_now_us();
}

const Wire CDC_WIRE = {line_write, line_read, line_now_us};
