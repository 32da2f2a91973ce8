#include "drivers/serial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "drivers/usb.h"
#include "drivers/usb_descriptors.h"
#include "drivers/usb_sysfs.h"

struct Serial {
  int fd;
};

static const struct {
  int baud;
  speed_t speed;
} SPEEDS[] = {{1200, B1200},
              {2400, B2400},
              {4800, B4800},
              {9600, B9600},
              {19200, B19200},
              {38400, B38400},
              {57600, B57600},
              {115200, B115200},
              {230400, B230400}};

static gssize
refused(const char *what, GError **error)
{
  DeviceError code = DEVICE_ERROR_GONE;
  if (errno == EACCES || errno == EPERM)
    code = DEVICE_ERROR_ACCESS;
  else if (errno == EBUSY)
    code = DEVICE_ERROR_BUSY;
  else if (errno == ENOTTY)
    code = DEVICE_ERROR_WRONG;
  g_set_error(error, DEVICE_ERROR, code, "%s: %s", what, g_strerror(errno));
  return -1;
}

static bool
bad_address(const char *part, GError **error)
{
  g_set_error(error,
              DEVICE_ERROR,
              DEVICE_ERROR_ADDRESS,
              "\"%s\" is no speed or form of a serial line",
              part);
  return false;
}

static bool
set_speed(struct termios *line, const char *text, int baud, GError **error)
{
  guint64 wanted = (guint64)baud;
  if (text && !g_ascii_string_to_unsigned(text, 10, 1, 1000000, &wanted, NULL))
    return bad_address(text, error);
  for (gsize i = 0; i < G_N_ELEMENTS(SPEEDS); i++) {
    if ((guint64)SPEEDS[i].baud != wanted)
      continue;
    cfsetispeed(line, SPEEDS[i].speed);
    cfsetospeed(line, SPEEDS[i].speed);
    return true;
  }
  return bad_address(text ? text : "", error);
}

/* "8N1", "7E1", "8O2". */
static bool
set_form(struct termios *line, const char *form, GError **error)
{
  if (strlen(form) != 3 || !strchr("78", form[0]) || !strchr("NEO", form[1]) ||
      !strchr("12", form[2]))
    return bad_address(form, error);
  line->c_cflag &= ~(tcflag_t)(CSIZE | PARENB | PARODD | CSTOPB);
  line->c_cflag |= form[0] == '7' ? CS7 : CS8;
  line->c_cflag |= form[1] == 'N' ? 0 : PARENB;
  line->c_cflag |= form[1] == 'O' ? PARODD : 0;
  line->c_cflag |= form[2] == '2' ? CSTOPB : 0;
  return true;
}

static bool
set_up(int fd, char **parts, int baud, GError **error)
{
  struct termios line;
  int up = TIOCM_DTR | TIOCM_RTS;
  const char *speed = parts[1], *form = speed && parts[2] ? parts[2] : "8N1";

  if (tcgetattr(fd, &line) != 0) {
    refused(parts[0], error);
    return false;
  }
  cfmakeraw(&line);
  line.c_cflag |= CLOCAL | CREAD;
  line.c_cflag &= ~(tcflag_t)CRTSCTS;
  line.c_cc[VMIN] = 0;
  line.c_cc[VTIME] = 0;
  if (!set_speed(&line, speed, baud, error) || !set_form(&line, form, error))
    return false;
  if (tcsetattr(fd, TCSANOW, &line) != 0) {
    refused(parts[0], error);
    return false;
  }
  /* Lines without modem signals refuse this and work all the same. */
  (void)ioctl(fd, TIOCMBIS, &up);
  (void)ioctl(fd, TIOCEXCL);
  tcflush(fd, TCIOFLUSH);
  return true;
}

/* (transfer full) The kernel's line on @device; NULL: none. */
static char *
line_on(const UsbDevice *device)
{
  g_autoptr(GArray) interfaces = usb_interfaces(device->config);
  char *line = NULL;
  for (guint i = 0; i < interfaces->len && !line; i++)
    line = usb_sysfs_tty(device->port, g_array_index(interfaces, UsbInterface, i).number);
  return line;
}

/* (transfer full) NULL with @error: no such chip is plugged in. */
static char *
line_at(const char *place, GError **error)
{
  uint16_t vendor, product;
  const char *port = "";
  g_autoptr(GPtrArray) plugged = usb_plugged();
  char *line = NULL;

  if (!usb_parse_place(place, &vendor, &product, &port)) {
    bad_address(place, error);
    return NULL;
  }
  for (guint i = 0; i < plugged->len; i++) {
    const UsbDevice *device = plugged->pdata[i];
    bool is_kind = device->vendor == vendor && device->product == product;
    bool is_there = strcmp(device->port, port) == 0;
    if (!is_kind || (line && !is_there))
      continue;
    g_free(line);
    line = line_on(device);
  }
  if (!line)
    g_set_error(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "%s is not there", place);
  return line;
}

Serial *
serial_open(const char *place, int baud, GError **error)
{
  g_auto(GStrv) parts = g_strsplit(place, ",", 3);
  if (!parts[0]) {
    bad_address(place, error);
    return NULL;
  }
  if (g_str_has_prefix(parts[0], "usb:")) {
    char *line = line_at(parts[0] + strlen("usb:"), error);
    if (!line)
      return NULL;
    g_free(parts[0]);
    parts[0] = line;
  }
  int fd = open(parts[0], O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) {
    refused(parts[0], error);
    return NULL;
  }
  if (!set_up(fd, parts, baud, error)) {
    close(fd);
    return NULL;
  }
  Serial *serial = g_new(Serial, 1);
  serial->fd = fd;
  return serial;
}

void
serial_close(Serial *serial)
{
  if (!serial)
    return;
  close(serial->fd);
  g_free(serial);
}

/* @return 1: ready for @events; 0: not in time; -1: @error. */
static int
wait_for(const Serial *serial, short events, int timeout_ms, GError **error)
{
  struct pollfd end = {.fd = serial->fd, .events = events};
  int ready = poll(&end, 1, timeout_ms);

  if (ready < 0)
    return errno == EINTR ? 0 : (int)refused("poll", error);
  if (ready > 0 && !(end.revents & events)) {
    g_set_error_literal(
        error, DEVICE_ERROR, DEVICE_ERROR_GONE, "the far end was pulled out");
    return -1;
  }
  return ready > 0;
}

static gssize
outcome(gssize moved, const char *what, GError **error)
{
  if (moved < 0 && (errno == EAGAIN || errno == EINTR))
    return 0;
  return moved < 0 ? refused(what, error) : moved;
}

static gssize
line_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  Serial *serial = end;
  int ready = wait_for(serial, POLLOUT, timeout_ms, error);
  return ready <= 0 ? ready : outcome(write(serial->fd, bytes, length), "write", error);
}

/* Ready to be read and yet nothing there: that is how a line hangs up. */
static gssize
line_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Serial *serial = end;
  int ready = wait_for(serial, POLLIN, timeout_ms, error);
  if (ready <= 0)
    return ready;
  gssize came = read(serial->fd, bytes, room);
  if (came == 0 && room > 0) {
    errno = EIO;
    came = -1;
  }
  return outcome(came, "read", error);
}

static int64_t
line_now_us(gpointer end)
{
  return clock_monotonic_us();
}

const Wire SERIAL_WIRE = {line_write, line_read, line_now_us};
