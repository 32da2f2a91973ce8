#include "drivers/grey_picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "drivers/black_white.h"
#include "drivers/grey_jpeg.h"
#include "tests/test.h"

/* A soft picture with one hard edge. */
static GreyPicture *
slope(int width, int height)
{
  GreyPicture *picture = grey_picture_new(width, height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      picture->pixels[y * width + x] =
          (guint8)(x > width / 2 ? 250 : 40 + (x + 2 * y) * 120 / (width + 2 * height));
  return picture;
}

static GreyPicture *
read_bytes(GBytes *bytes)
{
  gsize length;
  const guint8 *start = g_bytes_get_data(bytes, &length);
  return grey_picture_read(start, length, NULL);
}

static void
a_jpeg_that_we_make_is_read_by_others_as_it_was(void)
{
  static const struct {
    int width, height, quality, most; /* most: mean error allowed, in tenths of a level */
  } CASES[] = {{64, 64, 95, 15},
               {101, 53, 95, 15},
               {1, 1, 90, 30},
               {7, 300, 75, 40},
               {640, 480, 75, 20},
               {640, 480, 1, 300}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GreyPicture) picture = slope(CASES[i].width, CASES[i].height);
    g_autoptr(GBytes) jpeg = grey_jpeg_encode(picture, CASES[i].quality);
    g_autoptr(GreyPicture) again = read_bytes(jpeg);
    CU_ASSERT_PTR_NOT_NULL_FATAL(again);
    CU_ASSERT_EQUAL_FATAL(again->width, CASES[i].width);
    CU_ASSERT_EQUAL_FATAL(again->height, CASES[i].height);
    int64_t error = 0, n = (int64_t)CASES[i].width * CASES[i].height;
    for (int64_t k = 0; k < n; k++)
      error += abs(picture->pixels[k] - again->pixels[k]);
    CU_ASSERT(error * 10 <= n * CASES[i].most);
  }
}

/* One component, which gdk-pixbuf's own writer cannot make. */
static void
a_jpeg_that_we_make_is_grey_and_smaller_for_less_quality(void)
{
  g_autoptr(GreyPicture) picture = slope(640, 480);
  g_autoptr(GBytes) fine = grey_jpeg_encode(picture, 95);
  g_autoptr(GBytes) rough = grey_jpeg_encode(picture, 30);
  gsize length;
  const guint8 *bytes = g_bytes_get_data(fine, &length);
  static const guint8 FRAME[] = {0xff, 0xc0, 0, 11, 8, 480 >> 8, 480 & 255, 640 >> 8};

  CU_ASSERT_PTR_NOT_NULL(memmem(bytes, length, FRAME, sizeof FRAME));
  CU_ASSERT(g_bytes_get_size(rough) < g_bytes_get_size(fine));
}

/* EXIF with nothing but an orientation, put behind the start of a JPEG. */
static GBytes *
turned_jpeg(const GreyPicture *picture, guint8 orientation)
{
  const guint8 exif[] = {0xff, 0xe1, 0, 34, 'E', 'x',         'i', 'f', 0, 0,    'M', 'M',
                         0,    42,   0, 0,  0,   8,           0,   1,   1, 0x12, 0,   3,
                         0,    0,    0, 1,  0,   orientation, 0,   0,   0, 0,    0,   0};
  g_autoptr(GBytes) plain = grey_jpeg_encode(picture, 95);
  gsize length;
  const guint8 *bytes = g_bytes_get_data(plain, &length);
  GByteArray *all = g_byte_array_new();

  g_byte_array_append(all, bytes, 2);
  g_byte_array_append(all, exif, sizeof exif);
  g_byte_array_append(all, bytes + 2, (guint)length - 2);
  return g_byte_array_free_to_bytes(all);
}

static void
a_photo_that_was_taken_on_its_side_is_set_upright(void)
{
  g_autoptr(GreyPicture) lying = slope(64, 32);
  g_autoptr(GBytes) jpeg = turned_jpeg(lying, 6); /* to be turned right by a quarter */
  g_autoptr(GreyPicture) upright = read_bytes(jpeg);

  CU_ASSERT_PTR_NOT_NULL_FATAL(upright);
  CU_ASSERT_EQUAL(upright->width, 32);
  CU_ASSERT_EQUAL(upright->height, 64);
  /* The bright half was to the right, now it is below. */
  CU_ASSERT(upright->pixels[60 * 32 + 16] > 230 && upright->pixels[4 * 32 + 16] < 200);
}

static const struct {
  const char *bytes;
  gsize length;
  GreyPictureError code;
} HOSTILE[] = {
    {"", 0, GREY_PICTURE_ERROR_KIND},
    {"GIF9", 4, GREY_PICTURE_ERROR_KIND},
    {"<svg width='9' height='9'/>", 27, GREY_PICTURE_ERROR_KIND},
    {"%PDF-1.7", 8, GREY_PICTURE_ERROR_KIND},
    {"\x89PNG\r\n\x1a\n", 8, GREY_PICTURE_ERROR_BROKEN},
    {"\xff\xd8\xff\xd9", 4, GREY_PICTURE_ERROR_BROKEN},
    {"BM....\0\0\0\0\xff\xff\xff\xff\x28\0\0\0\2\0\0\0\2\0\0\0\1\0\x18\0"
     "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
     54,
     GREY_PICTURE_ERROR_BROKEN},
    {"GIF89a\xff\xff\xff\xff\x80\0\0", 13, GREY_PICTURE_ERROR_TOO_LARGE},
    {"BM....\0\0\0\0\x36\0\0\0\x28\0\0\0\xff\xff\0\0\xff\xff\0\0\1\0\x18\0"
     "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
     54,
     GREY_PICTURE_ERROR_TOO_LARGE},
};

static void
what_is_no_picture_or_too_much_is_refused_with_a_reason(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(HOSTILE); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree guint8 *exact = g_memdup2(HOSTILE[i].bytes, HOSTILE[i].length);
    g_autoptr(GreyPicture) picture = grey_picture_read(exact, HOSTILE[i].length, &error);
    CU_ASSERT_PTR_NULL(picture);
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    if (error->code != (int)HOSTILE[i].code)
      g_printerr("%d: %s\n", (int)i, error->message);
    CU_ASSERT(g_error_matches(error, GREY_PICTURE_ERROR, (int)HOSTILE[i].code));
  }
}

/* 60,000 × 60,000 in 70 bytes: it would take 14 GB. */
static void
a_small_file_of_a_huge_picture_takes_no_memory(void)
{
  static const guint8 PNG[] = {0x89, 'P',  'N',  'G',  '\r', '\n', 0x1a, '\n', 0,
                               0,    0,    13,   'I',  'H',  'D',  'R',  0,    0,
                               0xea, 0x60, 0,    0,    0xea, 0x60, 8,    6,    0,
                               0,    0,    0xb4, 0x32, 0x8f, 0x90};
  g_autoptr(GError) error = NULL;
  g_autoptr(GreyPicture) picture = grey_picture_read(PNG, sizeof PNG, &error);

  CU_ASSERT_PTR_NULL(picture);
  CU_ASSERT(error && error->domain == GREY_PICTURE_ERROR);
}

static void
only_plain_files_are_opened(void)
{
  g_autofree char *folder = g_dir_make_tmp(NULL, NULL);
  g_autofree char *pipe_path = g_build_filename(folder, "pipe", NULL);
  const char *paths[] = {folder, pipe_path, "/dev/zero", "/nowhere/at/all.png", ""};

  CU_ASSERT_EQUAL(mkfifo(pipe_path, 0600), 0);
  for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
    g_autoptr(GError) error = NULL;
    CU_ASSERT_PTR_NULL(grey_picture_load(paths[i], &error));
    CU_ASSERT(g_error_matches(error, GREY_PICTURE_ERROR, GREY_PICTURE_ERROR_FILE));
  }
  g_remove(pipe_path);
  g_rmdir(folder);
}

static void
ink_is_black_in_light_and_in_shadow(void)
{
  g_autoptr(GreyPicture) picture = grey_picture_new(320, 64);
  for (int i = 0; i < 320 * 64; i++) {
    int x = i % 320, paper = 230 - x * 150 / 320;
    picture->pixels[i] = (guint8)(x / 8 % 2 ? paper * 2 / 5 : paper);
  }
  g_autoptr(GreyPicture) result = black_white_of(picture);
  int wrong = 0;
  for (int i = 0; i < 320 * 64; i++)
    wrong += (result->pixels[i] == 0) != (i % 320 / 8 % 2 == 1);
  CU_ASSERT(wrong * 20 < 320 * 64);
}

static void
an_even_picture_is_white_and_any_size_will_do(void)
{
  for (int size = 1; size < 20; size++) {
    g_autoptr(GreyPicture) picture = grey_picture_new(size, 21 - size);
    memset(picture->pixels, 90, (gsize)(size * (21 - size)));
    g_autoptr(GreyPicture) result = black_white_of(picture);
    for (int i = 0; i < size * (21 - size); i++)
      CU_ASSERT_FATAL(result->pixels[i] == 255);
  }
}

TESTS("grey_picture",
      TEST(a_jpeg_that_we_make_is_read_by_others_as_it_was),
      TEST(a_jpeg_that_we_make_is_grey_and_smaller_for_less_quality),
      TEST(a_photo_that_was_taken_on_its_side_is_set_upright),
      TEST(what_is_no_picture_or_too_much_is_refused_with_a_reason),
      TEST(a_small_file_of_a_huge_picture_takes_no_memory),
      TEST(only_plain_files_are_opened),
      TEST(ink_is_black_in_light_and_in_shadow),
      TEST(an_even_picture_is_white_and_any_size_will_do))
