#include "drivers/file_driver.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "drivers/sim/printer_model.h"
#include "tests/test.h"

typedef struct {
  DeviceState state;
  int told;
  gint64 done, failed;
  int code;
} News;

static void
note(Device *device, const DeviceEvent *event, gpointer data)
{
  News *news = data;

  news->state = event->state;
  if (event->kind == DEVICE_STATE)
    news->told++;
  if (event->kind == DEVICE_DONE)
    news->done = event->tag;
  if (event->kind == DEVICE_FAILED) {
    news->failed = event->tag;
    news->code = event->failure->code;
  }
}

static void
send_text(Device *device, const char *text, gint64 tag)
{
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  device_send(device, bytes, tag);
}

/* A printer at the far end of a terminal line: a device node that answers. */
typedef struct {
  int master;
  PrinterModel *model;
} Line;

static char *
line_open(Line *line)
{
  struct termios raw;

  *line =
      (Line){posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK), printer_model_new(48, 576)};
  if (line->master < 0 || grantpt(line->master) || unlockpt(line->master))
    return NULL;
  char *path = g_strdup(ptsname(line->master));
  tcgetattr(line->master, &raw);
  cfmakeraw(&raw);
  tcsetattr(line->master, TCSANOW, &raw);
  return path;
}

static void
line_serve(Line *line)
{
  guint8 bytes[256];
  gssize came = read(line->master, bytes, sizeof bytes);

  if (came > 0)
    printer_model_take(line->model, bytes, (gsize)came, clock_monotonic_us());
  gsize answer =
      printer_model_answer(line->model, bytes, sizeof bytes, clock_monotonic_us());
  if (answer > 0)
    CU_ASSERT_EQUAL(write(line->master, bytes, answer), (gssize)answer);
}

#define AWAIT(line, condition)                                                           \
  do {                                                                                   \
    gint64 end = g_get_monotonic_time() + 30 * G_USEC_PER_SEC;                           \
    while (!(condition) && g_get_monotonic_time() < end) {                               \
      if ((line)->master >= 0)                                                           \
        line_serve(line);                                                                \
      g_main_context_iteration(NULL, FALSE);                                             \
    }                                                                                    \
    CU_ASSERT(condition);                                                                \
  } while (0)

static void
a_printer_behind_a_device_node_is_asked(void)
{
  News news = {0};
  Line line;
  g_autofree char *path = line_open(&line);
  if (!path) {
    fputs("skipped: no terminal lines ", stdout);
    printer_model_free(line.model);
    return;
  }
  g_autofree char *address = g_strconcat("file:", path, NULL);
  Device *device = device_open(address, note, &news);

  AWAIT(&line, news.told == 1 && news.state == 0);
  send_text(device, "hello\n", 1);
  AWAIT(&line, news.done == 1);
  printer_model_load_paper(line.model, false);
  send_text(device, "lost\n", 2);
  AWAIT(&line, news.failed == 2);
  CU_ASSERT_EQUAL(news.code, DEVICE_ERROR_PAPER_OUT);
  CU_ASSERT_EQUAL(news.state, DEVICE_PAPER_OUT);
  printer_model_load_paper(line.model, true);
  AWAIT(&line, news.state == 0);
  g_autofree char *text = printer_model_text(line.model);
  CU_ASSERT_STRING_EQUAL(text, "hello\n");
  close(line.master);
  line.master = -1;
  AWAIT(&line, news.state == DEVICE_GONE);
  device_close(device);
  printer_model_free(line.model);
}

static void
a_plain_file_takes_the_bytes(void)
{
  News news = {0};
  Line none = {-1, NULL};
  g_autofree char *folder = g_dir_make_tmp(NULL, NULL);
  g_autofree char *path = g_build_filename(folder, "printed.bin", NULL);
  g_autofree char *address = g_strconcat("file:", path, NULL);
  g_autofree char *contents = NULL;
  Device *device = device_open(address, note, &news);

  send_text(device, "first ", 1);
  send_text(device, "second", 2);
  AWAIT(&none, news.done == 2);
  CU_ASSERT_EQUAL(news.failed, 0);
  device_close(device);
  CU_ASSERT(g_file_get_contents(path, &contents, NULL, NULL));
  CU_ASSERT_STRING_EQUAL(contents, "first second");
  g_remove(path);
  g_rmdir(folder);
}

static void
a_pipe_only_listens_and_is_believed(void)
{
  News news = {0};
  Line none = {-1, NULL};
  char bytes[64] = "";
  g_autofree char *folder = g_dir_make_tmp(NULL, NULL);
  g_autofree char *path = g_build_filename(folder, "pipe", NULL);
  g_autofree char *address = g_strconcat("file:", path, NULL);

  CU_ASSERT_FATAL(mkfifo(path, 0600) == 0);
  int far = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  Device *device = device_open(address, note, &news);
  send_text(device, "hello\n", 1);
  AWAIT(&none, news.done == 1);
  CU_ASSERT(read(far, bytes, sizeof bytes - 1) > 0);
  CU_ASSERT_PTR_NOT_NULL(strstr(bytes, "hello\n"));
  close(far);
  device_close(device);
  g_remove(path);
  g_rmdir(folder);
}

static void
no_file_is_made_among_the_devices(void)
{
  News news = {0};
  Line none = {-1, NULL};
  Device *device = device_open("file:/dev/guitai-no-such-printer", note, &news);

  AWAIT(&none, news.told == 1);
  CU_ASSERT_EQUAL(news.state, DEVICE_GONE);
  CU_ASSERT_PTR_NOT_NULL(strstr(device_failure(device)->message, "no-such-printer"));
  CU_ASSERT(!g_file_test("/dev/guitai-no-such-printer", G_FILE_TEST_EXISTS));
  device_close(device);
}

static void
a_disk_that_is_full_fails_the_job(void)
{
  News news = {0};
  Line none = {-1, NULL};
  if (!g_file_test("/dev/full", G_FILE_TEST_EXISTS))
    return;
  Device *device = device_open("file:/dev/full", note, &news);
  send_text(device, "hello\n", 1);
  AWAIT(&none, news.failed == 1);
  CU_ASSERT_EQUAL(news.code, DEVICE_ERROR_GONE);
  device_close(device);
}

TESTS("file_driver",
      TEST(a_printer_behind_a_device_node_is_asked),
      TEST(a_plain_file_takes_the_bytes),
      TEST(a_pipe_only_listens_and_is_believed),
      TEST(no_file_is_made_among_the_devices),
      TEST(a_disk_that_is_full_fails_the_job))
