#include "drivers/pairing.h"

#include <string.h>

#include "drivers/typist.h"
#include "drivers/usb.h"

#define SCHEME     "pairing:"
#define REST_MS    250
#define SILENCE_MS 120
#define AIM_LENGTH 3
#define US_PER_S   1000000

typedef struct {
  Typist *typist; /* owned; NULL: given back */
  char *code;     /* owned */
  GString *typed; /* owned */
  int64_t until_us;
} Pairing;

static const char *const WORDS[N_PAIRING_OUTCOMES] = {
    [PAIRING_IT] = "it", [PAIRING_NOT_IT] = "not it", [PAIRING_TOO_LATE] = "too late"};

static void
nudge(gpointer data)
{
  device_nudge(data);
}

/* "pairing:15:40925173:usb:0416:c141@1-2". */
static gpointer
pairing_begin(const char *address, GError **error)
{
  g_auto(GStrv) parts = g_strsplit(address, ":", 5);
  Device *device = device_here();
  Typist *typist = typist_open(parts[4], device ? nudge : NULL, device, error);
  if (!typist)
    return NULL;
  int64_t seconds = (int64_t)g_ascii_strtoull(parts[1], NULL, 10);
  Pairing *pairing = g_new0(Pairing, 1);
  pairing->typist = typist;
  pairing->code = g_strdup(parts[2]);
  pairing->typed = g_string_new(NULL);
  pairing->until_us = usb_now_us() + seconds * US_PER_S;
  return pairing;
}

static bool
is_suffix(const char *text)
{
  return text[strspn(text, "\r\n\t")] == '\0';
}

/* What was typed, without the symbology identifier that some put in front. */
static const char *
code_in(const Pairing *pairing)
{
  const GString *typed = pairing->typed;
  return typed->str[0] == ']' ? typed->str + MIN(typed->len, AIM_LENGTH) : typed->str;
}

static bool
is_whole(const Pairing *pairing)
{
  const char *typed = code_in(pairing);
  gsize n = strlen(pairing->code);
  return strncmp(typed, pairing->code, n) == 0 && is_suffix(typed + n);
}

static bool
may_become_it(const Pairing *pairing)
{
  const char *typed = code_in(pairing);
  return strlen(typed) == (gsize)(pairing->typed->str + pairing->typed->len - typed) &&
         strncmp(typed, pairing->code, strlen(typed)) == 0;
}

/* @return false: nothing was typed within @wait_ms, or @error. */
static bool
hear(Pairing *pairing, int wait_ms, GError **error)
{
  guint8 bytes[64];
  gssize came = TYPIST_WIRE.read(pairing->typist, bytes, sizeof bytes, wait_ms, error);
  if (came > 0)
    g_string_append_len(pairing->typed, (const char *)bytes, came);
  return came > 0;
}

/* The suffix belongs to the code: given back before, the desktop would get an Enter. */
static PairingOutcome
judge(Pairing *pairing, GError **error)
{
  GError *failure = NULL;
  PairingOutcome outcome = N_PAIRING_OUTCOMES;

  while (outcome == N_PAIRING_OUTCOMES && !failure) {
    bool was_whole = is_whole(pairing);
    bool came = hear(pairing, was_whole ? SILENCE_MS : 0, &failure);
    if (came && !is_whole(pairing) && !may_become_it(pairing))
      outcome = PAIRING_NOT_IT;
    else if (!came && was_whole)
      outcome = PAIRING_IT;
    else if (!came)
      break;
  }
  if (failure)
    g_propagate_error(error, failure);
  else if (outcome == N_PAIRING_OUTCOMES && usb_now_us() >= pairing->until_us)
    outcome = PAIRING_TOO_LATE;
  return outcome;
}

static GBytes *
pairing_listen(gpointer data, DeviceState *state, GError **error)
{
  Pairing *pairing = data;
  if (!pairing->typist)
    return NULL;
  PairingOutcome outcome = judge(pairing, error);
  if (outcome == N_PAIRING_OUTCOMES)
    return NULL;
  g_clear_pointer(&pairing->typist, typist_close);
  return g_bytes_new_static(WORDS[outcome], strlen(WORDS[outcome]));
}

static bool
pairing_command(gpointer data, GBytes *bytes, DeviceState *state, GError **error)
{
  return true;
}

static void
pairing_end(gpointer data)
{
  Pairing *pairing = data;
  typist_close(pairing->typist);
  g_string_free(pairing->typed, TRUE);
  g_free(pairing->code);
  g_free(pairing);
}

static const DeviceDriver PAIRING = {
    "pairing", REST_MS, pairing_begin, pairing_command, pairing_listen, pairing_end};

Device *
pairing_open(
    const char *place, const char *code, int seconds, DeviceWatch watch, gpointer data)
{
  g_autofree char *address = g_strdup_printf(SCHEME "%d:%s:usb:%s", seconds, code, place);
  return device_open_with(&PAIRING, address, watch, data);
}

PairingOutcome
pairing_outcome(GBytes *heard)
{
  gsize length;
  const char *text = g_bytes_get_data(heard, &length);
  PairingOutcome outcome = 0;
  while (outcome < N_PAIRING_OUTCOMES &&
         !(strlen(WORDS[outcome]) == length && memcmp(WORDS[outcome], text, length) == 0))
    outcome++;
  return outcome;
}
