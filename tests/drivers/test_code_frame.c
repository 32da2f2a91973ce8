#include "drivers/code_frame.h"

#include <string.h>

#include "tests/test.h"

static void
hear(CodeFrame *frame, const char *text, int64_t now_us)
{
  code_frame_hear(frame, (const uint8_t *)text, strlen(text), now_us);
}

static void
take(CodeFrame *frame, int64_t now_us, const char *wanted)
{
  g_autoptr(GBytes) code = code_frame_take(frame, now_us);
  CU_ASSERT_EQUAL(code != NULL, wanted != NULL);
  if (!code || !wanted)
    return;
  CU_ASSERT_EQUAL(g_bytes_get_size(code), strlen(wanted));
  CU_ASSERT_EQUAL(memcmp(g_bytes_get_data(code, NULL), wanted, g_bytes_get_size(code)),
                  0);
}

static void
any_suffix_ends_a_code(void)
{
  static const char *const SUFFIXES[] = {"\r", "\n", "\r\n", "\t", "\r\n\r\n"};
  for (gsize i = 0; i < G_N_ELEMENTS(SUFFIXES); i++) {
    g_autoptr(CodeFrame) frame = code_frame_new(CODE_FRAME_SILENCE_US);
    hear(frame, "6901234567892", 0);
    take(frame, 0, NULL);
    hear(frame, SUFFIXES[i], 0);
    take(frame, 0, "6901234567892");
    take(frame, 1000000, NULL);
    CU_ASSERT_EQUAL(code_frame_due_us(frame), 0);
  }
}

static void
one_read_may_hold_part_of_a_code_or_several(void)
{
  g_autoptr(CodeFrame) frame = code_frame_new(CODE_FRAME_SILENCE_US);
  hear(frame, "one\rtwo\r\nthr", 0);
  hear(frame, "ee\rfour", 40000);
  take(frame, 40000, "one");
  take(frame, 40000, "two");
  take(frame, 40000, "three");
  take(frame, 40000, NULL);
  hear(frame, "\r", 60000);
  take(frame, 60000, "four");
}

static void
silence_ends_a_code_that_has_no_suffix(void)
{
  g_autoptr(CodeFrame) frame = code_frame_new(50000);
  hear(frame, "690", 1000000);
  CU_ASSERT_EQUAL(code_frame_due_us(frame), 1050000);
  hear(frame, "123", 1049999);
  take(frame, 1099998, NULL);
  CU_ASSERT_EQUAL(code_frame_due_us(frame), 1099999);
  take(frame, 1099999, "690123");
  take(frame, 9999999, NULL);
}

static void
a_stream_without_end_is_cut_off_and_the_next_code_is_whole(void)
{
  g_autoptr(CodeFrame) frame = code_frame_new(50000);
  g_autofree char *flood = g_strnfill(1000, '7');
  for (int i = 0; i < 1000; i++)
    hear(frame, flood, i);
  hear(frame, "\rnext\r", 1000);
  g_autoptr(GBytes) cut = code_frame_take(frame, 1000);
  CU_ASSERT_EQUAL(g_bytes_get_size(cut), CODE_FRAME_LONGEST);
  take(frame, 1000, "next");
}

static void
separators_and_nul_are_part_of_a_code(void)
{
  g_autoptr(CodeFrame) frame = code_frame_new(50000);
  code_frame_hear(frame,
                  (const uint8_t *)"a\x1d"
                                   "b\0c\r",
                  6,
                  0);
  g_autoptr(GBytes) code = code_frame_take(frame, 0);
  CU_ASSERT_EQUAL(g_bytes_get_size(code), 5);
  CU_ASSERT_EQUAL(memcmp(g_bytes_get_data(code, NULL),
                         "a\x1d"
                         "b\0c",
                         5),
                  0);
}

TESTS("code_frame",
      TEST(any_suffix_ends_a_code),
      TEST(one_read_may_hold_part_of_a_code_or_several),
      TEST(silence_ends_a_code_that_has_no_suffix),
      TEST(a_stream_without_end_is_cut_off_and_the_next_code_is_whole),
      TEST(separators_and_nul_are_part_of_a_code))
