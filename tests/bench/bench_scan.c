#include <gtk/gtk.h>
#include <string.h>

#include "app/checkout.h"
#include "app/sign_in.h"
#include "drivers/sim/desk.h"
#include "tests/bench/bare_list.h"
#include "tests/bench/bench_shop.h"
#include "ui/ui.h"
#include "ui/window.h"
#include "ui/words.h"

#define TICKETS   100
#define LINES     5 /* of a ticket */
#define REST_MS   20
#define REST_MORE 40 /* a hand is never in step with the screen */
#define LOST_NS   (G_GINT64_CONSTANT(5) * G_USEC_PER_SEC * 1000)

/* A window with a list: when was the row painted that is waited for? */
typedef struct {
  GtkWidget *window;
  int row;            /* its number, from 1 */
  int64_t painted_ns; /* 0: not yet */
  BenchTimes times;
} Screen;

static GtkWidget *
find(GtkWidget *widget, GType type)
{
  if (!gtk_widget_get_mapped(widget) || G_TYPE_CHECK_INSTANCE_TYPE(widget, type))
    return gtk_widget_get_mapped(widget) ? widget : NULL;
  GtkWidget *found = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child(widget); child && !found;
       child = gtk_widget_get_next_sibling(child))
    found = find(child, type);
  return found;
}

static int
number_of(GtkWidget *row)
{
  GtkWidget *label = find(row, GTK_TYPE_LABEL);
  return label ? (int)g_ascii_strtoll(gtk_label_get_text(GTK_LABEL(label)), NULL, 10) : 0;
}

/* Wholly in sight: a row that is yet to be scrolled to was not painted. */
static GtkWidget *
row_in_sight(Screen *screen)
{
  graphene_rect_t place;
  GtkWidget *list = find(screen->window, GTK_TYPE_LIST_VIEW);
  if (!list)
    return NULL;
  int height = gtk_widget_get_height(list);
  for (GtkWidget *row = gtk_widget_get_first_child(list); row;
       row = gtk_widget_get_next_sibling(row))
    if (number_of(row) == screen->row && gtk_widget_compute_bounds(row, list, &place) &&
        place.origin.y >= -1 && place.origin.y + place.size.height <= (float)height + 1)
      return row;
  return NULL;
}

static void
on_after_paint(GdkFrameClock *frames, gpointer data)
{
  Screen *screen = data;
  int64_t now_ns = bench_now_ns();
  if (!screen->painted_ns && row_in_sight(screen))
    screen->painted_ns = now_ns;
}

static void
screen_begin(Screen *screen, GtkWidget *window)
{
  *screen = (Screen){.window = window};
  bench_times_init(&screen->times);
  g_signal_connect_after(gtk_widget_get_frame_clock(window),
                         "after-paint",
                         G_CALLBACK(on_after_paint),
                         screen);
}

static void
on_rested(gpointer rested)
{
  *(bool *)rested = true;
}

static void
rest(BenchDice *dice)
{
  bool rested = false;
  g_timeout_add_once(REST_MS + (guint)bench_roll(dice, REST_MORE), on_rested, &rested);
  while (!rested)
    g_main_context_iteration(NULL, TRUE);
}

static void
wait_painted(Screen *screen, int64_t begun_ns)
{
  while (!screen->painted_ns && bench_now_ns() - begun_ns < LOST_NS)
    g_main_context_iteration(NULL, TRUE);
  if (!screen->painted_ns)
    bench_fail("the line never came to the screen", NULL);
  int64_t took = screen->painted_ns - begun_ns;
  g_array_append_val(screen->times.ns, took);
}

static void
scan_one(Screen *screen, const Bench *bench, int row, BenchDice *dice)
{
  BenchArticle article;
  int64_t known = MIN(bench->rows, BENCH_STOCKED);
  bench_article(1 + (int64_t)bench_roll(dice, (uint64_t)known), bench->rows, &article);
  rest(dice);
  screen->row = row;
  screen->painted_ns = 0;
  int64_t begun_ns = bench_now_ns();
  desk_scan(article.barcode, strlen(article.barcode));
  wait_painted(screen, begun_ns);
}

static void
add_one(Screen *screen, int row, BenchDice *dice)
{
  rest(dice);
  screen->row = row;
  screen->painted_ns = 0;
  int64_t begun_ns = bench_now_ns();
  bare_list_add(screen->window);
  wait_painted(screen, begun_ns);
}

/* The first ticket of each is not counted: styles and glyphs come to stay. */
static void
run(Till *till, const Bench *bench, Screen *ours, Screen *bare)
{
  BenchDice dice = {1};
  int tickets = bench_times_to_run(bench, TICKETS);
  for (int ticket = 0; ticket <= tickets; ticket++) {
    for (int row = 1; row <= LINES; row++)
      scan_one(ours, bench, row, &dice);
    if (ticket == 0)
      screen_begin(bare, bare_list_new(row_in_sight(ours), ours->window));
    checkout_void(till);
    for (int row = 1; row <= LINES; row++)
      add_one(bare, row, &dice);
    bare_list_clear(bare->window);
    if (ticket == 0) {
      g_array_set_size(ours->times.ns, 0);
      g_array_set_size(bare->times.ns, 0);
    }
  }
}

static void
tell(const char *metric, Screen *ours, Screen *bare, double part)
{
  int64_t frame_us = 0;
  double value = bench_times_us(&ours->times, part) / 1000;
  double floor = bench_times_us(&bare->times, part) / 1000;
  g_autofree char *more = g_strconcat(metric, ".more", NULL);
  gdk_frame_clock_get_refresh_info(
      gtk_widget_get_frame_clock(ours->window), 0, &frame_us, NULL);
  bench_tell(metric, value, "ms", floor, false);
  bench_tell(more, (value - floor) * 1000 / (double)frame_us, "frames", 0, false);
}

static Till *
open_till(const char *shop)
{
  g_autoptr(GError) error = NULL;
  const TillOptions options = {
      .folder = shop, .device[USE_SCANNER] = "sim-scanner:", .device[USE_PRINTER] = ""};
  Till *till = till_open(&options, &error);
  if (!till)
    bench_fail("till", error);
  sign_in(till, BENCH_STAFF, BENCH_PIN);
  if (till->page != PAGE_SALE)
    bench_fail("sign in", NULL);
  return till;
}

void
bench_scan(const Bench *bench)
{
  ui_prepare();
  if (!gtk_init_check()) {
    g_printerr("scan: skipped: no display\n");
    return;
  }
  char *shop = bench_shop(bench);
  Till *till = open_till(shop);
  Screen ours, bare;
  words_start("zh_CN");
  ui_start();
  GtkWidget *window = window_new(till);
  gtk_window_present(GTK_WINDOW(window));
  screen_begin(&ours, window);
  run(till, bench, &ours, &bare);
  tell("scan.p50", &ours, &bare, 0.5);
  tell("scan.p99", &ours, &bare, 0.99);
  gtk_window_destroy(GTK_WINDOW(bare.window));
  gtk_window_destroy(GTK_WINDOW(window));
  bench_times_clear(&ours.times);
  bench_times_clear(&bare.times);
  till_free(till);
  bench_shop_remove(shop);
}
