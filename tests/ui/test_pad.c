#include "ui/pad.h"

#include "tests/test.h"

static GtkEditable *
box_new(const char *text)
{
  gtk_init();
  GtkEditable *box = GTK_EDITABLE(g_object_ref_sink(gtk_entry_new()));
  gtk_editable_set_text(box, text);
  gtk_editable_set_position(box, -1);
  return box;
}

static void
holds(GtkEditable *box, const char *expected)
{
  CU_ASSERT_STRING_EQUAL(gtk_editable_get_text(box), expected);
}

static void
keys_write_take_back_and_clear(void)
{
  GtkEditable *box = box_new("");
  pad_press(box, "1");
  pad_press(box, "2");
  pad_press(box, ".");
  holds(box, "12.");
  pad_press(box, "back");
  holds(box, "12");
  pad_press(box, "clear");
  holds(box, "");
  pad_press(box, "back");
  holds(box, "");
  g_object_unref(box);
}

static void
what_is_marked_is_replaced(void)
{
  GtkEditable *box = box_new("52.40");
  gtk_editable_select_region(box, 0, -1);
  pad_press(box, "6");
  holds(box, "6");
  gtk_editable_select_region(box, 0, -1);
  pad_press(box, "back");
  holds(box, "");
  g_object_unref(box);
}

static void
only_what_is_allowed_is_typed(void)
{
  GtkEditable *box = box_new("");
  CU_ASSERT_TRUE(pad_type(box, "0123456789.", GDK_KEY_7, 0));
  CU_ASSERT_FALSE(pad_type(box, "0123456789.", GDK_KEY_a, 0));
  CU_ASSERT_FALSE(pad_type(box, "0123456789.", GDK_KEY_F5, 0));
  CU_ASSERT_FALSE(pad_type(box, "0123456789.", GDK_KEY_1, GDK_CONTROL_MASK));
  CU_ASSERT_FALSE(pad_type(box, "", gdk_unicode_to_keyval(0x6c49), 0));
  CU_ASSERT_TRUE(pad_type(box, "", GDK_KEY_S, GDK_SHIFT_MASK));
  holds(box, "7S");
  CU_ASSERT_TRUE(pad_type(box, "", GDK_KEY_BackSpace, 0));
  holds(box, "7");
  g_object_unref(box);
}

static void
a_box_that_takes_nothing_drops_it(void)
{
  GtkEditable *box = box_new("1");
  gtk_editable_set_editable(box, FALSE);
  CU_ASSERT_TRUE(pad_type(box, "", GDK_KEY_2, 0));
  holds(box, "1");
  g_object_unref(box);
}

static void
what_a_scanner_typed_is_taken_back(void)
{
  static const struct {
    const char *held, *scan, *left;
  } cases[] = {{"106901234567892", "6901234567892", "10"},
               {"6901234567892", "6901234567892", ""},
               {"1090312", "S90312", "10"},
               {"10", "ABC", "10"},
               {"", "6901234567892", ""}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    GtkEditable *box = box_new(cases[i].held);
    pad_untype(box, cases[i].scan);
    holds(box, cases[i].left);
    g_object_unref(box);
  }
}

TESTS("pad",
      TEST(keys_write_take_back_and_clear),
      TEST(what_is_marked_is_replaced),
      TEST(only_what_is_allowed_is_typed),
      TEST(a_box_that_takes_nothing_drops_it),
      TEST(what_a_scanner_typed_is_taken_back))
