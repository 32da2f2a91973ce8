#include "ui/words.h"

#include <string.h>

#include "tests/test.h"
#include "ui/sentences.h"

static void
check_say(const Notice *notice, const char *say, const char *more)
{
  g_auto(Words) words = words_notice(notice);
  CU_ASSERT_STRING_EQUAL(words.say, say);
  CU_ASSERT_STRING_EQUAL(words.more, more);
}

static bool
has_chinese(const char *text)
{
  for (; *text; text = g_utf8_next_char(text))
    if (g_unichar_get_script(g_utf8_get_char(text)) == G_UNICODE_SCRIPT_HAN)
      return true;
  return false;
}

/* Every id has a sentence of its own, and no particular is left unfilled. */
static void
check_every_notice(bool chinese)
{
  for (int id = NOTICE_NOTHING + 1; id < N_NOTICES; id++) {
    char what[] = "W";
    Notice notice = {.id = id, .what = what, .number = 3, .kind = NOTICE_WARN};
    notice.rule.message = RULE_NEAR_EXPIRY;
    g_auto(Words) words = words_notice(&notice);
    CU_ASSERT_TRUE(*words.say != '\0');
    CU_ASSERT_PTR_NULL(strpbrk(words.say, "{}"));
    CU_ASSERT_PTR_NULL(strpbrk(words.more, "{}"));
    CU_ASSERT_EQUAL(has_chinese(words.say), chinese);
  }
}

static void
check_every_rule(bool chinese)
{
  for (int message = RULE_NONE + 1; message < N_RULES; message++) {
    RuleAnswer answer = {.message = message, .number = 30};
    g_auto(Words) words = words_rule(&answer, "W");
    CU_ASSERT_TRUE(*words.say != '\0');
    CU_ASSERT_PTR_NULL(strpbrk(words.say, "{}"));
    CU_ASSERT_EQUAL(has_chinese(words.say), chinese);
  }
}

static void
every_notice_and_rule_is_a_sentence_in_english(void)
{
  words_start("en");
  CU_ASSERT_STRING_EQUAL(words_language(), "en");
  check_every_notice(false);
  check_every_rule(false);
}

static void
every_notice_and_rule_is_a_sentence_in_chinese(void)
{
  words_start("zh_CN");
  CU_ASSERT_STRING_EQUAL(words_language(), "zh_CN");
  check_every_notice(true);
  check_every_rule(true);
  words_start("en");
}

static void
the_number_stands_in_the_sentence(void)
{
  char vitamin[] = "Vitamin C";
  Notice notice = {.kind = NOTICE_WARN,
                   .id = NOTICE_RULE,
                   .what = vitamin,
                   .line = 4,
                   .rule = {.message = RULE_NEAR_EXPIRY, .number = 88}};
  check_say(&notice, "Line 4 · Expires in 88 days", "Vitamin C. Tell the customer");
  notice.rule.number = 1;
  notice.line = 0;
  check_say(&notice, "Expires in one day", "Vitamin C. Tell the customer");
  check_say(&(Notice){.id = NOTICE_AMOUNT_SHORT, .number = 11350},
            "113.50 is still missing",
            "Take the rest before confirming");
  check_say(&(Notice){.id = NOTICE_PIN_LOCKED, .number = 300},
            "Locked for 5:00",
            "Too many wrong PINs. Nobody can sign in here until then");
}

static void
a_sentence_without_its_particular_still_reads_well(void)
{
  Notice notice = {.id = NOTICE_RULE,
                   .rule = {.message = RULE_NEAR_EXPIRY, .number = 88}};
  check_say(&notice, "Expires in 88 days", "Tell the customer");
  check_say(&(Notice){.id = NOTICE_SALE_KEPT}, "Paid, no change", "The sale is kept");
  check_say(&(Notice){.id = NOTICE_PIN_WRONG},
            "Wrong PIN",
            "After some tries the till waits before the next");
}

static void
a_code_in_the_wrong_place_is_named(void)
{
  for (int kind = BARCODE_TRACE; kind <= BARCODE_ID_NUMBER; kind++) {
    Notice notice = {.id = NOTICE_CODE_WRONG_PLACE, .barcode_kind = kind};
    g_auto(Words) words = words_notice(&notice);
    CU_ASSERT_TRUE(g_str_has_prefix(words.say, "This is "));
  }
}

static void
particulars_are_written_as_screens_write_them(void)
{
  g_autofree char *text =
      sentences_fill("{what} {number} {money} {percent} {nothing}", "a {b}", 1230);
  CU_ASSERT_STRING_EQUAL(text, "a {b} 1,230 12.30 12.3% {nothing}");
  g_autofree char *open = sentences_fill("half {open", "x", 0);
  CU_ASSERT_STRING_EQUAL(open, "half {open");
}

static void
every_class_has_letters_and_a_shape(void)
{
  for (int c = 0; c < N_CLASSES; c++) {
    CU_ASSERT_TRUE(*words_class_chip(c, SPECIAL_NONE) != '\0');
    CU_ASSERT_TRUE(*words_class_style(c, SPECIAL_NONE) != '\0');
    CU_ASSERT_TRUE(*words_class(c) != '\0');
  }
  CU_ASSERT_STRING_EQUAL(words_class_chip(CLASS_RX, SPECIAL_NONE), "Rx");
  CU_ASSERT_STRING_EQUAL(words_class_style(CLASS_OTC_A, SPECIAL_EPHEDRINE), "ctrl");
}

static void
a_device_says_its_worst(void)
{
  CU_ASSERT_STRING_EQUAL(words_device_state(0), "ready");
  CU_ASSERT_STRING_EQUAL(words_device_state(DEVICE_PAPER_OUT | DEVICE_PAPER_LOW),
                         "no paper");
  CU_ASSERT_STRING_EQUAL(words_device_state(DEVICE_GONE | DEVICE_PAPER_OUT),
                         "not connected");
}

static void
a_gate_says_what_and_where(void)
{
  RuleAnswer answer = {.verdict = VERDICT_GATE, .act = ACT_REVIEW};
  g_autofree char *line = words_gate(&answer, 2);
  g_autofree char *ticket = words_gate(&answer, -1);
  CU_ASSERT_STRING_EQUAL(line, "Review, line 3");
  CU_ASSERT_STRING_EQUAL(ticket, "Review");
}

TESTS("words",
      TEST(every_notice_and_rule_is_a_sentence_in_english),
      TEST(every_notice_and_rule_is_a_sentence_in_chinese),
      TEST(the_number_stands_in_the_sentence),
      TEST(a_sentence_without_its_particular_still_reads_well),
      TEST(a_code_in_the_wrong_place_is_named),
      TEST(particulars_are_written_as_screens_write_them),
      TEST(every_class_has_letters_and_a_shape),
      TEST(a_device_says_its_worst),
      TEST(a_gate_says_what_and_where))
