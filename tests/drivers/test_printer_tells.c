/* What a receipt printer says of itself, unasked and asked. */
#include "tests/drivers/printer_bench.h"

static void
the_printer_tells_by_itself_once_it_is_asked_to(void)
{
  g_autoptr(Bench) bench = bench_new();
  PrinterStatus status = {0};
  guint8 bytes[64];

  printer_model_take(bench->model,
                     (const guint8 *)"\x1d"
                                     "a\x0f",
                     3,
                     bench->now_us);
  printer_model_open_cover(bench->model, true);
  gsize came = printer_model_answer(bench->model, bytes, sizeof bytes, bench->now_us);
  CU_ASSERT_EQUAL(came, 8);
  printer_status_hear(&status, bytes, came);
  CU_ASSERT_EQUAL(printer_status_state(&status), DEVICE_COVER_OPEN);
}

/* From the first look on it tells by itself: nothing is asked for half a minute, also
 * not before a job, whose first byte goes out at once. */
static void
one_that_tells_by_itself_is_seldom_asked(void)
{
  g_autoptr(Bench) bench = bench_new();

  for (int i = 0; i < 5; i++)
    bench_look(bench);
  CU_ASSERT(printer_tells(bench->printer));
  gint64 written = bench->written;
  int64_t began_us = bench->now_us;
  for (int i = 0; i < 20; i++)
    bench_look(bench);
  CU_ASSERT_EQUAL(bench->written, written);
  /* The job and, after it, that it tell on and whether it came out: GS a, GS r. */
  CU_ASSERT_EQUAL(bench_print_text(bench, "hello\n", NULL), -1);
  CU_ASSERT_EQUAL(bench->written, written + 6 + 3 + 3);
  CU_ASSERT_EQUAL(bench->now_us, began_us);
  bench->now_us += 31 * SECOND;
  written = bench->written;
  bench_look(bench);
  CU_ASSERT_EQUAL(bench->written, written + 4 * 3);
}

static void
one_that_told_and_falls_silent_is_found_out(void)
{
  g_autoptr(Bench) bench = bench_new();

  for (int i = 0; i < 5; i++)
    bench_look(bench);
  printer_model_set_silent(bench->model, true);
  int64_t began_us = bench->now_us;
  CU_ASSERT_EQUAL(bench_print_text(bench, "hello\n", NULL), -1);
  CU_ASSERT(bench->now_us - began_us < 8 * SECOND);
  began_us = bench->now_us;
  CU_ASSERT_EQUAL(bench_print_text(bench, "again\n", NULL), -1);
  CU_ASSERT(bench->now_us - began_us < SECOND);
}

static void
it_says_who_made_it_and_what_it_is(void)
{
  g_autoptr(Bench) bench = bench_new();

  printer_model_set_name(bench->model, "EPSON", "TM-T88V");
  for (int i = 0; i < 3; i++)
    bench_look(bench);
  CU_ASSERT_STRING_EQUAL(printer_maker(bench->printer), "EPSON");
  CU_ASSERT_STRING_EQUAL(printer_model(bench->printer), "TM-T88V");
  CU_ASSERT(bench_shows(bench, ""));
}

static void
a_silent_one_is_not_asked_who_it_is(void)
{
  g_autoptr(Bench) bench = bench_new();

  printer_model_set_silent(bench->model, true);
  for (int i = 0; i < 5; i++)
    bench_look(bench);
  /* Two questions of three bytes, and no more. */
  CU_ASSERT_EQUAL(bench->written, 6);
  CU_ASSERT_STRING_EQUAL(printer_model(bench->printer), "");
}

TESTS("printer tells",
      TEST(the_printer_tells_by_itself_once_it_is_asked_to),
      TEST(one_that_tells_by_itself_is_seldom_asked),
      TEST(one_that_told_and_falls_silent_is_found_out),
      TEST(it_says_who_made_it_and_what_it_is),
      TEST(a_silent_one_is_not_asked_who_it_is))
