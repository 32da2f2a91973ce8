#include "drivers/document_shape.h"

#include <math.h>
#include <string.h>

#define LOOK_SIZE  480  /* longer side of the picture that edges are sought in */
#define TEXT_SIZE  900  /* … and lines of text */
#define MIN_PART   0.15 /* of the picture, for a sheet */
#define MIN_FILLED 0.90 /* of what the four edges enclose */
#define AWAY       1.5  /* pixels from its edge that a point of it may lie */
#define COARSE     0.5  /* degrees */
#define FINE       0.05
#define MIN_GAIN                                                                         \
  1.15 /* by which straight lines beat crooked ones, else it is no text                  \
        */

/* -- smaller ------------------------------------------------------------------------ */

static guint8
mean_of_square(const GreyPicture *picture, int left, int top, int side)
{
  unsigned sum = 0;
  for (int y = top; y < top + side; y++)
    for (int x = left; x < left + side; x++)
      sum += picture->pixels[(gsize)y * (gsize)picture->stride + (gsize)x];
  return (guint8)(sum / (unsigned)(side * side));
}

GreyPicture *
document_shape_shrink(const GreyPicture *picture, int longest)
{
  int longer = MAX(picture->width, picture->height);
  int side = MAX((longer + longest - 1) / longest, 1);
  side = MIN(side, MIN(picture->width, picture->height));
  GreyPicture *small = grey_picture_new(picture->width / side, picture->height / side);

  for (int y = 0; y < small->height; y++)
    for (int x = 0; x < small->width; x++)
      small->pixels[y * small->stride + x] =
          mean_of_square(picture, x * side, y * side, side);
  return small;
}

/* -- the sheet ---------------------------------------------------------------------- */

/* Otsu: the level that parts dark from bright best. */
static int
threshold_of(const GreyPicture *picture)
{
  double count[256] = {0}, all = (double)picture->width * picture->height, sum = 0;
  double below = 0, sum_below = 0, best = -1;
  int level = 128;

  for (int i = 0; i < picture->width * picture->height; i++)
    count[picture->pixels[i]]++;
  for (int i = 0; i < 256; i++)
    sum += i * count[i];
  for (int i = 0; i < 255; i++) {
    below += count[i];
    sum_below += i * count[i];
    if (below == 0 || below == all)
      continue;
    double apart = sum_below / below - (sum - sum_below) / (all - below);
    double between = below * (all - below) * apart * apart;
    if (between > best) {
      best = between;
      level = i + 1;
    }
  }
  return level;
}

typedef struct {
  int width, height, area;
  int *left, *right; /* owned; of each row; left > right: nothing in it */
  int *top, *bottom; /* owned; of each column */
} Blob;

static void
blob_free(Blob *blob)
{
  if (!blob)
    return;
  g_free(blob->left);
  g_free(blob->right);
  g_free(blob->top);
  g_free(blob->bottom);
  g_free(blob);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Blob, blob_free)

static void
fill_ints(int *numbers, int n, int value)
{
  for (int i = 0; i < n; i++)
    numbers[i] = value;
}

static Blob *
blob_new(int width, int height)
{
  Blob *blob = g_new(Blob, 1);

  *blob = (Blob){.width = width,
                 .height = height,
                 .left = g_new0(int, height),
                 .right = g_new0(int, height),
                 .top = g_new0(int, width),
                 .bottom = g_new0(int, width)};
  fill_ints(blob->left, height, width);
  fill_ints(blob->right, height, -1);
  fill_ints(blob->top, width, height);
  fill_ints(blob->bottom, width, -1);
  return blob;
}

static void
blob_add(Blob *blob, int x, int y)
{
  blob->area++;
  blob->left[y] = MIN(blob->left[y], x);
  blob->right[y] = MAX(blob->right[y], x);
  blob->top[x] = MIN(blob->top[x], y);
  blob->bottom[x] = MAX(blob->bottom[x], y);
}

/* All bright pixels that hang together with the one at @seed; they are used up. */
static Blob *
blob_take(guint8 *bright, int width, int height, int seed, int *stack)
{
  static const int STEPS[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
  Blob *blob = blob_new(width, height);
  int n = 0;

  stack[n++] = seed;
  bright[seed] = 0;
  while (n > 0) {
    int at = stack[--n], x = at % width, y = at / width;
    blob_add(blob, x, y);
    for (int i = 0; i < 4; i++) {
      int nx = x + STEPS[i][0], ny = y + STEPS[i][1];
      if (nx < 0 || ny < 0 || nx >= width || ny >= height || !bright[ny * width + nx])
        continue;
      bright[ny * width + nx] = 0;
      stack[n++] = ny * width + nx;
    }
  }
  return blob;
}

static Blob *
largest_blob(const GreyPicture *small)
{
  int n = small->width * small->height, level = threshold_of(small);
  guint8 *bright = g_malloc((gsize)n);
  int *stack = g_new(int, n);
  Blob *best = NULL;

  for (int i = 0; i < n; i++)
    bright[i] = small->pixels[i] >= level;
  for (int i = 0; i < n; i++) {
    if (!bright[i])
      continue;
    Blob *blob = blob_take(bright, small->width, small->height, i, stack);
    if (!best || blob->area > best->area) {
      blob_free(best);
      best = blob;
    } else {
      blob_free(blob);
    }
  }
  g_free(bright);
  g_free(stack);
  return best;
}

/* -- its edges ---------------------------------------------------------------------- */

/* v = slope * u + offset, u along the edge. */
typedef struct {
  double slope, offset;
} Edge;

typedef struct {
  const int *at; /* v of each u; < 0 or >= @limit: none */
  int from, to;  /* of u */
  int limit;
} EdgePoints;

static bool
fit(const EdgePoints *points, double tolerance, Edge *edge)
{
  double n = 0, su = 0, sv = 0, suu = 0, suv = 0;

  for (int u = points->from; u <= points->to; u++) {
    double v = points->at[u];
    if (v < 0 || v >= points->limit ||
        fabs(v - edge->slope * u - edge->offset) > tolerance)
      continue;
    n++;
    su += u;
    sv += v;
    suu += (double)u * u;
    suv += u * v;
  }
  double apart = n * suu - su * su;
  if (n < 8 || apart <= 0)
    return false;
  edge->slope = (n * suv - su * sv) / apart;
  edge->offset = (sv - edge->slope * su) / n;
  return true;
}

/* What lies far off (a finger, a shadow, torn paper) is left out step by step. */
static bool
fit_edge(const EdgePoints *points, Edge *edge)
{
  static const double TOLERANCE[] = {1e9, 12, 5, 2.5, AWAY};

  for (gsize i = 0; i < G_N_ELEMENTS(TOLERANCE); i++)
    if (!fit(points, TOLERANCE[i], edge))
      return false;
  return true;
}

/* @across: y by x. @down: x by y. */
static PicturePoint
crossing(const Edge *across, const Edge *down)
{
  double y =
      (across->slope * down->offset + across->offset) / (1 - across->slope * down->slope);
  return (PicturePoint){down->slope * y + down->offset, y};
}

/* Rough corners: the farthest in each diagonal direction. */
static void
find_extremes(const Blob *blob, int corner[4][2])
{
  static const int TOWARDS[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
  int best[4] = {G_MININT, G_MININT, G_MININT, G_MININT};

  for (int y = 0; y < blob->height; y++) {
    if (blob->left[y] > blob->right[y])
      continue;
    for (int i = 0; i < 4; i++) {
      int x = TOWARDS[i][0] < 0 ? blob->left[y] : blob->right[y];
      int far = TOWARDS[i][0] * x + TOWARDS[i][1] * y;
      if (far > best[i]) {
        best[i] = far;
        corner[i][0] = x;
        corner[i][1] = y;
      }
    }
  }
}

/* The middle four fifths between two corners: corners are round. */
static EdgePoints
between(const int *at, int a, int b, int limit)
{
  int from = MIN(a, b), to = MAX(a, b), off = (to - from) / 10;
  return (EdgePoints){at, from + off, to - off, limit};
}

/* Clockwise from the top: y by x, x by y, y by x, x by y. */
static bool
find_edges(const Blob *blob, Edge edge[4])
{
  int c[4][2] = {{0}};
  find_extremes(blob, c);
  const EdgePoints points[4] = {
      between(blob->top, c[0][0], c[1][0], blob->height),
      between(blob->right, c[1][1], c[2][1], blob->width),
      between(blob->bottom, c[3][0], c[2][0], blob->height),
      between(blob->left, c[0][1], c[3][1], blob->width),
  };
  for (int i = 0; i < 4; i++)
    if (!fit_edge(&points[i], &edge[i]))
      return false;
  /* Pixels end a whole pixel after they begin. */
  edge[1].offset++;
  edge[2].offset++;
  return true;
}

static bool
lies_on_border(const Edge *edge, int index, const Blob *blob)
{
  int along = index % 2 ? blob->height : blob->width;
  double middle = edge->slope * along / 2 + edge->offset;
  double border = index == 1 ? blob->width : index == 2 ? blob->height : 0;
  return fabs(middle - border) < 2 && fabs(edge->slope) < 0.01;
}

static double
area_of(const PicturePoint corner[4])
{
  double twice = 0;
  for (int i = 0; i < 4; i++) {
    const PicturePoint *a = &corner[i], *b = &corner[(i + 1) % 4];
    twice += a->x * b->y - b->x * a->y;
  }
  return twice / 2;
}

static bool
is_convex(const PicturePoint corner[4])
{
  for (int i = 0; i < 4; i++) {
    const PicturePoint *a = &corner[i], *b = &corner[(i + 1) % 4];
    const PicturePoint *c = &corner[(i + 2) % 4];
    if ((b->x - a->x) * (c->y - b->y) - (b->y - a->y) * (c->x - b->x) <= 0)
      return false;
  }
  return true;
}

/* Rows from edge to edge: what is printed on the sheet is part of it. */
static int
filled_area(const Blob *blob)
{
  int area = 0;
  for (int y = 0; y < blob->height; y++)
    area += MAX(blob->right[y] - blob->left[y] + 1, 0);
  return area;
}

static bool
is_within(const PicturePoint corner[4], const Blob *blob)
{
  double slack_x = blob->width * 0.1, slack_y = blob->height * 0.1;
  for (int i = 0; i < 4; i++)
    if (!(corner[i].x >= -slack_x && corner[i].x <= blob->width + slack_x &&
          corner[i].y >= -slack_y && corner[i].y <= blob->height + slack_y))
      return false;
  return true;
}

static bool
sheet_of(const Blob *blob, PicturePoint corner[4])
{
  Edge edge[4] = {{0}};
  int on_border = 0;

  if (!find_edges(blob, edge))
    return false;
  for (int i = 0; i < 4; i++) {
    on_border += lies_on_border(&edge[i], i, blob);
    corner[i] =
        i % 2 ? crossing(&edge[i - 1], &edge[i]) : crossing(&edge[i], &edge[(i + 3) % 4]);
  }
  if (on_border > 1 || !is_within(corner, blob) || !is_convex(corner))
    return false;
  double area = area_of(corner);
  return area >= MIN_PART * blob->width * blob->height &&
         filled_area(blob) >= MIN_FILLED * area && filled_area(blob) * MIN_FILLED <= area;
}

/* -- lines of text ------------------------------------------------------------------ */

typedef struct {
  float x, y, ink;
} Ink;

/* Darker than its surroundings: steps between neighbours, which light cannot make. */
static GArray *
ink_of(const GreyPicture *small)
{
  GArray *inks = g_array_new(FALSE, FALSE, sizeof(Ink));

  for (int y = 1; y < small->height - 1; y++)
    for (int x = 1; x < small->width - 1; x++) {
      const guint8 *p = small->pixels + (gsize)y * (gsize)small->stride + x;
      int step = p[-small->stride] + p[small->stride] - 2 * p[0];
      if (step > 24)
        g_array_append_val(inks, ((Ink){(float)x, (float)y, (float)step}));
    }
  return inks;
}

/* High when the ink lies in rows. */
static double
straightness(const GArray *inks, double degrees, double *rows, int n_rows)
{
  double across = sin(degrees * G_PI / 180), down = cos(degrees * G_PI / 180);
  double score = 0;

  memset(rows, 0, sizeof *rows * (gsize)n_rows);
  for (guint i = 0; i < inks->len; i++) {
    Ink ink = g_array_index(inks, Ink, i);
    double row = ink.y * down - ink.x * across + n_rows / 2.0;
    int whole = (int)row;
    double part = row - whole;
    if (whole < 0 || whole + 1 >= n_rows)
      continue;
    rows[whole] += ink.ink * (1 - part);
    rows[whole + 1] += ink.ink * part;
  }
  for (int i = 1; i < n_rows; i++)
    score += (rows[i] - rows[i - 1]) * (rows[i] - rows[i - 1]);
  return score;
}

static double
best_angle(const GArray *inks,
           double middle,
           double range,
           double step,
           int n_rows,
           double *ret_gain)
{
  double *rows = g_new0(double, n_rows);
  double best = -1, angle = 0, sum = 0;
  int n = (int)(range / step + 0.5);

  for (int i = -n; i <= n; i++) {
    double score = straightness(inks, middle + i * step, rows, n_rows);
    sum += score;
    if (score > best) {
      best = score;
      angle = middle + i * step;
    }
  }
  g_free(rows);
  *ret_gain = sum > 0 ? best * (2 * n + 1) / sum : 0;
  return angle;
}

double
document_shape_skew(const GreyPicture *picture)
{
  g_autoptr(GreyPicture) small = document_shape_shrink(picture, TEXT_SIZE);
  g_autoptr(GArray) inks = ink_of(small);
  int n_rows = 2 * (small->width + small->height);
  double gain, unused;

  double rough = best_angle(inks, 0, DOCUMENT_MAX_SKEW, COARSE, n_rows, &gain);
  if (gain < MIN_GAIN)
    return 0;
  return best_angle(inks, rough, COARSE, FINE, n_rows, &unused);
}

/* -- both --------------------------------------------------------------------------- */

/* The whole picture, turned about its middle. */
static void
turn_corners(int width, int height, double degrees, PicturePoint corner[4])
{
  double c = cos(degrees * G_PI / 180), s = sin(degrees * G_PI / 180);

  for (int i = 0; i < 4; i++) {
    double x = (i == 1 || i == 2 ? 0.5 : -0.5) * width, y = (i > 1 ? 0.5 : -0.5) * height;
    corner[i] = (PicturePoint){width / 2.0 + x * c - y * s, height / 2.0 + x * s + y * c};
  }
}

DocumentShape
document_shape_find(const GreyPicture *picture)
{
  g_autoptr(GreyPicture) small = document_shape_shrink(picture, LOOK_SIZE);
  g_autoptr(Blob) blob = largest_blob(small);
  DocumentShape shape = {0};
  double across = (double)picture->width / small->width;
  double down = (double)picture->height / small->height;

  shape.has_edges = blob && sheet_of(blob, shape.corner);
  for (int i = 0; shape.has_edges && i < 4; i++) {
    shape.corner[i].x *= across;
    shape.corner[i].y *= down;
  }
  if (!shape.has_edges)
    turn_corners(
        picture->width, picture->height, document_shape_skew(picture), shape.corner);
  return shape;
}

double
document_shape_angle(const DocumentShape *shape)
{
  return atan2(shape->corner[1].y - shape->corner[0].y,
               shape->corner[1].x - shape->corner[0].x) *
         180 / G_PI;
}
