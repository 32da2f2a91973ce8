#include "drivers/printer.h"

#include <string.h>

#include "drivers/printer_status.h"
#include "drivers/sim/printer_model.h"
#include "tests/test.h"

#define SECOND G_USEC_PER_SEC

/* A cable with a clock of its own: waiting is moving the clock. The model at its end may
 * be changed by a hand at a given moment. */
typedef struct Bench Bench;
typedef void (*Hand)(Bench *bench);

struct Bench {
  PrinterModel *model;
  Printer *printer;
  int64_t now_us;
  int64_t hand_us; /* when @hand acts; 0: never */
  Hand hand;
  bool pulled, babbles, deaf; /* deaf: takes no byte, answers nothing */
  bool keeps_buffer;          /* a clone that does not know DLE ENQ */
  gint64 written;
};

static bool
pass_time(Bench *bench, int timeout_ms)
{
  bench->now_us += MAX(timeout_ms, 1) * 1000;
  if (bench->hand_us && bench->now_us >= bench->hand_us) {
    bench->hand_us = 0;
    bench->hand(bench);
    return true;
  }
  return false;
}

static gssize
lost(GError **error)
{
  g_set_error_literal(error, DEVICE_ERROR, DEVICE_ERROR_GONE, "pulled");
  return -1;
}

static gssize
bench_write(
    gpointer end, const guint8 *bytes, gsize length, int timeout_ms, GError **error)
{
  Bench *bench = end;
  gsize taken = 0;

  if (bench->pulled)
    return lost(error);
  if (bench->keeps_buffer && length == 3 && bytes[0] == 0x10 && bytes[1] == 0x05)
    return 3;
  if (!bench->deaf)
    taken = printer_model_take(bench->model, bytes, length, bench->now_us);
  bench->written += (gint64)taken;
  if (!taken)
    pass_time(bench, timeout_ms);
  return (gssize)taken;
}

static gssize
bench_read(gpointer end, guint8 *bytes, gsize room, int timeout_ms, GError **error)
{
  Bench *bench = end;

  for (int left_ms = timeout_ms; !bench->pulled; left_ms -= 10) {
    if (bench->babbles) {
      memset(bytes, 0xff, room);
      bench->now_us += 1000;
      return (gssize)room;
    }
    gsize came =
        bench->deaf ? 0 : printer_model_answer(bench->model, bytes, room, bench->now_us);
    if (came || left_ms <= 0)
      return (gssize)came;
    pass_time(bench, MIN(left_ms, 10));
  }
  return lost(error);
}

static int64_t
bench_now_us(gpointer end)
{
  return ((Bench *)end)->now_us;
}

static const Wire BENCH_WIRE = {bench_write, bench_read, bench_now_us};

static Bench *
bench_new(void)
{
  Bench *bench = g_new0(Bench, 1);
  bench->now_us = 1000 * SECOND;
  bench->model = printer_model_new(48, 576);
  bench->printer = printer_new(&BENCH_WIRE, bench);
  return bench;
}

static void
bench_free(Bench *bench)
{
  printer_free(bench->printer);
  printer_model_free(bench->model);
  g_free(bench);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bench, bench_free)

/* @return the error's code; -1: done. */
static int
print(Bench *bench, const void *bytes, gsize length, DeviceState *ret_state)
{
  g_autoptr(GBytes) job = g_bytes_new(bytes, length);
  g_autoptr(GError) error = NULL;
  DeviceState state = 0;
  bool done = printer_print(bench->printer, job, &state, &error);

  CU_ASSERT_EQUAL(done, error == NULL);
  if (ret_state)
    *ret_state = state;
  return error ? error->code : -1;
}

static int
print_text(Bench *bench, const char *text, DeviceState *ret_state)
{
  return print(bench, text, strlen(text), ret_state);
}

static DeviceState
look(Bench *bench)
{
  DeviceState state = 0;
  CU_ASSERT(printer_look(bench->printer, &state, NULL));
  return state;
}

static bool
shows(Bench *bench, const char *wanted)
{
  g_autofree char *text = printer_model_text(bench->model);
  if (strcmp(text, wanted) != 0)
    g_printerr("paper shows \"%s\"\n", text);
  return strcmp(text, wanted) == 0;
}

static void
a_job_is_done_when_it_is_on_paper(void)
{
  g_autoptr(Bench) bench = bench_new();
  int64_t began_us = bench->now_us;
  DeviceState state;

  CU_ASSERT_EQUAL(print_text(bench, "hello\n", &state), -1);
  CU_ASSERT_EQUAL(state, 0);
  CU_ASSERT(shows(bench, "hello\n"));
  CU_ASSERT(bench->now_us - began_us < SECOND / 10);
}

static void
a_slow_printer_is_waited_for(void)
{
  g_autoptr(Bench) bench = bench_new();
  g_autofree char *lines = g_strnfill(2000, '\n');
  int64_t began_us = bench->now_us;

  printer_model_set_pace(bench->model, 1000);
  CU_ASSERT_EQUAL(print_text(bench, lines, NULL), -1);
  CU_ASSERT(bench->now_us - began_us > 6 * SECOND);
}

static void
without_paper_nothing_is_sent(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_load_paper(bench->model, false);
  CU_ASSERT_EQUAL(print_text(bench, "hello\n", &state), DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT_EQUAL(state, DEVICE_PAPER_OUT);
  printer_model_load_paper(bench->model, true);
  CU_ASSERT_EQUAL(look(bench), 0);
  CU_ASSERT(shows(bench, ""));
}

static void
paper_that_ends_in_the_middle_fails_the_job_and_the_rest_never_comes(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_set_paper_left(bench->model, 8);
  CU_ASSERT_EQUAL(print_text(bench, "1\n2\n3\n4\n5\n", &state), DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT_EQUAL(state, DEVICE_PAPER_OUT);
  CU_ASSERT(shows(bench, "1\n2\n3\n"));
  printer_model_load_paper(bench->model, true);
  CU_ASSERT_EQUAL(look(bench), 0);
  CU_ASSERT(shows(bench, "1\n2\n3\n"));
  CU_ASSERT_EQUAL(print_text(bench, "copy\n", NULL), -1);
  CU_ASSERT(shows(bench, "1\n2\n3\ncopy\n"));
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
    print(bench, job->data, job->len, NULL);
    put_paper_in(bench);
    CU_ASSERT_EQUAL(look(bench), 0);
    CU_ASSERT_EQUAL(print_text(bench, "copy\nto the end\n", NULL), -1);
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
  CU_ASSERT_EQUAL(print_text(bench, lines, NULL), DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT(bench->written < 20 * 1000);
}

static void
paper_near_its_end_is_told_and_printed_on(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_set_paper_left(bench->model, 400);
  CU_ASSERT_EQUAL(print_text(bench, "hello\n", &state), -1);
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
  CU_ASSERT_EQUAL(print_text(bench, lines, &state), DEVICE_ERROR_COVER);
  CU_ASSERT_EQUAL(state, DEVICE_COVER_OPEN);
  printer_model_open_cover(bench->model, false);
  CU_ASSERT_EQUAL(look(bench), 0);
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
  CU_ASSERT_EQUAL(print(bench, "a\n\x1dV\x00", 5, &state), DEVICE_ERROR_CUTTER);
  CU_ASSERT_EQUAL(state, DEVICE_CUTTER_JAM);
  CU_ASSERT(shows(bench, "a\n"));
  printer_model_jam_cutter(bench->model, false);
  CU_ASSERT_EQUAL(print(bench, "b\n\x1dV\x00", 5, &state), -1);
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
  CU_ASSERT_EQUAL(print_text(bench, lines, NULL), DEVICE_ERROR_GONE);
  CU_ASSERT(!printer_look(bench->printer, &state, &error));
  CU_ASSERT(g_error_matches(error, DEVICE_ERROR, DEVICE_ERROR_GONE));
}

static void
a_clone_that_never_answers_is_believed(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_set_silent(bench->model, true);
  CU_ASSERT_EQUAL(look(bench), 0);
  CU_ASSERT_EQUAL(print_text(bench, "a\n", &state), -1);
  CU_ASSERT_EQUAL(state, 0);
  int64_t began_us = bench->now_us;
  CU_ASSERT_EQUAL(print_text(bench, "b\n", NULL), -1);
  CU_ASSERT(bench->now_us - began_us <= 600 * 1000);
  began_us = bench->now_us;
  for (int i = 0; i < 10; i++)
    look(bench);
  CU_ASSERT(bench->now_us - began_us < SECOND / 10);
  CU_ASSERT(shows(bench, "a\nb\n"));
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
  CU_ASSERT_EQUAL(print_text(bench, lines, NULL), -1);
  CU_ASSERT(bench->now_us - began_us < 4 * SECOND);
}

static void
a_clone_without_paper_stands_in_nobodys_way(void)
{
  g_autoptr(Bench) bench = bench_new();

  look(bench);
  printer_model_set_silent(bench->model, true);
  printer_model_load_paper(bench->model, false);
  look(bench);
  look(bench);
  CU_ASSERT_EQUAL(print_text(bench, "a\n", NULL), -1);
}

static void
a_clone_that_begins_to_answer_is_asked_again(void)
{
  g_autoptr(Bench) bench = bench_new();

  printer_model_set_silent(bench->model, true);
  CU_ASSERT_EQUAL(print_text(bench, "a\n", NULL), -1);
  CU_ASSERT_EQUAL(print_text(bench, "a\n", NULL), -1);
  printer_model_set_silent(bench->model, false);
  printer_model_open_cover(bench->model, true);
  printer_model_open_cover(bench->model, false);
  CU_ASSERT_EQUAL(print_text(bench, "b\n", NULL), -1);
  look(bench);
  printer_model_open_cover(bench->model, true);
  CU_ASSERT_EQUAL(look(bench), DEVICE_COVER_OPEN);
}

static void
a_silent_one_is_asked_again_after_a_while(void)
{
  g_autoptr(Bench) bench = bench_new();

  printer_model_set_silent(bench->model, true);
  look(bench);
  look(bench);
  printer_model_set_silent(bench->model, false);
  printer_model_load_paper(bench->model, false);
  CU_ASSERT_EQUAL(look(bench), 0);
  bench->now_us += 31 * SECOND;
  look(bench);
  CU_ASSERT_EQUAL(look(bench), DEVICE_PAPER_OUT);
}

static void
a_late_answer_belongs_to_its_question(void)
{
  static const int DELAYS_MS[] = {100, 450, 600, 900};

  for (gsize i = 0; i < G_N_ELEMENTS(DELAYS_MS); i++) {
    g_autoptr(Bench) bench = bench_new();
    CU_ASSERT_EQUAL(print(bench, "\x1bp\x00\x19\xfa", 5, NULL), -1);
    for (int k = 0; k < 8; k++) {
      printer_model_set_delay(bench->model, DELAYS_MS[i]);
      DeviceState state = look(bench);
      CU_ASSERT_EQUAL(state & ~DEVICE_DRAWER_OPEN, 0);
    }
    CU_ASSERT_EQUAL(look(bench), DEVICE_DRAWER_OPEN);
  }
}

static void
a_printer_that_takes_no_more_bytes_is_given_up(void)
{
  g_autoptr(Bench) bench = bench_new();
  int64_t began_us = bench->now_us;

  bench->deaf = true;
  CU_ASSERT_EQUAL(print_text(bench, "hello\n", NULL), DEVICE_ERROR_NO_ANSWER);
  CU_ASSERT(bench->now_us - began_us < 12 * SECOND);
}

static void
a_babbling_printer_does_not_hold_the_till(void)
{
  g_autoptr(Bench) bench = bench_new();
  int64_t began_us = bench->now_us;

  bench->babbles = true;
  CU_ASSERT_EQUAL(print_text(bench, "hello\n", NULL), -1);
  CU_ASSERT(bench->now_us - began_us < 30 * SECOND);
}

static void
the_drawer_opens_and_is_seen_open(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  CU_ASSERT_EQUAL(print(bench,
                        "\x1b@\x1bp\x00\x19\xfa"
                        "a\n",
                        9,
                        &state),
                  -1);
  CU_ASSERT_EQUAL(state, DEVICE_DRAWER_OPEN);
  printer_model_close_drawer(bench->model);
  CU_ASSERT_EQUAL(look(bench), 0);
}

static void
the_drawer_opens_without_paper_too(void)
{
  g_autoptr(Bench) bench = bench_new();
  DeviceState state;

  printer_model_load_paper(bench->model, false);
  CU_ASSERT_EQUAL(print(bench,
                        "\x1b@\x1bp\x00\x19\xfa"
                        "a\n",
                        9,
                        &state),
                  DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT_EQUAL(state, DEVICE_PAPER_OUT | DEVICE_DRAWER_OPEN);
  printer_model_close_drawer(bench->model);
  CU_ASSERT_EQUAL(print(bench, "\x1bp\x00\x19\xfa", 5, &state), -1);
  CU_ASSERT_EQUAL(state, DEVICE_PAPER_OUT | DEVICE_DRAWER_OPEN);
}

static void
pulses_keep_a_second_between_them(void)
{
  g_autoptr(Bench) bench = bench_new();
  int64_t began_us = bench->now_us;

  for (int i = 0; i < 3; i++) {
    CU_ASSERT_EQUAL(print(bench, "\x1bp\x00\x19\xfa", 5, NULL), -1);
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
    CU_ASSERT_EQUAL(print(bench, "\x1b@\x1bp\x00\x19\xfaok\n", 10, NULL), -1);
  CU_ASSERT(bench->now_us - began_us < SECOND / 2);
  CU_ASSERT(shows(bench, "ok\nok\nok\n"));
  g_autoptr(GBytes) printed = printer_model_printed(bench->model);
  CU_ASSERT_EQUAL(g_bytes_get_size(printed), 10 + 5 + 5);
  bench->now_us += 2 * SECOND;
  CU_ASSERT_EQUAL(print(bench, "\x1bp\x00\x19\xfa", 5, NULL), -1);
  g_autoptr(GBytes) later = printer_model_printed(bench->model);
  CU_ASSERT_EQUAL(g_bytes_get_size(later), 10 + 5 + 5 + 5);
}

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
    look(bench);
  CU_ASSERT(printer_tells(bench->printer));
  gint64 written = bench->written;
  int64_t began_us = bench->now_us;
  for (int i = 0; i < 20; i++)
    look(bench);
  CU_ASSERT_EQUAL(bench->written, written);
  /* The job and, after it, that it tell on and whether it came out: GS a, GS r. */
  CU_ASSERT_EQUAL(print_text(bench, "hello\n", NULL), -1);
  CU_ASSERT_EQUAL(bench->written, written + 6 + 3 + 3);
  CU_ASSERT_EQUAL(bench->now_us, began_us);
  bench->now_us += 31 * SECOND;
  written = bench->written;
  look(bench);
  CU_ASSERT_EQUAL(bench->written, written + 4 * 3);
}

static void
one_that_told_and_falls_silent_is_found_out(void)
{
  g_autoptr(Bench) bench = bench_new();

  for (int i = 0; i < 5; i++)
    look(bench);
  printer_model_set_silent(bench->model, true);
  int64_t began_us = bench->now_us;
  CU_ASSERT_EQUAL(print_text(bench, "hello\n", NULL), -1);
  CU_ASSERT(bench->now_us - began_us < 8 * SECOND);
  began_us = bench->now_us;
  CU_ASSERT_EQUAL(print_text(bench, "again\n", NULL), -1);
  CU_ASSERT(bench->now_us - began_us < SECOND);
}

static void
it_says_who_made_it_and_what_it_is(void)
{
  g_autoptr(Bench) bench = bench_new();

  printer_model_set_name(bench->model, "EPSON", "TM-T88V");
  for (int i = 0; i < 3; i++)
    look(bench);
  CU_ASSERT_STRING_EQUAL(printer_maker(bench->printer), "EPSON");
  CU_ASSERT_STRING_EQUAL(printer_model(bench->printer), "TM-T88V");
  CU_ASSERT(shows(bench, ""));
}

static void
a_silent_one_is_not_asked_who_it_is(void)
{
  g_autoptr(Bench) bench = bench_new();

  printer_model_set_silent(bench->model, true);
  for (int i = 0; i < 5; i++)
    look(bench);
  /* Two questions of three bytes, and no more. */
  CU_ASSERT_EQUAL(bench->written, 6);
  CU_ASSERT_STRING_EQUAL(printer_model(bench->printer), "");
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
      TEST(a_drawer_just_opened_is_not_pulsed_again),
      TEST(the_printer_tells_by_itself_once_it_is_asked_to),
      TEST(one_that_tells_by_itself_is_seldom_asked),
      TEST(one_that_told_and_falls_silent_is_found_out),
      TEST(it_says_who_made_it_and_what_it_is),
      TEST(a_silent_one_is_not_asked_who_it_is))
