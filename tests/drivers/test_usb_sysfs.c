#include "drivers/usb_sysfs.h"

#include <glib/gstdio.h>

#include "tests/test.h"

static const guint8 SCANNER[] = {0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02};
static const guint8 WIDE[] = {
    0x0b, 0x01, 0x00, 0x8d, 0x00, 0xa1, 0x01}; /* page inside the usage */

static void
a_descriptor_says_what_it_is_of(void)
{
  CU_ASSERT_EQUAL(usb_sysfs_first_usage(SCANNER, sizeof SCANNER), 0x8c0002);
  CU_ASSERT_EQUAL(usb_sysfs_first_usage(WIDE, sizeof WIDE), 0x8d0001);
}

static void
a_descriptor_that_ends_too_soon_says_nothing(void)
{
  for (gsize length = 0; length < 5; length++)
    CU_ASSERT_EQUAL(usb_sysfs_first_usage(SCANNER, length), 0);
  const guint8 lies[] = {0x07, 0x8c};
  CU_ASSERT_EQUAL(usb_sysfs_first_usage(lies, sizeof lies), 0);
  const guint8 only_long[] = {0xfe, 0x20, 0x01};
  CU_ASSERT_EQUAL(usb_sysfs_first_usage(only_long, sizeof only_long), 0);
}

static void
put(const char *root, const char *folder, const char *file, gconstpointer bytes, int n)
{
  g_autofree char *path = g_build_filename(root, folder, NULL);
  g_autofree char *name = g_build_filename(path, file, NULL);
  CU_ASSERT_EQUAL(g_mkdir_with_parents(path, 0700), 0);
  CU_ASSERT_TRUE(g_file_set_contents(name, bytes, n, NULL));
}

static void
take_away(const char *root, const char *const *paths)
{
  for (; *paths; paths++) {
    g_autofree char *path = g_build_filename(root, *paths, NULL);
    CU_ASSERT_EQUAL(g_remove(path), 0);
  }
  CU_ASSERT_EQUAL(g_rmdir(root), 0);
}

static void
the_kernels_tree_is_read(void)
{
  static const char *const ALL[] = {"1-2:1.0/ieee1284_id",
                                    "1-2:1.0",
                                    "1-3:1.1/0003:0C2E:0B61.0001/report_descriptor",
                                    "1-3:1.1/0003:0C2E:0B61.0001",
                                    "1-3:1.1",
                                    NULL};
  g_autofree char *root = g_dir_make_tmp("guitai-sysfs-XXXXXX", NULL);
  put(root, "1-2:1.0", "ieee1284_id", "MFG:X;CMD:ESC/POS;", -1);
  put(root,
      "1-3:1.1/0003:0C2E:0B61.0001",
      "report_descriptor",
      SCANNER,
      (int)sizeof SCANNER);
  usb_sysfs_use(root);
  g_autofree char *id = usb_sysfs_printer_id("1-2", 0);
  CU_ASSERT_STRING_EQUAL(id, "MFG:X;CMD:ESC/POS;");
  CU_ASSERT_PTR_NULL(usb_sysfs_printer_id("1-2", 1));
  CU_ASSERT_EQUAL(usb_sysfs_hid_usage("1-3", 1), 0x8c0002);
  CU_ASSERT_EQUAL(usb_sysfs_hid_usage("1-3", 0), 0);
  CU_ASSERT_TRUE(usb_sysfs_may_open("1-3"));
  usb_sysfs_use(NULL);
  take_away(root, ALL);
}

TESTS("usb_sysfs",
      TEST(a_descriptor_says_what_it_is_of),
      TEST(a_descriptor_that_ends_too_soon_says_nothing),
      TEST(the_kernels_tree_is_read))
