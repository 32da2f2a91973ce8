#include "tests/drivers/printer_bench.h"

static bool
pass_time(Bench *bench, int timeout_ms)
{
  bench->now_us += MAX(timeout_ms, 1) * 1000;
  if (bench->hand_us && bench->now_us >= bench->hand_us) {
    bench->hand_us = 0;
    bench->hand(bench);
    return true;
  }
  return false;
}

static gssize
lost(GError **error)
{
  g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "pulled");
  return -1;
}

static gssize
bench_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  Bench *bench = end;
  gsize taken = 0;

  if (bench->pulled)
    return lost(error);
  if (bench->keeps_buffer && length == 3 && bytes[0] == 0x10 && bytes[1] == 0x05)
    return 3;
  if (!bench->deaf)
    taken = printer_model_take(bench->model, bytes, length, bench->now_us);
  bench->written += (gint64)taken;
  if (!taken)
    pass_time(bench, timeout_ms);
  return (gssize)taken;
}

static gssize
bench_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Bench *bench = end;

  for (int left_ms = timeout_ms; !bench->pulled; left_ms -= 10) {
    if (bench->babbles) {
      memset(bytes, 0xff, room);
      bench->now_us += 1000;
      return (gssize)room;
    }
    gsize came =
        bench->deaf ? 0 : printer_model_answer(bench->model, bytes, room, bench->now_us);
    if (came || left_ms <= 0)
      return (gssize)came;
    pass_time(bench, MIN(left_ms, 10));
  }
  return lost(error);
}

static int64_t
bench_now_us(gpointer end)
{
  return ((Bench *)end)->now_us;
}

static const Wire BENCH_WIRE = {bench_write, bench_read, bench_now_us};

Bench *
bench_new(void)
{
  Bench *bench = g_new0(Bench, 1);
  bench->now_us = 1000 * SECOND;
  bench->model = printer_model_new(48, 576);
  bench->printer = printer_new(&BENCH_WIRE, bench);
  return bench;
}

void
bench_free(Bench *bench)
{
  printer_free(bench->printer);
  printer_model_free(bench->model);
  g_free(bench);
}

int
bench_print(Bench *bench, const void *bytes, gsize length, DeviceState *ret_state)
{
  g_autoptr(GBytes) job = g_bytes_new(bytes, length);
  g_autoptr(GError) error = NULL;
  DeviceState state = 0;
  bool done = printer_print(bench->printer, job, &state, &error);

  CU_ASSERT_EQUAL(done, error == NULL);
  if (ret_state)
    *ret_state = state;
  return error ? error->code : -1;
}

int
bench_print_text(Bench *bench, const char *text, DeviceState *ret_state)
{
  return bench_print(bench, text, strlen(text), ret_state);
}

DeviceState
bench_look(Bench *bench)
{
  DeviceState state = 0;
  CU_ASSERT(printer_look(bench->printer, &state, NULL));
  return state;
}

bool
bench_shows(Bench *bench, const char *wanted)
{
  g_autofree char *text = printer_model_text(bench->model);
  if (strcmp(text, wanted) != 0)
    g_printerr("paper shows \"%s\"\n", text);
  return strcmp(text, wanted) == 0;
}
