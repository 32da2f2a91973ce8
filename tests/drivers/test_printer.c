#include "tests/drivers/printer_bench.h"

static void
a_job_is_done_when_it_is_on_paper(void)
{
  g_autoptr(Bench) bench = bench_new();
  int64_t began_us = bench->now_us;
  DeviceState state;

  CU_ASSERT_EQUAL(bench_print_text(bench, "hello\n", &state), -1);
  CU_ASSERT_EQUAL(state, 0);
  CU_ASSERT(bench_shows(bench, "hello\n"));
  CU_ASSERT(bench->now_us - began_us < SECOND / 10);
}

static void
a_slow_printer_is_waited_for(void)
{
  g_autoptr(Bench) bench = bench_new();
  g_autofree char *lines = g_strnfill(2000, '\n');
  int64_t began_us = bench->now_us;

  printer_model_set_pace(bench->model, 1000);
  CU_ASSERT_EQUAL(bench_print_text(bench, lines, NULL), -1);
  CU_ASSERT(bench->now_us - began_us > 6 * SECOND);
}

static void
without_paper_nothing_is_sent(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_load_paper(bench->model, false);
  CU_ASSERT_EQUAL(bench_print_text(bench, "hello\n", &state), DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT_EQUAL(state, DEVICE_PAPER_OUT);
  printer_model_load_paper(bench->model, true);
  CU_ASSERT_EQUAL(bench_look(bench), 0);
  CU_ASSERT(bench_shows(bench, ""));
}

static void
paper_that_ends_in_the_middle_fails_the_job_and_the_rest_never_comes(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_set_paper_left(bench->model, 8);
  CU_ASSERT_EQUAL(bench_print_text(bench, "1\n2\n3\n4\n5\n", &state),
                  DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT_EQUAL(state, DEVICE_PAPER_OUT);
  CU_ASSERT(bench_shows(bench, "1\n2\n3\n"));
  printer_model_load_paper(bench->model, true);
  CU_ASSERT_EQUAL(bench_look(bench), 0);
  CU_ASSERT(bench_shows(bench, "1\n2\n3\n"));
  CU_ASSERT_EQUAL(bench_print_text(bench, "copy\n", NULL), -1);
  CU_ASSERT(bench_shows(bench, "1\n2\n3\ncopy\n"));
}

/* Lines of Chinese that a printer lacks are pictures of this kind. */
static void
add_picture(GByteArray *job, int rows)
{
  guint8 head[] = {0x1d, 0x76, 0x30, 0, 72, 0, (guint8)rows, 0};
  g_autofree char *dots = g_strnfill((gsize)rows * 72, 'x');
  g_byte_array_append(job, head, sizeof head);
  g_byte_array_append(job, (guint8 *)dots, (guint)rows * 72);
}

static void
put_paper_in(Bench *bench)
{
  printer_model_load_paper(bench->model, true);
}

/* The driver stops sending; a printer that keeps what it has may then wait for the end of
 * a picture, and what comes next must not be it. */
static void
a_copy_after_paper_that_ended_amid_pictures_is_whole(void)
{
  for (int ms = 10; ms < 1500; ms += 10) {
    g_autoptr(Bench) bench = bench_new();
    g_autoptr(GByteArray) job = g_byte_array_new();
    for (int i = 0; i < 12; i++)
      add_picture(job, 30);

    printer_model_set_paper_left(bench->model, 10);
    printer_model_set_pace(bench->model, ms % 20 ? 150 : 0);
    bench->keeps_buffer = true;
    bench->hand = put_paper_in;
    bench->hand_us = bench->now_us + ms * 1000;
    bench_print(bench, job->data, job->len, NULL);
    put_paper_in(bench);
    CU_ASSERT_EQUAL(bench_look(bench), 0);
    CU_ASSERT_EQUAL(bench_print_text(bench, "copy\nto the end\n", NULL), -1);
    g_autofree char *text = printer_model_text(bench->model);
    CU_ASSERT(g_str_has_suffix(text, "]\ncopy\nto the end\n"));
  }
}

static void
a_job_longer_than_the_buffer_fails_just_the_same(void)
{
  g_autoptr(Bench) bench = bench_new();
  g_autofree char *lines = g_strnfill(100 * 1000, '\n');

  printer_model_set_paper_left(bench->model, 100);
  CU_ASSERT_EQUAL(bench_print_text(bench, lines, NULL), DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT(bench->written < 20 * 1000);
}

static void
paper_near_its_end_is_told_and_printed_on(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_set_paper_left(bench->model, 400);
  CU_ASSERT_EQUAL(bench_print_text(bench, "hello\n", &state), -1);
  CU_ASSERT_EQUAL(state, DEVICE_PAPER_LOW);
}

static void
open_cover(Bench *bench)
{
  printer_model_open_cover(bench->model, true);
}

static void
a_cover_opened_while_it_prints_fails_the_job(void)
{
  g_autoptr(Bench) bench = bench_new();
  g_autofree char *lines = g_strnfill(1000, '\n');
  DeviceState state;

  printer_model_set_pace(bench->model, 150);
  bench->hand = open_cover;
  bench->hand_us = bench->now_us + 2 * SECOND;
  CU_ASSERT_EQUAL(bench_print_text(bench, lines, &state), DEVICE_ERROR_COVER);
  CU_ASSERT_EQUAL(state, DEVICE_COVER_OPEN);
  printer_model_open_cover(bench->model, false);
  CU_ASSERT_EQUAL(bench_look(bench), 0);
  int serial = printer_model_serial(bench->model);
  printer_model_run(bench->model, bench->now_us + 60 * SECOND);
  CU_ASSERT_EQUAL(printer_model_serial(bench->model), serial);
}

static void
a_jammed_knife_fails_the_job_after_its_last_line(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_jam_cutter(bench->model, true);
  CU_ASSERT_EQUAL(bench_print(bench, "a\n\x1dV\x00", 5, &state), DEVICE_ERROR_CUTTER);
  CU_ASSERT_EQUAL(state, DEVICE_CUTTER_JAM);
  CU_ASSERT(bench_shows(bench, "a\n"));
  printer_model_jam_cutter(bench->model, false);
  CU_ASSERT_EQUAL(bench_print(bench, "b\n\x1dV\x00", 5, &state), -1);
  CU_ASSERT_EQUAL(state, 0);
}

static void
pull(Bench *bench)
{
  bench->pulled = true;
}

static void
a_pulled_cable_is_gone(void)
{
  g_autoptr(Bench) bench = bench_new();
  g_autofree char *lines = g_strnfill(1000, '\n');
  g_autoptr(GError) error = NULL;
  DeviceState state = 0;

  printer_model_set_pace(bench->model, 150);
  bench->hand = pull;
  bench->hand_us = bench->now_us + 2 * SECOND;
  CU_ASSERT_EQUAL(bench_print_text(bench, lines, NULL), DEVICE_ERROR_GONE);
  CU_ASSERT(!printer_look(bench->printer, &state, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
}

static void
a_clone_that_never_answers_is_believed(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_set_silent(bench->model, true);
  CU_ASSERT_EQUAL(bench_look(bench), 0);
  CU_ASSERT_EQUAL(bench_print_text(bench, "a\n", &state), -1);
  CU_ASSERT_EQUAL(state, 0);
  int64_t began_us = bench->now_us;
  CU_ASSERT_EQUAL(bench_print_text(bench, "b\n", NULL), -1);
  CU_ASSERT(bench->now_us - began_us <= 600 * 1000);
  began_us = bench->now_us;
  for (int i = 0; i < 10; i++)
    bench_look(bench);
  CU_ASSERT(bench->now_us - began_us < SECOND / 10);
  CU_ASSERT(bench_shows(bench, "a\nb\n"));
}

static void
be_silent(Bench *bench)
{
  printer_model_set_silent(bench->model, true);
}

static void
a_printer_that_falls_silent_over_a_job_is_believed_soon(void)
{
  g_autoptr(Bench) bench = bench_new();
  g_autofree char *lines = g_strnfill(100, '\n');
  int64_t began_us = bench->now_us;

  printer_model_set_pace(bench->model, 150);
  bench->hand = be_silent;
  bench->hand_us = bench->now_us + SECOND;
  CU_ASSERT_EQUAL(bench_print_text(bench, lines, NULL), -1);
  CU_ASSERT(bench->now_us - began_us < 4 * SECOND);
}

static void
a_clone_without_paper_stands_in_nobodys_way(void)
{
  g_autoptr(Bench) bench = bench_new();

  bench_look(bench);
  printer_model_set_silent(bench->model, true);
  printer_model_load_paper(bench->model, false);
  bench_look(bench);
  bench_look(bench);
  CU_ASSERT_EQUAL(bench_print_text(bench, "a\n", NULL), -1);
}

static void
a_clone_that_begins_to_answer_is_asked_again(void)
{
  g_autoptr(Bench) bench = bench_new();

  printer_model_set_silent(bench->model, true);
  CU_ASSERT_EQUAL(bench_print_text(bench, "a\n", NULL), -1);
  CU_ASSERT_EQUAL(bench_print_text(bench, "a\n", NULL), -1);
  printer_model_set_silent(bench->model, false);
  printer_model_open_cover(bench->model, true);
  printer_model_open_cover(bench->model, false);
  CU_ASSERT_EQUAL(bench_print_text(bench, "b\n", NULL), -1);
  bench_look(bench);
  printer_model_open_cover(bench->model, true);
  CU_ASSERT_EQUAL(bench_look(bench), DEVICE_COVER_OPEN);
}

static void
a_silent_one_is_asked_again_after_a_while(void)
{
  g_autoptr(Bench) bench = bench_new();

  printer_model_set_silent(bench->model, true);
  bench_look(bench);
  bench_look(bench);
  printer_model_set_silent(bench->model, false);
  printer_model_load_paper(bench->model, false);
  CU_ASSERT_EQUAL(bench_look(bench), 0);
  bench->now_us += 31 * SECOND;
  bench_look(bench);
  CU_ASSERT_EQUAL(bench_look(bench), DEVICE_PAPER_OUT);
}

static void
a_late_answer_belongs_to_its_question(void)
{
  static const int DELAYS_MS[] = {100, 450, 600, 900};

  for (gsize i = 0; i < G_N_ELEMENTS(DELAYS_MS); i++) {
    g_autoptr(Bench) bench = bench_new();
    CU_ASSERT_EQUAL(bench_print(bench, "\x1bp\x00\x19\xfa", 5, NULL), -1);
    for (int k = 0; k < 8; k++) {
      printer_model_set_delay(bench->model, DELAYS_MS[i]);
      DeviceState state = bench_look(bench);
      CU_ASSERT_EQUAL(state & ~DEVICE_DRAWER_OPEN, 0);
    }
    CU_ASSERT_EQUAL(bench_look(bench), DEVICE_DRAWER_OPEN);
  }
}

static void
a_printer_that_takes_no_more_bytes_is_given_up(void)
{
  g_autoptr(Bench) bench = bench_new();
  int64_t began_us = bench->now_us;

  bench->deaf = true;
  CU_ASSERT_EQUAL(bench_print_text(bench, "hello\n", NULL), DEVICE_ERROR_NO_ANSWER);
  CU_ASSERT(bench->now_us - began_us < 12 * SECOND);
}

static void
a_babbling_printer_does_not_hold_the_till(void)
{
  g_autoptr(Bench) bench = bench_new();
  int64_t began_us = bench->now_us;

  bench->babbles = true;
  CU_ASSERT_EQUAL(bench_print_text(bench, "hello\n", NULL), -1);
  CU_ASSERT(bench->now_us - began_us < 30 * SECOND);
}

static void
the_drawer_opens_and_is_seen_open(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  CU_ASSERT_EQUAL(bench_print(bench,
                              "\x1b@\x1bp\x00\x19\xfa"
                              "a\n",
                              9,
                              &state),
                  -1);
  CU_ASSERT_EQUAL(state, DEVICE_DRAWER_OPEN);
  printer_model_close_drawer(bench->model);
  CU_ASSERT_EQUAL(bench_look(bench), 0);
}

static void
the_drawer_opens_without_paper_too(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_load_paper(bench->model, false);
  CU_ASSERT_EQUAL(bench_print(bench,
                              "\x1b@\x1bp\x00\x19\xfa"
                              "a\n",
                              9,
                              &state),
                  DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT_EQUAL(state, DEVICE_PAPER_OUT | DEVICE_DRAWER_OPEN);
  printer_model_close_drawer(bench->model);
  CU_ASSERT_EQUAL(bench_print(bench, "\x1bp\x00\x19\xfa", 5, &state), -1);
  CU_ASSERT_EQUAL(state, DEVICE_PAPER_OUT | DEVICE_DRAWER_OPEN);
}

static void
pulses_keep_a_second_between_them(void)
{
  g_autoptr(Bench) bench = bench_new();
  int64_t began_us = bench->now_us;

  for (int i = 0; i < 3; i++) {
    CU_ASSERT_EQUAL(bench_print(bench, "\x1bp\x00\x19\xfa", 5, NULL), -1);
    CU_ASSERT(printer_model_drawer_is_open(bench->model));
    printer_model_close_drawer(bench->model);
  }
  CU_ASSERT(bench->now_us - began_us >= 2 * SECOND);
  CU_ASSERT(bench->now_us - began_us < 3 * SECOND);
}

static void
a_drawer_just_opened_is_not_pulsed_again(void)
{
  g_autoptr(Bench) bench = bench_new();
  int64_t began_us = bench->now_us;

  for (int i = 0; i < 3; i++)
    CU_ASSERT_EQUAL(bench_print(bench, "\x1b@\x1bp\x00\x19\xfaok\n", 10, NULL), -1);
  CU_ASSERT(bench->now_us - began_us < SECOND / 2);
  CU_ASSERT(bench_shows(bench, "ok\nok\nok\n"));
  g_autoptr(GBytes) printed = printer_model_printed(bench->model);
  CU_ASSERT_EQUAL(g_bytes_get_size(printed), 10 + 5 + 5);
  bench->now_us += 2 * SECOND;
  CU_ASSERT_EQUAL(bench_print(bench, "\x1bp\x00\x19\xfa", 5, NULL), -1);
  g_autoptr(GBytes) later = printer_model_printed(bench->model);
  CU_ASSERT_EQUAL(g_bytes_get_size(later), 10 + 5 + 5 + 5);
}

TESTS("printer",
      TEST(a_job_is_done_when_it_is_on_paper),
      TEST(a_slow_printer_is_waited_for),
      TEST(without_paper_nothing_is_sent),
      TEST(paper_that_ends_in_the_middle_fails_the_job_and_the_rest_never_comes),
      TEST(a_copy_after_paper_that_ended_amid_pictures_is_whole),
      TEST(a_job_longer_than_the_buffer_fails_just_the_same),
      TEST(paper_near_its_end_is_told_and_printed_on),
      TEST(a_cover_opened_while_it_prints_fails_the_job),
      TEST(a_jammed_knife_fails_the_job_after_its_last_line),
      TEST(a_pulled_cable_is_gone),
      TEST(a_clone_that_never_answers_is_believed),
      TEST(a_printer_that_falls_silent_over_a_job_is_believed_soon),
      TEST(a_clone_without_paper_stands_in_nobodys_way),
      TEST(a_clone_that_begins_to_answer_is_asked_again),
      TEST(a_silent_one_is_asked_again_after_a_while),
      TEST(a_late_answer_belongs_to_its_question),
      TEST(a_printer_that_takes_no_more_bytes_is_given_up),
      TEST(a_babbling_printer_does_not_hold_the_till),
      TEST(the_drawer_opens_and_is_seen_open),
      TEST(the_drawer_opens_without_paper_too),
      TEST(pulses_keep_a_second_between_them),
      TEST(a_drawer_just_opened_is_not_pulsed_again))
