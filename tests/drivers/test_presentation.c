#include "drivers/presentation.h"

#include <string.h>

#include "tests/test.h"

#define MS G_GINT64_CONSTANT(1000)

/* A film: each frame is its time in ms, '=' where nothing moved (else '!'), and the codes
 * in it, each a letter. What is heard is written down. */
typedef struct {
  int at_ms;
  char motion;
  const char *codes;
} Frame;

static char *
watch(const Frame *film)
{
  Presentation presentation = {0};
  GString *heard = g_string_new(NULL);

  for (const Frame *frame = film; frame->codes; frame++) {
    presentation_begin(&presentation);
    for (const char *code = frame->codes; *code; code++)
      if (presentation_sees(&presentation, code, 1))
        g_string_append_c(heard, *code);
    presentation_end(&presentation, frame->motion == '!', frame->at_ms * MS);
  }
  return g_string_free(heard, FALSE);
}

static const struct {
  const char *says, *heard;
  Frame film[12];
} FILMS[] = {
    {"a code that stays is heard once",
     "a",
     {{0, '!', "a"}, {100, '!', "a"}, {9000, '=', "a"}, {99000, '!', "a"}}},
    {"two codes in one frame are heard both", "ab", {{0, '!', "ab"}, {100, '!', "ba"}}},
    {"the same code twice in a frame is one presentation", "a", {{0, '!', "aa"}}},
    {"a code that comes back after a while is heard again",
     "aa",
     {{0, '!', "a"},
      {100, '!', ""},
      {200, '!', ""},
      {300, '!', ""},
      {2000, '=', ""},
      {2100, '!', "a"}}},
    {"a code that was blurred for a moment is not",
     "a",
     {{0, '!', "a"}, {100, '!', ""}, {200, '!', ""}, {300, '!', ""}, {900, '!', "a"}}},
    {"a code that is seldom read in a picture that stands still is not",
     "a",
     {{0, '!', "a"},
      {1000, '=', ""},
      {2000, '=', ""},
      {3000, '=', ""},
      {4000, '=', ""},
      {5000, '=', "a"}}},
    {"a camera that stalls ends nothing",
     "a",
     {{0, '!', "a"}, {100, '!', ""}, {60000, '!', "a"}}},
    {"another code is heard while the first stays",
     "abc",
     {{0, '!', "a"}, {100, '!', "ab"}, {200, '!', "b"}, {300, '!', "abc"}}},
    {"a clock that goes back loses and doubles nothing",
     "aba",
     {{5000, '!', "a"},
      {5100, '!', ""},
      {100, '!', "b"},
      {200, '!', "b"},
      {300, '!', "b"},
      {1200, '!', "b"},
      {1400, '!', "b"},
      {1500, '!', "ab"}}},
};

static void
a_code_is_heard_once_per_presentation(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(FILMS); i++) {
    g_autofree char *heard = watch(FILMS[i].film);
    if (!g_str_equal(heard, FILMS[i].heard))
      g_printerr("%s: heard \"%s\"\n", FILMS[i].says, heard);
    CU_ASSERT_STRING_EQUAL(heard, FILMS[i].heard);
  }
}

static bool
sees_number(Presentation *presentation, int number)
{
  return presentation_sees(presentation, &number, sizeof number);
}

static void
more_codes_than_there_is_room_for_are_not_heard_again_and_again(void)
{
  Presentation presentation = {0};
  int heard = 0;

  for (int frame = 0; frame < 5; frame++) {
    presentation_begin(&presentation);
    for (int i = 0; i < 3 * PRESENTATION_MAX; i++)
      heard += sees_number(&presentation, i);
    presentation_end(&presentation, true, frame * 100 * MS);
  }
  CU_ASSERT_EQUAL(heard, PRESENTATION_MAX);
}

static void
codes_that_left_make_room(void)
{
  Presentation presentation = {0};
  int heard = 0;

  for (int frame = 0; frame < 2000; frame++) {
    presentation_begin(&presentation);
    heard += sees_number(&presentation, frame);
    presentation_end(&presentation, true, frame * 100 * MS);
    CU_ASSERT_FATAL(presentation.n < PRESENTATION_MAX);
  }
  CU_ASSERT_EQUAL(heard, 2000);
}

TESTS("presentation",
      TEST(a_code_is_heard_once_per_presentation),
      TEST(more_codes_than_there_is_room_for_are_not_heard_again_and_again),
      TEST(codes_that_left_make_room))
