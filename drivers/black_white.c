#include "drivers/black_white.h"

#include <string.h>

#define CELL  8 /* pixels across and down */
#define REACH 2 /* cells around one whose light counts */
#define FLAT                                                                             \
  24 /* levels; a cell with less between its darkest and brightest holds no edge */

typedef struct {
  int across, down;
  guint8 *level; /* owned; of each cell */
} Cells;

/* Half the darkest: all of it is white. Unless what lies to the left and above is
 * brighter: the inside of something black. */
static guint8
flat_level(const Cells *cells, int column, int row, guint8 darkest)
{
  guint8 level = darkest / 2;

  if (column == 0 || row == 0)
    return level;
  const guint8 *above = cells->level + (gsize)(row - 1) * (gsize)cells->across + column;
  const guint8 *here = cells->level + (gsize)row * (gsize)cells->across + column;
  guint8 around = (guint8)((above[0] + 2 * here[-1] + above[-1]) / 4);
  return darkest < around ? around : level;
}

static guint8
level_of(const GreyPicture *picture, const Cells *cells, int column, int row)
{
  int left = MIN(column * CELL, MAX(picture->width - CELL, 0));
  int top = MIN(row * CELL, MAX(picture->height - CELL, 0));
  int right = MIN(left + CELL, picture->width), bottom = MIN(top + CELL, picture->height);
  guint8 darkest = 255, brightest = 0;
  unsigned sum = 0;

  for (int y = top; y < bottom; y++) {
    const guint8 *pixel = picture->pixels + (gsize)y * (gsize)picture->stride + left;
    for (int x = left; x < right; x++, pixel++) {
      sum += *pixel;
      darkest = MIN(darkest, *pixel);
      brightest = MAX(brightest, *pixel);
    }
  }
  if (brightest - darkest <= FLAT)
    return flat_level(cells, column, row, darkest);
  return (guint8)(sum / (unsigned)((right - left) * (bottom - top)));
}

static guint8
threshold_of(const Cells *cells, int column, int row)
{
  int left = MAX(column - REACH, 0), right = MIN(column + REACH, cells->across - 1);
  int top = MAX(row - REACH, 0), bottom = MIN(row + REACH, cells->down - 1);
  unsigned sum = 0;

  for (int y = top; y <= bottom; y++)
    for (int x = left; x <= right; x++)
      sum += cells->level[y * cells->across + x];
  return (guint8)(sum / (unsigned)((right - left + 1) * (bottom - top + 1)));
}

static void
fill_cell(const GreyPicture *from, GreyPicture *to, int column, int row, guint8 threshold)
{
  int left = column * CELL, right = MIN(left + CELL, from->width);

  for (int y = row * CELL; y < MIN((row + 1) * CELL, from->height); y++) {
    const guint8 *in = from->pixels + (gsize)y * (gsize)from->stride;
    guint8 *out = to->pixels + (gsize)y * (gsize)to->stride;
    for (int x = left; x < right; x++)
      out[x] = in[x] <= threshold ? 0 : 255;
  }
}

GreyPicture *
black_white_of(const GreyPicture *picture)
{
  Cells cells = {(picture->width + CELL - 1) / CELL, (picture->height + CELL - 1) / CELL};
  GreyPicture *result = grey_picture_new(picture->width, picture->height);

  cells.level = g_malloc((gsize)cells.across * (gsize)cells.down);
  for (int row = 0; row < cells.down; row++)
    for (int column = 0; column < cells.across; column++)
      cells.level[row * cells.across + column] = level_of(picture, &cells, column, row);
  for (int row = 0; row < cells.down; row++)
    for (int column = 0; column < cells.across; column++)
      fill_cell(picture, result, column, row, threshold_of(&cells, column, row));
  g_free(cells.level);
  return result;
}
