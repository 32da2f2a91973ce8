#include "app/base/command.h"

#include <string.h>

#include "tests/test.h"

static const CommandVerb VERBS[] = {
    {"weigh", "THING…", "Say what things weigh", "Needs a scale.\n\n  weigh 'a box'\n"},
    {"list", "", "List all", NULL},
    {"list red", "", "List what is red", NULL},
    {NULL},
};
static const CommandOption OPTIONS[] = {
    {"--unit", "NAME", "weigh", "Gram or pound"},
    {"--json", NULL, NULL, "Answer in JSON"},
    {NULL},
};
static const CommandSection SECTIONS[] = {{"Files", ".scale\n  'where it was'"}, {NULL}};
static const CommandPage PAGE = {
    "scale", "weighs things", "Opens a window.", VERBS, OPTIONS, SECTIONS};

static bool
read_line(const char *text, CommandLine *ret, GError **error)
{
  g_auto(GStrv) argv = g_strsplit(text, " ", -1);
  return command_read(&PAGE, (int)g_strv_length(argv), argv, ret, error);
}

static void
a_command_takes_its_arguments_and_options_in_any_order(void)
{
  g_auto(CommandLine) line = {NULL};
  CU_ASSERT_TRUE_FATAL(
      read_line("scale --json weigh apple --unit=pound pear", &line, NULL));
  CU_ASSERT_STRING_EQUAL(line.verb->name, "weigh");
  CU_ASSERT_STRING_EQUAL(command_argument(&line, 0), "apple");
  CU_ASSERT_STRING_EQUAL(command_argument(&line, 1), "pear");
  CU_ASSERT_PTR_NULL(command_argument(&line, 2));
  CU_ASSERT_STRING_EQUAL(command_option(&line, "--unit"), "pound");
  CU_ASSERT_STRING_EQUAL(command_option(&line, "--json"), "");
  CU_ASSERT_PTR_NULL(command_option(&line, "--help"));
}

static void
the_longer_command_wins(void)
{
  g_auto(CommandLine) line = {NULL};
  CU_ASSERT_TRUE_FATAL(read_line("scale list red", &line, NULL));
  CU_ASSERT_STRING_EQUAL(line.verb->name, "list red");
}

static void
after_two_dashes_everything_is_an_argument(void)
{
  g_auto(CommandLine) line = {NULL};
  CU_ASSERT_TRUE_FATAL(read_line("scale weigh -- --unit", &line, NULL));
  CU_ASSERT_STRING_EQUAL(command_argument(&line, 0), "--unit");
}

static void
nothing_at_all_is_no_command(void)
{
  g_auto(CommandLine) line = {NULL};
  CU_ASSERT_TRUE_FATAL(read_line("scale", &line, NULL));
  CU_ASSERT_PTR_NULL(line.verb);
}

static void
what_is_not_known_is_refused_by_name(void)
{
  static const struct {
    const char *typed;
    CommandError code;
  } CASES[] = {
      {"scale fly", COMMAND_ERROR_VERB},
      {"scale list --colour", COMMAND_ERROR_OPTION},
      {"scale list --unit gram", COMMAND_ERROR_OPTION},
      {"scale weigh --unit", COMMAND_ERROR_ARGUMENT},
      {"scale list --json=yes", COMMAND_ERROR_ARGUMENT},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_auto(CommandLine) line = {NULL};
    g_autoptr(GError) error = NULL;
    CU_ASSERT_FALSE(read_line(CASES[i].typed, &line, &error));
    CU_ASSERT_TRUE(g_error_matches(error, COMMAND_ERROR, (int)CASES[i].code));
  }
}

static void
help_names_every_command_and_option_within_the_screen(void)
{
  g_autofree char *help = command_help(&PAGE, NULL);
  static const char *const PARTS[] = {"weigh THING…",
                                      "list red",
                                      "--unit NAME",
                                      "--json",
                                      "--help",
                                      "Files:",
                                      "  'where it was'"};
  for (size_t i = 0; i < G_N_ELEMENTS(PARTS); i++)
    CU_ASSERT_PTR_NOT_NULL(strstr(help, PARTS[i]));
  g_auto(GStrv) lines = g_strsplit(help, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    CU_ASSERT_TRUE(g_utf8_strlen(lines[i], -1) <= 78);
}

static void
help_of_one_command_tells_its_details(void)
{
  g_autofree char *help = command_help_for(&PAGE, NULL, "weigh");
  g_autofree char *none = command_help_for(&PAGE, NULL, "fly");
  CU_ASSERT_PTR_NOT_NULL(strstr(help, "Needs a scale."));
  CU_ASSERT_PTR_NOT_NULL(strstr(help, "--unit"));
  CU_ASSERT_PTR_NULL(none);
}

static const char *
long_words(const char *text)
{
  return g_str_equal(text, "List all")
             ? "这是一个很长的句子,它没有空格,因此必须在字与字之间换行,"
               "而不能超出屏幕的宽度,否则无法阅读"
             : text;
}

static void
chinese_wraps_between_characters(void)
{
  g_autofree char *help = command_help(&PAGE, long_words);
  g_auto(GStrv) lines = g_strsplit(help, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    int columns = 0;
    for (const char *p = lines[i]; *p; p = g_utf8_next_char(p))
      columns += g_unichar_iswide(g_utf8_get_char(p)) ? 2 : 1;
    CU_ASSERT_TRUE(columns <= 78);
  }
}

static void
the_man_page_guards_what_roff_would_read_as_its_own(void)
{
  g_autofree char *man = command_man(&PAGE, NULL);
  CU_ASSERT_TRUE(g_str_has_prefix(man, ".TH SCALE 1 "));
  CU_ASSERT_PTR_NOT_NULL(strstr(man, "\n\\&.scale\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(man, "\\-\\-unit"));
  CU_ASSERT_PTR_NOT_NULL(strstr(man, ".SH \"FILES\""));
}

static void
json_strings_are_escaped(void)
{
  g_autoptr(GString) out = g_string_new(NULL);
  command_json(out, "a\"b\\c\n中\x01\xff");
  command_json(out, NULL);
  CU_ASSERT_STRING_EQUAL(out->str, "\"a\\\"b\\\\c\\u000a中\\u0001\uFFFD\"null");
}

TESTS("command",
      TEST(a_command_takes_its_arguments_and_options_in_any_order),
      TEST(the_longer_command_wins),
      TEST(after_two_dashes_everything_is_an_argument),
      TEST(nothing_at_all_is_no_command),
      TEST(what_is_not_known_is_refused_by_name),
      TEST(help_names_every_command_and_option_within_the_screen),
      TEST(help_of_one_command_tells_its_details),
      TEST(chinese_wraps_between_characters),
      TEST(the_man_page_guards_what_roff_would_read_as_its_own),
      TEST(json_strings_are_escaped))
