#include "drivers/usb_descriptors.h"

#include "tests/test.h"

/* A printer with two alternate settings, then a keyboard with its HID descriptor. */
static const guint8 CONFIG[] = {
    9, 2,    82,   0, 2,    1,    0,    0xc0, 1, /* configuration */
    9, 4,    0,    0, 1,    7,    1,    1,    0, /* printer, one way */
    7, 5,    0x01, 2, 64,   0,    0,             /* bulk OUT */
    9, 4,    0,    1, 2,    7,    1,    2,    0, /* printer, both ways */
    7, 5,    0x01, 2, 0x00, 0x02, 0,             /* bulk OUT, 512 */
    7, 5,    0x82, 2, 64,   0,    0,             /* bulk IN */
    9, 4,    1,    0, 1,    3,    1,    1,    0, /* keyboard */
    9, 0x21, 0x11, 1, 0,    1,    0x22, 63,   0, /* HID */
    7, 5,    0x83, 3, 8,    0,    10,            /* interrupt IN */
};

static GArray *
parse(const guint8 *bytes, gsize length)
{
  /* A copy of its own length: the sanitizer sees a byte too far. */
  g_autoptr(GBytes) config = g_bytes_new(bytes, length);
  GArray *interfaces = usb_interfaces(config);
  for (guint i = 0; i < interfaces->len; i++) {
    UsbInterface *interface = &g_array_index(interfaces, UsbInterface, i);
    gsize n;
    CU_ASSERT_PTR_NULL(usb_extra(interface, 0xee, &n));
    interface->extra = NULL;
    interface->extra_length = 0;
  }
  return interfaces;
}

static void
each_alternate_setting_is_an_interface_of_its_own(void)
{
  g_autoptr(GArray) interfaces = parse(CONFIG, sizeof CONFIG);
  CU_ASSERT_EQUAL_FATAL(interfaces->len, 3);
  const UsbInterface *both = usb_interface_of(interfaces, 7, 1, 2);
  CU_ASSERT_PTR_NOT_NULL_FATAL(both);
  CU_ASSERT_EQUAL(both->number, 0);
  CU_ASSERT_EQUAL(both->alternate, 1);
  CU_ASSERT_EQUAL(both->n_endpoints, 2);
  CU_ASSERT_PTR_EQUAL(usb_interface_of(interfaces, 7, -1, -1),
                      &g_array_index(interfaces, UsbInterface, 0));
  CU_ASSERT_PTR_NULL(usb_interface_of(interfaces, 8, -1, -1));
}

static void
endpoints_are_found_by_kind_and_direction(void)
{
  g_autoptr(GArray) interfaces = parse(CONFIG, sizeof CONFIG);
  const UsbInterface *both = usb_interface_of(interfaces, 7, 1, 2);
  const UsbEndpoint *out = usb_endpoint(both, USB_EP_BULK, false);
  const UsbEndpoint *in = usb_endpoint(both, USB_EP_BULK, true);
  CU_ASSERT_PTR_NOT_NULL_FATAL(out);
  CU_ASSERT_PTR_NOT_NULL_FATAL(in);
  CU_ASSERT_EQUAL(out->address, 0x01);
  CU_ASSERT_EQUAL(out->packet, 512);
  CU_ASSERT_EQUAL(in->address, 0x82);
  CU_ASSERT_PTR_NULL(usb_endpoint(both, USB_EP_INTERRUPT, true));
}

static void
a_class_descriptor_is_found_in_its_interface_only(void)
{
  g_autoptr(GBytes) config = g_bytes_new(CONFIG, sizeof CONFIG);
  g_autoptr(GArray) interfaces = usb_interfaces(config);
  gsize n = 0;
  const uint8_t *hid = usb_extra(usb_interface_of(interfaces, 3, 1, 1), 0x21, &n);
  CU_ASSERT_PTR_NOT_NULL_FATAL(hid);
  CU_ASSERT_EQUAL(n, 9);
  CU_ASSERT_EQUAL(hid[7], 63);
  CU_ASSERT_PTR_NULL(usb_extra(usb_interface_of(interfaces, 7, 1, 2), 0x21, &n));
}

static void
what_is_cut_short_is_left_out(void)
{
  for (gsize length = 0; length <= sizeof CONFIG; length++) {
    g_autoptr(GArray) interfaces = parse(CONFIG, length);
    guint whole = (length >= 18) + (length >= 34) + (length >= 57);
    CU_ASSERT_EQUAL(interfaces->len, whole);
  }
}

static void
lengths_that_lie_end_it_without_harm(void)
{
  for (gsize i = 9; i < sizeof CONFIG; i++) {
    static const guint8 LIES[] = {0, 1, 2, 6, 8, 10, 0x7f, 0xff};
    for (gsize k = 0; k < sizeof LIES; k++) {
      guint8 bytes[sizeof CONFIG];
      memcpy(bytes, CONFIG, sizeof bytes);
      bytes[i] = LIES[k];
      g_autoptr(GArray) interfaces = parse(bytes, sizeof bytes);
      CU_ASSERT(interfaces->len <= sizeof CONFIG / 9);
    }
  }
}

static void
an_endpoint_of_impossible_packets_is_no_endpoint(void)
{
  static const guint8 ODD[] = {
      9, 2, 46,   0, 1,    1,    0, 0x80, 1, 9, 4, 0, 0, 4, 3, 0, 0, 0, /* interface */
      7, 5, 0x81, 3, 0,    0,    1,                                     /* no packet */
      7, 5, 0x80, 3, 8,    0,    1,                                     /* endpoint 0 */
      7, 5, 0x82, 3, 0xff, 0x07, 1,                                     /* 2047 */
      7, 5, 0x83, 3, 0x08, 0x08, 1, /* 8, twice a frame */
  };
  g_autoptr(GArray) interfaces = parse(ODD, sizeof ODD);
  const UsbInterface *only = &g_array_index(interfaces, UsbInterface, 0);
  CU_ASSERT_EQUAL(only->n_endpoints, 1);
  CU_ASSERT_EQUAL(only->endpoints[0].address, 0x83);
  CU_ASSERT_EQUAL(only->endpoints[0].packet, 8);
}

static void
more_endpoints_than_fit_are_left_out(void)
{
  guint8 bytes[18 + 20 * 7] = {9, 2, 0, 0, 1, 1, 0, 0x80, 1, 9, 4, 0, 0, 20, 3, 0, 0, 0};
  for (int i = 0; i < 20; i++)
    memcpy(bytes + 18 + i * 7, (guint8[]){7, 5, 0x81, 3, 8, 0, 1}, 7);
  g_autoptr(GArray) interfaces = parse(bytes, sizeof bytes);
  CU_ASSERT_EQUAL(g_array_index(interfaces, UsbInterface, 0).n_endpoints,
                  USB_MOST_ENDPOINTS);
}

static void
an_interface_without_endpoints_has_none(void)
{
  g_autoptr(GArray) interfaces = parse(CONFIG, 18);
  const UsbInterface *only = &g_array_index(interfaces, UsbInterface, 0);
  CU_ASSERT_EQUAL(only->n_endpoints, 0);
  CU_ASSERT_PTR_NULL(usb_endpoint(only, USB_EP_BULK, false));
}

TESTS("usb_descriptors",
      TEST(each_alternate_setting_is_an_interface_of_its_own),
      TEST(endpoints_are_found_by_kind_and_direction),
      TEST(a_class_descriptor_is_found_in_its_interface_only),
      TEST(what_is_cut_short_is_left_out),
      TEST(lengths_that_lie_end_it_without_harm),
      TEST(an_endpoint_of_impossible_packets_is_no_endpoint),
      TEST(more_endpoints_than_fit_are_left_out),
      TEST(an_interface_without_endpoints_has_none))
