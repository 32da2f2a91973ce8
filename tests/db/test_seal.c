#include <string.h>
#include <sys/stat.h>

#include "tests/db/fixture.h"

static void
what_is_sealed_can_be_lifted_only_where_it_was(void)
{
  char *folder = fixture_folder();
  g_autoptr(Seal) seal = fixture_seal(folder);
  g_autoptr(GBytes) sealed = seal_close(seal, "member|7|phone", "13800138000", 11);
  g_autoptr(GBytes) open = seal_lift(seal, "member|7|phone", sealed);
  CU_ASSERT_PTR_NOT_NULL_FATAL(open);
  CU_ASSERT_EQUAL(g_bytes_get_size(open), 11);
  CU_ASSERT_EQUAL(memcmp(g_bytes_get_data(open, NULL), "13800138000", 11), 0);
  CU_ASSERT_PTR_NULL(seal_lift(seal, "member|8|phone", sealed));
  fixture_remove(folder);
}

static void
a_flipped_bit_or_a_cut_is_noticed(void)
{
  char *folder = fixture_folder();
  g_autoptr(Seal) seal = fixture_seal(folder);
  g_autoptr(GBytes) sealed = seal_close(seal, "x", "secret", 6);
  gsize length = 0;
  const char *bytes = g_bytes_get_data(sealed, &length);
  for (gsize i = 0; i < length; i++) {
    char *copy = g_memdup2(bytes, length);
    copy[i] ^= 1;
    g_autoptr(GBytes) changed = g_bytes_new_take(copy, length);
    CU_ASSERT_PTR_NULL(seal_lift(seal, "x", changed));
    g_autoptr(GBytes) cut = g_bytes_new(bytes, i);
    CU_ASSERT_PTR_NULL(seal_lift(seal, "x", cut));
  }
  fixture_remove(folder);
}

static void
the_key_stays_the_same_and_only_its_owner_reads_it(void)
{
  char *folder = fixture_folder();
  unsigned char first[32], second[32], other[32];
  {
    g_autoptr(Seal) seal = fixture_seal(folder);
    seal_mark(seal, "pin", "1234", 4, first);
    seal_mark(seal, "phone", "1234", 4, other);
  }
  g_autofree char *path = g_build_filename(folder, "device.key", NULL);
  g_chmod(path, 0644);
  g_autoptr(Seal) again = fixture_seal(folder);
  seal_mark(again, "pin", "1234", 4, second);
  CU_ASSERT_EQUAL(memcmp(first, second, 32), 0);
  CU_ASSERT_NOT_EQUAL(memcmp(first, other, 32), 0);
  GStatBuf status;
  g_stat(path, &status);
  CU_ASSERT_EQUAL(status.st_mode & 0777, 0400);
  fixture_remove(folder);
}

static void
a_file_that_is_no_key_is_refused_and_kept(void)
{
  char *folder = fixture_folder();
  g_autofree char *path = g_build_filename(folder, "device.key", NULL);
  for (int length = 0; length < 40; length += 31 + (length == 31)) {
    g_autofree char *text_ = g_strnfill((gsize)length, 'k');
    g_autoptr(GError) error = NULL;
    g_file_set_contents(path, text_, length, NULL);
    CU_ASSERT_PTR_NULL(seal_open(path, &error));
    CU_ASSERT_PTR_NOT_NULL(error);
  }
  fixture_remove(folder);
}

TESTS("seal",
      TEST(what_is_sealed_can_be_lifted_only_where_it_was),
      TEST(a_flipped_bit_or_a_cut_is_noticed),
      TEST(the_key_stays_the_same_and_only_its_owner_reads_it),
      TEST(a_file_that_is_no_key_is_refused_and_kept))
