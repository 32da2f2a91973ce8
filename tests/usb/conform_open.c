#include <string.h>

#include "tests/usb/conform.h"
#include "tests/usb/stage.h"

/* @return the code of the error with which @place cannot be opened, -1: it can. */
static int
code_of(const char *place)
{
  g_autoptr(GError) error = NULL;
  UsbHandle *handle = usb_open(place, NULL, &error);
  if (handle) {
    usb_close(handle);
    return -1;
  }
  CU_ASSERT_PTR_NOT_NULL_FATAL(error);
  CU_ASSERT(error->domain == DEVICE_ERROR);
  return error->code;
}

static void
a_device_is_found_by_its_kind(void)
{
  Stage stage = stage_open();
  CU_ASSERT_EQUAL(code_of(PLAIN_PLACE), DEVICE_ERROR_GONE);
  stage_plug(&stage, vdev_plain_new(), "1-2");
  CU_ASSERT_EQUAL(code_of(PLAIN_PLACE), -1);
  CU_ASSERT_EQUAL(code_of(OTHER_PLACE), DEVICE_ERROR_GONE);
  stage_close(&stage);
}

static void
another_socket_will_do_when_it_is_the_only_one(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  CU_ASSERT_EQUAL(code_of(PLAIN_PLACE "@9-9"), -1);
  stage_close(&stage);
}

static void
of_two_the_one_at_the_socket_is_meant(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  stage_plug(&stage, vdev_plain_new(), "1-3");
  for (int i = 0; i < 2; i++) {
    g_autoptr(UsbDevice) device = NULL;
    UsbHandle *handle = usb_open(stage_place(stage.plugs[i], PLAIN_PLACE), &device, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(handle);
    CU_ASSERT_STRING_EQUAL(device->port, stage.plugs[i]->port);
    usb_close(handle);
  }
  CU_ASSERT_EQUAL(code_of(PLAIN_PLACE), DEVICE_ERROR_GONE);
  CU_ASSERT_EQUAL(code_of(PLAIN_PLACE "@9-9"), DEVICE_ERROR_GONE);
  stage_close(&stage);
}

static void
what_names_no_device_is_a_bad_address(void)
{
  Stage stage = stage_open();
  CU_ASSERT_EQUAL(code_of(""), DEVICE_ERROR_ADDRESS);
  CU_ASSERT_EQUAL(code_of("1209"), DEVICE_ERROR_ADDRESS);
  CU_ASSERT_EQUAL(code_of("printer:0001"), DEVICE_ERROR_ADDRESS);
  stage_close(&stage);
}

static void
a_claimed_interface_is_busy_to_another(void)
{
  Stage stage;
  UsbHandle *first = stage_plain(&stage);
  UsbHandle *second = usb_open(PLAIN_PLACE, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(second);
  CU_ASSERT_EQUAL(usb_claim(second, 0), USB_BUSY);
  CU_ASSERT_EQUAL(usb_claim(second, 1), USB_OK);
  usb_release(first, 0);
  CU_ASSERT_EQUAL(usb_claim(second, 0), USB_OK);
  usb_close(first);
  usb_close(second);
  stage_close(&stage);
}

static void
closing_releases_what_was_claimed(void)
{
  Stage stage;
  UsbHandle *first = stage_plain(&stage);
  CU_ASSERT_EQUAL(usb_claim(first, 1), USB_OK);
  usb_close(first);
  UsbHandle *second = usb_open(PLAIN_PLACE, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(second);
  CU_ASSERT_EQUAL(usb_claim(second, 0), USB_OK);
  CU_ASSERT_EQUAL(usb_claim(second, 1), USB_OK);
  usb_close(second);
  stage_close(&stage);
}

static void
an_interface_that_is_not_there_cannot_be_claimed(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  CU_ASSERT_EQUAL(usb_claim(handle, 2), USB_NOT_FOUND);
  CU_ASSERT_EQUAL(usb_claim(handle, 7), USB_NOT_FOUND);
  usb_close(handle);
  stage_close(&stage);
}

static void
what_may_not_be_opened_is_told_apart(void)
{
  Stage stage = stage_open();
  VbusPlug *plug = stage_plug(&stage, vdev_plain_new(), "1-2");
  g_autoptr(GError) error = NULL;
  vbus_forbid(plug, true);
  UsbHandle *handle = usb_open(PLAIN_PLACE, NULL, &error);
  vbus_forbid(plug, false);
  CU_ASSERT_PTR_NULL(handle);
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_ACCESS));
  CU_ASSERT(error && strstr(error->message, "udev"));
  CU_ASSERT_EQUAL(code_of(PLAIN_PLACE), -1);
  stage_close(&stage);
}

static bool
is_driven_by(const Stage *stage, const char *name)
{
  g_autofree char *driver = vbus_driver(stage->plugs[0], 0);
  return strcmp(driver, name) == 0;
}

static void
a_kernel_driver_is_taken_away_and_given_back(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_keyboard_new(), "1-2");
  UNTIL(&stage, is_driven_by(&stage, "usbhid"));
  UsbHandle *handle = usb_open(KEYBOARD_PLACE, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(handle);
  CU_ASSERT(is_driven_by(&stage, "usbhid"));
  CU_ASSERT_EQUAL(usb_claim(handle, 0), USB_OK);
  CU_ASSERT(is_driven_by(&stage, "usbfs"));
  usb_release(handle, 0);
  UNTIL(&stage, is_driven_by(&stage, "usbhid"));
  CU_ASSERT_EQUAL(usb_claim(handle, 0), USB_OK);
  usb_close(handle);
  UNTIL(&stage, is_driven_by(&stage, "usbhid"));
  stage_close(&stage);
}

static void
alternate_settings_are_chosen(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  guint8 bytes[8] = {1};
  int n = 0;
  CU_ASSERT_EQUAL(usb_alternate(handle, 0, 1), USB_OK);
  CU_ASSERT_EQUAL(vdev_alternate(stage.vdevs[0], 0), 1);
  CU_ASSERT_EQUAL(usb_bulk(handle, 0x01, bytes, 8, &n, 1000), USB_OK);
  CU_ASSERT_EQUAL(usb_alternate(handle, 0, 0), USB_OK);
  CU_ASSERT_EQUAL(vdev_alternate(stage.vdevs[0], 0), 0);
  CU_ASSERT_EQUAL(usb_alternate(handle, 0, 5), USB_NOT_FOUND);
  usb_close(handle);
  stage_close(&stage);
}

static void
nothing_is_opened_that_left(void)
{
  Stage stage = stage_open();
  stage_plug(&stage, vdev_plain_new(), "1-2");
  stage_unplug(&stage, 0);
  CU_ASSERT_EQUAL(code_of(PLAIN_PLACE), DEVICE_ERROR_GONE);
  stage_replug(&stage, 0, "1-2");
  CU_ASSERT_EQUAL(code_of(PLAIN_PLACE), -1);
  stage_close(&stage);
}

static void
a_handle_outlives_its_device_without_harm(void)
{
  Stage stage;
  UsbHandle *old = stage_plain(&stage);
  stage_unplug(&stage, 0);
  stage_replug(&stage, 0, "1-2");
  UsbHandle *fresh = usb_open(PLAIN_PLACE, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(fresh);
  guint8 bytes[8];
  CU_ASSERT_EQUAL(usb_control(old, 0xc0, 1, 0, 0, bytes, 5, NULL), USB_GONE);
  CU_ASSERT_EQUAL(usb_control(fresh, 0xc0, 1, 0, 0, bytes, 5, NULL), USB_OK);
  CU_ASSERT(usb_has_left());
  usb_close(old);
  CU_ASSERT(!usb_has_left());
  usb_close(fresh);
  stage_close(&stage);
}

CU_TestInfo CONFORM_OPEN[] = {TEST(a_device_is_found_by_its_kind),
                              TEST(another_socket_will_do_when_it_is_the_only_one),
                              TEST(of_two_the_one_at_the_socket_is_meant),
                              TEST(what_names_no_device_is_a_bad_address),
                              TEST(a_claimed_interface_is_busy_to_another),
                              TEST(closing_releases_what_was_claimed),
                              TEST(an_interface_that_is_not_there_cannot_be_claimed),
                              TEST(what_may_not_be_opened_is_told_apart),
                              TEST(a_kernel_driver_is_taken_away_and_given_back),
                              TEST(alternate_settings_are_chosen),
                              TEST(nothing_is_opened_that_left),
                              TEST(a_handle_outlives_its_device_without_harm),
                              CU_TEST_INFO_NULL};
