#include "drivers/document_picture.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#include "drivers/decode.h"
#include "tests/test.h"

/* A page of 1000 × 1400: lines of text, a frame, a QR code in a corner. */
#define PAGE_WIDTH  1000
#define PAGE_HEIGHT 1400
#define CONTENT     "RX-2026-000123"

static void
paint_symbol(cairo_t *cr, double left, double top, double size)
{
  g_autoptr(SymbolModules) symbol = symbol_encode("QRCode", CONTENT, strlen(CONTENT));

  for (int y = 0; y < symbol->height; y++)
    for (int x = 0; x < symbol->width; x++)
      if (symbol->modules[y * symbol->width + x])
        cairo_rectangle(cr, left + x * size, top + y * size, size, size);
  cairo_fill(cr);
}

static void
paint_page(cairo_t *cr)
{
  cairo_set_source_rgb(cr, 0.96, 0.96, 0.96);
  cairo_rectangle(cr, 0, 0, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_fill(cr);
  cairo_set_source_rgb(cr, 0.12, 0.12, 0.12);
  cairo_set_font_size(cr, 26);
  for (int line = 0; line < 24; line++) {
    cairo_move_to(cr, 80, 420 + line * 38);
    cairo_show_text(cr, "Amoxicillin capsules 0.5 g, three times a day for seven days");
  }
  paint_symbol(cr, 700, 90, 8);
}

typedef struct {
  int width, height;
  double angle; /* degrees, clockwise */
  double scale;
  double desk;  /* how bright what lies under the page is */
  double light; /* 1: even; 0.4: the right is that dark */
} Shot;

static GreyPicture *
grey_of_surface(cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width(surface);
  int height = cairo_image_surface_get_height(surface);
  int stride = cairo_image_surface_get_stride(surface);
  GreyPicture *grey = grey_picture_new(width, height);

  cairo_surface_flush(surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      grey->pixels[y * width + x] =
          cairo_image_surface_get_data(surface)[y * stride + x * 4 + 1];
  return grey;
}

static void
darken(GreyPicture *picture, double light)
{
  g_autoptr(GRand) dice = g_rand_new_with_seed(3);

  for (int i = 0; i < picture->width * picture->height; i++) {
    double part = (double)(i % picture->width) / picture->width;
    double level = picture->pixels[i] * (1 - (1 - light) * part);
    picture->pixels[i] = (guint8)CLAMP(level + g_rand_int_range(dice, -4, 5), 0, 255);
  }
}

static GreyPicture *
shoot(const Shot *shot)
{
  cairo_surface_t *surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, shot->width, shot->height);
  cairo_t *cr = cairo_create(surface);

  cairo_set_source_rgb(cr, shot->desk, shot->desk, shot->desk);
  cairo_paint(cr);
  cairo_translate(cr, shot->width / 2.0, shot->height / 2.0);
  cairo_rotate(cr, shot->angle * G_PI / 180);
  cairo_scale(cr, shot->scale, shot->scale);
  cairo_translate(cr, -PAGE_WIDTH / 2.0, -PAGE_HEIGHT / 2.0);
  paint_page(cr);
  cairo_destroy(cr);
  GreyPicture *picture = grey_of_surface(surface);
  cairo_surface_destroy(surface);
  darken(picture, shot->light);
  return picture;
}

static GreyPicture *
read_jpeg(GBytes *jpeg)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data(jpeg, &length);
  return grey_picture_read(bytes, length, NULL);
}

/* To be looked at, where GUITAI_PNG names a folder. */
static void
keep(GBytes *jpeg, const char *name)
{
  const char *folder = g_getenv("GUITAI_PNG");
  if (!folder)
    return;
  g_autofree char *path = g_build_filename(folder, name, NULL);
  gsize length;
  const char *bytes = g_bytes_get_data(jpeg, &length);
  g_file_set_contents(path, bytes, (gssize)length, NULL);
}

/* The code can be read, and the paper is white, the ink black, everywhere. */
static void
check_legible(GBytes *jpeg)
{
  g_autoptr(GreyPicture) picture = read_jpeg(jpeg);
  CU_ASSERT_PTR_NOT_NULL_FATAL(picture);
  g_autoptr(GPtrArray) codes =
      decode_grey(picture->pixels, picture->width, picture->height, picture->stride);
  CU_ASSERT_EQUAL_FATAL(codes->len, 1);
  const DecodedCode *code = codes->pdata[0];
  CU_ASSERT_STRING_EQUAL(code->text, CONTENT);
  for (int part = 0; part < 4; part++) {
    int left = picture->width * (1 + 2 * part) / 10, white = 0, n = 0, darkest = 255;
    for (int y = picture->height / 3; y < picture->height * 9 / 10; y++)
      for (int x = left; x < left + picture->width / 10; x++, n++) {
        guint8 level = picture->pixels[y * picture->stride + x];
        white += level > 215;
        darkest = MIN(darkest, level);
      }
    CU_ASSERT(white * 10 > n * 6);
    CU_ASSERT(darkest < 90);
  }
}

static const double ANGLES[] = {0, 0.5, -0.5, 2, -3.5, 5, -7, 10, -10};

static void
a_page_on_a_desk_is_found_and_laid_straight(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(ANGLES); i++) {
    Shot shot = {1440, 1080, ANGLES[i], 0.65, 0.3, 1};
    g_autoptr(GreyPicture) picture = shoot(&shot);
    DocumentShape shape = document_shape_find(picture);
    CU_ASSERT(shape.has_edges);
    CU_ASSERT(fabs(document_shape_angle(&shape) - ANGLES[i]) < 0.25);
    double width = hypot(shape.corner[1].x - shape.corner[0].x,
                         shape.corner[1].y - shape.corner[0].y);
    CU_ASSERT(fabs(width - PAGE_WIDTH * 0.65) < 6);
    g_autoptr(GBytes) jpeg = document_picture_take(picture);
    check_legible(jpeg);
    g_autoptr(GreyPicture) flat = read_jpeg(jpeg);
    CU_ASSERT(fabs((double)flat->height / flat->width - 1.4) < 0.02);
    /* Nothing is left of the turn. */
    CU_ASSERT(fabs(document_shape_skew(flat)) <= 0.25);
  }
}

static void
a_page_that_fills_the_picture_is_straightened_by_its_lines(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(ANGLES); i++) {
    Shot shot = {1000, 1400, ANGLES[i], 1, 0.96, 1};
    g_autoptr(GreyPicture) picture = shoot(&shot);
    DocumentShape shape = document_shape_find(picture);
    CU_ASSERT_FALSE(shape.has_edges);
    if (fabs(document_shape_angle(&shape) - ANGLES[i]) >= 0.2)
      g_printerr("%g: %g\n", ANGLES[i], document_shape_angle(&shape));
    CU_ASSERT(fabs(document_shape_angle(&shape) - ANGLES[i]) < 0.2);
    g_autoptr(GBytes) jpeg = document_picture_take(picture);
    check_legible(jpeg);
  }
}

static void
uneven_light_is_evened_out(void)
{
  Shot shot = {1440, 1080, 3, 0.65, 0.1, 0.4};
  g_autoptr(GreyPicture) picture = shoot(&shot);
  g_autoptr(GBytes) before = document_picture_preview(picture, 1440);
  g_autoptr(GBytes) jpeg = document_picture_take(picture);

  keep(before, "document-before.jpg");
  keep(jpeg, "document-after.jpg");
  check_legible(jpeg);
}

/* Seen from below: the upper edge is shorter. */
static GreyPicture *
shoot_aslant(const PicturePoint corner[4])
{
  Shot shot = {PAGE_WIDTH, PAGE_HEIGHT, 0, 1, 0.96, 1};
  g_autoptr(GreyPicture) page = shoot(&shot);
  GreyPicture *picture = grey_picture_new(1440, 1080);

  memset(picture->pixels, 60, 1440 * 1080);
  for (int v = 0; v < 2 * PAGE_HEIGHT; v++)
    for (int u = 0; u < 2 * PAGE_WIDTH; u++) {
      /* Projective: the upper edge lies farther away. */
      double down = v / (2.0 * PAGE_HEIGHT), across = u / (2.0 * PAGE_WIDTH);
      double far = (corner[1].x - corner[0].x) / (corner[2].x - corner[3].x);
      double t = down * far / (1 - down * (1 - far));
      double left = corner[0].x + (corner[3].x - corner[0].x) * t;
      double right = corner[1].x + (corner[2].x - corner[1].x) * t;
      int x = (int)(left + (right - left) * across);
      int y = (int)(corner[0].y + (corner[3].y - corner[0].y) * t);
      picture->pixels[y * 1440 + x] = page->pixels[v / 2 * PAGE_WIDTH + u / 2];
    }
  return picture;
}

static void
a_page_seen_aslant_is_laid_flat(void)
{
  static const PicturePoint CORNER[4] = {{470, 60}, {970, 60}, {1080, 1000}, {360, 1000}};
  g_autoptr(GreyPicture) picture = shoot_aslant(CORNER);
  DocumentShape shape = document_shape_find(picture);

  CU_ASSERT(shape.has_edges);
  for (int i = 0; i < 4; i++)
    CU_ASSERT(hypot(shape.corner[i].x - CORNER[i].x, shape.corner[i].y - CORNER[i].y) <
              8);
  g_autoptr(GBytes) before = document_picture_preview(picture, 1440);
  g_autoptr(GBytes) jpeg = document_picture_take(picture);
  keep(before, "document-aslant-before.jpg");
  keep(jpeg, "document-aslant-after.jpg");
  check_legible(jpeg);
}

static void
what_is_no_page_comes_out_as_it_is(void)
{
  static const int SIZES[][2] = {{1, 1}, {1, 300}, {300, 1}, {2, 2}, {640, 480}};

  for (gsize i = 0; i < G_N_ELEMENTS(SIZES); i++)
    for (int level = 0; level < 256; level += 85) {
      g_autoptr(GreyPicture) picture = grey_picture_new(SIZES[i][0], SIZES[i][1]);
      memset(picture->pixels, level, (gsize)(SIZES[i][0] * SIZES[i][1]));
      CU_ASSERT_EQUAL(document_shape_skew(picture), 0);
      g_autoptr(GBytes) jpeg = document_picture_take(picture);
      g_autoptr(GreyPicture) again = read_jpeg(jpeg);
      CU_ASSERT_PTR_NOT_NULL_FATAL(again);
      CU_ASSERT(again->width >= SIZES[i][0] && again->width <= MAX(SIZES[i][0], 16));
    }
}

static void
a_large_picture_becomes_one_of_sane_size(void)
{
  Shot shot = {4000, 3000, 4, 1.9, 0.2, 0.7};
  g_autoptr(GreyPicture) picture = shoot(&shot);
  g_autoptr(GBytes) jpeg = document_picture_take(picture);
  g_autoptr(GreyPicture) flat = read_jpeg(jpeg);

  CU_ASSERT_EQUAL(MAX(flat->width, flat->height), DOCUMENT_PICTURE_LONGEST);
  CU_ASSERT(g_bytes_get_size(jpeg) < 900 * 1024);
  check_legible(jpeg);
}

TESTS("document_picture",
      TEST(a_page_on_a_desk_is_found_and_laid_straight),
      TEST(a_page_that_fills_the_picture_is_straightened_by_its_lines),
      TEST(uneven_light_is_evened_out),
      TEST(a_page_seen_aslant_is_laid_flat),
      TEST(what_is_no_page_comes_out_as_it_is),
      TEST(a_large_picture_becomes_one_of_sane_size))
