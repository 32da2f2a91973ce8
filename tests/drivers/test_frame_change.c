#include "drivers/frame_change.h"

#include <string.h>

#include "tests/test.h"

#define WIDTH  640
#define HEIGHT 480
#define MS     G_GINT64_CONSTANT(1000)

static guint8 *
grey_frame(guint8 level)
{
  guint8 *pixels = g_malloc(WIDTH * HEIGHT);
  memset(pixels, level, WIDTH * HEIGHT);
  return pixels;
}

static FrameNews
see(FrameChange *change, const guint8 *pixels, int at_ms)
{
  return frame_change_see(change, pixels, WIDTH, HEIGHT, WIDTH, at_ms * MS);
}

/* Frames of @pixels until they are the same; @return how many mattered. */
static int
settle(FrameChange *change, const guint8 *pixels, int at_ms)
{
  int n = 0;
  while (n < 20 && see(change, pixels, at_ms) == FRAME_CHANGED)
    n++;
  return n;
}

static void
a_first_frame_and_the_few_after_it_are_looked_at(void)
{
  g_autofree guint8 *pixels = grey_frame(100);
  FrameChange change = {0};
  int n = settle(&change, pixels, 5000);

  CU_ASSERT(n >= 2 && n <= 6);
  CU_ASSERT_EQUAL(see(&change, pixels, 5100), FRAME_SAME);
}

static void
noise_is_no_change(void)
{
  g_autofree guint8 *pixels = grey_frame(100);
  FrameChange change = {0};
  g_autoptr(GRand) dice = g_rand_new_with_seed(7);

  settle(&change, pixels, 5000);
  for (int i = 0; i < WIDTH * HEIGHT; i++)
    pixels[i] = (guint8)g_rand_int_range(dice, 90, 111);
  CU_ASSERT_EQUAL(see(&change, pixels, 5100), FRAME_SAME);
}

static void
a_small_box_that_is_put_down_is_a_change(void)
{
  g_autofree guint8 *pixels = grey_frame(100);
  FrameChange change = {0};

  settle(&change, pixels, 5000);
  for (int y = 200; y < 260; y++)
    memset(pixels + y * WIDTH + 300, 220, 60);
  CU_ASSERT_EQUAL(see(&change, pixels, 5100), FRAME_CHANGED);
}

/* Each step is too small to see; together they are not. */
static void
a_slow_change_is_seen_in_the_end(void)
{
  FrameChange change = {0};
  int changed = 0;

  for (int level = 100; level < 120; level++) {
    g_autofree guint8 *pixels = grey_frame((guint8)level);
    changed += see(&change, pixels, 5000) == FRAME_CHANGED;
  }
  CU_ASSERT(changed > 6);
}

static void
once_a_second_a_still_picture_is_looked_at_all_the_same(void)
{
  g_autofree guint8 *pixels = grey_frame(100);
  FrameChange change = {0};
  int looked = 0;

  settle(&change, pixels, 0);
  for (int at_ms = 100; at_ms <= 10000; at_ms += 100)
    looked += see(&change, pixels, at_ms) == FRAME_STILL;
  CU_ASSERT_EQUAL(looked, 10);
  CU_ASSERT_EQUAL(see(&change, pixels, 500), FRAME_STILL);
}

static void
frames_of_any_size_are_taken(void)
{
  static const guint8 PIXEL[] = {0, 255, 0, 255};
  FrameChange change = {0};

  CU_ASSERT_EQUAL(frame_change_see(&change, PIXEL, 1, 1, 1, 0), FRAME_CHANGED);
  CU_ASSERT_EQUAL(frame_change_see(&change, PIXEL, 2, 2, 2, 0), FRAME_CHANGED);
  CU_ASSERT_EQUAL(frame_change_see(&change, PIXEL, 0, 2, 2, 0), FRAME_SAME);
}

TESTS("frame_change",
      TEST(a_first_frame_and_the_few_after_it_are_looked_at),
      TEST(noise_is_no_change),
      TEST(a_small_box_that_is_put_down_is_a_change),
      TEST(a_slow_change_is_seen_in_the_end),
      TEST(once_a_second_a_still_picture_is_looked_at_all_the_same),
      TEST(frames_of_any_size_are_taken))
