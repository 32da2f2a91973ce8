#include "drivers/id_card.h"

#include <string.h>

#include "app/domain/id_number.h"
#include "drivers/sdt.h"
#include "drivers/sim/sample_cards.h"
#include "tests/test.h"

static IdCard *
sample(int card)
{
  guint8 block[ID_CARD_BLOCK];
  sample_cards_write(card, block);
  return id_card_read(block, sizeof block, NULL);
}

static void
a_resident_card_is_read(void)
{
  g_autoptr(IdCard) card = sample(0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(card);
  CU_ASSERT_EQUAL(card->kind, ID_CARD_RESIDENT);
  CU_ASSERT_STRING_EQUAL(card->name, "王小明");
  CU_ASSERT_EQUAL(card->sex, SEX_MALE);
  CU_ASSERT_STRING_EQUAL(id_card_ethnicity_name(card->ethnicity), "汉");
  CU_ASSERT_EQUAL(card->birth, 19850307);
  CU_ASSERT_STRING_EQUAL(card->address, "例省样市柜台路12号3单元402室");
  CU_ASSERT_STRING_EQUAL(card->number, "110000198503070011");
  CU_ASSERT_STRING_EQUAL(card->issuer, "样市公安局柜台分局");
  CU_ASSERT_EQUAL(card->valid_from, 20180601);
  CU_ASSERT_EQUAL(card->valid_to, 20380601);
  CU_ASSERT_STRING_EQUAL(card->country, "");
}

static void
a_card_may_be_valid_for_good(void)
{
  g_autoptr(IdCard) card = sample(1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(card);
  CU_ASSERT_EQUAL(card->valid_to, DAY_NONE);
  CU_ASSERT_EQUAL(card->sex, SEX_FEMALE);
}

static void
the_other_layouts_are_told_by_their_flag(void)
{
  g_autoptr(IdCard) permit = sample(5), old = sample(6), new = sample(7);
  CU_ASSERT_FATAL(permit && old && new);
  CU_ASSERT_EQUAL(permit->kind, ID_CARD_PERMIT);
  CU_ASSERT_EQUAL(permit->ethnicity, 0);
  CU_ASSERT_STRING_EQUAL(permit->number, "810000198806240060");
  CU_ASSERT_EQUAL(old->kind, ID_CARD_FOREIGNER);
  CU_ASSERT_STRING_EQUAL(old->name, "安娜");
  CU_ASSERT_STRING_EQUAL(old->latin_name, "EXAMPLE, ANNA");
  CU_ASSERT_STRING_EQUAL(old->country, "FRA");
  CU_ASSERT_EQUAL(old->birth, 19790202);
  CU_ASSERT_EQUAL(new->kind, ID_CARD_FOREIGNER);
  CU_ASSERT_STRING_EQUAL(new->latin_name, "EXEMPLE, JEAN BAPTISTE MAXIMILIEN ALEXANDRE");
  CU_ASSERT_EQUAL(new->sex, SEX_MALE);
  CU_ASSERT_STRING_EQUAL(new->country, "FRA");
}

static void
the_sample_people_have_sound_numbers(void)
{
  for (int i = 0; i < sample_cards_count(); i++) {
    g_autoptr(IdCard) card = sample(i);
    bool is_female = false;
    CU_ASSERT_PTR_NOT_NULL_FATAL(card);
    if (card->kind == ID_CARD_FOREIGNER)
      continue;
    CU_ASSERT_EQUAL(id_number_check(card->number, NULL, &is_female), ID_OK);
    CU_ASSERT_EQUAL(card->sex == SEX_FEMALE, is_female);
  }
}

static void
a_misread_card_is_refused(void)
{
  static const struct {
    int at;
    char text;
    IdCardError code;
  } FLAWS[] = {
      {122, '2', ID_CARD_ERROR_NUMBER}, /* another first digit: wrong check */
      {156, '9', ID_CARD_ERROR_NUMBER}, /* the check character itself */
      {50, '9', ID_CARD_ERROR_NUMBER},  /* another birthday than the number's */
      {248, 'Z', ID_CARD_ERROR_BLOCK},  /* no such card */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(FLAWS); i++) {
    guint8 block[ID_CARD_BLOCK];
    g_autoptr(GError) error = NULL;
    sample_cards_write(0, block);
    block[FLAWS[i].at] = (guint8)FLAWS[i].text;
    CU_ASSERT_PTR_NULL(id_card_read(block, sizeof block, &error));
    CU_ASSERT(g_error_matches(error, ID_CARD_ERROR, (int)FLAWS[i].code));
  }
}

static void
a_foreigners_number_is_letters_and_digits(void)
{
  for (int card = 6; card <= 7; card++) {
    guint8 block[ID_CARD_BLOCK];
    sample_cards_write(card, block);
    block[125] = 0x01; /* the second character becomes a letter of Latin Extended-A */
    CU_ASSERT_PTR_NULL(id_card_read(block, sizeof block, NULL));
  }
}

static void
a_foreigners_number_of_2023_adds_up_and_fits_the_birthday(void)
{
  static const struct {
    int at;
    char text;
  } FLAWS[] = {{122, '8'}, {156, '4'}, {50, '6'}};
  for (gsize i = 0; i < G_N_ELEMENTS(FLAWS); i++) {
    guint8 block[ID_CARD_BLOCK];
    sample_cards_write(7, block);
    block[FLAWS[i].at] = (guint8)FLAWS[i].text;
    CU_ASSERT_PTR_NULL(id_card_read(block, sizeof block, NULL));
  }
}

static void
rubbish_is_no_card(void)
{
  guint8 block[ID_CARD_BLOCK];
  g_autoptr(GRand) random = g_rand_new_with_seed(7);

  CU_ASSERT_PTR_NULL(id_card_read(block, 10, NULL));
  for (int round = 0; round < 2000; round++) {
    for (gsize i = 0; i < sizeof block; i++)
      block[i] = (guint8)g_rand_int(random);
    block[248] = (guint8) " JIY"[round % 4];
    block[249] = 0;
    g_autoptr(IdCard) card = id_card_read(block, sizeof block, NULL);
    if (card)
      CU_ASSERT(g_utf8_validate(card->name, -1, NULL));
  }
}

static void
a_rare_character_in_a_name_survives(void)
{
  g_autoptr(IdCard) card = sample(4);
  CU_ASSERT_PTR_NOT_NULL_FATAL(card);
  CU_ASSERT_STRING_EQUAL(card->name, "刘䶮");
}

static void
frames_are_found_in_any_stream(void)
{
  static const guint8 BODY[] = {0, 0, SDT_FOUND, 1, 2, 3};
  g_autoptr(GByteArray) frame = sdt_frame(BODY, sizeof BODY);
  g_autoptr(GByteArray) received = g_byte_array_new();
  GByteArray *body = NULL;

  CU_ASSERT(frame->len == 5 + 2 + sizeof BODY + 1);
  CU_ASSERT(frame->data[5] == 0 && frame->data[6] == 7);
  g_byte_array_append(received, (const guint8 *)"\xaa\xaa\x96noise\xaa", 9);
  for (guint i = 0; i < frame->len; i++) {
    CU_ASSERT_PTR_NULL(sdt_take(received));
    g_byte_array_append(received, frame->data + i, 1);
  }
  body = sdt_take(received);
  CU_ASSERT_PTR_NOT_NULL_FATAL(body);
  CU_ASSERT(body->len == sizeof BODY && memcmp(body->data, BODY, sizeof BODY) == 0);
  g_byte_array_unref(body);
  CU_ASSERT_EQUAL(received->len, 0);
}

static void
a_damaged_frame_does_not_hide_the_next(void)
{
  static const guint8 BODY[] = {0, 0, SDT_OK};
  g_autoptr(GByteArray) frame = sdt_frame(BODY, sizeof BODY);
  g_autoptr(GByteArray) received = g_byte_array_new();

  g_byte_array_append(received, (const guint8 *)"\xaa\xaa\xaa\x96\x69\xff\xff", 7);
  g_byte_array_append(received, frame->data, frame->len);
  received->data[received->len - 1] ^= 0x01;
  g_byte_array_append(received, frame->data, frame->len);
  GByteArray *body = sdt_take(received);
  CU_ASSERT_PTR_NOT_NULL_FATAL(body);
  CU_ASSERT_EQUAL(body->data[2], SDT_OK);
  g_byte_array_unref(body);
  CU_ASSERT_PTR_NULL(sdt_take(received));
}

TESTS("id_card",
      TEST(a_resident_card_is_read),
      TEST(a_card_may_be_valid_for_good),
      TEST(the_other_layouts_are_told_by_their_flag),
      TEST(the_sample_people_have_sound_numbers),
      TEST(a_misread_card_is_refused),
      TEST(a_foreigners_number_is_letters_and_digits),
      TEST(a_foreigners_number_of_2023_adds_up_and_fits_the_birthday),
      TEST(rubbish_is_no_card),
      TEST(a_rare_character_in_a_name_survives),
      TEST(frames_are_found_in_any_stream),
      TEST(a_damaged_frame_does_not_hide_the_next))
