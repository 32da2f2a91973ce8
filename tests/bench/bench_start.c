#include <gtk/gtk.h>
#include <stdio.h>
#include <sys/wait.h>

#include "tests/bench/bench_shop.h"
#include "ui/ui.h"

#define STARTS 50

/* Of one program: from before it is started until it says ready, and what it holds. */
typedef struct {
  BenchTimes ready, resident, share; /* the latter two in bytes */
} Starts;

static void
add_kib(BenchTimes *times, int64_t kib)
{
  int64_t bytes = kib * 1024;
  g_array_append_val(times->ns, bytes);
}

static void
read_answers(FILE *out, int64_t begun_ns, Starts *starts)
{
  char line[128];
  int64_t resident = 0, share = 0;
  bool ready = false, told = false;
  while (fgets(line, sizeof line, out)) {
    if (!ready && g_str_equal(line, "ready\n")) {
      bench_times_add(&starts->ready, begun_ns);
      ready = true;
    }
    if (sscanf(
            line, "memory\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT, &resident, &share) ==
        2)
      told = true;
  }
  if (!ready || !told)
    bench_fail("a program never got ready", NULL);
  add_kib(&starts->resident, resident);
  add_kib(&starts->share, share);
}

static void
start_once(const char *const *argv, Starts *starts)
{
  g_autoptr(GError) error = NULL;
  GPid pid;
  int out;
  int64_t begun_ns = bench_now_ns();
  if (!g_spawn_async_with_pipes(NULL,
                                (char **)argv,
                                NULL,
                                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL,
                                NULL,
                                NULL,
                                &pid,
                                NULL,
                                &out,
                                NULL,
                                &error))
    bench_fail(argv[0], error);
  FILE *answers = fdopen(out, "r");
  read_answers(answers, begun_ns, starts);
  fclose(answers);
  waitpid(pid, NULL, 0);
}

static void
tell_memory(const char *metric, BenchTimes *ours, BenchTimes *bare)
{
  /* a "thousandth" of a byte count is a kB: told in MiB */
  double value = bench_times_us(ours, 0.5) * 1000 / (1024 * 1024);
  double floor = bench_times_us(bare, 0.5) * 1000 / (1024 * 1024);
  g_autofree char *more = g_strconcat(metric, ".more", NULL);
  bench_tell(metric, value, "MiB", floor, false);
  bench_tell(more, value - floor, "MiB", 0, false);
}

static void
starts_init(Starts *starts)
{
  bench_times_init(&starts->ready);
  bench_times_init(&starts->resident);
  bench_times_init(&starts->share);
}

static void
starts_clear(Starts *starts)
{
  bench_times_clear(&starts->ready);
  bench_times_clear(&starts->resident);
  bench_times_clear(&starts->share);
}

/* The first start of each is not counted: it reads the files from the disk. */
static void
run(const char *shop, int times, Starts *ours, Starts *bare)
{
  g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *bin = g_path_get_dirname(self);
  g_autofree char *guitai = g_build_filename(bin, "guitai", NULL);
  g_autofree char *window = g_build_filename(bin, "bare-window", NULL);
  const char *till[] = {guitai, "--shop", shop, "--exit-when-ready", NULL};
  const char *empty[] = {window, NULL};
  for (int i = 0; i <= times; i++) {
    start_once(till, ours);
    start_once(empty, bare);
    if (i > 0)
      continue;
    starts_clear(ours);
    starts_clear(bare);
    starts_init(ours);
    starts_init(bare);
  }
}

void
bench_start(const Bench *bench)
{
  Starts ours, bare;
  ui_prepare(); /* both with the renderer that the till picks for itself */
  if (!gtk_init_check()) {
    g_printerr("start: skipped: no display\n");
    return;
  }
  char *shop = bench_shop(bench);
  starts_init(&ours);
  starts_init(&bare);
  run(shop, bench_times_to_run(bench, STARTS), &ours, &bare);
  bench_tell("start.p50",
             bench_times_us(&ours.ready, 0.5) / 1000,
             "ms",
             bench_times_us(&bare.ready, 0.5) / 1000,
             false);
  tell_memory("start.resident", &ours.resident, &bare.resident);
  tell_memory("start.share", &ours.share, &bare.share);
  starts_clear(&ours);
  starts_clear(&bare);
  bench_shop_remove(shop);
}
