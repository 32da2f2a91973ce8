/* Presentation: which codes lie before a camera, so that each is heard once however many
 * frames show it. A code counts as gone when it was missing in several frames in a row
 * over a while; a frame that is blurred, a code that is hard to read in a picture that
 * stands still, or a camera that stalls, ends nothing. Pure: time is an argument, memory
 * is fixed. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define PRESENTATION_MAX     64                               /* codes in view at once */
#define PRESENTATION_AWAY_US (G_GINT64_CONSTANT(1200) * 1000) /* missing that long */
#define PRESENTATION_MISSES  3 /* and in that many frames */

typedef struct {
  guint64 name[2];    /* two hashes of the code */
  bool seen;          /* in the frame that is being told */
  int misses;         /* frames in a row that changed and were without it */
  int64_t missing_us; /* since when; meaningful when @misses */
} PresentedCode;

/* All zero: nothing is in view. */
typedef struct {
  PresentedCode code[PRESENTATION_MAX];
  int n;
} Presentation;

/* Tells one frame: begin, each of its codes, end. A frame that was not looked at (because
 * it showed what the last one did) is not told. */
void presentation_begin(Presentation *presentation);
/* @return true when the code is to be heard: it was not in view. A code for which there
 * is no room is not heard, as nobody could know it again. */
bool presentation_sees(Presentation *presentation, const void *code, gsize length);
/* Whether it is in view, or was a moment ago; tells nothing. */
bool presentation_has(const Presentation *presentation, const void *code, gsize length);
/* @changed: something moved since the frame before. */
void presentation_end(Presentation *presentation, bool changed, int64_t now_us);
