#include "app/showing.h"

#include <glib/gi18n.h>

#include "app/backroom.h"
#include "app/checkout.h"
#include "drivers/pole.h"

#define LOOKED_AT (TILL_SALE | TILL_PAYMENT | TILL_PAGE | TILL_STAFF)

static GBytes *
show_figures(PoleShows shows,
             Money figure,
             const char *upper,
             Money upper_figure,
             const char *lower,
             Money lower_figure)
{
  g_autofree char *above = money_text(upper_figure);
  g_autofree char *below = money_text(lower_figure);
  PoleText text = {shows, figure, {{upper, above}, {lower, lower ? below : NULL}}};
  return pole_command(&text);
}

static GBytes *
show_words(PoleShows shows, const char *upper, const char *lower)
{
  PoleText text = {shows, 0, {{upper, NULL}, {lower, NULL}}};
  return pole_command(&text);
}

static GBytes *
show_payment(const Till *till)
{
  const Payment *payment = till->payment;
  Money given = 0;

  for (guint i = 0; i < payment->tenders->len; i++)
    given += ((const Tender *)payment->tenders->pdata[i])->given;
  if (payment->tenders->len)
    return show_figures(
        POLE_PAID, given, _("To pay"), payment->due, _("Cash given"), given);
  return show_figures(POLE_TOTAL, payment->due, _("To pay"), payment->due, NULL, 0);
}

static GBytes *
show_sale(const Till *till)
{
  Money due = checkout_totals(till).due;
  const SaleLine *line =
      till->chosen >= 0 ? sale_line(till->sale, (guint)till->chosen) : NULL;

  if (!line || line->deleted)
    return show_figures(POLE_TOTAL, due, _("Total"), due, NULL, 0);
  Money net = sale_line_net(line);
  return show_figures(POLE_PRICE, net, line->product->generic_name, net, _("Total"), due);
}

static GBytes *
show(const Till *till)
{
  if (!till->staff)
    return show_words(POLE_CLOSED, _("This till is closed"), "");
  if (till->payment)
    return show_payment(till);
  if (!sale_is_empty(till->sale))
    return show_sale(till);
  if (till->last.number)
    return show_figures(POLE_CHANGE,
                        till->last.change,
                        _("Cash given"),
                        till->last.given,
                        _("Change"),
                        till->last.change);
  return show_words(POLE_GREETING, _("Welcome"), till->store_name);
}

/* One text is under way at most; what came meanwhile goes when it is through. */
static void
send_latest(Till *till)
{
  struct Backroom *backroom = till->backroom;
  bool is_there =
      till->device[USE_POLE] && !(device_state(till->device[USE_POLE]) & DEVICE_GONE);

  if (!is_there || backroom->pole_is_busy || !backroom->pole_wants ||
      (backroom->pole_shows && g_bytes_equal(backroom->pole_wants, backroom->pole_shows)))
    return;
  g_clear_pointer(&backroom->pole_shows, g_bytes_unref);
  backroom->pole_shows = g_bytes_ref(backroom->pole_wants);
  backroom->pole_is_busy = true;
  device_send(till->device[USE_POLE], backroom->pole_shows, 1);
}

/* Takes @text. */
static void
want(Till *till, GBytes *text)
{
  g_clear_pointer(&till->backroom->pole_wants, g_bytes_unref);
  till->backroom->pole_wants = text;
  send_latest(till);
}

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  if (changed & LOOKED_AT && till->device[USE_POLE])
    want(till, show(till));
}

void
showing_start(Till *till)
{
  till_watch(till, on_till_changed, till->backroom);
}

void
showing_stop(Till *till)
{
  till_unwatch(till, till->backroom);
  g_clear_pointer(&till->backroom->pole_wants, g_bytes_unref);
  g_clear_pointer(&till->backroom->pole_shows, g_bytes_unref);
}

void
showing_again(Till *till)
{
  g_clear_pointer(&till->backroom->pole_shows, g_bytes_unref);
  if (till->device[USE_POLE])
    want(till, show(till));
}

void
showing_test(Till *till)
{
  PoleText text = {
      POLE_TOTAL, 12345678, {{_("Welcome"), "1234567890"}, {till->store_name, "0.00"}}};
  if (till->device[USE_POLE])
    want(till, pole_command(&text));
}

void
showing_on_device(Till *till, const DeviceEvent *event)
{
  if (event->kind == DEVICE_HEARD)
    return;
  till->backroom->pole_is_busy = false;
  if (event->kind != DEVICE_DONE) /* what it shows now nobody knows */
    g_clear_pointer(&till->backroom->pole_shows, g_bytes_unref);
  if (event->kind == DEVICE_STATE && !(event->state & DEVICE_GONE))
    want(till, show(till));
  else if (event->kind == DEVICE_DONE)
    send_latest(till);
}
