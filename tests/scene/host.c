#include "tests/scene/host.h"

#include <gtk/gtk.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "app/asking.h"
#include "app/base/clock.h"
#include "app/checkout.h"
#include "app/locking.h"
#include "app/shift.h"
#include "db/backup.h"
#include "db/product_store.h"
#include "db/sale_store.h"
#include "db/stock_store.h"
#include "db/verify.h"
#include "drivers/sim/desk.h"
#include "tests/scene/hand.h"
#include "tests/scene/powercut.h"
#include "ui/ui.h"

typedef struct {
  Till *till;
  Hand *hand;
  GMainLoop *loop;
} Host;

typedef void (*Deed)(Host *host, const char *rest, GString *answer);

static void
say(const char *before, const char *text)
{
  fputs(before, stdout);
  fputs(text, stdout);
  fflush(stdout);
}

static void
refuse(GString *answer, const char *why)
{
  g_string_append_printf(answer, "! %s\n", why);
}

static int
scans_heard(const Host *host)
{
  return host->till->device[USE_SCANNER] ? device_heard(host->till->device[USE_SCANNER])
                                         : 0;
}

/* A scan comes by the scanner's thread. Nothing else that the till says meanwhile will
 * do: on a busy machine the next step would come before the scan. */
static void
pull_trigger(Host *host, const void *bytes, gsize length)
{
  hand_settle(host->hand);
  int before = scans_heard(host);
  int64_t until = clock_monotonic_us() + 10 * G_USEC_PER_SEC;
  desk_scan(bytes, length);
  while (desk_is_plugged(DESK_SCANNER) && host->till->device[USE_SCANNER] &&
         scans_heard(host) == before && clock_monotonic_us() < until)
    g_main_context_iteration(NULL, FALSE);
  hand_settle(host->hand);
}

static void
do_scan(Host *host, const char *rest, GString *answer)
{
  pull_trigger(host, rest, strlen(rest));
}

static void
do_scan_hex(Host *host, const char *rest, GString *answer)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  for (const char *p = rest; p[0] && p[1]; p += 2) {
    guint8 byte = (guint8)(g_ascii_xdigit_value(p[0]) * 16 + g_ascii_xdigit_value(p[1]));
    g_byte_array_append(bytes, &byte, 1);
  }
  pull_trigger(host, bytes->data, bytes->len);
}

static void
do_key(Host *host, const char *rest, GString *answer)
{
  if (!hand_key(host->hand, rest))
    refuse(answer, "there is no such key on this page");
}

static void
do_type(Host *host, const char *rest, GString *answer)
{
  hand_type(host->hand, rest);
}

static void
do_enter(Host *host, const char *rest, GString *answer)
{
  hand_enter(host->hand, rest);
}

static void
do_sign_in(Host *host, const char *rest, GString *answer)
{
  g_auto(GStrv) words = g_strsplit(rest, " ", 2);
  if (words[0] && words[1])
    hand_sign_in(host->hand, words[0], words[1]);
}

static void
do_read(Host *host, const char *rest, GString *answer)
{
  hand_settle(host->hand);
  g_autofree char *text = hand_read(host->hand);
  g_string_append(answer, text);
}

static void
do_paper(Host *host, const char *rest, GString *answer)
{
  hand_settle(host->hand);
  g_autofree char *text = desk_paper_text();
  g_string_append(answer, text);
}

static void
do_printed(Host *host, const char *rest, GString *answer)
{
  g_autoptr(GBytes) bytes = desk_printed_bytes();
  gsize length = 0;
  const guint8 *data = g_bytes_get_data(bytes, &length);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf(answer, "%02x", data[i]);
}

static bool
do_cards(const char *rest)
{
  int card = 0;
  if (sscanf(rest, "card lay %d", &card) == 1)
    desk_lay_card(card - 1);
  else if (g_str_equal(rest, "card away"))
    desk_lay_card(-1);
  else if (sscanf(rest, "card fails %d", &card) == 1)
    desk_fail_card(DESK_CARD_SELECT, card);
  else if (sscanf(rest, "chip put %d", &card) == 1)
    desk_put_chip(card - 1);
  else if (g_str_equal(rest, "chip out"))
    desk_put_chip(-1);
  else
    return false;
  return true;
}

/* The till hears of it by the scale's thread. */
static void
lay_weight(Host *host, const char *grams)
{
  Device *scale = host->till->device[USE_SCALE];
  int before = scale ? device_heard(scale) : 0;
  int64_t until = clock_monotonic_us() + 10 * G_USEC_PER_SEC;
  Quantity mg = 0;
  bool is_none = g_str_equal(grams, "0");

  if (!is_none && !quantity_parse(grams, 1000, &mg))
    return;
  desk_lay_weight(mg);
  /* It moves, then it stands still; the same weight again says nothing new. */
  while (scale && desk_is_plugged(DESK_SCALE) && device_heard(scale) < before + 2 &&
         clock_monotonic_us() < until)
    g_main_context_iteration(NULL, FALSE);
  hand_settle(host->hand);
}

static void
do_labels(Host *host, const char *rest, GString *answer)
{
  hand_settle(host->hand);
  g_autofree char *text = desk_label_text();
  g_string_append(answer, text);
}

static void
do_label_picture(Host *host, const char *rest, GString *answer)
{
  g_autoptr(GError) failure = NULL;
  if (!desk_save_label_png(rest, &failure))
    refuse(answer, failure->message);
}

static void
do_pole(Host *host, const char *rest, GString *answer)
{
  hand_settle(host->hand);
  g_autofree char *text = desk_pole_text();
  g_string_append(answer, text);
}

static void
do_desk(Host *host, const char *rest, GString *answer)
{
  static const struct {
    const char *name;
    void (*flip)(bool on);
    bool on;
  } SWITCHES[] = {{"paper in", desk_set_paper, true},
                  {"paper out", desk_set_paper, false},
                  {"cover open", desk_set_cover, true},
                  {"cover shut", desk_set_cover, false},
                  {"cutter jammed", desk_set_cutter_jam, true},
                  {"cutter free", desk_set_cutter_jam, false},
                  {"printer silent", desk_set_silent, true},
                  {"printer talking", desk_set_silent, false},
                  {"labels in", desk_set_labels, true},
                  {"labels out", desk_set_labels, false},
                  {"label head open", desk_set_label_head, true},
                  {"label head shut", desk_set_label_head, false},
                  {"label printer silent", desk_set_labels_silent, true},
                  {"scale shaken", desk_shake_scale, true},
                  {"scale still", desk_shake_scale, false}};
  for (size_t i = 0; i < G_N_ELEMENTS(SWITCHES); i++)
    if (g_str_equal(rest, SWITCHES[i].name)) {
      SWITCHES[i].flip(SWITCHES[i].on);
      return;
    }
  int mm = 0;
  if (do_cards(rest))
    return;
  if (sscanf(rest, "plug %d", &mm) == 1)
    desk_plug((DeskDevice)mm, true);
  else if (sscanf(rest, "unplug %d", &mm) == 1)
    desk_plug((DeskDevice)mm, false);
  else if (sscanf(rest, "paper left %d", &mm) == 1)
    desk_set_paper_left_mm(mm);
  else if (sscanf(rest, "labels left %d", &mm) == 1)
    desk_set_labels_left(mm);
  else if (g_str_has_prefix(rest, "weight "))
    lay_weight(host, rest + strlen("weight "));
  else if (g_str_equal(rest, "drawer"))
    g_string_append(answer, desk_drawer_is_open() ? "open" : "shut");
  else if (g_str_equal(rest, "push drawer"))
    desk_push_drawer();
  else if (g_str_equal(rest, "tear"))
    desk_tear();
  else
    refuse(answer, "the desk has no such switch");
}

static void
do_stock(Host *host, const char *rest, GString *answer)
{
  g_auto(GStrv) words = g_strsplit(rest, " ", 2);
  g_autoptr(GPtrArray) matches = NULL;
  g_autoptr(GError) failure = NULL;
  if (!product_store_find_code(
          host->till->catalogue, words[0], clock_now_us(), &matches, &failure) ||
      matches->len == 0) {
    refuse(answer, "no such article here");
    return;
  }
  const Product *product = ((ProductMatch *)matches->pdata[0])->product;
  g_autoptr(GPtrArray) lots = NULL;
  stock_store_lots(host->till->store, product->id, &lots, NULL);
  Quantity sum = 0;
  for (guint i = 0; lots && i < lots->len; i++) {
    const Lot *lot = lots->pdata[i];
    if (!words[1] || g_str_equal(words[1], lot->lot_no))
      sum += lot->on_hand;
  }
  g_string_append_printf(answer, "%" G_GINT64_FORMAT, sum);
}

/* Is the sale of this receipt number in the books? */
static void
do_kept(Host *host, const char *rest, GString *answer)
{
  KeptSale *kept = NULL;
  g_autoptr(GError) failure = NULL;
  if (!sale_store_find(host->till->store, rest, &kept, &failure))
    refuse(answer, failure->message);
  else
    g_string_append(answer, kept ? "yes" : "no");
  kept_sale_free(kept);
}

static void
do_verify(Host *host, const char *rest, GString *answer)
{
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) failure = NULL;
  if (!verify_store(host->till->store, &findings, &failure))
    refuse(answer, failure->message);
  for (guint i = 0; findings && i < findings->len; i++) {
    const VerifyFinding *finding = findings->pdata[i];
    if (finding->wrong)
      g_string_append_printf(answer, "! %s: %s\n", finding->check, finding->wrong);
  }
}

static void
do_picture(Host *host, const char *rest, GString *answer)
{
  g_autoptr(GError) failure = NULL;
  if (!hand_picture(host->hand, rest, &failure) && failure)
    refuse(answer, failure->message);
}

static void
do_paper_picture(Host *host, const char *rest, GString *answer)
{
  g_autoptr(GError) failure = NULL;
  if (!desk_save_paper_png(rest, &failure))
    refuse(answer, failure->message);
}

static void
do_clock(Host *host, const char *rest, GString *answer)
{
  clock_set_shift_us(g_ascii_strtoll(rest, NULL, 10));
  hand_settle(host->hand);
}

/* Every write into a file beyond its first byte fails, as on a full disk. */
static void
do_disk(Host *host, const char *rest, GString *answer)
{
  struct rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = g_str_equal(rest, "full") ? 1 : limit.rlim_max;
  setrlimit(RLIMIT_FSIZE, &limit);
}

static void
do_choose(Host *host, const char *rest, GString *answer)
{
  int wanted = (int)g_ascii_strtoll(rest, NULL, 10);
  for (guint i = 0; i < host->till->sale->lines->len; i++)
    if (!sale_line(host->till->sale, i)->deleted && --wanted == 0)
      checkout_choose(host->till, (int)i);
}

static void
do_lot(Host *host, const char *rest, GString *answer)
{
  checkout_set_lot(host->till, rest);
}

static void
do_discount(Host *host, const char *rest, GString *answer)
{
  checkout_set_discount(host->till, rest);
}

static void
do_hold(Host *host, const char *rest, GString *answer)
{
  checkout_hold(host->till, rest);
}

static void
do_recall(Host *host, const char *rest, GString *answer)
{
  g_autoptr(GPtrArray) held = checkout_held(host->till);
  guint wanted = (guint)g_ascii_strtoull(rest, NULL, 10);
  if (!held || wanted == 0 || wanted > held->len)
    refuse(answer, "there is no such ticket on hold");
  else
    checkout_recall(host->till, ((HeldTicket *)held->pdata[wanted - 1])->id);
}

static void
do_close_shift(Host *host, const char *rest, GString *answer)
{
  shift_close(host->till);
}

/* NUMBER PIN: comes as a pharmacist, or goes. */
static void
do_duty(Host *host, const char *rest, GString *answer)
{
  g_auto(GStrv) words = g_strsplit(rest, " ", 2);
  asking_open(host->till, ASK_DUTY);
  asking_begin(host->till, words[0]);
  asking_duty(host->till, words[1] ? words[1] : "", DUTY_LOCAL, DUTY_GO_HOME);
  asking_close(host->till);
}

/* NUMBER PIN REASON: what was refused last. */
static void
do_approve(Host *host, const char *rest, GString *answer)
{
  g_auto(GStrv) words = g_strsplit(rest, " ", 3);
  asking_open(host->till, ASK_APPROVAL);
  asking_begin(host->till, words[0]);
  if (words[1] && words[2])
    asking_approve(
        host->till, words[1], (ApprovalReason)g_ascii_strtoll(words[2], NULL, 10), NULL);
}

static void
do_lock(Host *host, const char *rest, GString *answer)
{
  locking_lock(host->till);
}

static void
do_unlock(Host *host, const char *rest, GString *answer)
{
  locking_open(host->till, rest);
}

static void
do_take_over(Host *host, const char *rest, GString *answer)
{
  g_auto(GStrv) words = g_strsplit(rest, " ", 2);
  locking_begin(host->till, words[0]);
  locking_open(host->till, words[1] ? words[1] : "");
}

static void
do_nudge(Host *host, const char *rest, GString *answer)
{
  if (host->till->sync)
    sync_nudge(host->till->sync);
  hand_settle(host->hand);
}

static void
do_articles(Host *host, const char *rest, GString *answer)
{
  hand_settle(host->hand);
  g_string_append_printf(answer,
                         "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                         host->till->sync_status.catalogue_position,
                         host->till->sync_status.catalogue_head);
}

static const struct {
  const char *word;
  Deed deed;
} DEEDS[] = {
    {"scan", do_scan},
    {"scan-hex", do_scan_hex},
    {"key", do_key},
    {"type", do_type},
    {"enter", do_enter},
    {"sign-in", do_sign_in},
    {"read", do_read},
    {"paper", do_paper},
    {"printed", do_printed},
    {"desk", do_desk},
    {"labels", do_labels},
    {"label-picture", do_label_picture},
    {"pole", do_pole},
    {"stock", do_stock},
    {"verify", do_verify},
    {"kept", do_kept},
    {"picture", do_picture},
    {"paper-picture", do_paper_picture},
    {"clock", do_clock},
    {"disk", do_disk},
    {"choose", do_choose},
    {"lot", do_lot},
    {"discount", do_discount},
    {"hold", do_hold},
    {"recall", do_recall},
    {"close-shift", do_close_shift},
    {"nudge", do_nudge},
    {"articles", do_articles},
    {"duty", do_duty},
    {"approve", do_approve},
    {"lock", do_lock},
    {"unlock", do_unlock},
    {"take-over", do_take_over},
};

static void
obey(Host *host, char *line)
{
  g_autoptr(GString) answer = g_string_new(NULL);
  char *rest = strchr(line, ' ');
  if (rest)
    *rest++ = '\0';
  Deed deed = NULL;
  for (size_t i = 0; i < G_N_ELEMENTS(DEEDS); i++)
    if (g_str_equal(line, DEEDS[i].word))
      deed = DEEDS[i].deed;
  /* The window hears of the last deed when the loop is idle; a hand waits to see it. */
  hand_settle(host->hand);
  if (deed)
    deed(host, rest ? rest : "", answer);
  else
    refuse(answer, "unknown request");
  if (answer->len && answer->str[answer->len - 1] != '\n')
    g_string_append_c(answer, '\n');
  say(answer->str, ".\n");
}

static gboolean
on_request(GIOChannel *channel, GIOCondition condition, gpointer data)
{
  Host *host = data;
  g_autofree char *line = NULL;
  gsize end = 0;
  if (g_io_channel_read_line(channel, &line, NULL, &end, NULL) != G_IO_STATUS_NORMAL) {
    g_main_loop_quit(host->loop);
    return G_SOURCE_REMOVE;
  }
  line[end] = '\0';
  obey(host, line);
  return G_SOURCE_CONTINUE;
}

static const char *paper_folder;

/* The last thing before the power goes: what lies on the counter stays there. */
static void
keep_paper(void)
{
  g_autofree char *file = g_build_filename(paper_folder, "printed.txt", NULL);
  g_autofree char *text = desk_paper_text();
  g_file_set_contents(file, text, -1, NULL);
}

/* What the scene arranged before this till: its clock, the moment of a power cut. */
static void
take_arrangements(const char *folder)
{
  const char *cut = g_getenv("GUITAI_SCENE_POWER_CUT");
  paper_folder = folder;
  clock_take_shift();
  if (cut) {
    int n = (int)g_ascii_strtoll(cut, NULL, 10);
    powercut_install(n, (guint32)n, keep_paper);
  }
}

int
host_run(const HostOptions *options)
{
  signal(SIGXFSZ, SIG_IGN);
  take_arrangements(options->folder);
  if (options->screen) {
    ui_prepare();
    gtk_init();
  }
  g_autoptr(GError) failure = NULL;
  TillOptions how = {.folder = options->folder,
                     .without_usb = true,
                     .device[USE_SCANNER] = "sim-scanner:",
                     .device[USE_PRINTER] =
                         options->printer ? options->printer : "sim-printer:",
                     .device[USE_ID_READER] = "sim-id-reader:",
                     .device[USE_CARD_READER] = "sim-ccid:",
                     .device[USE_LABEL] = "sim-label:",
                     .device[USE_POLE] = "sim-pole:",
                     .device[USE_SCALE] = "sim-scale:"};
  desk_reset();
  Host host = {.till = till_open(&how, &failure)};
  if (!host.till) {
    say("! ", failure->message);
    say("", "\n");
    return 1;
  }
  host.hand = hand_new(host.till, options->screen, options->language);
  host.loop = g_main_loop_new(NULL, FALSE);
  g_autoptr(GIOChannel) input = g_io_channel_unix_new(0);
  g_io_channel_set_encoding(input, NULL, NULL);
  g_io_add_watch(input, G_IO_IN | G_IO_HUP, on_request, &host);
  say("ready", "\n");
  g_main_loop_run(host.loop);
  hand_free(host.hand);
  till_free(host.till);
  g_main_loop_unref(host.loop);
  return 0;
}
