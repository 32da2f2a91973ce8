#include "ui/keys.h"

#include <string.h>

#include "tests/test.h"
#include "ui/words.h"

static bool
shares_page_and_key(const Key *a, const Key *b, KeyPreset preset)
{
  if ((a->pages & b->pages) == 0)
    return false;
  const char *theirs = b->keys[preset] ? b->keys[preset] : b->keys[KEYS_CN_STD];
  const char *ours = a->keys[preset] ? a->keys[preset] : a->keys[KEYS_CN_STD];
  g_auto(GStrv) accels = g_strsplit(ours, " ", -1);
  g_auto(GStrv) others = g_strsplit(theirs, " ", -1);
  for (char **accel = accels; *accel; accel++)
    if (**accel && g_strv_contains((const char *const *)others, *accel))
      return true;
  return false;
}

static void
no_key_means_two_things_on_one_page(void)
{
  guint n;
  const Key *table = keys_table(&n);
  for (KeyPreset preset = 0; preset < N_KEY_PRESETS; preset++)
    for (guint i = 0; i < n; i++)
      for (guint j = i + 1; j < n; j++) {
        bool clash = shares_page_and_key(&table[i], &table[j], preset);
        CU_ASSERT_FALSE(clash);
        if (clash)
          g_printerr("%s: %s and %s\n",
                     keys_preset_name(preset),
                     table[i].action,
                     table[j].action);
      }
}

static void
every_key_can_be_read_by_gtk_and_has_words(void)
{
  guint n;
  const Key *table = keys_table(&n);
  for (guint i = 0; i < n; i++) {
    CU_ASSERT_TRUE(*table[i].label != '\0' && *table[i].about != '\0');
    CU_ASSERT_PTR_NOT_NULL(strchr(table[i].action, '.'));
    for (KeyPreset preset = 0; preset < N_KEY_PRESETS; preset++) {
      const char *keys = table[i].keys[preset];
      g_auto(GStrv) accels = g_strsplit(keys ? keys : "", " ", -1);
      for (char **accel = accels; *accel; accel++)
        CU_ASSERT_TRUE(**accel == '\0' || gtk_accelerator_parse(*accel, NULL, NULL));
    }
  }
}

/* No Ctrl key that also cuts, copies, pastes or undoes (domain.md 7.7). */
static void
no_action_sits_on_a_text_editing_key(void)
{
  static const guint editing[] = {GDK_KEY_x, GDK_KEY_c, GDK_KEY_v, GDK_KEY_z, GDK_KEY_a};
  for (KeyPreset preset = 0; preset < N_KEY_PRESETS; preset++)
    for (TillPage page = PAGE_SIGN_IN; page <= PAGE_SHIFT; page++)
      for (guint i = 0; i < G_N_ELEMENTS(editing); i++)
        CU_ASSERT_PTR_NULL(keys_find(preset, page, editing[i], GDK_CONTROL_MASK));
}

static void
nothing_is_paid_with_enter_or_space(void)
{
  for (KeyPreset preset = 0; preset < N_KEY_PRESETS; preset++)
    for (TillPage page = PAGE_SIGN_IN; page <= PAGE_SHIFT; page++) {
      const Key *enter = keys_find(preset, page, GDK_KEY_Return, 0);
      const Key *space = keys_find(preset, page, GDK_KEY_space, 0);
      CU_ASSERT_FALSE(enter && (enter->flags & KEY_BIG));
      CU_ASSERT_FALSE(space && (space->flags & KEY_BIG));
    }
}

static void
only_moving_may_repeat(void)
{
  guint n;
  const Key *table = keys_table(&n);
  static const char *const moving[] = {"Up", "Down", "Page_Up", "Page_Down", NULL};
  for (guint i = 0; i < n; i++)
    if (table[i].flags & KEY_REPEATS)
      CU_ASSERT_TRUE(g_strv_contains(moving, table[i].keys[KEYS_CN_STD]));
}

static void
check_action(const Key *key, const char *action)
{
  CU_ASSERT_PTR_NOT_NULL_FATAL(key);
  CU_ASSERT_STRING_EQUAL(key->action, action);
}

static void
the_default_map_is_that_of_the_trade(void)
{
  static const struct {
    const char *accel, *action;
  } cases[] = {
      {"F1", "till.help"},
      {"F2", "sale.find"},
      {"F3", "sale.lot"},
      {"F4", "sale.hold"},
      {"F5", "sale.recall"},
      {"F9", "sale.discount"},
      {"F12", "sale.pay"},
      {"Delete", "sale.delete"},
      {"plus", "sale.more"},
      {"minus", "sale.less"},
      {"slash", "sale.unit"},
      {"asterisk", "sale.count"},
      {"<Control>Delete", "sale.void"},
      {"<Control>p", "till.reprint"},
      {"Escape", "till.back"},
      {"space", "till.told"},
      {"Return", "sale.enter"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    guint keyval;
    GdkModifierType state;
    gtk_accelerator_parse(cases[i].accel, &keyval, &state);
    check_action(keys_find(KEYS_CN_STD, PAGE_SALE, keyval, state), cases[i].action);
  }
}

static void
the_number_pad_is_as_good_as_the_other_keys(void)
{
  check_action(keys_find(KEYS_CN_STD, PAGE_SALE, GDK_KEY_KP_Enter, 0), "sale.enter");
  check_action(keys_find(KEYS_CN_STD, PAGE_SALE, GDK_KEY_KP_Add, 0), "sale.more");
  check_action(keys_find(KEYS_CN_STD, PAGE_SALE, GDK_KEY_KP_Divide, 0), "sale.unit");
  check_action(keys_find(KEYS_CN_STD, PAGE_SALE, GDK_KEY_KP_Delete, GDK_CONTROL_MASK),
               "sale.void");
  CU_ASSERT_EQUAL(keys_plain_keyval(GDK_KEY_KP_7), GDK_KEY_7);
}

/* "+" needs Shift on many keyboards, capitals with Caps Lock are the same letter, and Num
 * Lock is nobody's modifier. */
static void
shift_for_a_character_and_locks_do_not_matter(void)
{
  check_action(keys_find(KEYS_CN_STD, PAGE_SALE, GDK_KEY_plus, GDK_SHIFT_MASK),
               "sale.more");
  check_action(
      keys_find(KEYS_CN_STD, PAGE_SALE, GDK_KEY_P, GDK_CONTROL_MASK | GDK_LOCK_MASK),
      "till.reprint");
  check_action(keys_find(KEYS_CN_STD, PAGE_SALE, GDK_KEY_F12, 1u << 4), "sale.pay");
  CU_ASSERT_PTR_NULL(keys_find(KEYS_CN_STD, PAGE_SALE, GDK_KEY_F12, GDK_CONTROL_MASK));
}

static void
presets_move_what_their_tills_had_elsewhere(void)
{
  check_action(keys_find(KEYS_XIAOMU, PAGE_SALE, GDK_KEY_plus, 0), "sale.pay");
  check_action(keys_find(KEYS_XIAOMU, PAGE_SALE, GDK_KEY_F5, 0), "till.drawer");
  check_action(keys_find(KEYS_XIAOMU, PAGE_SALE, GDK_KEY_F7, 0), "sale.hold");
  check_action(keys_find(KEYS_HUAMEI, PAGE_SALE, GDK_KEY_F4, 0), "sale.hold");
  check_action(keys_find(KEYS_HUAMEI, PAGE_SALE, GDK_KEY_F9, 0), "sale.void");
  for (KeyPreset preset = 0; preset < N_KEY_PRESETS; preset++) {
    check_action(keys_find(preset, PAGE_SALE, GDK_KEY_F12, 0), "sale.pay");
    CU_ASSERT_EQUAL(keys_preset(keys_preset_name(preset)), preset);
  }
  CU_ASSERT_EQUAL(keys_preset("something else"), KEYS_CN_STD);
}

static void
keys_are_written_as_on_the_keyboard(void)
{
  static const struct {
    const char *accel, *text;
  } cases[] = {
      {"F12", "F12"},
      {"<Control>p", "Ctrl+P"},
      {"<Control>Delete", "Ctrl+Del"},
      {"Escape", "Esc"},
      {"space", "Space"},
      {"Return", "Enter"},
      {"plus", "+"},
      {"minus", "−"},
      {"Up", "↑"},
      {"Page_Down", "PgDn"},
      {"<Alt>1", "Alt+1"},
      {"nonsense key", ""},
  };
  words_start("en");
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = keys_accel_text(cases[i].accel);
    CU_ASSERT_STRING_EQUAL(text, cases[i].text);
  }
  words_start("zh_CN");
  g_autofree char *enter = keys_accel_text("Return");
  CU_ASSERT_STRING_EQUAL(enter, "回车");
}

TESTS("keys",
      TEST(no_key_means_two_things_on_one_page),
      TEST(every_key_can_be_read_by_gtk_and_has_words),
      TEST(no_action_sits_on_a_text_editing_key),
      TEST(nothing_is_paid_with_enter_or_space),
      TEST(only_moving_may_repeat),
      TEST(the_default_map_is_that_of_the_trade),
      TEST(the_number_pad_is_as_good_as_the_other_keys),
      TEST(shift_for_a_character_and_locks_do_not_matter),
      TEST(presets_move_what_their_tills_had_elsewhere),
      TEST(keys_are_written_as_on_the_keyboard))
