#include <string.h>

#include "tests/usb/conform.h"
#include "tests/usb/stage.h"

static void
a_request_brings_its_answer(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  char answer[64] = "";
  int n = 0;
  CU_ASSERT_EQUAL(usb_control(handle, 0xc0, 1, 0, 0, answer, 5, &n), USB_OK);
  CU_ASSERT_EQUAL(n, 5);
  CU_ASSERT_STRING_EQUAL(answer, "hello");
  usb_close(handle);
  stage_close(&stage);
}

static void
an_answer_may_be_shorter_than_asked(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  char answer[64] = "";
  int n = 0;
  CU_ASSERT_EQUAL(usb_control(handle, 0xc0, 1, 0, 0, answer, 60, &n), USB_OK);
  CU_ASSERT_EQUAL(n, 5);
  CU_ASSERT_EQUAL(usb_control(handle, 0xc0, 1, 0, 0, answer, 2, &n), USB_OK);
  CU_ASSERT_EQUAL(n, 2);
  usb_close(handle);
  stage_close(&stage);
}

static void
a_request_carries_bytes_out(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  char bytes[] = "to the device";
  int n = 0;
  CU_ASSERT_EQUAL(usb_control(handle, 0x40, 2, 7, 9, bytes, 13, &n), USB_OK);
  CU_ASSERT_EQUAL(n, 13);
  g_autoptr(GByteArray) sent = vdev_sent(stage.vdevs[0]);
  CU_ASSERT_EQUAL_FATAL(sent->len, 13);
  CU_ASSERT_EQUAL(memcmp(sent->data, bytes, 13), 0);
  usb_close(handle);
  stage_close(&stage);
}

static void
a_request_without_bytes_is_one(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  CU_ASSERT_EQUAL(usb_control(handle, 0x40, 2, 0, 0, NULL, 0, NULL), USB_OK);
  usb_close(handle);
  stage_close(&stage);
}

static void
what_is_not_understood_stalls_and_the_next_works(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  char answer[8];
  int n = 7;
  for (int i = 0; i < 3; i++) {
    CU_ASSERT_EQUAL(usb_control(handle, 0xc0, 99, 0, 0, answer, 8, &n), USB_STALL);
    CU_ASSERT_EQUAL(n, 0);
    CU_ASSERT_EQUAL(usb_control(handle, 0xc0, 1, 0, 0, answer, 8, &n), USB_OK);
    CU_ASSERT_EQUAL(n, 5);
  }
  usb_close(handle);
  stage_close(&stage);
}

static void
what_is_never_answered_times_out(void)
{
  Stage stage;
  UsbHandle *handle = stage_plain(&stage);
  char answer[8];
  int n = 7;
  int64_t before_us = usb_now_us();
  CU_ASSERT_EQUAL(usb_control(handle, 0xc0, 3, 0, 0, answer, 8, &n), USB_TIMEOUT);
  CU_ASSERT_EQUAL(n, 0);
  CU_ASSERT(usb_now_us() - before_us >= 900 * 1000);
  CU_ASSERT_EQUAL(usb_control(handle, 0xc0, 1, 0, 0, answer, 8, &n), USB_OK);
  usb_close(handle);
  stage_close(&stage);
}

CU_TestInfo CONFORM_CONTROL[] = {TEST(a_request_brings_its_answer),
                                 TEST(an_answer_may_be_shorter_than_asked),
                                 TEST(a_request_carries_bytes_out),
                                 TEST(a_request_without_bytes_is_one),
                                 TEST(what_is_not_understood_stalls_and_the_next_works),
                                 TEST(what_is_never_answered_times_out),
                                 CU_TEST_INFO_NULL};
