/* FrameChange: does a camera's frame show something else than the last one that was
 * looked at? Means over a grid are compared, so the noise of a sensor is no change.
 * Pure. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define FRAME_CHANGE_ACROSS 32
#define FRAME_CHANGE_DOWN   24

/* All zero: the next frame matters. */
typedef struct {
  guint8 cell[FRAME_CHANGE_DOWN][FRAME_CHANGE_ACROSS]; /* of the last that mattered */
  int width, height;
  int settling;        /* so many frames more matter: what moved may be sharp only now */
  int64_t mattered_us; /* when one did last */
} FrameChange;

typedef enum {
  FRAME_SAME,   /* nothing to see that was not looked at */
  FRAME_STILL,  /* the same, but a second has gone by: worth another look */
  FRAME_CHANGED /* it changed, or did a few frames ago */
} FrameNews;

FrameNews frame_change_see(FrameChange *change,
                           const guint8 *pixels,
                           int width,
                           int height,
                           int stride,
                           int64_t now_us);
