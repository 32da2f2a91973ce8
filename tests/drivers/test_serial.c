#include "drivers/serial.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "tests/test.h"

/* A pseudo-terminal: the far end of the line, and its name. */
static int
far_end(char name[64])
{
  int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  CU_ASSERT_FATAL(fd >= 0 && grantpt(fd) == 0 && unlockpt(fd) == 0);
  CU_ASSERT_EQUAL_FATAL(ptsname_r(fd, name, 64), 0);
  return fd;
}

static void
bytes_go_both_ways_as_they_are(void)
{
  static const guint8 BYTES[] = {0, 3, '\r', '\n', 0x11, 0x13, 0x7f, 0xff};
  char name[64];
  guint8 came[64];
  GError *error = NULL;
  int far = far_end(name);
  g_autoptr(Serial) serial = serial_open(name, 9600, &error);
  CU_ASSERT_PTR_NULL_FATAL(error);

  CU_ASSERT_EQUAL(SERIAL_WIRE.read(serial, came, sizeof came, 0, &error), 0);
  CU_ASSERT_EQUAL(write(far, BYTES, sizeof BYTES), sizeof BYTES);
  CU_ASSERT_EQUAL(SERIAL_WIRE.read(serial, came, sizeof came, 5000, &error),
                  sizeof BYTES);
  CU_ASSERT_EQUAL(memcmp(came, BYTES, sizeof BYTES), 0);
  CU_ASSERT_EQUAL(SERIAL_WIRE.write(serial, BYTES, sizeof BYTES, 5000, &error),
                  sizeof BYTES);
  CU_ASSERT_EQUAL(read(far, came, sizeof came), sizeof BYTES);
  CU_ASSERT_EQUAL(memcmp(came, BYTES, sizeof BYTES), 0);
  CU_ASSERT_PTR_NULL(error);
  close(far);
}

static void
a_line_that_was_pulled_out_is_gone(void)
{
  char name[64];
  guint8 came[8];
  GError *error = NULL;
  int far = far_end(name);
  g_autoptr(Serial) serial = serial_open(name, 9600, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(serial);
  close(far);
  CU_ASSERT_EQUAL(SERIAL_WIRE.read(serial, came, sizeof came, 5000, &error), -1);
  CU_ASSERT_TRUE(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
  g_clear_error(&error);
}

static void
speed_and_form_are_taken_from_the_address(void)
{
  static const struct {
    const char *rest;
    speed_t speed;  /* B0: refused */
    tcflag_t flags; /* of those that a pseudo-terminal keeps */
  } CASES[] = {
      {"", B9600, 0},
      {",2400", B2400, 0},
      {",115200,8N1", B115200, 0},
      {",9600,7E1", B9600, 0},
      {",9600,8O2", B9600, PARODD | CSTOPB},
      {",", B0, 0},
      {",9601", B0, 0},
      {",fast", B0, 0},
      {",9600,8N", B0, 0},
      {",9600,9N1", B0, 0},
      {",9600,8N1,x", B0, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    char name[64];
    struct termios line;
    g_autoptr(GError) error = NULL;
    int far = far_end(name);
    g_autofree char *place = g_strconcat(name, CASES[i].rest, NULL);
    g_autoptr(Serial) serial = serial_open(place, 9600, &error);
    CU_ASSERT_EQUAL(serial != NULL, CASES[i].speed != B0);
    if (serial) {
      CU_ASSERT_EQUAL(tcgetattr(far, &line), 0);
      CU_ASSERT_EQUAL(cfgetospeed(&line), CASES[i].speed);
      CU_ASSERT_EQUAL(line.c_cflag & (PARODD | CSTOPB), CASES[i].flags);
    } else {
      CU_ASSERT_TRUE(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_ADDRESS));
    }
    close(far);
  }
}

static void
what_is_no_line_says_so(void)
{
  static const struct {
    const char *place;
    DeviceError code;
  } CASES[] = {{"/dev/guitai-no-such-line", DEVICE_ERROR_GONE},
               {"/dev/null", DEVICE_ERROR_WRONG},
               {"", DEVICE_ERROR_ADDRESS}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GError) error = NULL;
    CU_ASSERT_PTR_NULL(serial_open(CASES[i].place, 9600, &error));
    CU_ASSERT_TRUE(g_error_matches(error, DEVICE_ERROR, CASES[i].code));
  }
}

TESTS("serial",
      TEST(bytes_go_both_ways_as_they_are),
      TEST(a_line_that_was_pulled_out_is_gone),
      TEST(speed_and_form_are_taken_from_the_address),
      TEST(what_is_no_line_says_so))
