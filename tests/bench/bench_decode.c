#include <string.h>
#include <time.h>

#include "drivers/decode.h"
#include "drivers/grey_picture.h"
#include "tests/bench/bench.h"
#include "tests/bench/decode_floor.h"
#include "tests/real_data.h"

#define ROUNDS 3

/* -- frames ------------------------------------------------------------------------- */

typedef struct {
  const char *symbology, *content;
  int left, top, size; /* in pixels; of a module */
} Drawn;

static const struct {
  const char *name;
  bool has_clutter;
  Drawn drawn[4];
} SCENES[] = {
    {"empty", false, {{0}}},
    {"clutter", true, {{0}}},
    {"ean", false, {{"EAN-13", "6901234567892", 700, 500, 3}}},
    {"ean_clutter", true, {{"EAN-13", "6901234567892", 700, 500, 3}}},
    {"qr", false, {{"QRCode", "https://example.cn/0123456789", 200, 650, 5}}},
    {"data_matrix", false, {{"DataMatrix", "81234567890123456789", 900, 500, 5}}},
    {"data_matrix_corner", true, {{"DataMatrix", "81234567890123456789", 200, 880, 5}}},
    {"code128", false, {{"Code128", "81234567890123456789", 1200, 100, 2}}},
};

static void
fill(GreyPicture *picture, int left, int top, int width, int height, guint8 level)
{
  for (int y = MAX(top, 0); y < MIN(top + height, picture->height); y++)
    memset(picture->pixels + y * picture->stride + left,
           level,
           (gsize)MIN(width, picture->width - left));
}

static void
draw(GreyPicture *picture, const Drawn *drawn)
{
  g_autoptr(SymbolModules) symbol =
      symbol_encode(drawn->symbology, drawn->content, strlen(drawn->content));
  int down = symbol->height == 1 ? 90 : drawn->size;

  fill(picture,
       drawn->left - 40,
       drawn->top - 40,
       symbol->width * drawn->size + 80,
       symbol->height * down + 80,
       0xe0);
  for (int y = 0; y < symbol->height; y++)
    for (int x = 0; x < symbol->width; x++)
      if (symbol->modules[y * symbol->width + x])
        fill(picture,
             drawn->left + x * drawn->size,
             drawn->top + y * down,
             drawn->size,
             down,
             0x18);
}

static GreyPicture *
scene_new(gsize scene)
{
  GreyPicture *picture = grey_picture_new(1920, 1080);
  BenchDice dice = {scene + 1};

  fill(picture, 0, 0, 1920, 1080, 0xe0);
  for (int i = 0; SCENES[scene].has_clutter && i < 4000; i++)
    fill(picture,
         (int)bench_roll(&dice, 1900),
         (int)bench_roll(&dice, 1070),
         2 + (int)bench_roll(&dice, 30),
         2 + (int)bench_roll(&dice, 8),
         (guint8)bench_roll(&dice, 256));
  for (const Drawn *drawn = SCENES[scene].drawn;
       drawn < SCENES[scene].drawn + 4 && drawn->symbology;
       drawn++)
    draw(picture, drawn);
  for (int i = 0; i < 1920 * 1080; i++)
    picture->pixels[i] =
        (guint8)CLAMP(picture->pixels[i] + (int)bench_roll(&dice, 17) - 8, 0, 255);
  return picture;
}

/* Of this thread alone: there is nothing to wait for, and a busy machine tells no lies.
 */
static int64_t
cpu_now_ns(void)
{
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT(1000000000) + now.tv_nsec;
}

/* Best of some, in ms: what else the machine does only ever adds. */
typedef struct {
  double frame, file, live, reader;
  int live_found; /* by one straight call */
} Best;

static double
lesser(double before, int64_t begun_ns)
{
  double ms = (double)(cpu_now_ns() - begun_ns) / 1e6;
  return before > 0 ? MIN(before, ms) : ms;
}

static guint
time_picture(const GreyPicture *p, Best *best)
{
  int64_t begun = cpu_now_ns();
  g_autoptr(GPtrArray) seen = decode_frame(p->pixels, p->width, p->height, p->stride);
  best->frame = lesser(best->frame, begun);

  begun = cpu_now_ns();
  best->live_found =
      decode_floor_count(p->pixels, p->width, p->height, p->stride, DECODE_FLOOR_LIVE);
  best->live = lesser(best->live, begun);

  begun = cpu_now_ns();
  decode_floor_count(p->pixels, p->width, p->height, p->stride, DECODE_FLOOR_READER);
  best->reader = lesser(best->reader, begun);
  return seen->len;
}

static void
run_scene(const Bench *bench, gsize scene)
{
  g_autoptr(GreyPicture) picture = scene_new(scene);
  g_autofree char *metric = g_strconcat("decode.frame.", SCENES[scene].name, NULL);
  Best best = {0};
  bool wants = SCENES[scene].drawn[0].symbology != NULL;
  gboolean breaks;

  decode_floor_count_safely(
      picture->pixels, picture->width, picture->height, picture->stride, &breaks);
  for (int i = MAX(bench_times_to_run(bench, 50) / 3, 1); i > 0 && !breaks; i--)
    if (time_picture(picture, &best) != wants)
      g_printerr("%s: not what was drawn\n", metric);
  if (!breaks)
    bench_tell(metric, best.frame, "ms", best.reader, false);
}

/* -- pictures ----------------------------------------------------------------------- */

typedef struct {
  int pictures, found, floor_found;
  Best sum; /* of those on which ZXing called straight does not break */
} Tally;

static void
time_file(const GreyPicture *p, int rounds, Tally *tally)
{
  Best best = {0};

  for (int i = 0; i < rounds; i++) {
    time_picture(p, &best);
    int64_t begun = cpu_now_ns();
    g_autoptr(GPtrArray) codes = decode_grey(p->pixels, p->width, p->height, p->stride);
    best.file = lesser(best.file, begun);
  }
  tally->sum.file += best.file;
  tally->sum.reader += best.reader;
  /* One call against one: where it finds nothing, Guitai goes on looking. */
  if (best.live_found) {
    tally->sum.frame += best.frame;
    tally->sum.live += best.live;
  }
}

static void
take_picture(const char *path, Tally *tally)
{
  g_autoptr(GreyPicture) p = grey_picture_load(path, NULL);
  gboolean breaks;

  if (!p)
    return;
  g_autoptr(GPtrArray) codes = decode_grey(p->pixels, p->width, p->height, p->stride);
  int floor =
      decode_floor_count_safely(p->pixels, p->width, p->height, p->stride, &breaks);
  tally->pictures++;
  tally->found += codes->len > 0;
  tally->floor_found += floor > 0;
  if (!breaks)
    time_file(p, ROUNDS, tally);
}

static void
take_folder(const char *folder, Tally *tally)
{
  g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
  const char *name;

  while (files && (name = g_dir_read_name(files))) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
      take_folder(path, tally);
    else if (!g_str_has_suffix(name, ".txt"))
      take_picture(path, tally);
  }
}

void
bench_decode(const Bench *bench)
{
  g_autofree char *folder = real_data("barcode_images");
  Tally tally = {0};

  for (gsize i = 0; i < G_N_ELEMENTS(SCENES); i++)
    run_scene(bench, i);
  if (bench_times_to_run(bench, ROUNDS) == 0)
    return;
  if (!folder) {
    g_print("decode.found: skipped: no real data\n");
    return;
  }
  take_folder(folder, &tally);
  bench_tell("decode.found", tally.found, "pictures", tally.floor_found, true);
  bench_tell("decode.wrapper", tally.sum.frame, "ms", tally.sum.live, false);
  bench_tell("decode.thorough", tally.sum.file, "ms", tally.sum.reader, false);
}
