/* Real keys through the X server (XTEST): what the frame sees when somebody types. */
#include "ui/window.h"

#include <X11/XKBlib.h>
#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>

#include "tests/ui/harness.h"
#include "ui/page.h"

static int presses; /* key events that reached the window */

static gboolean
on_event(GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  GdkEvent *event = g_value_get_pointer(&values[1]);
  presses += gdk_event_get_event_type(event) == GDK_KEY_PRESS;
  return TRUE;
}

static Display *
display_of(Harness *harness)
{
  GdkDisplay *display = gtk_widget_get_display(GTK_WIDGET(harness->window));
  return gdk_x11_display_get_xdisplay(GDK_X11_DISPLAY(display));
}

/* There is no window manager to give the window the keyboard. */
static Harness
open_at_keyboard(void)
{
  Harness harness = harness_open_sale("en");
  GdkSurface *surface = gtk_native_get_surface(GTK_NATIVE(harness.window));
  static gulong hook;
  if (hook == 0)
    hook = g_signal_add_emission_hook(
        g_signal_lookup("event", GDK_TYPE_SURFACE), 0, on_event, NULL, NULL);
  XSetInputFocus(display_of(&harness),
                 gdk_x11_surface_get_xid(GDK_X11_SURFACE(surface)),
                 RevertToParent,
                 CurrentTime);
  await(gtk_window_is_active(GTK_WINDOW(harness.window)));
  return harness;
}

static void
send(Harness *harness, KeySym key, bool down)
{
  Display *display = display_of(harness);
  XTestFakeKeyEvent(display, XKeysymToKeycode(display, key), down, CurrentTime);
  XFlush(display);
}

static void
press(Harness *harness, KeySym modifier, KeySym key)
{
  int before = presses;
  if (modifier)
    send(harness, modifier, true);
  send(harness, key, true);
  send(harness, key, false);
  if (modifier)
    send(harness, modifier, false);
  await(presses >= before + (modifier ? 2 : 1));
  harness_settle(harness);
}

static const char *
box_text(Harness *harness)
{
  return scan_box_text(page_scan_box(UI_PAGE(window_page(harness->window))));
}

static void
letters_go_into_the_scan_box_and_f_keys_act(void)
{
  Harness harness = open_at_keyboard();
  press(&harness, 0, XK_v);
  press(&harness, XK_Shift_L, XK_c);
  CU_ASSERT_STRING_EQUAL(box_text(&harness), "vC");
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SEARCH);
  press(&harness, 0, XK_BackSpace);
  CU_ASSERT_STRING_EQUAL(box_text(&harness), "v");
  press(&harness, 0, XK_Escape);
  CU_ASSERT_STRING_EQUAL(box_text(&harness), "");
  press(&harness, 0, XK_F5);
  CU_ASSERT_EQUAL(harness.till->page, PAGE_HELD);
  harness_close(&harness);
}

static void
the_number_pad_acts_on_the_ticket(void)
{
  Harness harness = open_at_keyboard();
  harness_scan(&harness, VITAMIN);
  press(&harness, 0, XK_KP_Add);
  CU_ASSERT_EQUAL(sale_line(harness.till->sale, 0)->quantity, 2);
  press(&harness, 0, XK_3);
  press(&harness, 0, XK_KP_Multiply);
  CU_ASSERT_EQUAL(sale_line(harness.till->sale, 0)->quantity, 3);
  press(&harness, 0, XK_KP_Enter);
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  press(&harness, XK_Shift_L, XK_equal); /* "+" of the letter keys */
  CU_ASSERT_EQUAL(sale_line(harness.till->sale, 0)->quantity, 4);
  harness_close(&harness);
}

static void
a_wedge_scanner_is_told_from_a_hand(void)
{
  Harness harness = open_at_keyboard();
  char code[14];
  shop_code(shop_ean(VITAMIN), code);
  int before = presses;
  for (int i = 0; code[i]; i++) {
    send(&harness, (KeySym)code[i], true);
    send(&harness, (KeySym)code[i], false);
  }
  send(&harness, XK_Return, true);
  send(&harness, XK_Return, false);
  await(presses == before + 14);
  harness_settle(&harness);
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  CU_ASSERT_STRING_EQUAL(box_text(&harness), "");
  harness_close(&harness);
}

static void
a_key_that_is_held_down_acts_once_but_moves_on(void)
{
  Harness harness = open_at_keyboard();
  static const int articles[] = {IBUPROFEN, VITAMIN, HERB, TONIGHT};
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++)
    harness_scan(&harness, articles[i]);
  XkbSetAutoRepeatRate(display_of(&harness), XkbUseCoreKbd, 20, 20);
  int before = presses;
  Quantity quantity = sale_line(harness.till->sale, 3)->quantity;
  send(&harness, XK_KP_Add, true);
  await(presses > before + 5);
  send(&harness, XK_KP_Add, false);
  harness_settle(&harness);
  CU_ASSERT_EQUAL(sale_line(harness.till->sale, 3)->quantity, quantity + 1);
  send(&harness, XK_Up, true);
  await(harness.till->chosen == 0);
  send(&harness, XK_Up, false);
  harness_settle(&harness);
  press(&harness, 0, XK_KP_Add);
  CU_ASSERT_EQUAL(sale_line(harness.till->sale, 0)->quantity, 40);
  harness_close(&harness);
}

static void
what_was_copied_can_be_pasted(void)
{
  Harness harness = open_at_keyboard();
  GdkClipboard *clipboard = gtk_widget_get_clipboard(GTK_WIDGET(harness.window));
  gdk_clipboard_set_text(clipboard, "维生素");
  press(&harness, XK_Control_L, XK_v);
  await(*box_text(&harness) != '\0');
  harness_settle(&harness);
  CU_ASSERT_STRING_EQUAL(box_text(&harness), "维生素");
  CU_ASSERT_TRUE(harness_sees(&harness, "维生素C泡腾片"));
  press(&harness, 0, XK_Return);
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
  harness_close(&harness);
}

static void
an_input_method_gets_the_keys_it_needs(void)
{
  Harness harness = open_at_keyboard();
  press(&harness, 0, XK_F2);
  press(&harness, 0, XK_c);
  press(&harness, 0, XK_k);
  press(&harness, 0, XK_t);
  CU_ASSERT_STRING_EQUAL(box_text(&harness), "ckt");
  press(&harness, 0, XK_Down);
  press(&harness, 0, XK_Return);
  CU_ASSERT_EQUAL(harness.till->page, PAGE_SALE);
  CU_ASSERT_EQUAL(harness.till->sale->lines->len, 1);
  CU_ASSERT_FALSE(harness_sees(&harness, "IME on"));
  press(&harness, 0, XK_F2);
  press(&harness, 0, XK_v);
  press(&harness, 0, XK_Escape);
  CU_ASSERT_STRING_EQUAL(box_text(&harness), "");
  CU_ASSERT_FALSE(harness_sees(&harness, "IME on"));
  harness_close(&harness);
}

static void
f10_opens_no_menu_and_tab_leaves_the_box_alone(void)
{
  Harness harness = open_at_keyboard();
  press(&harness, 0, XK_F10);
  press(&harness, 0, XK_Tab);
  press(&harness, 0, XK_a);
  CU_ASSERT_STRING_EQUAL(box_text(&harness), "a");
  harness_close(&harness);
}

TESTS("keyboard",
      TEST(letters_go_into_the_scan_box_and_f_keys_act),
      TEST(the_number_pad_acts_on_the_ticket),
      TEST(a_wedge_scanner_is_told_from_a_hand),
      TEST(a_key_that_is_held_down_acts_once_but_moves_on),
      TEST(what_was_copied_can_be_pasted),
      TEST(an_input_method_gets_the_keys_it_needs),
      TEST(f10_opens_no_menu_and_tab_leaves_the_box_alone))
