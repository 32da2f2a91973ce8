#include "drivers/insurance_cards.h"

#include <glib/gstdio.h>
#include <string.h>

#include "drivers/device.h"
#include "drivers/social_security_card.h"
#include "tests/test.h"

#define INSURER GUITAI_TEST_INSURER

static const uint8_t ATR_BANK[] = {0x3b, 0x65, 0, 0, 0x20, 0x63, 0x20, 0x66, 0};

/* A card that refuses every command. */
static int
refuse(const CardChannel *channel,
       const uint8_t *command,
       size_t length,
       uint8_t *answer,
       size_t room)
{
  answer[0] = 0x6a;
  answer[1] = 0x82;
  return 2;
}

static const CardChannel REFUSES = {refuse};

static int
gone(const CardChannel *channel,
     const uint8_t *command,
     size_t length,
     uint8_t *answer,
     size_t room)
{
  return -1;
}

static const CardChannel GONE = {gone};

static void
an_attached_library_is_asked_first(void)
{
  InsuredPerson person;
  const char *by = "";
  g_autoptr(GError) error = NULL;

  CU_ASSERT_EQUAL(insurance_cards_read(ATR_BANK, sizeof ATR_BANK, &REFUSES, &person, &by),
                  INSURANCE_OTHER_CARD);
  CU_ASSERT(insurance_cards_attach(INSURER, &error));
  CU_ASSERT_PTR_NULL(error);
  CU_ASSERT_EQUAL(insurance_cards_read(ATR_BANK, sizeof ATR_BANK, &REFUSES, &person, &by),
                  INSURANCE_READ);
  CU_ASSERT_STRING_EQUAL(by, "test insurer");
  CU_ASSERT_STRING_EQUAL(person.name, "EXAMPLE");
  CU_ASSERT_EQUAL(strlen(person.card_number), sizeof person.card_number - 1);
  CU_ASSERT_EQUAL(insurance_cards_read(ATR_BANK, sizeof ATR_BANK, &GONE, &person, &by),
                  INSURANCE_FAILED);
  CU_ASSERT_STRING_EQUAL(person.name, "");
  /* Its answer to reset is none of the library's: the built-in reader is asked. */
  CU_ASSERT_EQUAL(insurance_cards_read(ATR_BANK, 4, &REFUSES, &person, &by),
                  INSURANCE_OTHER_CARD);
  CU_ASSERT_STRING_EQUAL(by, "social security card");
  CU_ASSERT(insurance_cards_attach("", NULL));
  CU_ASSERT_EQUAL(insurance_cards_read(ATR_BANK, sizeof ATR_BANK, &REFUSES, &person, &by),
                  INSURANCE_OTHER_CARD);
}

static void
what_is_no_library_is_refused(void)
{
  g_autofree char *folder = g_dir_make_tmp(NULL, NULL);
  g_autofree char *path = g_build_filename(folder, "insurer.so", NULL);
  g_autoptr(GError) error = NULL;

  CU_ASSERT(!insurance_cards_attach(path, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_WRONG));
  g_clear_error(&error);
  CU_ASSERT(g_file_set_contents(path, "not one", -1, NULL));
  CU_ASSERT(!insurance_cards_attach(path, &error));
  g_clear_error(&error);
  /* One that is a library, and not an insurer's. */
  CU_ASSERT(!insurance_cards_attach("libm.so.6", &error));
  CU_ASSERT(error && strstr(error->message, INSURANCE_CARD_SYMBOL) != NULL);
  g_remove(path);
  g_rmdir(folder);
}

static void
records_are_taken_with_and_without_their_tag(void)
{
  static const struct {
    const char *bytes;
    gsize length;
    int at; /* -1: none */
    gsize value;
  } RECORDS[] = {{"\x08\x02"
                  "11\x90\x00",
                  6,
                  2,
                  2},
                 {"1142\x90\x00", 6, 0, 4},
                 {"\x08\x09"
                  "11\x90\x00",
                  6,
                  0,
                  4}, /* claims more than there is: no tag */
                 {"\x08\x00\x90\x00", 4, -1, 0},
                 {"\x90\x00", 2, -1, 0},
                 {"11\x6a\x83", 4, -1, 0},
                 {"\x90", 1, -1, 0}};
  for (gsize i = 0; i < G_N_ELEMENTS(RECORDS); i++) {
    const uint8_t *bytes = (const uint8_t *)RECORDS[i].bytes;
    size_t length = 0;
    const uint8_t *value =
        social_security_record(bytes, RECORDS[i].length, 0x08, &length);
    CU_ASSERT_EQUAL(value ? value - bytes : -1, RECORDS[i].at);
    CU_ASSERT(!value || length == RECORDS[i].value);
  }
}

TESTS("insurance_cards",
      TEST(an_attached_library_is_asked_first),
      TEST(what_is_no_library_is_refused),
      TEST(records_are_taken_with_and_without_their_tag))
