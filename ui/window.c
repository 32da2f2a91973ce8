#include "ui/window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/minding.h"
#include "app/pay.h"
#include "app/printing.h"
#include "app/scan.h"
#include "app/sign_in.h"
#include "ui/burst.h"
#include "ui/devices_page.h"
#include "ui/held_page.h"
#include "ui/key_bar.h"
#include "ui/key_overlay.h"
#include "ui/lock_page.h"
#include "ui/message_bar.h"
#include "ui/page.h"
#include "ui/payment_page.h"
#include "ui/people_actions.h"
#include "ui/person_panel.h"
#include "ui/picture_drop.h"
#include "ui/sale_page.h"
#include "ui/scale_keys.h"
#include "ui/shift_page.h"
#include "ui/sign_in_page.h"
#include "ui/staff_page.h"
#include "ui/strip.h"

#define N_PAGES (PAGE_LOCK + 1)

struct _UiWindow {
  GtkWindow parent;
  Till *till; /* borrowed */

  Strip *strip;
  GtkStack *pages, *totals, *big_keys;
  MessageBar *message;
  KeyBar *key_bar;
  KeyOverlay *overlay;
  PersonPanel *panel;
  GtkWidget *foot;

  GtkWidget *made[N_PAGES]; /* borrowed; NULL until first opened */
  TillPage shown;
  Burst burst;           /* on pages without a scan box */
  guint8 down[8192 / 8]; /* hardware key codes that are held */
};

G_DEFINE_FINAL_TYPE(UiWindow, window, GTK_TYPE_WINDOW)

/* Search opens under the scan box of the sale: one page. */
static const struct {
  TillPage page;
  GtkWidget *(*make)(Till *till);
} makers[] = {
    {PAGE_SIGN_IN, sign_in_page_new},
    {PAGE_SALE, sale_page_new},
    {PAGE_PAYMENT, payment_page_new},
    {PAGE_HELD, held_page_new},
    {PAGE_SHIFT, shift_page_new},
    {PAGE_DEVICES, devices_page_new},
    {PAGE_STAFF, staff_page_new},
    {PAGE_LOCK, lock_page_new},
};

static TillPage
page_of(TillPage page)
{
  return page == PAGE_SEARCH ? PAGE_SALE : page;
}

static void
put(GtkStack *stack, GtkWidget *child, const char *name)
{
  gtk_stack_add_named(
      stack, child ? child : gtk_box_new(GTK_ORIENTATION_VERTICAL, 0), name);
}

static void
page_name(TillPage page, char name[16])
{
  g_snprintf(name, 16, "%d", page_of(page));
}

GtkWidget *
window_make_page(UiWindow *self, TillPage page)
{
  TillPage number = page_of(page);
  for (guint i = 0; i < G_N_ELEMENTS(makers) && self->made[number] == NULL; i++) {
    if (makers[i].page != number)
      continue;
    GtkWidget *made = makers[i].make(self->till);
    char name[16];
    page_name(number, name);
    self->made[number] = made;
    put(self->pages, made, name);
    put(self->totals, page_totals(UI_PAGE(made)), name);
    put(self->big_keys, page_big_key(UI_PAGE(made)), name);
    page_install(UI_PAGE(made), GTK_WIDGET(self));
  }
  return self->made[number];
}

GtkWidget *
window_page(UiWindow *self)
{
  return self->made[page_of(self->shown)];
}

static void
show_child(GtkStack *stack, const char *name)
{
  gtk_stack_set_visible_child_name(stack, name);
  GtkWidget *child = gtk_stack_get_visible_child(stack);
  gtk_widget_set_visible(GTK_WIDGET(stack),
                         child && gtk_widget_get_first_child(child) != NULL);
}

static bool
bar_is_needed(UiWindow *self)
{
  const Notice *notice = &self->till->notice;
  GtkWidget *page = window_page(self);
  if (notice->id == NOTICE_NOTHING)
    return message_bar_question(self->message) || !message_bar_is_empty(self->message);
  return page == NULL || !page_tells(UI_PAGE(page), notice);
}

static void
show_message(UiWindow *self)
{
  message_bar_show(self->message, self->till);
  gtk_widget_set_visible(GTK_WIDGET(self->message), bar_is_needed(self));
}

static void
show_page(UiWindow *self)
{
  TillPage page = self->till->page;
  if (window_make_page(self, page) == NULL)
    return;
  bool other = page_of(page) != page_of(self->shown);
  self->shown = page;
  char name[16];
  page_name(page, name);
  gtk_stack_set_visible_child_name(self->pages, name);
  show_child(self->totals, name);
  show_child(self->big_keys, name);
  key_bar_show(self->key_bar, keys_of_till(self->till), page);
  gtk_widget_set_visible(self->foot, !key_bar_is_empty(self->key_bar));
  if (other)
    message_bar_drop_question(self->message);
  page_open(UI_PAGE(window_page(self)));
}

/* -- Actions of the frame ---------------------------------------------------------- */

static void
on_help(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  UiWindow *self = data;
  if (key_overlay_is_shown(self->overlay))
    key_overlay_hide(self->overlay);
  else
    key_overlay_show(self->overlay, keys_of_till(self->till), self->till->page);
}

static void
on_told(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  UiWindow *self = data;
  message_bar_drop_question(self->message);
  till_clear_notice(self->till);
}

static void
on_back(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  UiWindow *self = data;
  if (message_bar_question(self->message) != NULL) {
    message_bar_drop_question(self->message);
    show_message(self);
    return;
  }
  if (window_page(self) && page_back(UI_PAGE(window_page(self))))
    return;
  if (self->till->page == PAGE_PAYMENT)
    pay_cancel(self->till);
  else if (self->till->page != PAGE_SALE && self->till->page != PAGE_SIGN_IN)
    till_open_page(self->till, PAGE_SALE);
  else
    till_clear_notice(self->till);
}

/* From payment only Esc leads back: money may have been taken. */
static void
open_page(UiWindow *self, TillPage page)
{
  if (self->till->page != PAGE_PAYMENT && self->till->staff != NULL)
    till_open_page(self->till, page);
}

static void
on_page_sale(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_page(data, PAGE_SALE);
}

static void
on_page_shift(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_page(data, PAGE_SHIFT);
}

static void
on_page_devices(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_page(data, PAGE_DEVICES);
}

static void
on_sign_out(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sign_out(UI_WINDOW(data)->till);
}

static void
on_reprint(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  printing_reprint_last(UI_WINDOW(data)->till);
}

static void
on_drawer(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  printing_open_drawer(UI_WINDOW(data)->till);
}

static void
install_actions(UiWindow *self)
{
  static const GActionEntry entries[] = {
      {"help", on_help},
      {"told", on_told},
      {"back", on_back},
      {"page-sale", on_page_sale},
      {"page-shift", on_page_shift},
      {"page-devices", on_page_devices},
      {"sign-out", on_sign_out},
      {"reprint", on_reprint},
      {"drawer", on_drawer},
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new();
  g_action_map_add_action_entries(
      G_ACTION_MAP(group), entries, G_N_ELEMENTS(entries), self);
  gtk_widget_insert_action_group(GTK_WIDGET(self), "till", G_ACTION_GROUP(group));
}

/* -- The keyboard ------------------------------------------------------------------ */

static bool
allowed(const Key *key, ScanBox *box)
{
  if (box == NULL)
    return true;
  if (key->flags & KEY_EMPTY_BOX)
    return scan_box_is_empty(box);
  if (key->flags & KEY_FREE_BOX)
    return scan_box_is_empty(box) || scan_box_is_number(box);
  return true;
}

/* A question is for one action; anything else means no. */
static void
activate(UiWindow *self, const char *action)
{
  const char *question = message_bar_question(self->message);
  bool other =
      question && !g_str_equal(question, action) && !g_str_equal(action, "till.back");
  if (other) {
    message_bar_drop_question(self->message);
    show_message(self);
  }
  gtk_widget_activate_action(GTK_WIDGET(self), action, NULL);
}

/* Without a scan box a wedge scanner types into whatever has the focus; its Enter must
 * not press a button there. */
static bool
burst_key(UiWindow *self, guint keyval, GdkModifierType state)
{
  gint64 now_us = clock_monotonic_us();
  gunichar character = gdk_keyval_to_unicode(keyval);
  if (keyval == GDK_KEY_Return && burst_ends_scan(&self->burst, now_us)) {
    g_autofree char *text = g_strdup(self->burst.text->str);
    burst_reset(&self->burst);
    page_scanned(UI_PAGE(window_page(self)), text);
    scan_code(self->till, text, strlen(text), SCAN_SCANNED);
    return true;
  }
  if (character >= ' ' && !(state & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
    burst_add(&self->burst, character, now_us);
  return false;
}

/* Any key takes the key sheet away; F1, Esc and Enter do nothing else. */
static bool
shuts_overlay(UiWindow *self, guint keyval)
{
  guint plain = keys_plain_keyval(keyval);
  if (!key_overlay_is_shown(self->overlay))
    return false;
  key_overlay_hide(self->overlay);
  return plain == GDK_KEY_F1 || plain == GDK_KEY_Escape || plain == GDK_KEY_Return;
}

/* While a word is written with an input method, it needs the keys that choose and commit;
 * what it leaves comes back by take_left_key(). */
static bool
is_for_input_method(ScanBox *box, guint keyval, GdkModifierType state)
{
  bool command = state & (GDK_CONTROL_MASK | GDK_ALT_MASK);
  bool function = keyval >= GDK_KEY_F1 && keyval <= GDK_KEY_F12;
  return box && scan_box_allows_input_method(box) && !command && !function;
}

static bool
take_mapped_key(UiWindow *self, guint keyval, GdkModifierType state, bool repeated)
{
  ScanBox *box = page_scan_box(UI_PAGE(window_page(self)));
  const Key *key = keys_find(keys_of_till(self->till), self->till->page, keyval, state);
  if (key == NULL || !allowed(key, box))
    return false;
  if (!repeated || (key->flags & KEY_REPEATS))
    activate(self, key->action);
  return true;
}

static bool
is_paste(guint keyval, GdkModifierType state)
{
  GdkModifierType held = state & gtk_accelerator_get_default_mod_mask();
  return (gdk_keyval_to_lower(keyval) == GDK_KEY_v && held == GDK_CONTROL_MASK) ||
         (keyval == GDK_KEY_Insert && held == GDK_SHIFT_MASK);
}

bool
window_key(UiWindow *self, guint keyval, GdkModifierType state, bool repeated)
{
  GtkWidget *page = window_page(self);
  if (page == NULL)
    return false;
  minding_stay_awake(self->till);
  if (shuts_overlay(self, keyval))
    return true;
  if (person_panel_is_shown(self->panel))
    return person_panel_key(self->panel, keys_plain_keyval(keyval), state);
  ScanBox *box = page_scan_box(UI_PAGE(page));
  guint plain = keys_plain_keyval(keyval);
  if (is_paste(keyval, state) && picture_drop_paste(GTK_WIDGET(self), self->till))
    return true;
  if (is_for_input_method(box, keyval, state)) {
    scan_box_take_focus(box);
    return false;
  }
  if (box == NULL && burst_key(self, plain == GDK_KEY_Return ? plain : keyval, state))
    return true;
  if (!repeated && page_key(UI_PAGE(page), plain, state))
    return true;
  return take_mapped_key(self, keyval, state, repeated) ||
         (box && scan_box_key(box, keyval, state));
}

/* What neither the input method nor the box wanted: Esc, the arrows. */
static bool
take_left_key(UiWindow *self, guint keyval, GdkModifierType state)
{
  GtkWidget *page = window_page(self);
  ScanBox *box = page ? page_scan_box(UI_PAGE(page)) : NULL;
  return is_for_input_method(box, keyval, state) &&
         gdk_keyval_to_unicode(keyval) <= ' ' &&
         take_mapped_key(self, keyval, state, false);
}

static gboolean
on_key_left(GtkEventControllerKey *controller,
            guint keyval,
            guint keycode,
            GdkModifierType state,
            gpointer data)
{
  return take_left_key(data, keyval, state);
}

static bool
mark_down(UiWindow *self, guint keycode)
{
  guint8 *byte = &self->down[(keycode % 8192) / 8], bit = 1 << (keycode % 8);
  bool was_down = *byte & bit;
  *byte |= bit;
  return was_down;
}

static gboolean
on_key_pressed(GtkEventControllerKey *controller,
               guint keyval,
               guint keycode,
               GdkModifierType state,
               gpointer data)
{
  return window_key(data, keyval, state, mark_down(data, keycode));
}

static void
on_key_released(GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer data)
{
  UiWindow *self = data;
  self->down[(keycode % 8192) / 8] &= ~(1 << (keycode % 8));
}

/* A release is not seen by a window that has lost the keyboard meanwhile. */
static void
on_active(UiWindow *self)
{
  memset(self->down, 0, sizeof self->down);
  if (gtk_window_is_active(GTK_WINDOW(self)) && window_page(self))
    page_open(UI_PAGE(window_page(self)));
}

bool
window_press(UiWindow *self, const char *accel)
{
  guint keyval;
  GdkModifierType state;
  if (!gtk_accelerator_parse(accel, &keyval, &state))
    return false;
  return window_key(self, keyval, state, false) || take_left_key(self, keyval, state);
}

static void
put_character(UiWindow *self, gunichar character)
{
  if (window_key(self, gdk_unicode_to_keyval(character), 0, false))
    return;
  GtkWidget *focus = gtk_root_get_focus(GTK_ROOT(self));
  if (!GTK_IS_EDITABLE(focus))
    return;
  char text[8] = "";
  g_unichar_to_utf8(character, text);
  int position = gtk_editable_get_position(GTK_EDITABLE(focus));
  gtk_editable_insert_text(GTK_EDITABLE(focus), text, -1, &position);
  gtk_editable_set_position(GTK_EDITABLE(focus), position);
}

void
window_type(UiWindow *self, const char *text)
{
  for (const char *at = text; *at; at = g_utf8_next_char(at)) {
    put_character(self, g_utf8_get_char(at));
    ScanBox *box = page_scan_box(UI_PAGE(window_page(self)));
    if (box)
      scan_box_break(box);
    burst_reset(&self->burst);
  }
}

void
window_scan(UiWindow *self, const char *text)
{
  for (const char *at = text; *at; at = g_utf8_next_char(at))
    put_character(self, g_utf8_get_char(at));
  window_press(self, "Return");
}

bool
window_ask(GtkWidget *widget, const char *action, const char *say, const char *more)
{
  UiWindow *self = UI_WINDOW(gtk_widget_get_root(widget));
  const char *question = message_bar_question(self->message);
  if (question && g_str_equal(question, action)) {
    message_bar_drop_question(self->message);
    show_message(self);
    return true;
  }
  message_bar_ask(self->message, self->till, say, more, action);
  gtk_widget_set_visible(GTK_WIDGET(self->message), TRUE);
  return false;
}

/* -- What the till tells ----------------------------------------------------------- */

/* When it shuts the page has the keyboard again. */
static void
show_panel(UiWindow *self)
{
  bool was_shown = person_panel_is_shown(self->panel);
  person_panel_show(self->panel, self->till);
  if (was_shown && !person_panel_is_shown(self->panel) && window_page(self))
    page_open(UI_PAGE(window_page(self)));
}

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  UiWindow *self = data;
  if (changed & TILL_PAGE)
    show_page(self);
  if (changed & TILL_NOTICE)
    message_bar_drop_question(self->message);
  bool names_line = (changed & TILL_SALE) && till->notice.line > 0;
  if (names_line || (changed & (TILL_NOTICE | TILL_PAGE)))
    show_message(self);
  if (changed & (TILL_ASK | TILL_NOTICE | TILL_DUTY))
    show_panel(self);
  strip_show(self->strip, till, changed);
  if (changed & (TILL_HELD | TILL_PAGE))
    key_bar_count(self->key_bar, "sale.recall", till->held);
}

static void
window_dispose(GObject *object)
{
  UiWindow *self = UI_WINDOW(object);
  if (self->till)
    till_unwatch(self->till, self);
  self->till = NULL;
  if (self->burst.text)
    burst_clear(&self->burst);
  gtk_widget_dispose_template(GTK_WIDGET(self), UI_TYPE_WINDOW);
  G_OBJECT_CLASS(window_parent_class)->dispose(object);
}

static void
window_class_init(UiWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = window_dispose;
  g_type_ensure(UI_TYPE_STRIP);
  g_type_ensure(UI_TYPE_MESSAGE_BAR);
  g_type_ensure(UI_TYPE_KEY_BAR);
  g_type_ensure(UI_TYPE_KEY_OVERLAY);
  g_type_ensure(UI_TYPE_PERSON_PANEL);
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/window.ui");
  gtk_widget_class_bind_template_child(widget, UiWindow, overlay);
  gtk_widget_class_bind_template_child(widget, UiWindow, panel);
  gtk_widget_class_bind_template_child(widget, UiWindow, strip);
  gtk_widget_class_bind_template_child(widget, UiWindow, pages);
  gtk_widget_class_bind_template_child(widget, UiWindow, message);
  gtk_widget_class_bind_template_child(widget, UiWindow, foot);
  gtk_widget_class_bind_template_child(widget, UiWindow, totals);
  gtk_widget_class_bind_template_child(widget, UiWindow, key_bar);
  gtk_widget_class_bind_template_child(widget, UiWindow, big_keys);
}

static void
window_init(UiWindow *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
  burst_init(&self->burst);
  self->shown = PAGE_SIGN_IN;
  install_actions(self);
  GtkEventController *keys = gtk_event_controller_key_new();
  gtk_event_controller_set_propagation_phase(keys, GTK_PHASE_CAPTURE);
  g_signal_connect(keys, "key-pressed", G_CALLBACK(on_key_pressed), self);
  g_signal_connect(keys, "key-released", G_CALLBACK(on_key_released), self);
  gtk_widget_add_controller(GTK_WIDGET(self), keys);
  GtkEventController *left = gtk_event_controller_key_new();
  g_signal_connect(left, "key-pressed", G_CALLBACK(on_key_left), self);
  gtk_widget_add_controller(GTK_WIDGET(self), left);
  g_signal_connect(self, "notify::is-active", G_CALLBACK(on_active), NULL);
}

GtkWidget *
window_new(Till *till)
{
  UiWindow *self = g_object_new(UI_TYPE_WINDOW, NULL);
  self->till = till;
  scale_keys_install(GTK_WIDGET(self), till);
  people_actions_install(GTK_WIDGET(self), till);
  picture_drop_add(GTK_WIDGET(self), till);
  till_watch(till, on_till_changed, self);
  on_till_changed(till, TILL_EVERYTHING, self);
  return GTK_WIDGET(self);
}
