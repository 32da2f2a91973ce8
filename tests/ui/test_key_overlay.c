#include "tests/ui/harness.h"

#include "ui/keys.h"

static void
f1_brings_the_keys_and_takes_them_away(void)
{
  Harness h = harness_open_sale("en");
  CU_ASSERT_FALSE(harness_sees(&h, "Keys of this page"));
  harness_press(&h, "F1");
  CU_ASSERT_TRUE(harness_sees(&h, "Keys of this page"));
  CU_ASSERT_TRUE(harness_sees(&h, "void the whole ticket"));
  harness_press(&h, "F1");
  CU_ASSERT_FALSE(harness_sees(&h, "Keys of this page"));
  harness_press(&h, "F1");
  harness_press(&h, "Escape");
  CU_ASSERT_FALSE(harness_sees(&h, "Keys of this page"));
  harness_close(&h);
}

static void
another_key_takes_them_away_and_does_its_work(void)
{
  Harness h = harness_open_sale("en");
  harness_press(&h, "F1");
  harness_press(&h, "<Alt>9");
  CU_ASSERT_FALSE(harness_sees(&h, "Keys of this page"));
  CU_ASSERT_EQUAL(h.till->page, PAGE_DEVICES);
  harness_close(&h);
}

static void
a_page_lists_its_own_keys_only(void)
{
  Harness h = harness_open_sale("en");
  harness_press(&h, "<Alt>7");
  harness_press(&h, "F1");
  CU_ASSERT_TRUE(harness_sees(&h, "close this shift; asks once more"));
  CU_ASSERT_FALSE(harness_sees(&h, "void the whole ticket"));
  harness_close(&h);
}

static void
no_two_actions_of_a_page_share_a_key(void)
{
  guint n;
  const Key *table = keys_table(&n);
  for (KeyPreset preset = 0; preset < N_KEY_PRESETS; preset++) {
    for (guint i = 0; i < n; i++) {
      const char *keys =
          table[i].keys[preset] ? table[i].keys[preset] : table[i].keys[KEYS_CN_STD];
      g_auto(GStrv) accels = g_strsplit(keys, " ", -1);
      for (char **accel = accels; *accel; accel++) {
        guint keyval;
        GdkModifierType state;
        if (!gtk_accelerator_parse(*accel, &keyval, &state))
          continue;
        for (TillPage page = 0; page <= PAGE_SHIFT; page++) {
          const Key *found = keys_find(preset, page, keyval, state);
          if (table[i].pages & KEY_ON(page))
            CU_ASSERT_STRING_EQUAL(found->action, table[i].action);
        }
      }
    }
  }
}

static void
every_language_fits(void)
{
  Harness h = harness_open_sale("zh_CN");
  harness_press(&h, "F1");
  harness_picture(&h, "keys-zh_CN");
  harness_close(&h);
  h = harness_open_sale("en");
  harness_press(&h, "F1");
  harness_picture(&h, "keys-en");
  harness_close(&h);
}

TESTS("key_overlay",
      TEST(f1_brings_the_keys_and_takes_them_away),
      TEST(another_key_takes_them_away_and_does_its_work),
      TEST(a_page_lists_its_own_keys_only),
      TEST(no_two_actions_of_a_page_share_a_key),
      TEST(every_language_fits))
