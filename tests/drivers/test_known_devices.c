#include "drivers/known_devices.h"

#include <glib.h>
#include <string.h>

#include "tests/test.h"

static void
the_first_row_that_fits_names_a_device(void)
{
  CU_ASSERT_STRING_EQUAL(known_device(0x04b8, 0x0e03)->name, "Epson TM-T20");
  CU_ASSERT_STRING_EQUAL(known_device(0x04b8, 0x0e15)->name, "Epson TM");
  CU_ASSERT_EQUAL(known_device(0x04b8, 0x0e15)->kind, KNOWN_PRINTER);
  CU_ASSERT_EQUAL(known_device(0x04b8, 0x1234)->kind, KNOWN_PRINTER_ASKED);
  CU_ASSERT_EQUAL(known_device(0x05e0, 0x1900)->kind, KNOWN_SCANNER_WRONG);
  CU_ASSERT_EQUAL(known_device(0x05e0, 0x1701)->kind, KNOWN_SCANNER);
  CU_ASSERT_PTR_NULL(known_device(0x046d, 0xc31c));
}

static void
no_row_is_hidden_by_one_before_it(void)
{
  for (const KnownDevice *row = KNOWN_DEVICES; row->name; row++) {
    CU_ASSERT_PTR_EQUAL(known_device(row->vendor, row->last), row);
    CU_ASSERT_TRUE(row->first <= row->last);
    CU_ASSERT_TRUE(row->kind < N_KNOWN_KINDS);
  }
}

/* udev matches by exact ids or by the first two digits. */
static void
ranges_can_be_said_to_udev(void)
{
  for (const KnownDevice *row = KNOWN_DEVICES; row->name; row++) {
    bool is_all = row->first == 0 && row->last == 0xffff;
    bool is_page = row->last - row->first == 0xff && (row->first & 0xff) == 0;
    CU_ASSERT_TRUE(is_all || is_page || row->first == row->last);
  }
}

static void
the_rules_that_are_shipped_are_those_of_the_table(void)
{
  g_autofree char *here = g_path_get_dirname(__FILE__);
  g_autofree char *path =
      g_build_filename(here, "..", "..", "packaging", "udev", "70-guitai.rules", NULL);
  g_autofree char *shipped = NULL;
  g_autofree char *made = known_devices_rules();

  CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &shipped, NULL, NULL));
  CU_ASSERT_STRING_EQUAL(made, shipped);
}

static void
nobodys_keyboard_may_be_listened_to(void)
{
  g_autofree char *rules = known_devices_rules();
  CU_ASSERT_PTR_NULL(strstr(rules, ":03"));
  CU_ASSERT_PTR_NULL(strstr(rules, "input"));
}

static void
a_paired_scanners_keys_are_hidden_from_the_desktop(void)
{
  g_autofree char *typing = known_devices_rule(0x0416, 0xc141, true);
  g_autofree char *other = known_devices_rule(0x0416, 0x5011, false);
  CU_ASSERT_PTR_NOT_NULL(strstr(typing, "ENV{LIBINPUT_IGNORE_DEVICE}=\"1\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(typing, "ATTR{idProduct}==\"c141\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(typing, "ENV{ID_MODEL_ID}==\"c141\""));
  CU_ASSERT_PTR_NULL(strstr(other, "LIBINPUT"));
  CU_ASSERT_PTR_NOT_NULL(strstr(other, "TAG+=\"uaccess\""));
}

TESTS("known_devices",
      TEST(the_first_row_that_fits_names_a_device),
      TEST(no_row_is_hidden_by_one_before_it),
      TEST(ranges_can_be_said_to_udev),
      TEST(the_rules_that_are_shipped_are_those_of_the_table),
      TEST(nobodys_keyboard_may_be_listened_to),
      TEST(a_paired_scanners_keys_are_hidden_from_the_desktop))
