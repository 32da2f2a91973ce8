#include "app/base/uid.h"

#include <glib.h>
#include <string.h>

#include "tests/test.h"

static void
an_id_is_32_hex_digits_and_begins_with_its_millisecond(void)
{
  char uid[33];
  uid_new(1795300000123456, uid);
  CU_ASSERT_EQUAL(strlen(uid), 32);
  CU_ASSERT_EQUAL(strspn(uid, "0123456789abcdef"), 32);
  char head[13];
  g_strlcpy(head, uid, sizeof head);
  CU_ASSERT_EQUAL(g_ascii_strtoull(head, NULL, 16), 1795300000123);
}

static void
later_ids_sort_after_earlier_ones(void)
{
  char first[33], second[33];
  uid_new(1795300000999000, first);
  uid_new(1795300001000000, second);
  CU_ASSERT_TRUE(strcmp(first, second) < 0);
}

static void
a_thousand_ids_of_one_moment_all_differ(void)
{
  g_autoptr(GHashTable) seen =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; i < 1000; i++) {
    char uid[33];
    uid_new(1795300000000000, uid);
    g_hash_table_add(seen, g_strdup(uid));
  }
  CU_ASSERT_EQUAL(g_hash_table_size(seen), 1000);
}

TESTS("uid",
      TEST(an_id_is_32_hex_digits_and_begins_with_its_millisecond),
      TEST(later_ids_sort_after_earlier_ones),
      TEST(a_thousand_ids_of_one_moment_all_differ))
