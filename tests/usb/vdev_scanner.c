#include "tests/usb/vdev_scanner.h"

#include <errno.h>
#include <string.h>

struct VdevScanner {
  ScannerModel *model; /* owned */
  Vdev *vdev;          /* owned */
  VdevInfo info;
  guint8 config[96];
  char deaf[8];
  bool has_dtr;
  int protocol, idle, baud;
  int life;
};

enum {
  GET_DESCRIPTOR = 0x8106,
  SET_REPORT = 0x2109,
  SET_IDLE = 0x210a,
  SET_PROTOCOL = 0x210b,
  SET_LINE_CODING = 0x2120,
  SET_LINE_STATE = 0x2122
};

/* The report descriptor's length stands at byte 25 of each. */
static const guint8 HID_CONFIG[] = {
    9, 2, 34, 0,    1,    1, 0, 0x80, 50, 9, 4, 0, 0,    1, 3,  0, 0,
    0, 9, 33, 0x11, 0x01, 0, 1, 0x22, 0,  0, 7, 5, 0x81, 3, 64, 0, 1,
};
static const guint8 WEDGE_CONFIG[] = {
    9, 2, 34, 0,    1,    1, 0, 0x80, 50, 9, 4, 0, 0,    1, 3, 1, 1,
    0, 9, 33, 0x11, 0x01, 0, 1, 0x22, 0,  0, 7, 5, 0x81, 3, 8, 0, 1,
};
static const guint8 SERIAL_CONFIG[] = {
    9, 2,  67,   0,    2,    1, 0,  0x80, 50, /* configuration */
    9, 4,  0,    0,    1,    2, 2,  1,    0,  /* communication */
    5, 36, 0,    0x10, 0x01, 5, 36, 1,    0,  1,    4, 36, 2, 2,  5, 36, 6, 0,
    1, 7,  5,    0x82, 3,    8, 0,  10,   9,  4,    1, 0,  2, 10, 0, 0,  0, /* data */
    7, 5,  0x81, 2,    64,   0, 0,  7,    5,  0x01, 2, 64, 0, 0,
};
static const guint8 CHIP_CONFIG[] = {
    9,    2, 39, 0, 1, 1, 0, 0x80, 50, 9,  4, 0, 0, 3, 0xff, 1, 2, 0, 7, 5,
    0x81, 2, 32, 0, 0, 7, 5, 0x01, 2,  32, 0, 0, 7, 5, 0x82, 3, 8, 0, 1,
};

static int
give_descriptor(VdevScanner *self, guint8 *bytes, int length)
{
  gsize n;
  const guint8 *descriptor =
      scanner_model_descriptor(scanner_model_mode(self->model), &n);
  if (!descriptor || strchr(self->deaf, 'd'))
    return -EPIPE;
  memcpy(bytes, descriptor, MIN(n, (gsize)length));
  return MIN((int)n, length);
}

static int
set_line(VdevScanner *self, const guint8 *bytes, int length)
{
  if (length < 7)
    return -EPIPE;
  self->baud = bytes[0] | bytes[1] << 8 | bytes[2] << 16;
  return length;
}

static int
scanner_control(
    gpointer data, Vdev *vdev, const guint8 setup[8], guint8 *bytes, int length)
{
  VdevScanner *self = data;
  int request = setup[0] << 8 | setup[1];
  const char *deafness = request == SET_REPORT ? "r" : request < 0x2120 ? "p" : "l";

  if (self->life == 0)
    return -ESHUTDOWN;
  self->life -= self->life > 0;
  if (request == GET_DESCRIPTOR)
    return setup[3] == 0x22 ? give_descriptor(self, bytes, length) : -EPIPE;
  if (strpbrk(self->deaf, deafness))
    return -EPIPE;
  switch (request) {
  case SET_REPORT:
    scanner_model_hear(self->model, bytes, (gsize)length, setup[3] == 3);
    return length;
  case SET_IDLE:
    self->idle = setup[3];
    return 0;
  case SET_PROTOCOL:
    self->protocol = setup[2];
    return 0;
  case SET_LINE_CODING:
    return set_line(self, bytes, length);
  case SET_LINE_STATE:
    self->has_dtr = setup[2] & 1;
    return 0;
  default:
    return -EPIPE;
  }
}

static int
scanner_out(gpointer data, Vdev *vdev, guint8 endpoint, const guint8 *bytes, int length)
{
  VdevScanner *self = data;
  scanner_model_hear(self->model, bytes, (gsize)length, false);
  return length;
}

static void
set_config(VdevScanner *self, const guint8 *config, gsize length)
{
  gsize n;
  scanner_model_descriptor(scanner_model_mode(self->model), &n);
  g_assert(length <= sizeof self->config);
  memcpy(self->config, config, length);
  if (n > 0) {
    self->config[25] = (guint8)n;
    self->config[26] = (guint8)(n >> 8);
  }
  self->info.config = self->config;
  self->info.config_length = length;
}

static VdevScanner *
make(ScannerMode mode, guint16 vendor, guint16 product)
{
  VdevScanner *self = g_new0(VdevScanner, 1);
  bool is_wedge = mode == SCANNER_WEDGE || mode == SCANNER_WEDGE_ALT;
  self->model = scanner_model_new(mode);
  self->protocol = self->idle = self->life = -1;
  self->info = (VdevInfo){.vendor = vendor,
                          .product = product,
                          .maker = "Guitai",
                          .name = "Virtual scanner",
                          .kernel_driver = mode == SCANNER_SERIAL ? "cdc_acm" : "usbhid",
                          .control = scanner_control,
                          .out = scanner_out};
  if (mode == SCANNER_SERIAL)
    set_config(self, SERIAL_CONFIG, sizeof SERIAL_CONFIG);
  else if (is_wedge)
    set_config(self, WEDGE_CONFIG, sizeof WEDGE_CONFIG);
  else
    set_config(self, HID_CONFIG, sizeof HID_CONFIG);
  self->vdev = vdev_new(&self->info, self);
  return self;
}

VdevScanner *
vdev_scanner_new(ScannerMode mode)
{
  bool is_wedge = mode == SCANNER_WEDGE || mode == SCANNER_WEDGE_ALT;
  return make(mode, 0x1eab, is_wedge ? 0x0c03 : mode == SCANNER_SERIAL ? 0x0c06 : 0x0c10);
}

VdevScanner *
vdev_scanner_new_honeywell(ScannerMode mode)
{
  bool is_serial = mode == SCANNER_SERIAL;
  VdevScanner *self = make(mode, 0x0c2e, is_serial ? 0x0b8a : 0x0b81);
  if (is_serial)
    scanner_model_hear_commands(self->model);
  else
    scanner_model_set_honeywell(self->model);
  return self;
}

VdevScanner *
vdev_scanner_new_chip(void)
{
  VdevScanner *self = make(SCANNER_SERIAL, 0x1a86, 0x7523);
  vdev_free(self->vdev);
  set_config(self, CHIP_CONFIG, sizeof CHIP_CONFIG);
  self->info.kernel_driver = "ch341";
  self->vdev = vdev_new(&self->info, self);
  return self;
}

void
vdev_scanner_free(VdevScanner *self)
{
  if (!self)
    return;
  vdev_free(self->vdev);
  scanner_model_free(self->model);
  g_free(self);
}

Vdev *
vdev_scanner_device(VdevScanner *self)
{
  return self->vdev;
}

void
vdev_scanner_scan(VdevScanner *self, const char *aim, const char *code)
{
  vdev_lock(self->vdev);
  if (scanner_model_mode(self->model) != SCANNER_SERIAL || self->has_dtr)
    scanner_model_scan(self->model, aim, code, strlen(code));
  for (GBytes *packet; (packet = scanner_model_take(self->model));) {
    gsize length;
    const void *bytes = g_bytes_get_data(packet, &length);
    vdev_push(self->vdev, VDEV_SCANNER_IN, bytes, length);
    g_bytes_unref(packet);
  }
  vdev_unlock(self->vdev);
}

int
vdev_scanner_beeps(VdevScanner *self, Beep beep)
{
  vdev_lock(self->vdev);
  int beeps = scanner_model_beeps(self->model, beep);
  vdev_unlock(self->vdev);
  return beeps;
}

int
vdev_scanner_leds(VdevScanner *self)
{
  vdev_lock(self->vdev);
  int leds = scanner_model_leds(self->model);
  vdev_unlock(self->vdev);
  return leds;
}

bool
vdev_scanner_is_booted(VdevScanner *self)
{
  vdev_lock(self->vdev);
  bool is_booted = self->protocol == 0 && self->idle == 0;
  vdev_unlock(self->vdev);
  return is_booted;
}

int
vdev_scanner_baud(VdevScanner *self)
{
  vdev_lock(self->vdev);
  int baud = self->baud;
  vdev_unlock(self->vdev);
  return baud;
}

void
vdev_scanner_set_deaf(VdevScanner *self, const char *to)
{
  vdev_lock(self->vdev);
  g_strlcpy(self->deaf, to, sizeof self->deaf);
  vdev_unlock(self->vdev);
}

void
vdev_scanner_set_life(VdevScanner *self, int requests)
{
  vdev_lock(self->vdev);
  self->life = requests;
  vdev_unlock(self->vdev);
}
