/* Bench: a receipt printer's conversation on a cable with a clock of its own, and the
 * model at its far end. */
#pragma once

#include <string.h>

#include "drivers/printer.h"
#include "drivers/printer_status.h"
#include "drivers/sim/printer_model.h"
#include "tests/test.h"

#define SECOND G_USEC_PER_SEC

/* A cable with a clock of its own: waiting is moving the clock. The model at its end may
 * be changed by a hand at a given moment. */
typedef struct Bench Bench;
typedef void (*Hand)(Bench *bench);

struct Bench {
  PrinterModel *model;
  Printer *printer;
  int64_t now_us;
  int64_t hand_us; /* when @hand acts; 0: never */
  Hand hand;
  bool pulled, babbles, deaf; /* deaf: takes no byte, answers nothing */
  bool keeps_buffer;          /* a clone that does not know DLE ENQ */
  gint64 written;
};

Bench *bench_new(void);
void bench_free(Bench *bench);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bench, bench_free)

/* @return the error's code; -1: done. */
int bench_print(Bench *bench, const void *bytes, gsize length, DeviceState *ret_state);
int bench_print_text(Bench *bench, const char *text, DeviceState *ret_state);
DeviceState bench_look(Bench *bench);
bool bench_shows(Bench *bench, const char *wanted);
