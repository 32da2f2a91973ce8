#include "tests/scene/hand.h"

#include <gtk/gtk.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/checkout.h"
#include "app/finding.h"
#include "app/labelling.h"
#include "app/locking.h"
#include "app/pay.h"
#include "app/printing.h"
#include "app/scan.h"
#include "app/shift.h"
#include "app/sign_in.h"
#include "app/weighing.h"
#include "tests/scene/reading.h"
#include "ui/picture.h"
#include "ui/ui.h"
#include "ui/window.h"
#include "ui/words.h"

struct Hand {
  Till *till;
  UiWindow *window; /* NULL: straight at the verbs */
  GString *box;     /* what is typed, without a window */
  guint row;        /* of what the search found, without a window */
};

/* -- Without a window: what a key means on a page ------------------------------------ */

static void
chosen_step(Till *till, int step)
{
  checkout_step_quantity(till, step);
}

static void
take_found(Hand *hand, const FoundArticle *found)
{
  int64_t product = found->product->id;
  g_autofree char *unit = g_strdup(found->unit_name);
  hand->row = 0;
  checkout_add(hand->till, product, unit, NULL);
}

static void
take_box(Hand *hand)
{
  g_autofree char *text = g_strdup(hand->box->str);
  g_string_truncate(hand->box, 0);
  Till *till = hand->till;
  if (till->page == PAGE_PAYMENT)
    pay_tender(till, TENDER_CASH, text);
  else if (till->page == PAGE_SIGN_IN && till->signing)
    sign_in(till, till->signing->number, text);
  else if (till->page == PAGE_SIGN_IN)
    sign_in_begin(till, text);
  else if (till->page == PAGE_SEARCH && !*text && hand->row < till->found->len)
    take_found(hand, till->found->pdata[hand->row]);
  else
    scan_code(till, text, strlen(text), SCAN_TYPED);
}

static void
step_back(Till *till)
{
  if (till->page == PAGE_PAYMENT)
    pay_cancel(till);
  else if (till->page == PAGE_SIGN_IN)
    sign_in_begin(till, NULL);
  else if (till->page == PAGE_SEARCH)
    finding_type(till, "");
  else
    till_open_page(till, PAGE_SALE);
}

static int64_t
found_article(const Hand *hand)
{
  const Till *till = hand->till;
  bool is_found = till->page == PAGE_SEARCH && hand->row < till->found->len;
  return is_found ? ((const FoundArticle *)till->found->pdata[hand->row])->product->id
                  : 0;
}

static bool
ringing_key(Hand *hand, const char *name)
{
  Till *till = hand->till;
  g_autofree char *text = g_strdup(hand->box->str);
  if (g_str_equal(name, "F4"))
    checkout_hold(till, text);
  else if (g_str_equal(name, "F5"))
    checkout_open_held(till);
  else if (g_str_equal(name, "F12"))
    pay_open(till);
  else if (g_str_equal(name, "+"))
    chosen_step(till, 1);
  else if (g_str_equal(name, "-"))
    chosen_step(till, -1);
  else if (g_str_equal(name, "/"))
    checkout_next_unit(till);
  else if (g_str_equal(name, "Delete"))
    checkout_delete_line(till);
  else if (g_str_equal(name, "Ctrl+Delete"))
    checkout_void(till);
  else if (g_str_equal(name, "F11"))
    weighing_take(till);
  else if (g_str_equal(name, "Shift+F11"))
    weighing_tare(till);
  else if (g_str_equal(name, "Shift+F9"))
    labelling_shelf(till, found_article(hand));
  else if (till->page == PAGE_SEARCH && g_str_equal(name, "Down"))
    hand->row++;
  else if (g_str_equal(name, "Up") || g_str_equal(name, "Down"))
    checkout_move(till, g_str_equal(name, "Up") ? -1 : 1);
  else
    return false;
  g_string_truncate(hand->box, 0);
  return true;
}

static bool
verb_key(Hand *hand, const char *name)
{
  Till *till = hand->till;
  if (g_str_equal(name, "Enter"))
    take_box(hand);
  else if (g_str_equal(name, "Esc"))
    step_back(till);
  else if (g_str_equal(name, "Ctrl+P"))
    printing_reprint_last(till);
  else if (g_str_equal(name, "Ctrl+L"))
    locking_lock(till);
  else if (g_str_equal(name, "Ctrl+Q"))
    sign_out(till);
  else if (till->page == PAGE_PAYMENT && g_str_equal(name, "F12")) {
    pay_confirm(till, hand->box->str);
    g_string_truncate(hand->box, 0);
  } else if (till->page == PAGE_PAYMENT && g_str_equal(name, "0") && !hand->box->len)
    pay_tender(till, TENDER_CASH, NULL);
  else if (till->page == PAGE_SALE || till->page == PAGE_SEARCH)
    return ringing_key(hand, name);
  else
    return false;
  return true;
}

/* -- With the window ----------------------------------------------------------------- */

static char *
accel_of(const char *name)
{
  static const struct {
    const char *name, *accel;
  } SPECIAL[] = {{"Enter", "Return"},
                 {"Esc", "Escape"},
                 {"+", "plus"},
                 {"-", "minus"},
                 {"/", "slash"},
                 {"*", "asterisk"},
                 {"Space", "space"},
                 {"PgUp", "Page_Up"},
                 {"PgDn", "Page_Down"}};
  g_autoptr(GString) accel = g_string_new(name);
  g_string_replace(accel, "Ctrl+", "<Control>", 1);
  g_string_replace(accel, "Alt+", "<Alt>", 1);
  g_string_replace(accel, "Shift+", "<Shift>", 1);
  for (size_t i = 0; i < G_N_ELEMENTS(SPECIAL); i++)
    if (g_str_equal(accel->str, SPECIAL[i].name))
      return g_strdup(SPECIAL[i].accel);
  return g_string_free(g_steal_pointer(&accel), FALSE);
}

static void
open_window(Hand *hand, const char *language)
{
  ui_start();
  hand->window = UI_WINDOW(window_new(hand->till));
  gtk_window_set_default_size(GTK_WINDOW(hand->window), 1366, 768);
  gtk_window_present(GTK_WINDOW(hand->window));
  while (!gtk_widget_get_mapped(GTK_WIDGET(hand->window)))
    g_main_context_iteration(NULL, TRUE);
}

/* Painted means that the frame clock ran after all that was asked for. */
static void
on_after_paint(GdkFrameClock *clock, gpointer data)
{
  *(bool *)data = true;
}

static void
wait_for_frame(Hand *hand)
{
  GtkWidget *widget = GTK_WIDGET(hand->window);
  GdkFrameClock *frames = gtk_widget_get_frame_clock(widget);
  bool painted = false;
  gulong watch =
      g_signal_connect(frames, "after-paint", G_CALLBACK(on_after_paint), &painted);
  gtk_widget_queue_draw(widget);
  int64_t until = clock_monotonic_us() + 2 * G_USEC_PER_SEC;
  while (!painted && clock_monotonic_us() < until)
    g_main_context_iteration(NULL, FALSE);
  g_signal_handler_disconnect(frames, watch);
}

/* -- Both ---------------------------------------------------------------------------- */

Hand *
hand_new(Till *till, bool screen, const char *language)
{
  Hand *hand = g_new0(Hand, 1);
  hand->till = till;
  hand->box = g_string_new(NULL);
  words_start(language);
  if (screen)
    open_window(hand, language);
  return hand;
}

void
hand_free(Hand *hand)
{
  if (hand->window)
    gtk_window_destroy(GTK_WINDOW(hand->window));
  hand_settle(hand);
  g_string_free(hand->box, TRUE);
  g_free(hand);
}

bool
hand_key(Hand *hand, const char *name)
{
  if (!hand->window)
    return verb_key(hand, name);
  g_autofree char *accel = accel_of(name);
  bool taken = window_press(hand->window, accel);
  hand_settle(hand);
  return taken;
}

void
hand_type(Hand *hand, const char *text)
{
  if (hand->window)
    window_type(hand->window, text);
  else
    g_string_append(hand->box, text);
}

void
hand_enter(Hand *hand, const char *text)
{
  hand_type(hand, text);
  hand_key(hand, "Enter");
}

void
hand_sign_in(Hand *hand, const char *number, const char *pin)
{
  if (hand->till->signing)
    hand_key(hand, "Esc");
  hand_enter(hand, number);
  hand_settle(hand);
  if (hand->till->signing)
    hand_enter(hand, pin);
}

char *
hand_read(Hand *hand)
{
  g_autoptr(GString) text = g_string_new(NULL);
  reading_till(text, hand->till);
  if (hand->window) {
    wait_for_frame(hand);
    reading_widget(text, GTK_WIDGET(hand->window));
  }
  return g_string_free(g_steal_pointer(&text), FALSE);
}

bool
hand_picture(Hand *hand, const char *path, GError **error)
{
  if (!hand->window)
    return false;
  hand_settle(hand);
  wait_for_frame(hand);
  return picture_save(GTK_WIDGET(hand->window), path, error);
}

void
hand_settle(Hand *hand)
{
  int64_t until = clock_monotonic_us() + 200 * 1000;
  while (g_main_context_iteration(NULL, FALSE) && clock_monotonic_us() < until)
    ;
  till_settle(hand->till);
}
