#include "drivers/pole.h"

#include <string.h>

#include "drivers/sim/pole_model.h"
#include "tests/test.h"

static char *
seen(PoleKind kind, const PoleText *text)
{
  PoleModel *model = pole_model_new();
  g_autoptr(GBytes) begin = pole_begin(kind);
  g_autoptr(GBytes) command = pole_command(text);
  g_autoptr(GBytes) shown = pole_encode(kind, command);
  gsize length;
  const guint8 *bytes = g_bytes_get_data(begin, &length);
  pole_model_take(model, bytes, length);
  bytes = g_bytes_get_data(shown, &length);
  pole_model_take(model, bytes, length);
  char *rows = pole_model_text(model);
  pole_model_free(model);
  return rows;
}

static const struct {
  PoleKind kind;
  PoleShows shows;
  Money figure;
  const char *upper_left, *upper_right, *lower_left, *lower_right;
  const char *rows;
} CASES[] = {
    {POLE_CD5220_GBK,
     POLE_PRICE,
     2250,
     "布洛芬缓释胶囊",
     "22.50",
     "合计",
     "22.50",
     "布洛芬缓释胶囊 22.50\n合计           22.50\n"},
    /* cut at a character, never into the figure */
    {POLE_CD5220_GBK,
     POLE_PRICE,
     123450,
     "复方氨酚烷胺片",
     "1234.50",
     "",
     NULL,
     "复方氨酚烷胺 1234.50\n\n"},
    {POLE_CD5220,
     POLE_PRICE,
     2250,
     "布洛芬",
     "22.50",
     "合计",
     "22.50",
     "PRICE          22.50\n               22.50\n"},
    {POLE_CD5220,
     POLE_PRICE,
     990,
     "维生素C 100mg",
     "9.90",
     NULL,
     NULL,
     "C 100mg         9.90\n\n"},
    {POLE_CD5220, POLE_GREETING, 0, "欢迎光临", NULL, "", NULL, "WELCOME\n\n"},
    {POLE_LED8, POLE_CHANGE, 320, "", NULL, "", NULL, "3.20\n[change]\n"},
    {POLE_LED8, POLE_PRICE, 0, "", NULL, "", NULL, "0.00\n[price]\n"},
    {POLE_LED8, POLE_PAID, 99999999, "", NULL, "", NULL, "999999.99\n[paid]\n"},
    {POLE_LED8, POLE_TOTAL, 100000000, "", NULL, "", NULL, "1000000.0\n[total]\n"},
    {POLE_LED8,
     POLE_TOTAL,
     INT64_C(100000000001),
     "",
     NULL,
     "",
     NULL,
     "--------\n[total]\n"},
    {POLE_LED8, POLE_CLOSED, 0, "", NULL, "", NULL, "0.00\n[]\n"},
};

static void
each_kind_shows_what_it_can(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    PoleText text = {CASES[i].shows,
                     CASES[i].figure,
                     {{CASES[i].upper_left, CASES[i].upper_right},
                      {CASES[i].lower_left, CASES[i].lower_right}}};
    g_autofree char *rows = seen(CASES[i].kind, &text);
    if (strcmp(rows, CASES[i].rows) != 0)
      g_printerr("%d: %s", (int)i, rows);
    CU_ASSERT_STRING_EQUAL(rows, CASES[i].rows);
  }
}

static void
the_bytes_are_those_of_the_manuals(void)
{
  static const char CD5220[] = "\x1bQAPRICE           9.90\r\x1bQB                    \r";
  static const char LED8[] = "\x02L1000\x1bQA9.90\r";
  PoleText text = {POLE_PRICE, 990, {{"", "9.90"}, {"", NULL}}};
  g_autoptr(GBytes) command = pole_command(&text);
  g_autoptr(GBytes) rows = pole_encode(POLE_CD5220, command);
  g_autoptr(GBytes) digits = pole_encode(POLE_LED8, command);
  CU_ASSERT_EQUAL(g_bytes_get_size(rows), sizeof CD5220 - 1);
  CU_ASSERT_EQUAL(
      memcmp(g_bytes_get_data(rows, NULL), CD5220, MIN(g_bytes_get_size(rows), 46)), 0);
  CU_ASSERT_EQUAL(g_bytes_get_size(digits), sizeof LED8 - 1);
  CU_ASSERT_EQUAL(memcmp(g_bytes_get_data(digits, NULL), LED8, sizeof LED8 - 1), 0);
}

static void
what_is_no_command_is_not_sent(void)
{
  static const char *const COMMANDS[] = {
      "", "1", "1\t2", "99\t0\ta\tb\tc\td", "-1\t0\ta\tb\tc\td"};
  for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++) {
    g_autoptr(GBytes) command = g_bytes_new(COMMANDS[i], strlen(COMMANDS[i]));
    CU_ASSERT_PTR_NULL(pole_encode(POLE_CD5220, command));
  }
}

TESTS("pole",
      TEST(each_kind_shows_what_it_can),
      TEST(the_bytes_are_those_of_the_manuals),
      TEST(what_is_no_command_is_not_sent))
