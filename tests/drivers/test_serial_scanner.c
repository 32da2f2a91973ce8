#include "drivers/serial_scanner.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/beep.h"
#include "drivers/plugged.h"
#include "drivers/usb_sysfs.h"
#include "tests/test.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_scanner.h"

static void
codes_come_from_the_kernels_line_until_it_is_pulled(void)
{
  char name[64];
  DeviceState state = 0;
  GError *error = NULL;
  int far = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  CU_ASSERT_FATAL(far >= 0 && grantpt(far) == 0 && unlockpt(far) == 0);
  CU_ASSERT_EQUAL_FATAL(ptsname_r(far, name, sizeof name), 0);
  g_autofree char *address = g_strdup_printf("serial-scanner:%s,115200", name);
  gpointer self = SERIAL_SCANNER.open(address, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(self);

  CU_ASSERT_EQUAL(write(far, "]E06901\r\n]d2", 12), 12);
  g_autoptr(GBytes) first = SERIAL_SCANNER.listen(self, &state, &error);
  CU_ASSERT_FATAL(first && g_bytes_get_size(first) == 7);
  CU_ASSERT_EQUAL(memcmp(g_bytes_get_data(first, NULL), "]E06901", 7), 0);
  /* The rest has no suffix: silence ends it. */
  g_autoptr(GBytes) second = SERIAL_SCANNER.listen(self, &state, &error);
  CU_ASSERT_FATAL(second && g_bytes_get_size(second) == 3);

  g_autoptr(GBytes) order = beep_order(BEEP_REFUSED);
  CU_ASSERT_TRUE(SERIAL_SCANNER.command(self, order, &state, &error));
  close(far);
  CU_ASSERT_PTR_NULL(SERIAL_SCANNER.listen(self, &state, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
  SERIAL_SCANNER.close(self);
  g_clear_error(&error);
}

/* A maker's own chip: the kernel has given it a line, which is not really there. */
static void
a_chip_is_offered_and_found_by_its_socket(void)
{
  g_autofree char *root = g_dir_make_tmp("guitai-sysfs-XXXXXX", NULL);
  g_autofree char *interface = g_build_filename(root, "1-2:1.0", NULL);
  g_autofree char *line = g_build_filename(interface, "ttyGUITAI7", NULL);
  CU_ASSERT_EQUAL(g_mkdir_with_parents(line, 0700), 0);
  UsbFake *fake = usb_fake_new();
  VdevScanner *chip = vdev_scanner_new_chip();
  usb_fake_plug(fake, vdev_scanner_device(chip), "1-2");
  usb_sysfs_use(root);

  g_autoptr(GPtrArray) list = plugged_list();
  CU_ASSERT_FATAL(list->len > 0);
  const Plugged *plugged = list->pdata[0];
  CU_ASSERT_EQUAL(plugged->use, USE_SCANNER);
  /* It may be anything: nothing of it is taken without being asked for. */
  for (guint i = 0; i < list->len; i++)
    CU_ASSERT_EQUAL(((const Plugged *)list->pdata[i])->doubt, PLUGGED_ASK);
  CU_ASSERT_STRING_EQUAL(plugged->address, "serial-scanner:usb:1a86:7523@1-2");

  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(SERIAL_SCANNER.open(plugged->address, &error));
  CU_ASSERT_TRUE(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
  CU_ASSERT_TRUE(g_str_has_prefix(error->message, "/dev/ttyGUITAI7"));
  g_autoptr(GError) other = NULL;
  CU_ASSERT_PTR_NULL(SERIAL_SCANNER.open("serial-scanner:usb:1a86:7522", &other));
  CU_ASSERT_TRUE(g_error_matches(other, DEVICE_ERROR, DEVICE_ERROR_GONE));

  usb_sysfs_use(NULL);
  usb_fake_free(fake);
  vdev_scanner_free(chip);
  CU_ASSERT_EQUAL(g_rmdir(line) + g_rmdir(interface) + g_rmdir(root), 0);
}

static void
without_a_line_of_the_kernels_a_chip_is_nothing(void)
{
  UsbFake *fake = usb_fake_new();
  VdevScanner *chip = vdev_scanner_new_chip();
  usb_fake_plug(fake, vdev_scanner_device(chip), "9-9");
  g_autoptr(GPtrArray) list = plugged_list();
  CU_ASSERT_EQUAL(list->len, 0);
  usb_fake_free(fake);
  vdev_scanner_free(chip);
}

static void
a_cdc_line_lies_one_folder_deeper(void)
{
  g_autofree char *root = g_dir_make_tmp("guitai-sysfs-XXXXXX", NULL);
  g_autofree char *interface = g_build_filename(root, "1-4:1.0", NULL);
  g_autofree char *folder = g_build_filename(interface, "tty", NULL);
  g_autofree char *line = g_build_filename(folder, "ttyACM0", NULL);
  CU_ASSERT_EQUAL(g_mkdir_with_parents(line, 0700), 0);
  usb_sysfs_use(root);
  g_autofree char *found = usb_sysfs_tty("1-4", 0);
  CU_ASSERT_STRING_EQUAL(found, "/dev/ttyACM0");
  CU_ASSERT_PTR_NULL(usb_sysfs_tty("1-4", 1));
  usb_sysfs_use(NULL);
  CU_ASSERT_EQUAL(g_rmdir(line) + g_rmdir(folder) + g_rmdir(interface) + g_rmdir(root),
                  0);
}

TESTS("serial_scanner",
      TEST(codes_come_from_the_kernels_line_until_it_is_pulled),
      TEST(a_chip_is_offered_and_found_by_its_socket),
      TEST(without_a_line_of_the_kernels_a_chip_is_nothing),
      TEST(a_cdc_line_lies_one_folder_deeper))
