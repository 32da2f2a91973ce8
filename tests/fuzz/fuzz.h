/* What libFuzzer calls, and what replay.c calls in its place. */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* A promise: broken, it aborts the program in every build. */
#define PROMISE(expression)                                                              \
  do {                                                                                   \
    if (!(expression)) {                                                                 \
      g_printerr("broken promise: %s\n", #expression);                                   \
      abort();                                                                           \
    }                                                                                    \
  } while (0)
