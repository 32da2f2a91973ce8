#include "drivers/usb.h"

#include <errno.h>

#include "drivers/usb_inlet.h"
#include "tests/test.h"
#include "tests/usb/usb_fake.h"

static const guint8 CONFIG[] = {
    9, 2, 32, 0, 1, 1, 0,  0xc0, 1, 9, 4, 0,    0, 2,  7, 1,
    2, 0, 7,  5, 1, 2, 64, 0,    0, 7, 5, 0x82, 2, 64, 0, 0,
};
static const VdevInfo THING = {
    .vendor = 0x04b8,
    .product = 0x0e15,
    .config = CONFIG,
    .config_length = sizeof CONFIG,
    .maker = "Maker",
    .name = "Thing",
    .kernel_driver = "usblp",
};

static void
a_place_is_two_ids_and_perhaps_a_socket(void)
{
  static const struct {
    const char *place;
    bool is_one;
    const char *port;
  } CASES[] = {
      {"04b8:0e15", true, ""},
      {"04B8:0E15@1-2.4", true, "1-2.4"},
      {"04b8:0e15?drawer=low", true, ""}, /* a driver's own options */
      {"", false, NULL},
      {"04b8", false, NULL},
      {"04b8:", false, NULL},
      {"4b8:0e15", false, NULL},
      {"04b8:0e1", false, NULL},
      {"04b8:0e15x", false, NULL},
      {"04g8:0e15", false, NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    uint16_t vendor = 0, product = 0;
    const char *port = NULL;
    CU_ASSERT_EQUAL(usb_parse_place(CASES[i].place, &vendor, &product, &port),
                    CASES[i].is_one);
    if (!CASES[i].is_one)
      continue;
    CU_ASSERT_EQUAL(vendor, 0x04b8);
    CU_ASSERT_EQUAL(product, 0x0e15);
    CU_ASSERT_STRING_EQUAL(port, CASES[i].port);
  }
}

static void
a_name_is_clean_text(void)
{
  g_autoptr(UsbDevice) device =
      usb_device_new(1, 2, "1-1", " a\nb\xff ", g_bytes_new(NULL, 0));
  CU_ASSERT_STRING_EQUAL(device->name, "a b\xef\xbf\xbd");
  g_autoptr(UsbDevice) mute = usb_device_new(1, 2, "1-1", NULL, g_bytes_new(NULL, 0));
  CU_ASSERT_STRING_EQUAL(mute->name, "");
}

static void
each_failure_has_words_and_a_code(void)
{
  for (int status = 0; status < N_USB_STATUS; status++) {
    g_autoptr(GError) error = NULL;
    CU_ASSERT(!usb_fail((UsbStatus)status, "04b8:0e15", &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT(error->domain == DEVICE_ERROR);
    CU_ASSERT(g_str_has_prefix(error->message, "04b8:0e15 "));
    CU_ASSERT(strlen(error->message) > strlen("04b8:0e15 "));
  }
}

static void
waiting_costs_no_time_on_the_fake_clock(void)
{
  UsbFake *fake = usb_fake_new();
  Vdev *vdev = vdev_new(&THING, NULL);
  usb_fake_plug(fake, vdev, "1-2");
  UsbHandle *handle = usb_open("04b8:0e15", NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(handle);
  guint8 bytes[64];
  int64_t before_us = usb_now_us();
  CU_ASSERT_EQUAL(usb_bulk(handle, 0x82, bytes, sizeof bytes, NULL, 2000), USB_TIMEOUT);
  CU_ASSERT_EQUAL(usb_now_us() - before_us, 2000 * 1000);
  usb_close(handle);
  CU_ASSERT_EQUAL(usb_fake_open_count(fake), 0);
  usb_fake_free(fake);
  vdev_free(vdev);
}

TESTS("usb",
      TEST(a_place_is_two_ids_and_perhaps_a_socket),
      TEST(a_name_is_clean_text),
      TEST(each_failure_has_words_and_a_code),
      TEST(waiting_costs_no_time_on_the_fake_clock))
