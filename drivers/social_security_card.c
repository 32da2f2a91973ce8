#include "drivers/social_security_card.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "app/domain/day.h"
#include "app/domain/id_number.h"

#define ROOM 264 /* of an answer: 256 and two of status, and some */

#define FILE_CARD   0x05 /* EF05: the card and who issued it */
#define FILE_HOLDER 0x06 /* EF06: who holds it */

enum {
  TAG_CARD_ID = 0x01, /* 16 bytes; the region's six digits first */
  TAG_VALID_TO = 0x06,
  TAG_CARD_NUMBER = 0x07,
  TAG_NUMBER = 0x08,
  TAG_NAME = 0x09,
  TAG_SEX = 0x0a,
  TAG_BIRTH = 0x0d,
  TAG_NAME_REST = 0x4e
};

/* "sx1.sh." and 社会保障 in GBK. */
static const uint8_t APPLICATION[] = {0x73,
                                      0x78,
                                      0x31,
                                      0x2e,
                                      0x73,
                                      0x68,
                                      0x2e,
                                      0xc9,
                                      0xe7,
                                      0xbb,
                                      0xe1,
                                      0xb1,
                                      0xa3,
                                      0xd5,
                                      0xcf};

typedef struct {
  const CardChannel *channel;
  uint8_t answer[ROOM];
  const uint8_t *value; /* inside answer; of the last record */
  size_t length;
} Reading;

static bool
is_done(const uint8_t *answer, int length)
{
  return length >= 2 && answer[length - 2] == 0x90 && answer[length - 1] == 0x00;
}

static bool
transmit(Reading *reading, const uint8_t *command, size_t length, int *ret_length)
{
  *ret_length = reading->channel->transmit(
      reading->channel, command, length, reading->answer, sizeof reading->answer);
  return *ret_length <= ROOM && is_done(reading->answer, *ret_length);
}

static bool
select_application(Reading *reading)
{
  uint8_t command[5 + sizeof APPLICATION] = {0x00, 0xa4, 0x04, 0x00, sizeof APPLICATION};
  int length;

  memcpy(command + 5, APPLICATION, sizeof APPLICATION);
  return transmit(reading, command, sizeof command, &length);
}

static bool
select_file(Reading *reading, uint8_t file)
{
  const uint8_t command[] = {0x00, 0xa4, 0x02, 0x00, 0x02, 0xef, file};
  int length;
  return transmit(reading, command, sizeof command, &length);
}

const uint8_t *
social_security_record(const uint8_t *answer,
                       size_t length,
                       uint8_t tag,
                       size_t *ret_length)
{
  if (length < 2 || answer[length - 2] != 0x90 || answer[length - 1] != 0x00)
    return NULL;
  size_t there = length - 2;
  bool is_tagged = there >= 2 && answer[0] == tag && answer[1] <= there - 2;

  *ret_length = is_tagged ? answer[1] : there;
  return *ret_length ? answer + (is_tagged ? 2 : 0) : NULL;
}

/* By its tag (P2 = 0), whatever its place in the file. */
static bool
read_record(Reading *reading, uint8_t tag)
{
  const uint8_t command[] = {0x00, 0xb2, tag, 0x00, 0x00};
  int length = 0;

  reading->value = NULL;
  reading->length = 0;
  if (transmit(reading, command, sizeof command, &length))
    reading->value =
        social_security_record(reading->answer, (size_t)length, tag, &reading->length);
  return reading->value != NULL;
}

/* Letters and digits, filled up with zeros. */
static void
take_code(const Reading *reading, char *ret, size_t room)
{
  size_t n = 0;

  while (n < reading->length && n + 1 < room && g_ascii_isalnum(reading->value[n]))
    n++;
  if (n)
    memcpy(ret, reading->value, n);
  ret[n] = '\0';
}

/* "19850307" as four bytes. */
static int32_t
take_day(const Reading *reading)
{
  char digits[9] = "";

  if (reading->length < 4)
    return DAY_NONE;
  for (int i = 0; i < 4; i++)
    snprintf(digits + (size_t)i * 2, 3, "%02X", reading->value[i]);
  bool is_digits = strspn(digits, "0123456789") == 8;
  return is_digits ? day_parse(digits) : DAY_NONE;
}

/* Appends GB 18030, filled up with zeros or blanks. */
static void
take_name(const Reading *reading, char *name, size_t room)
{
  size_t n = 0;
  while (n < reading->length && reading->value[n] != 0)
    n++;
  g_autofree char *text = g_convert(
      (const char *)reading->value, (gssize)n, "UTF-8", "GB18030", NULL, NULL, NULL);

  if (!text)
    return;
  g_strstrip(text);
  if (strlen(name) + strlen(text) < room)
    g_strlcat(name, text, room);
  explicit_bzero(text, strlen(text));
}

static void
read_card_file(Reading *reading, InsuredPerson *ret)
{
  if (!select_file(reading, FILE_CARD))
    return;
  if (read_record(reading, TAG_CARD_NUMBER))
    take_code(reading, ret->card_number, sizeof ret->card_number);
  if (read_record(reading, TAG_VALID_TO))
    ret->valid_to = take_day(reading);
  if (read_record(reading, TAG_CARD_ID) && reading->length >= 3)
    snprintf(ret->region,
             sizeof ret->region,
             "%02X%02X%02X",
             reading->value[0],
             reading->value[1],
             reading->value[2]);
}

static void
read_holder_file(Reading *reading, InsuredPerson *ret)
{
  if (!select_file(reading, FILE_HOLDER))
    return;
  if (read_record(reading, TAG_NUMBER))
    take_code(reading, ret->number, sizeof ret->number);
  if (read_record(reading, TAG_NAME))
    take_name(reading, ret->name, sizeof ret->name);
  /* Names longer than thirty bytes go on in a record of their own. */
  if (read_record(reading, TAG_NAME_REST))
    take_name(reading, ret->name, sizeof ret->name);
  if (read_record(reading, TAG_SEX) && reading->length == 1)
    ret->sex = reading->value[0] == '1' ? 1 : reading->value[0] == '2' ? 2 : 0;
  if (read_record(reading, TAG_BIRTH))
    ret->birth = take_day(reading);
}

/* The answer to reset names the chip, not what is on it. */
static bool
can_read(const uint8_t *atr, size_t length)
{
  return length >= 2 && (atr[0] == 0x3b || atr[0] == 0x3f);
}

static InsuranceOutcome
read_person(const CardChannel *channel, InsuredPerson *ret)
{
  Reading reading = {.channel = channel};
  InsuranceOutcome outcome = INSURANCE_OTHER_CARD;

  if (select_application(&reading)) {
    read_card_file(&reading, ret);
    read_holder_file(&reading, ret);
    bool is_sound = *ret->name && id_number_adds_up(ret->number);
    outcome = is_sound ? INSURANCE_READ : INSURANCE_FAILED;
  }
  explicit_bzero(&reading, sizeof reading);
  return outcome;
}

const InsuranceCard SOCIAL_SECURITY_CARD = {
    INSURANCE_CARD_VERSION, "social security card", can_read, read_person};
