/* A label printer that answers anything, takes as much as it likes and leaves when it
 * likes: each byte of the input is one turn of its wire. */
#include "drivers/labeller.h"

#include "tests/fuzz/fuzz.h"

typedef struct {
  const uint8_t *bytes;
  size_t left;
  int64_t now_us;
} Script;

static int
turn(Script *script, GError **error)
{
  if (!script->left) {
    g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "pulled");
    return -1;
  }
  script->left--;
  return *script->bytes++;
}

static gssize
script_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  Script *script = end;
  int byte = turn(script, error);
  if (byte < 0)
    return -1;
  script->now_us += timeout_ms * INT64_C(1000);
  return (gssize)MIN(length, byte & 0x80 ? length : (gsize)byte);
}

static gssize
script_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Script *script = end;
  int byte = turn(script, error);
  if (byte < 0)
    return -1;
  script->now_us += MAX(timeout_ms, 1) * INT64_C(1000);
  if (byte & 1)
    return 0;
  *bytes = (guint8)(byte >> 1);
  return 1;
}

static int64_t
script_now_us(gpointer end)
{
  return ((Script *)end)->now_us;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  static const Wire WIRE = {script_write, script_read, script_now_us};
  static const guint8 JOB[300] = {'C', 'L', 'S'};
  Script script = {bytes, length, 1};
  g_autoptr(Labeller) labeller = labeller_new(&WIRE, &script);
  g_autoptr(GBytes) job = g_bytes_new_static(JOB, sizeof JOB);

  for (int i = 0; i < 3; i++) {
    GError *error = NULL;
    DeviceState state = 0;
    bool done = i == 1 ? labeller_print(labeller, job, &state, &error)
                       : labeller_look(labeller, &state, &error);
    PROMISE(done == (error == NULL));
    PROMISE(!(done && i == 1 && state & (DEVICE_PAPER_OUT | DEVICE_COVER_OPEN)));
    g_clear_error(&error);
  }
  return 0;
}
