#include "drivers/id_reader.h"

#include <string.h>

#include "drivers/id_card.h"
#include "drivers/sdt.h"

#define ANSWER_MS  1000
#define MOST_MUTE  3 /* unanswered commands in a row: it is gone */
#define PHOTO      1024
#define TEXT_START 7 /* of a read answer: SW1-3, two lengths */
#define LISTEN_MS  100

struct IdReader {
  const Wire *wire;
  gpointer end;
  GByteArray *received; /* owned */
  int mute;
  bool was_read; /* the card that lies there; it must leave before the next */
};

static void
free_wiped(GByteArray *bytes)
{
  if (bytes->len)
    explicit_bzero(bytes->data, bytes->len);
  g_byte_array_unref(bytes);
}

static bool
send_command(IdReader *reader, guint8 command, guint8 parameter, GError **error)
{
  const guint8 body[] = {command, parameter};
  g_autoptr(GByteArray) frame = sdt_frame(body, sizeof body);

  g_byte_array_set_size(reader->received, 0);
  for (gsize sent = 0; sent < frame->len;) {
    gssize taken = reader->wire->write(
        reader->end, frame->data + sent, frame->len - sent, ANSWER_MS, error);
    if (taken <= 0) {
      if (taken == 0)
        g_set_error_literal(
            error, DEVICE_ERROR, DEVICE_ERROR_NO_ANSWER, "the reader takes no command");
      return false;
    }
    sent += (gsize)taken;
  }
  return true;
}

/* @return the body of the next answer (transfer full); NULL without @error: none came. */
static GByteArray *
await_answer(IdReader *reader, GError **error)
{
  int64_t end_us = reader->wire->now_us(reader->end) + (int64_t)ANSWER_MS * 1000;
  guint8 bytes[512];

  while (reader->wire->now_us(reader->end) < end_us && !device_is_ending()) {
    gssize came = reader->wire->read(reader->end, bytes, sizeof bytes, LISTEN_MS, error);
    if (came < 0)
      return NULL;
    g_byte_array_append(reader->received, bytes, (guint)came);
    explicit_bzero(bytes, sizeof bytes);
    GByteArray *body = sdt_take(reader->received);
    if (body)
      return body;
  }
  return NULL;
}

/* @return the answer's body (transfer full), NULL without @error: nothing or rubbish. */
static GByteArray *
ask(IdReader *reader, guint8 command, guint8 parameter, GError **error)
{
  GError *failure = NULL;

  if (!send_command(reader, command, parameter, error))
    return NULL;
  GByteArray *body = await_answer(reader, &failure);
  if (failure) {
    g_propagate_error(error, failure);
    return NULL;
  }
  reader->mute = body ? 0 : reader->mute + 1;
  if (reader->mute >= MOST_MUTE)
    g_set_error_literal(
        error, DEVICE_ERROR, DEVICE_ERROR_NO_ANSWER, "the reader does not answer");
  if (body && body->len < 3)
    g_clear_pointer(&body, free_wiped);
  return body;
}

/* @return SW3 of the answer; 0: none. */
static int
order(IdReader *reader, guint8 command, guint8 parameter, GError **error)
{
  GByteArray *body = ask(reader, command, parameter, error);
  int status = body ? body->data[2] : 0;

  if (body)
    free_wiped(body);
  return status;
}

static GBytes *
read_text(IdReader *reader, GError **error)
{
  static const guint8 LENGTHS[] = {1, 0, 4, 0}; /* 256 of text, 1024 of photo */
  GBytes *text = NULL;
  GByteArray *body = ask(reader, SDT_READ, error);

  if (!body)
    return NULL;
  if (body->data[2] == SDT_OK && body->len >= TEXT_START + ID_CARD_BLOCK + PHOTO &&
      memcmp(body->data + 3, LENGTHS, sizeof LENGTHS) == 0)
    text = g_bytes_new(body->data + TEXT_START, ID_CARD_BLOCK);
  free_wiped(body);
  return text;
}

IdReader *
id_reader_new(const Wire *wire, gpointer end)
{
  IdReader *reader = g_new0(IdReader, 1);
  reader->wire = wire;
  reader->end = end;
  reader->received = g_byte_array_new();
  return reader;
}

void
id_reader_free(IdReader *reader)
{
  if (!reader)
    return;
  free_wiped(reader->received);
  g_free(reader);
}

GBytes *
id_reader_look(IdReader *reader, GError **error)
{
  GError *failure = NULL;
  GBytes *text = NULL;
  int found = order(reader, SDT_FIND, &failure);

  if (found == SDT_NO_CARD)
    reader->was_read = false;
  if (found == SDT_FOUND && !reader->was_read &&
      order(reader, SDT_SELECT, &failure) == SDT_OK)
    text = read_text(reader, &failure);
  if (text)
    reader->was_read = true;
  if (failure)
    g_propagate_error(error, failure);
  return text;
}
