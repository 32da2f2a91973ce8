#include "ui/check_words.h"

#include <string.h>

#include "tests/test.h"
#include "ui/words.h"

static void
says(CheckFinding finding, int64_t number, const char *expected)
{
  CheckLine line = {.item = CHECK_BOOKS, .finding = finding, .number = number};
  g_autofree char *text = check_words_finding(&line);
  CU_ASSERT_STRING_EQUAL(text, expected);
}

static void
findings_are_said_in_english(void)
{
  words_start("en");
  says(FOUND_UP_TO_DATE, 0, "up to date");
  says(FOUND_CATCHING_UP, 1, "1 change to come");
  says(FOUND_CATCHING_UP, 1234, "1,234 changes to come");
  says(FOUND_CLOCK_AGREES, 400000, "0.4 s off central's");
  says(FOUND_CLOCK_AGREES, -1260000, "1.3 s off central's");
  says(FOUND_CLOCK_OFF, 90 * G_USEC_PER_SEC, "1:30 behind central's");
  says(FOUND_CLOCK_OFF, -90 * G_USEC_PER_SEC, "1:30 ahead of central's");
  says(FOUND_OFFLINE, 0, "no answer");
  says(FOUND_OFFLINE, 2, "no answer, 2 wait here");
  says(FOUND_WAITING, 1, "online, 1 on its way");
  says(FOUND_BACKUP,
       G_GINT64_CONSTANT(1795311660000000),
       "checked copy of 2026-11-22 09:41");
}

static void
findings_are_said_in_chinese(void)
{
  words_start("zh_CN");
  says(FOUND_UP_TO_DATE, 0, "已是最新");
  says(FOUND_CLOCK_AGREES, 400000, "与总部差 0.4 秒");
  says(FOUND_PAPER_OUT, 0, "缺纸");
  says(FOUND_OFFLINE, 12, "没有应答，12 条待传");
}

static void
every_finding_has_words_in_both_languages(void)
{
  const char *languages[] = {"en", "zh_CN"};
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
    words_start(languages[i]);
    for (CheckFinding finding = 0; finding < N_FOUND; finding++) {
      CheckLine line = {.item = CHECK_PRINTER, .finding = finding, .number = 1};
      g_autofree char *text = check_words_finding(&line);
      CU_ASSERT_STRING_NOT_EQUAL(text, "");
    }
    for (CheckItem item = 0; item < N_CHECKS; item++)
      CU_ASSERT_STRING_NOT_EQUAL(check_words_item(item), "");
  }
}

static void
what_is_wrong_comes_with_what_to_do(void)
{
  words_start("en");
  CheckLine paper = {CHECK_PRINTER, CHECK_WARN, FOUND_PAPER_OUT, 0};
  CheckLine ready = {CHECK_PRINTER, CHECK_OK, FOUND_READY, 0};
  CU_ASSERT_PTR_NOT_NULL(strstr(check_words_advice(&paper), "roll"));
  CU_ASSERT_STRING_EQUAL(check_words_advice(&ready), "");
}

static void
a_grade_has_a_mark_and_a_shape_of_its_own(void)
{
  for (CheckGrade a = CHECK_QUIET; a <= CHECK_BAD; a++) {
    for (CheckGrade b = a + 1; b <= CHECK_BAD; b++) {
      CU_ASSERT_STRING_NOT_EQUAL(check_words_mark(a), check_words_mark(b));
      CU_ASSERT_STRING_NOT_EQUAL(check_words_style(a), check_words_style(b));
    }
  }
}

TESTS("check_words",
      TEST(findings_are_said_in_english),
      TEST(findings_are_said_in_chinese),
      TEST(every_finding_has_words_in_both_languages),
      TEST(what_is_wrong_comes_with_what_to_do),
      TEST(a_grade_has_a_mark_and_a_shape_of_its_own))
