#include "drivers/labeller.h"

#define MS         1000
#define CHUNK      4096
#define WRITE_MS   250
#define ANSWER_MS  500   /* a printer that answers at all does so by then */
#define STALL_MS   5000  /* takes no byte, complains of nothing */
#define FINISH_MS  15000 /* the slowest label is out by then */
#define SETTLE_MS  700   /* idle for so long after the last byte: it is out */
#define GLANCE_MS  100   /* between two questions while it prints */
#define PROBE_MS   30000 /* between two questions to a silent printer */
#define PATIENCE   2     /* unanswered questions before none are asked */
#define MOST_DRAIN 16    /* reads; an endless babble is not listened to */

#define BUSY 0x20
#define ALL                                                                              \
  (DEVICE_COVER_OPEN | DEVICE_JAM | DEVICE_PAPER_OUT | DEVICE_RIBBON_OUT |               \
   DEVICE_PAUSED | DEVICE_HOT)

struct Labeller {
  const Wire *wire;
  gpointer end;
  int unanswered; /* in a row */
  int64_t probe_us;
  bool is_busy;
  DeviceState state; /* as last answered */
};

Labeller *
labeller_new(const Wire *wire, gpointer end)
{
  Labeller *labeller = g_new0(Labeller, 1);
  labeller->wire = wire;
  labeller->end = end;
  return labeller;
}

void
labeller_free(Labeller *labeller)
{
  g_free(labeller);
}

DeviceState
labeller_state(guint8 status)
{
  static const DeviceState BITS[8] = {DEVICE_COVER_OPEN,
                                      DEVICE_JAM,
                                      DEVICE_PAPER_OUT,
                                      DEVICE_RIBBON_OUT,
                                      DEVICE_PAUSED,
                                      0,
                                      DEVICE_COVER_OPEN,
                                      DEVICE_HOT};
  DeviceState state = 0;
  for (int i = 0; i < 8; i++)
    if (status >> i & 1)
      state |= BITS[i];
  return state;
}

static int64_t
now_us(const Labeller *labeller)
{
  return labeller->wire->now_us(labeller->end);
}

static bool
is_silent(const Labeller *labeller)
{
  return labeller->unanswered >= PATIENCE;
}

static bool
drain(Labeller *labeller, GError **error)
{
  guint8 bytes[64];
  gssize came = 1;
  for (int i = 0; i < MOST_DRAIN && came > 0; i++)
    came = labeller->wire->read(labeller->end, bytes, sizeof bytes, 0, error);
  return came >= 0;
}

/* @return false with @error only. An answer of several bytes: the last one is the newest.
 */
static bool
await_answer(Labeller *labeller, GError **error)
{
  guint8 bytes[64];
  int64_t end_us = now_us(labeller) + (int64_t)ANSWER_MS * MS;

  for (int64_t left_us = end_us - now_us(labeller); left_us > 0 && !device_is_ending();
       left_us = end_us - now_us(labeller)) {
    gssize came = labeller->wire->read(
        labeller->end, bytes, sizeof bytes, (int)(left_us / MS) + 1, error);
    if (came < 0)
      return false;
    if (came == 0)
      continue;
    labeller->unanswered = 0;
    labeller->is_busy = bytes[came - 1] & BUSY;
    labeller->state = labeller_state(bytes[came - 1]);
    return true;
  }
  labeller->unanswered++;
  return true;
}

static bool
ask(Labeller *labeller, GError **error)
{
  static const guint8 QUESTION[] = {0x1b, '!', '?'};

  if (!drain(labeller, error))
    return false;
  gssize taken =
      labeller->wire->write(labeller->end, QUESTION, sizeof QUESTION, WRITE_MS, error);
  if (taken < 0)
    return false;
  if (taken < (gssize)sizeof QUESTION) {
    labeller->unanswered++;
    return true;
  }
  return await_answer(labeller, error);
}

/* A silent one may have been switched to answering, or put in another's place. */
static bool
look(Labeller *labeller, GError **error)
{
  if (is_silent(labeller) && now_us(labeller) < labeller->probe_us)
    return true;
  labeller->probe_us = now_us(labeller) + (int64_t)PROBE_MS * MS;
  if (!ask(labeller, error))
    return false;
  if (is_silent(labeller))
    labeller->state = 0;
  return true;
}

static void
tell_state(const Labeller *labeller, DeviceState *state)
{
  *state = (*state & ~(DeviceState)(ALL | DEVICE_GONE)) | labeller->state;
}

bool
labeller_look(Labeller *labeller, DeviceState *state, GError **error)
{
  bool looked = look(labeller, error);
  tell_state(labeller, state);
  return looked;
}

static bool
complain(const Labeller *labeller, GError **error)
{
  static const struct {
    DeviceState state;
    DeviceError error;
    const char *say;
  } COMPLAINTS[] = {
      {DEVICE_COVER_OPEN, DEVICE_ERROR_COVER, "the print head is open"},
      {DEVICE_JAM, DEVICE_ERROR_JAM, "a label is stuck"},
      {DEVICE_PAPER_OUT, DEVICE_ERROR_PAPER_OUT, "there are no labels in it"},
      {DEVICE_RIBBON_OUT, DEVICE_ERROR_RIBBON, "there is no ribbon in it"},
      {DEVICE_PAUSED, DEVICE_ERROR_PAUSED, "its pause key was pressed"},
      {DEVICE_HOT, DEVICE_ERROR_HOT, "the print head is too warm"}};
  for (gsize i = 0; i < G_N_ELEMENTS(COMPLAINTS); i++)
    if (labeller->state & COMPLAINTS[i].state) {
      g_set_error_literal(error, DEVICE_ERROR, COMPLAINTS[i].error, COMPLAINTS[i].say);
      return false;
    }
  g_set_error_literal(
      error, DEVICE_ERROR, DEVICE_ERROR_NO_ANSWER, "the label printer is not done");
  return false;
}

static bool
send_all(Labeller *labeller, GBytes *job, GError **error)
{
  gsize length, sent = 0;
  const guint8 *bytes = g_bytes_get_data(job, &length);
  int64_t moved_us = now_us(labeller);

  while (sent < length) {
    gssize taken = labeller->wire->write(
        labeller->end, bytes + sent, MIN(length - sent, CHUNK), WRITE_MS, error);
    if (taken < 0)
      return false;
    sent += (gsize)taken;
    if (taken > 0)
      moved_us = now_us(labeller);
    bool is_stuck = now_us(labeller) - moved_us > (int64_t)STALL_MS * MS;
    if (is_stuck || device_is_ending())
      return complain(labeller, error);
  }
  return true;
}

static bool
rest(Labeller *labeller, GError **error)
{
  guint8 byte;
  return labeller->wire->read(labeller->end, &byte, 1, GLANCE_MS, error) >= 0;
}

/* Idle at the first glance may mean that it has not begun. */
static bool
await_label(Labeller *labeller, GError **error)
{
  int64_t sent_us = now_us(labeller), end_us = sent_us + (int64_t)FINISH_MS * MS;
  bool was_busy = false;

  while (!is_silent(labeller) && now_us(labeller) < end_us && !device_is_ending()) {
    if (!ask(labeller, error))
      return false;
    if (labeller->state & ALL)
      return complain(labeller, error);
    was_busy |= labeller->is_busy;
    bool has_settled = now_us(labeller) - sent_us >= (int64_t)SETTLE_MS * MS;
    if (labeller->unanswered == 0 && !labeller->is_busy && (was_busy || has_settled))
      return true;
    if (!rest(labeller, error))
      return false;
  }
  return is_silent(labeller) || complain(labeller, error);
}

static void
cancel(Labeller *labeller)
{
  static const guint8 CANCEL[] = {0x1b, '!', '.'};
  labeller->wire->write(labeller->end, CANCEL, sizeof CANCEL, WRITE_MS, NULL);
}

bool
labeller_print(Labeller *labeller, GBytes *job, DeviceState *state, GError **error)
{
  GError *failure = NULL;
  bool is_ready = look(labeller, &failure);

  if (is_ready && labeller->state & ALL)
    is_ready = complain(labeller, &failure);
  bool done =
      is_ready && send_all(labeller, job, &failure) && await_label(labeller, &failure);
  bool is_there = !failure || !g_error_matches(failure, DEVICE_ERROR, DEVICE_ERROR_GONE);
  if (is_ready && !done && is_there)
    cancel(labeller);
  if (failure)
    g_propagate_error(error, failure);
  tell_state(labeller, state);
  return done;
}
