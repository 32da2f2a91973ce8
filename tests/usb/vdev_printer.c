#include "tests/usb/vdev_printer.h"

#include <errno.h>
#include <string.h>

#include "app/base/clock.h"

#define FROM_INTERFACE 0xa1

struct VdevPrinter {
  VdevPrinterKind kind;
  VdevInfo info;
  Vdev *vdev;          /* owned */
  PrinterModel *model; /* owned */
  int soft_resets;
};

#define CONFIG(length, interfaces) 9, 2, length, 0, interfaces, 1, 0, 0xc0, 50
#define INTERFACE(alternate, n, class, protocol)                                         \
  9, 4, 0, alternate, n, class, (class) == 7 ? 1 : 0, protocol, 0
#define BULK(address) 7, 5, address, 2, 64, 0, 0

static const guint8 TWO_WAY[] = {
    CONFIG(32, 1), INTERFACE(0, 2, 7, 2), BULK(0x03), BULK(0x84)};
static const guint8 ONE_WAY[] = {CONFIG(25, 1), INTERFACE(0, 1, 7, 1), BULK(0x01)};
static const guint8 ALTERNATES[] = {CONFIG(71, 1),
                                    INTERFACE(0, 1, 7, 1),
                                    BULK(0x01),
                                    INTERFACE(1, 2, 7, 2),
                                    BULK(0x01),
                                    BULK(0x82),
                                    INTERFACE(2, 2, 7, 3),
                                    BULK(0x01),
                                    BULK(0x82)};
static const guint8 VENDOR[] = {
    CONFIG(32, 1), INTERFACE(0, 2, 0xff, 0), BULK(0x01), BULK(0x82)};

static const struct {
  const guint8 *config;
  gsize length;
  guint8 in; /* 0: none */
} SHAPES[N_PRINTER_SHAPES] = {
    [PRINTER_TWO_WAY] = {TWO_WAY, sizeof TWO_WAY, 0x84},
    [PRINTER_ONE_WAY] = {ONE_WAY, sizeof ONE_WAY, 0},
    [PRINTER_ALTERNATES] = {ALTERNATES, sizeof ALTERNATES, 0x82},
    [PRINTER_VENDOR] = {VENDOR, sizeof VENDOR, 0x82},
};

static int64_t
now_us(const VdevPrinter *printer)
{
  return printer->kind.now_us ? printer->kind.now_us() : clock_monotonic_us();
}

static void
send_answers(VdevPrinter *printer)
{
  guint8 bytes[64];
  guint8 in = SHAPES[printer->kind.shape].in;
  gsize n;

  while ((n = printer_model_answer(
              printer->model, bytes, sizeof bytes, now_us(printer))) > 0)
    if (in)
      vdev_push(printer->vdev, in, bytes, n);
}

static int
on_out(gpointer self, Vdev *vdev, guint8 endpoint, const guint8 *bytes, int length)
{
  VdevPrinter *printer = self;
  gsize taken = printer_model_take(printer->model, bytes, (gsize)length, now_us(printer));

  send_answers(printer);
  return taken || !length ? (int)taken : VDEV_NAK;
}

static int
give_id(const VdevPrinter *printer, guint8 *bytes, int room)
{
  guint8 answer[512];
  gsize text = strlen(printer->kind.id), length = MIN(text + 2, sizeof answer);

  if (printer->kind.id_manner == PRINTER_ID_NONE)
    return -EPIPE;
  answer[0] = (guint8)(length >> 8);
  answer[1] = (guint8)length;
  if (printer->kind.id_manner == PRINTER_ID_LITTLE) {
    answer[0] = (guint8)length;
    answer[1] = (guint8)(length >> 8);
  }
  memcpy(answer + 2, printer->kind.id, length - 2);
  int n = MIN(room, (int)length);
  memcpy(bytes, answer, (gsize)n);
  return n;
}

static int
port_status(const VdevPrinter *printer)
{
  if (printer->kind.constant_port)
    return printer->kind.constant_port;
  return printer_model_has_paper(printer->model) ? 0x18 : 0x38;
}

static int
on_control(gpointer self, Vdev *vdev, const guint8 setup[8], guint8 *bytes, int length)
{
  VdevPrinter *printer = self;

  if (printer->kind.shape == PRINTER_VENDOR)
    return -EPIPE;
  if (setup[0] == FROM_INTERFACE && setup[1] == 0)
    return give_id(printer, bytes, length);
  if (setup[0] == FROM_INTERFACE && setup[1] == 1 && length >= 1) {
    bytes[0] = (guint8)port_status(printer);
    return 1;
  }
  /* As many do: only the recipient that the later edition of the class names. */
  if (setup[0] == 0x21 && setup[1] == 2) {
    printer->soft_resets++;
    return 0;
  }
  return -EPIPE;
}

VdevPrinter *
vdev_printer_new(const VdevPrinterKind *kind)
{
  VdevPrinter *printer = g_new0(VdevPrinter, 1);

  printer->kind = *kind;
  printer->info = (VdevInfo){
      .vendor = kind->vendor,
      .product = kind->product,
      .config = SHAPES[kind->shape].config,
      .config_length = SHAPES[kind->shape].length,
      .maker = "Virtual",
      .name = "USB Printing Support",
      .kernel_driver = kind->shape == PRINTER_VENDOR ? NULL : "usblp",
      .control = on_control,
      .out = on_out,
  };
  printer->model = printer_model_new(kind->columns ? kind->columns : 48,
                                     kind->dots ? kind->dots : 576);
  printer->vdev = vdev_new(&printer->info, printer);
  return printer;
}

void
vdev_printer_free(VdevPrinter *printer)
{
  if (!printer)
    return;
  vdev_free(printer->vdev);
  printer_model_free(printer->model);
  g_free(printer);
}

Vdev *
vdev_printer_vdev(VdevPrinter *printer)
{
  return printer->vdev;
}

PrinterModel *
vdev_printer_begin(VdevPrinter *printer)
{
  vdev_lock(printer->vdev);
  return printer->model;
}

void
vdev_printer_end(VdevPrinter *printer)
{
  printer_model_run(printer->model, now_us(printer));
  send_answers(printer);
  vdev_kick(printer->vdev);
  vdev_unlock(printer->vdev);
}

int
vdev_printer_soft_resets(VdevPrinter *printer)
{
  vdev_lock(printer->vdev);
  int n = printer->soft_resets;
  vdev_unlock(printer->vdev);
  return n;
}
