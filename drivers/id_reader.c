#include "drivers/id_reader.h"

#include <string.h>

#include "drivers/id_card.h"
#include "drivers/sdt.h"
#include "drivers/secret_bytes.h"

#define ANSWER_MS  1000
#define LISTEN_MS  100
#define MOST_MUTE  3  /* unanswered commands in a row: it is gone */
#define MOST_TRIES 3  /* in one look, at a card that is there and fails */
#define MOST_OLD   64 /* reads of what nobody asked for, before a command */
#define TEXT_START 7  /* of a read answer: SW1-3, two lengths */
#define ROOM       (2 * SDT_LONGEST)

struct IdReader {
  const Wire *wire;
  gpointer end;
  GByteArray *received; /* owned */
  int mute;
  bool is_done; /* with the card that lies there; it must leave before the next */
};

/* An answer that came too late must not be taken for that of the next command. */
static bool
drop_old(IdReader *reader, GError **error)
{
  guint8 bytes[512];
  gssize came = 1;

  for (int i = 0; i < MOST_OLD && came > 0; i++)
    came = reader->wire->read(reader->end, bytes, sizeof bytes, 0, error);
  explicit_bzero(bytes, sizeof bytes);
  if (reader->received->len)
    explicit_bzero(reader->received->data, reader->received->len);
  g_byte_array_set_size(reader->received, 0);
  return came >= 0;
}

static bool
send_command(IdReader *reader, guint8 command, guint8 parameter, GError **error)
{
  const guint8 body[] = {command, parameter};
  g_autoptr(GByteArray) frame = sdt_frame(body, sizeof body);

  if (!drop_old(reader, error))
    return false;
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
    g_clear_pointer(&body, secret_bytes_drop);
  return body;
}

/* What no new try can put right. */
static bool
is_broken(int status, GError **error)
{
  if (status != SDT_SELF_TEST && status != SDT_NOT_AUTHORISED)
    return false;
  g_set_error(error,
              DEVICE_ERROR,
              DEVICE_ERROR_BROKEN,
              "the reader's security module says %02X: switch it off and on, else have "
              "it repaired",
              (guint)status);
  return true;
}

/* @return SW3 of the answer; 0: none. */
static int
order(IdReader *reader, guint8 command, guint8 parameter, GError **error)
{
  GByteArray *body = ask(reader, command, parameter, error);
  int status = body ? body->data[2] : 0;

  secret_bytes_drop(body);
  is_broken(status, error);
  return status;
}

/* Some readers send no photo, or one that is shorter: only the text must be whole. */
static bool
has_text(const GByteArray *body)
{
  if (body->data[2] != SDT_OK || body->len < TEXT_START + ID_CARD_BLOCK)
    return false;
  gsize text = (gsize)body->data[3] << 8 | body->data[4];
  gsize photo = (gsize)body->data[5] << 8 | body->data[6];
  return text == ID_CARD_BLOCK && body->len >= TEXT_START + text + photo;
}

static GBytes *
read_text(IdReader *reader, GError **error)
{
  GByteArray *body = ask(reader, SDT_READ, error);
  GBytes *text = body && has_text(body)
                     ? secret_bytes_new(body->data + TEXT_START, ID_CARD_BLOCK)
                     : NULL;

  secret_bytes_drop(body);
  return text;
}

/* A card that was found; on a failure the three steps begin anew. @return NULL: it would
 * not be read, or went away. */
static GBytes *
read_found(IdReader *reader, GError **error)
{
  GError *failure = NULL;
  GBytes *text = NULL;
  int found = SDT_FOUND;

  for (int i = 0; i < MOST_TRIES && !text && !failure && found == SDT_FOUND; i++) {
    if (i > 0)
      found = order(reader, SDT_FIND, &failure);
    if (found == SDT_FOUND && !failure && order(reader, SDT_SELECT, &failure) == SDT_OK &&
        !failure)
      text = read_text(reader, &failure);
  }
  if (failure) {
    g_clear_pointer(&text, g_bytes_unref);
    g_propagate_error(error, failure);
  } else if (!text && found == SDT_FOUND) {
    text = secret_bytes_new(NULL, 0);
  }
  return text;
}

IdReader *
id_reader_new(const Wire *wire, gpointer end)
{
  IdReader *reader = g_new0(IdReader, 1);
  reader->wire = wire;
  reader->end = end;
  /* Never grows: growing would leave copies of a person behind. */
  reader->received = g_byte_array_sized_new(ROOM);
  return reader;
}

void
id_reader_free(IdReader *reader)
{
  if (!reader)
    return;
  secret_bytes_drop(reader->received);
  g_free(reader);
}

GBytes *
id_reader_look(IdReader *reader, GError **error)
{
  GError *failure = NULL;
  GBytes *text = NULL;
  int found = order(reader, SDT_FIND, &failure);

  if (found == SDT_NO_CARD)
    reader->is_done = false;
  if (found == SDT_FOUND && !reader->is_done && !failure)
    text = read_found(reader, &failure);
  if (text)
    reader->is_done = true;
  if (failure)
    g_propagate_error(error, failure);
  return text;
}
