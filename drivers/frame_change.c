#include "drivers/frame_change.h"

#include <stdlib.h>
#include <string.h>

#define SAMPLES   8 /* across and down a cell */
#define NOISE     5 /* levels by which the mean of a still cell may differ */
#define CELLS     2 /* so many cells that differ are a change */
#define SETTLING  4
#define ANYWAY_US G_USEC_PER_SEC

typedef struct {
  const guint8 *pixels;
  int width, height, stride;
} Grey;

static guint8
mean(const Grey *grey, int column, int row)
{
  int sum = 0;

  for (int i = 0; i < SAMPLES * SAMPLES; i++) {
    int across = column * SAMPLES + i % SAMPLES, down = row * SAMPLES + i / SAMPLES;
    int64_t x = (int64_t)across * grey->width / ((int64_t)FRAME_CHANGE_ACROSS * SAMPLES);
    int64_t y = (int64_t)down * grey->height / ((int64_t)FRAME_CHANGE_DOWN * SAMPLES);
    sum += grey->pixels[y * grey->stride + x];
  }
  return (guint8)(sum / (SAMPLES * SAMPLES));
}

static int
count_changed(const FrameChange *change,
              const guint8 now[FRAME_CHANGE_DOWN][FRAME_CHANGE_ACROSS])
{
  int n = 0;
  for (int i = 0; i < FRAME_CHANGE_DOWN * FRAME_CHANGE_ACROSS; i++) {
    int row = i / FRAME_CHANGE_ACROSS, column = i % FRAME_CHANGE_ACROSS;
    n += abs(change->cell[row][column] - now[row][column]) > NOISE;
  }
  return n;
}

FrameNews
frame_change_see(FrameChange *change,
                 const guint8 *pixels,
                 int width,
                 int height,
                 int stride,
                 int64_t now_us)
{
  Grey grey = {pixels, width, height, stride};
  guint8 now[FRAME_CHANGE_DOWN][FRAME_CHANGE_ACROSS];

  if (width <= 0 || height <= 0)
    return FRAME_SAME;
  for (int row = 0; row < FRAME_CHANGE_DOWN; row++)
    for (int column = 0; column < FRAME_CHANGE_ACROSS; column++)
      now[row][column] = mean(&grey, column, row);
  if (width != change->width || height != change->height ||
      count_changed(change, now) >= CELLS)
    change->settling = SETTLING;
  else if (change->settling > 0)
    change->settling--;
  /* Also when the clock was put back. */
  bool is_late =
      now_us < change->mattered_us || now_us - change->mattered_us >= ANYWAY_US;
  if (!change->settling && !is_late)
    return FRAME_SAME;
  memcpy(change->cell, now, sizeof now);
  change->width = width;
  change->height = height;
  change->mattered_us = now_us;
  return change->settling ? FRAME_CHANGED : FRAME_STILL;
}
