#include "drivers/plugged.h"

#include <glib/gstdio.h>
#include <string.h>

#include "drivers/usb_sysfs.h"
#include "tests/test.h"
#include "tests/usb/usb_fake.h"

#define MOST_INTERFACES 3

/* One interface: its class triple and the addresses of its endpoints, 0 ends. */
typedef struct {
  guint8 triple[3];
  guint8 attributes; /* of each endpoint: 2 bulk, 3 interrupt */
  guint8 endpoints[12];
} Shape;

#define HID_POS                                                                          \
  {                                                                                      \
    {3, 0, 0}, 3,                                                                        \
    {                                                                                    \
      0x81                                                                               \
    }                                                                                    \
  }
#define KEYBOARD                                                                         \
  {                                                                                      \
    {3, 1, 1}, 3,                                                                        \
    {                                                                                    \
      0x82                                                                               \
    }                                                                                    \
  }
#define MOUSE                                                                            \
  {                                                                                      \
    {3, 1, 2}, 3,                                                                        \
    {                                                                                    \
      0x83                                                                               \
    }                                                                                    \
  }
#define CDC                                                                              \
  {                                                                                      \
    {2, 2, 1}, 3,                                                                        \
    {                                                                                    \
      0x83                                                                               \
    }                                                                                    \
  }
#define CDC_LINES                                                                        \
  {                                                                                      \
    {10, 0, 0}, 2,                                                                       \
    {                                                                                    \
      0x81, 0x02                                                                         \
    }                                                                                    \
  }
#define PRINTER                                                                          \
  {                                                                                      \
    {7, 1, 2}, 2,                                                                        \
    {                                                                                    \
      0x82, 0x01                                                                         \
    }                                                                                    \
  }
#define VENDOR                                                                           \
  {                                                                                      \
    {255, 0, 0}, 2,                                                                      \
    {                                                                                    \
      0x82, 0x01                                                                         \
    }                                                                                    \
  }
#define FOUR                                                                             \
  {                                                                                      \
    {255, 0, 0}, 2,                                                                      \
    {                                                                                    \
      0x02, 0x06, 0x81, 0x85                                                             \
    }                                                                                    \
  }
#define CARDS                                                                            \
  {                                                                                      \
    {11, 0, 0}, 2,                                                                       \
    {                                                                                    \
      0x82, 0x01                                                                         \
    }                                                                                    \
  }
#define VIDEO                                                                            \
  {                                                                                      \
    {14, 1, 0}, 3,                                                                       \
    {                                                                                    \
      0x87                                                                               \
    }                                                                                    \
  }

typedef struct {
  const char *what;
  guint32 vendor, product;
  const char *name; /* what it calls itself; NULL: nothing */
  Shape shapes[MOST_INTERFACES];
  const char *expected; /* "use doubt scheme", of every use, ";" between them */
} Case;

static const Case CASES[] = {
    {"HID POS", 0x0c2e, 0x0b61, "1900", {HID_POS}, "scanner sure hid-scanner"},
    {"keyboard mode", 0x0c2e, 0x0200, NULL, {KEYBOARD}, "scanner maybe wedge"},
    {"HID POS and keyboard",
     0x0c2e,
     0x0b6a,
     NULL,
     {KEYBOARD, HID_POS},
     "scanner sure hid-scanner"},
    {"serial mode", 0x05f9, 0x4204, NULL, {CDC, CDC_LINES}, "scanner sure cdc-scanner"},
    {"IBM mode", 0x05e0, 0x1300, NULL, {HID_POS}, "scanner wrong -"},
    {"SNAPI", 0x05e0, 0x1900, NULL, {HID_POS}, "scanner wrong -"},
    {"maker's own class", 0x1eab, 0x0d01, NULL, {VENDOR}, "scanner wrong -"},
    {"Newland keyboard", 0x1eab, 0x0c03, NULL, {KEYBOARD}, "scanner maybe wedge"},
    {"somebody's keyboard", 0x046d, 0xc31c, NULL, {KEYBOARD}, "scanner maybe wedge"},
    {"keyboard with media keys",
     0x046d,
     0xc31c,
     NULL,
     {KEYBOARD, HID_POS},
     "scanner maybe wedge"},
    {"mouse", 0x046d, 0xc077, NULL, {MOUSE}, ""},
    {"game pad", 0x045e, 0x028e, NULL, {HID_POS}, ""},
    {"sample ids of a chip", 0x28e9, 0x018a, NULL, {CDC}, "scanner ask cdc-scanner"},
    {"serial adapter",
     0x2341,
     0x0043,
     NULL,
     {CDC, CDC_LINES},
     "scanner ask cdc-scanner;pole ask pole;pole ask pole-gbk;pole ask pole-led8"},
    {"Epson", 0x04b8, 0x0e15, "TM-T20II", {PRINTER}, "printer sure escpos"},
    {"Epson card", 0x04b8, 0x0202, NULL, {VENDOR}, "printer sure escpos"},
    {"ink jet", 0x04b8, 0x1111, NULL, {PRINTER}, "printer ask escpos;label ask label"},
    {"clone", 0x0416, 0x5011, "USB Printing Support", {PRINTER}, "printer sure escpos"},
    {"office printer",
     0x03f0,
     0x4117,
     NULL,
     {PRINTER},
     "printer ask escpos;label ask label"},
    {"label printer", 0x1203, 0x0230, NULL, {PRINTER}, "label sure label"},
    {"ZPL label printer", 0x0a5f, 0x0166, NULL, {PRINTER}, "label wrong -"},
    {"ID-card reader", 0x0400, 0xc35a, NULL, {FOUR}, "id-reader sure id-reader"},
    {"ID-card reader as HID",
     0x2015,
     0x0008,
     NULL,
     {HID_POS},
     "id-reader sure id-reader"},
    {"reader of an unknown maker",
     0x1234,
     0x5678,
     NULL,
     {FOUR},
     "id-reader ask id-reader"},
    {"chip-card reader", 0x072f, 0x90cc, NULL, {CARDS}, "card-reader sure ccid"},
    {"scale", 0x0eb8, 0xf000, NULL, {HID_POS}, "scale sure scale"},
    {"camera", 0x046d, 0x082d, NULL, {VIDEO}, "camera ask camera"},
    {"hub", 0x1d6b, 0x0002, NULL, {{{9, 0, 0}, 3, {0x81}}}, ""},
};

static const char *const DOUBTS[] = {"sure", "maybe", "ask", "wrong"};

static void
add_interface(GByteArray *config, guint8 number, const Shape *shape)
{
  guint8 n = (guint8)strnlen((const char *)shape->endpoints, sizeof shape->endpoints);
  const guint8 head[] = {
      9, 4, number, 0, n, shape->triple[0], shape->triple[1], shape->triple[2], 0};
  g_byte_array_append(config, head, sizeof head);
  for (int i = 0; i < n; i++) {
    const guint8 endpoint[] = {7, 5, shape->endpoints[i], shape->attributes, 64, 0, 1};
    g_byte_array_append(config, endpoint, sizeof endpoint);
  }
}

static GByteArray *
config_of(const Case *test)
{
  GByteArray *config = g_byte_array_new();
  const guint8 head[] = {9, 2, 0, 0, 0, 1, 0, 0x80, 50};
  guint8 n = 0;
  g_byte_array_append(config, head, sizeof head);
  while (n < MOST_INTERFACES && test->shapes[n].triple[0]) {
    add_interface(config, n, &test->shapes[n]);
    n++;
  }
  config->data[2] = (guint8)config->len;
  config->data[4] = n;
  return config;
}

static char *
list_text(const GPtrArray *list)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < list->len; i++) {
    const Plugged *plugged = list->pdata[i];
    g_autofree char *scheme =
        plugged->address ? g_strndup(plugged->address, strcspn(plugged->address, ":"))
                         : g_strdup("-");
    g_string_append_printf(text,
                           "%s%s %s %s",
                           i ? ";" : "",
                           device_use_name(plugged->use),
                           DOUBTS[plugged->doubt],
                           scheme);
  }
  return g_string_free(text, FALSE);
}

static void
check(const Case *test)
{
  g_autoptr(GByteArray) config = config_of(test);
  UsbFake *fake = usb_fake_new();
  VdevInfo info = {.vendor = (guint16)test->vendor,
                   .product = (guint16)test->product,
                   .config = config->data,
                   .config_length = config->len,
                   .name = test->name};
  Vdev *vdev = vdev_new(&info, NULL);
  usb_fake_plug(fake, vdev, "7-2.4");
  g_autoptr(GPtrArray) list = plugged_list();
  g_autofree char *text = list_text(list);
  if (!g_str_equal(text, test->expected))
    g_printerr("%s: %s, expected %s\n", test->what, text, test->expected);
  CU_ASSERT_STRING_EQUAL(text, test->expected);
  g_clear_pointer(&list, g_ptr_array_unref);
  usb_fake_unplug(fake, vdev);
  usb_fake_free(fake);
  vdev_free(vdev);
}

static void
what_a_device_is_for_follows_from_ids_and_descriptors(void)
{
  usb_sysfs_use("/nonexistent");
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
    check(&CASES[i]);
  usb_sysfs_use(NULL);
}

static void
says_of(const Case *test, const char *name, const char *address)
{
  g_autoptr(GByteArray) config = config_of(test);
  UsbFake *fake = usb_fake_new();
  VdevInfo info = {.vendor = (guint16)test->vendor,
                   .product = (guint16)test->product,
                   .config = config->data,
                   .config_length = config->len,
                   .name = test->name};
  Vdev *vdev = vdev_new(&info, NULL);
  usb_fake_plug(fake, vdev, "7-2.4");
  g_autoptr(GPtrArray) list = plugged_list();
  CU_ASSERT_EQUAL_FATAL(list->len, 1);
  const Plugged *plugged = list->pdata[0];
  CU_ASSERT_STRING_EQUAL(plugged->name, name);
  CU_ASSERT_STRING_EQUAL(plugged->address, address);
  g_clear_pointer(&list, g_ptr_array_unref);
  usb_fake_unplug(fake, vdev);
  usb_fake_free(fake);
  vdev_free(vdev);
}

static void
a_name_has_maker_and_model_once(void)
{
  const Case bare = {NULL, 0x0c2e, 0x0b61, NULL, {HID_POS}, NULL};
  const Case own = {NULL, 0x0c2e, 0x0b61, "1900 ", {HID_POS}, NULL};
  const Case whole = {NULL, 0x04b8, 0x0e15, "EPSON TM-T20II", {PRINTER}, NULL};
  const Case nobody = {NULL, 0x046d, 0xc31c, NULL, {KEYBOARD}, NULL};
  usb_sysfs_use("/nonexistent");
  says_of(&bare, "Honeywell", "hid-scanner:usb:0c2e:0b61@7-2.4");
  says_of(&own, "Honeywell (1900)", "hid-scanner:usb:0c2e:0b61@7-2.4");
  says_of(&whole, "EPSON TM-T20II", "escpos:usb:04b8:0e15@7-2.4");
  says_of(&nobody, "USB 046d:c31c", "wedge:usb:046d:c31c@7-2.4");
  usb_sysfs_use(NULL);
}

/* A kernel's tree with what it has read of the device in socket 7-2.4. */
static char *
tree_with(const char *folder, const char *file, gconstpointer bytes, gssize length)
{
  char *root = g_dir_make_tmp("guitai-sysfs-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(root, folder, NULL);
  g_autofree char *name = g_build_filename(path, file, NULL);
  CU_ASSERT_EQUAL(g_mkdir_with_parents(path, 0700), 0);
  CU_ASSERT_TRUE(g_file_set_contents(name, bytes, length, NULL));
  usb_sysfs_use(root);
  return root;
}

static void
clear_tree(char *root, const char *folder, const char *file)
{
  g_autofree char *name = g_build_filename(root, folder, file, NULL);
  CU_ASSERT_EQUAL(g_remove(name), 0);
  g_autofree char *path = g_build_filename(root, folder, NULL);
  while (!g_str_equal(path, root)) {
    CU_ASSERT_EQUAL(g_rmdir(path), 0);
    char *up = g_path_get_dirname(path);
    g_free(path);
    path = up;
  }
  CU_ASSERT_EQUAL(g_rmdir(root), 0);
  usb_sysfs_use(NULL);
  g_free(root);
}

static void
what_the_kernel_has_read_tells_unknown_makers_apart(void)
{
  const guint8 scanner[] = {0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01};
  const guint8 scale[] = {0x05, 0x8d, 0x09, 0x20, 0xa1, 0x01};
  const Case pos = {"new", 0x1234, 1, NULL, {HID_POS}, "scanner sure hid-scanner"};
  const Case weighs = {"new", 0x1234, 2, NULL, {HID_POS}, "scale sure scale"};
  const Case prints = {"new", 0x1234, 3, NULL, {PRINTER}, "printer sure escpos"};
  const Case labels = {"new", 0x1234, 4, NULL, {PRINTER}, "label sure label"};
  const char *hid = "7-2.4:1.0/0003:1234:0001.0001";

  char *root = tree_with(hid, "report_descriptor", scanner, sizeof scanner);
  check(&pos);
  clear_tree(root, hid, "report_descriptor");
  root = tree_with(hid, "report_descriptor", scale, sizeof scale);
  check(&weighs);
  clear_tree(root, hid, "report_descriptor");
  root = tree_with("7-2.4:1.0", "ieee1284_id", "MFG:X;CMD:ESC/POS;", -1);
  check(&prints);
  clear_tree(root, "7-2.4:1.0", "ieee1284_id");
  root = tree_with("7-2.4:1.0", "ieee1284_id", "MFG:X;CMD:TSPL;", -1);
  check(&labels);
  clear_tree(root, "7-2.4:1.0", "ieee1284_id");
}

static void
a_serial_chip_is_offered_as_the_kernels_line(void)
{
  const Case chip = {"CH340",
                     0x1a86,
                     0x7523,
                     NULL,
                     {VENDOR},
                     "scanner ask serial-scanner;pole ask pole;pole ask pole-gbk;"
                     "pole ask pole-led8"};
  char *root = tree_with("7-2.4:1.0/ttyUSB0", "uevent", "", 0);
  check(&chip);
  clear_tree(root, "7-2.4:1.0/ttyUSB0", "uevent");
}

TESTS("plugged",
      TEST(what_a_device_is_for_follows_from_ids_and_descriptors),
      TEST(a_name_has_maker_and_model_once),
      TEST(what_the_kernel_has_read_tells_unknown_makers_apart),
      TEST(a_serial_chip_is_offered_as_the_kernels_line))
