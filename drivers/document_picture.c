#include "drivers/document_picture.h"

#include <math.h>
#include <string.h>

#include "drivers/grey_jpeg.h"

#define QUALITY         75
#define PREVIEW_QUALITY 60
#define CELLS           24   /* over the longer side, to learn the light from */
#define PAPER_PART      0.90 /* the level below which that part of a cell lies is paper */
#define INK_PART        0.01
#define WHITE           250
#define MIN_PAPER       24  /* darker is no paper: a black desk stays black */
#define NO_INK          200 /* ink that is lighter: an empty page; left as it is */
#define MAX_SAMPLES     4
#define SMALLEST        16

/* -- flat --------------------------------------------------------------------------- */

/* From the unit square to four corners (P. Heckbert, Fundamentals of Texture Mapping and
 * Image Warping, 1989, 2.2.3): x = (a u + b v + c) / (g u + h v + 1). */
typedef struct {
  double a, b, c, d, e, f, g, h;
} Perspective;

static Perspective
perspective_to(const PicturePoint p[4])
{
  double sx = p[0].x - p[1].x + p[2].x - p[3].x, sy = p[0].y - p[1].y + p[2].y - p[3].y;
  double x1 = p[1].x - p[2].x, x2 = p[3].x - p[2].x;
  double y1 = p[1].y - p[2].y, y2 = p[3].y - p[2].y;
  double whole = x1 * y2 - x2 * y1;
  double g = whole != 0 ? (sx * y2 - x2 * sy) / whole : 0;
  double h = whole != 0 ? (x1 * sy - sx * y1) / whole : 0;

  return (Perspective){.a = p[1].x - p[0].x + g * p[1].x,
                       .b = p[3].x - p[0].x + h * p[3].x,
                       .c = p[0].x,
                       .d = p[1].y - p[0].y + g * p[1].y,
                       .e = p[3].y - p[0].y + h * p[3].y,
                       .f = p[0].y,
                       .g = g,
                       .h = h};
}

static int
pixel_at(const GreyPicture *picture, int x, int y)
{
  bool is_inside = x >= 0 && y >= 0 && x < picture->width && y < picture->height;
  return is_inside ? picture->pixels[(gsize)y * (gsize)picture->stride + (gsize)x] : 255;
}

/* Between its four neighbours; beyond the picture is white paper. */
static double
level_at(const GreyPicture *picture, double x, double y)
{
  if (!(x > -2 && y > -2 && x < picture->width + 2.0 && y < picture->height + 2.0))
    return 255;
  double left = floor(x - 0.5), top = floor(y - 0.5);
  double right_part = x - 0.5 - left, lower_part = y - 0.5 - top;
  int l = (int)left, t = (int)top;
  double upper = pixel_at(picture, l, t) * (1 - right_part) +
                 pixel_at(picture, l + 1, t) * right_part;
  double lower = pixel_at(picture, l, t + 1) * (1 - right_part) +
                 pixel_at(picture, l + 1, t + 1) * right_part;
  return upper * (1 - lower_part) + lower * lower_part;
}

/* @samples: so many across and down for each pixel, where the picture is made smaller. */
static guint8
sample(const GreyPicture *from,
       const Perspective *p,
       const GreyPicture *to,
       int x,
       int y,
       int samples)
{
  double sum = 0;

  for (int i = 0; i < samples * samples; i++) {
    int column = i % samples, row = i / samples;
    double u = (x + (column + 0.5) / samples) / to->width;
    double v = (y + (row + 0.5) / samples) / to->height;
    double below = p->g * u + p->h * v + 1;
    sum += below > 1e-6 ? level_at(from,
                                   (p->a * u + p->b * v + p->c) / below,
                                   (p->d * u + p->e * v + p->f) / below)
                        : 255;
  }
  return (guint8)lrint(sum / (samples * samples));
}

static double
length_of(const PicturePoint *a, const PicturePoint *b)
{
  return hypot(b->x - a->x, b->y - a->y);
}

GreyPicture *
document_picture_flatten(const GreyPicture *picture,
                         const DocumentShape *shape,
                         int longest)
{
  const PicturePoint *c = shape->corner;
  double across = MAX(length_of(&c[0], &c[1]), length_of(&c[3], &c[2]));
  double down = MAX(length_of(&c[0], &c[3]), length_of(&c[1], &c[2]));
  double scale = MAX(MAX(across, down) / longest, 1);
  int samples = CLAMP((int)ceil(scale), 1, MAX_SAMPLES);
  int width = (int)CLAMP(lrint(across / scale), SMALLEST, longest);
  int height = (int)CLAMP(lrint(down / scale), SMALLEST, longest);
  Perspective perspective = perspective_to(c);
  GreyPicture *flat = grey_picture_new(width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      flat->pixels[y * flat->stride + x] =
          sample(picture, &perspective, flat, x, y, samples);
  return flat;
}

/* -- evenly lit --------------------------------------------------------------------- */

typedef struct {
  int side, across, down;
  double *paper; /* owned */
} Light;

/* The level below which @part of a rectangle lies. */
static int
level_of_part(
    const GreyPicture *picture, int left, int top, int right, int bottom, double part)
{
  int count[256] = {0}, n = 0, below = 0, level = 0;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++, n++)
      count[picture->pixels[y * picture->stride + x]]++;
  while (level < 255 && (below += count[level]) < n * part)
    level++;
  return level;
}

/* A cell full of ink learns from the brightest of its neighbours. */
static double
around(const double *cells, int across, int down, int column, int row, bool brightest)
{
  double most = 0, sum = 0;
  int n = 0;

  for (int i = 0; i < 9; i++) {
    int x = column + i % 3 - 1, y = row + i / 3 - 1;
    if (x < 0 || y < 0 || x >= across || y >= down)
      continue;
    most = MAX(most, cells[y * across + x]);
    sum += cells[y * across + x];
    n++;
  }
  return brightest ? most : sum / n;
}

static void
pass(Light *light, bool brightest)
{
  int n = light->across * light->down;
  double *next = g_new0(double, n);

  for (int i = 0; i < n; i++)
    next[i] = around(light->paper,
                     light->across,
                     light->down,
                     i % light->across,
                     i / light->across,
                     brightest);
  g_free(light->paper);
  light->paper = next;
}

static Light
light_of(const GreyPicture *picture)
{
  int side = MAX(MAX(picture->width, picture->height) / CELLS, 4);
  Light light = {side,
                 (picture->width + side - 1) / side,
                 (picture->height + side - 1) / side,
                 NULL};

  light.paper = g_new0(double, (gsize)light.across *(gsize)light.down);
  for (int row = 0; row < light.down; row++)
    for (int column = 0; column < light.across; column++)
      light.paper[row * light.across + column] =
          level_of_part(picture,
                        column * side,
                        row * side,
                        MIN((column + 1) * side, picture->width),
                        MIN((row + 1) * side, picture->height),
                        PAPER_PART);
  pass(&light, true);
  pass(&light, false);
  return light;
}

static double
light_at(const Light *light, int x, int y)
{
  double u = CLAMP((x + 0.5) / light->side - 0.5, 0, light->across - 1);
  double v = CLAMP((y + 0.5) / light->side - 0.5, 0, light->down - 1);
  int column = MIN((int)u, light->across - 2), row = MIN((int)v, light->down - 2);
  column = MAX(column, 0);
  row = MAX(row, 0);
  int right = MIN(column + 1, light->across - 1), under = MIN(row + 1, light->down - 1);
  double cu = u - column, cv = v - row;
  const double *upper = light->paper + (gsize)row * (gsize)light->across;
  const double *lower = light->paper + (gsize)under * (gsize)light->across;
  return (upper[column] * (1 - cu) + upper[right] * cu) * (1 - cv) +
         (lower[column] * (1 - cu) + lower[right] * cu) * cv;
}

static void
blacken(GreyPicture *picture)
{
  int black = level_of_part(picture, 0, 0, picture->width, picture->height, INK_PART);
  if (black > NO_INK)
    return;
  for (int i = 0; i < picture->width * picture->height; i++)
    picture->pixels[i] =
        (guint8)CLAMP((picture->pixels[i] - black) * 255 / (WHITE - black), 0, 255);
}

void
document_picture_even_out(GreyPicture *picture)
{
  Light light = light_of(picture);

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++) {
      guint8 *pixel = picture->pixels + (gsize)y * (gsize)picture->stride + x;
      double paper = MAX(light_at(&light, x, y), MIN_PAPER);
      *pixel = (guint8)MIN(*pixel * WHITE / paper, 255);
    }
  g_free(light.paper);
  blacken(picture);
}

/* -- all of it ---------------------------------------------------------------------- */

GBytes *
document_picture_take(const GreyPicture *picture)
{
  DocumentShape shape = document_shape_find(picture);
  g_autoptr(GreyPicture) flat =
      document_picture_flatten(picture, &shape, DOCUMENT_PICTURE_LONGEST);

  document_picture_even_out(flat);
  return grey_jpeg_encode(flat, QUALITY);
}

GBytes *
document_picture_preview(const GreyPicture *picture, int width)
{
  DocumentShape whole = {.corner = {{0, 0},
                                    {picture->width, 0},
                                    {picture->width, picture->height},
                                    {0, picture->height}}};
  g_autoptr(GreyPicture) small = document_picture_flatten(picture, &whole, width);

  return grey_jpeg_encode(small, PREVIEW_QUALITY);
}
