#include "ui/sign_in_page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/sign_in.h"
#include "ui/check_list.h"
#include "ui/format.h"
#include "ui/pad.h"
#include "ui/page.h"
#include "ui/words.h"

struct _SignInPage {
  GtkBox parent;
  Till *till;              /* borrowed; outlives every page */
  GPtrArray *staff;        /* owned; of Staff, one per card */
  char *asked;             /* owned (nullable): number of whoever's PIN is asked for */
  int marked;              /* card chosen with the arrows; -1: none */
  int64_t locked_until_us; /* monotonic; 0: not locked */
  guint countdown;

  GtkBox *clerks, *checks, *say;
  GtkLabel *nobody, *who, *who_number, *say_mark, *say_text, *say_more, *go_word;
  GtkLabel *shift_say, *shift_more;
  GtkScrolledWindow *clerk_scroll;
  GtkEntry *box;
  GtkWidget *go;
};

/* -- What stands under the box ----------------------------------------------------- */

static void
say(SignInPage *self,
    const char *style,
    const char *mark,
    const char *text,
    const char *more)
{
  gtk_widget_set_css_classes(GTK_WIDGET(self->say),
                             (const char *[]){"signsay", style, NULL});
  gtk_label_set_label(self->say_mark, mark);
  gtk_widget_set_visible(GTK_WIDGET(self->say_mark), *mark != '\0');
  gtk_label_set_label(self->say_text, text);
  gtk_label_set_label(self->say_more, more);
  gtk_widget_set_visible(GTK_WIDGET(self->say_more), *more != '\0');
}

static void
say_what_to_do(SignInPage *self)
{
  say(self,
      "idle",
      "",
      self->asked ? _("PIN, then Enter. Esc: somebody else")
                  : _("Number, then Enter. ↑ ↓ choose a name"),
      "");
}

static void
say_notice(SignInPage *self, const Notice *notice)
{
  g_auto(Words) words = words_notice(notice);
  say(self, "warn", "!", words.say, words.more);
}

/* -- Cards ------------------------------------------------------------------------- */

static char *
first_character(const char *name)
{
  const char *end = *name ? g_utf8_next_char(name) : name;
  return g_strndup(name, end - name);
}

static GtkWidget *
label_new(const char *text, const char *classes)
{
  g_auto(GStrv) names = g_strsplit(classes, " ", -1);
  GtkWidget *label = gtk_label_new(text);
  gtk_widget_set_css_classes(label, (const char **)names);
  gtk_widget_set_valign(label, GTK_ALIGN_CENTER);
  return label;
}

static GtkWidget *
card_content(const Staff *staff)
{
  g_autofree char *initial = first_character(staff->name);
  GtkWidget *texts = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = label_new(staff->name, "t-name b");
  GtkWidget *role = label_new(words_role(staff->role), "t-small q");
  gtk_label_set_xalign(GTK_LABEL(name), 0.0f);
  gtk_label_set_ellipsize(GTK_LABEL(name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign(GTK_LABEL(role), 0.0f);
  gtk_widget_set_hexpand(texts, TRUE);
  gtk_widget_set_valign(texts, GTK_ALIGN_CENTER);
  gtk_box_append(GTK_BOX(texts), name);
  gtk_box_append(GTK_BOX(texts), role);
  GtkWidget *content = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class(content, "g3");
  gtk_box_append(GTK_BOX(content), label_new(initial, "seal"));
  gtk_box_append(GTK_BOX(content), texts);
  gtk_box_append(GTK_BOX(content), label_new(staff->number, "t-small qq num"));
  return content;
}

static int
card_of(SignInPage *self, const char *number)
{
  for (guint i = 0; number && i < self->staff->len; i++) {
    if (g_str_equal(((const Staff *)self->staff->pdata[i])->number, number))
      return (int)i;
  }
  return -1;
}

/* The one card whose number @text begins; -1: several or none. */
static int
card_begun(SignInPage *self, const char *text)
{
  int found = card_of(self, text);
  for (guint i = 0; *text && found < 0 && i < self->staff->len; i++) {
    if (!g_str_has_prefix(((const Staff *)self->staff->pdata[i])->number, text))
      continue;
    for (guint k = i + 1; k < self->staff->len; k++) {
      if (g_str_has_prefix(((const Staff *)self->staff->pdata[k])->number, text))
        return -1;
    }
    found = (int)i;
  }
  return found;
}

static void
scroll_to(SignInPage *self, GtkWidget *card)
{
  graphene_rect_t at;
  GtkAdjustment *scroll = gtk_scrolled_window_get_vadjustment(self->clerk_scroll);
  if (gtk_widget_compute_bounds(card, GTK_WIDGET(self->clerks), &at))
    gtk_adjustment_clamp_page(scroll, at.origin.y, at.origin.y + at.size.height);
}

static void
mark_card(SignInPage *self, int marked)
{
  self->marked = marked;
  GtkWidget *card = gtk_widget_get_first_child(GTK_WIDGET(self->clerks));
  for (int i = 0; card; i++) {
    if (i == marked) {
      gtk_widget_add_css_class(card, "chosen");
      scroll_to(self, card);
    } else {
      gtk_widget_remove_css_class(card, "chosen");
    }
    card = gtk_widget_get_next_sibling(card);
  }
}

static void
on_card(GtkButton *card, gpointer data)
{
  SignInPage *self = data;
  const Staff *staff = g_object_get_data(G_OBJECT(card), "staff");
  sign_in_begin(self->till, staff->number);
  gtk_entry_grab_focus_without_selecting(self->box);
}

static GtkWidget *
card_new(SignInPage *self, Staff *staff)
{
  GtkWidget *card = gtk_button_new();
  g_autofree char *name = g_strdup_printf("%s %s", staff->name, staff->number);
  gtk_widget_add_css_class(card, "clerk");
  gtk_button_set_child(GTK_BUTTON(card), card_content(staff));
  gtk_accessible_update_property(
      GTK_ACCESSIBLE(card), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data(G_OBJECT(card), "staff", staff);
  g_signal_connect(card, "clicked", G_CALLBACK(on_card), self);
  return card;
}

static void
show_staff(SignInPage *self)
{
  for (GtkWidget *card; (card = gtk_widget_get_first_child(GTK_WIDGET(self->clerks)));)
    gtk_box_remove(self->clerks, card);
  g_clear_pointer(&self->staff, g_ptr_array_unref);
  self->staff = sign_in_list(self->till);
  for (guint i = 0; i < self->staff->len; i++)
    gtk_box_append(self->clerks, card_new(self, self->staff->pdata[i]));
  gtk_widget_set_visible(GTK_WIDGET(self->nobody), self->staff->len == 0);
  mark_card(self, card_of(self, self->asked));
}

static void
show_shift(SignInPage *self)
{
  const Shift *shift = &self->till->shift;
  if (shift->id == 0) {
    gtk_label_set_label(self->shift_say, _("No shift is open"));
    gtk_label_set_label(self->shift_more, _("Signing in opens one"));
    return;
  }
  int32_t offset_s = clock_utc_offset_s(shift->opened_us);
  g_autofree char *since = format_time(shift->opened_us, offset_s);
  g_autofree char *text = g_strdup_printf(_("Shift %d is open"), shift->number);
  g_autofree char *more =
      g_strdup_printf(_("since %s, opened by %s"), since, shift->opened_by);
  gtk_label_set_label(self->shift_say, text);
  gtk_label_set_label(self->shift_more, more);
}

/* -- Whose PIN --------------------------------------------------------------------- */

static void
unlock(SignInPage *self)
{
  g_clear_handle_id(&self->countdown, g_source_remove);
  self->locked_until_us = 0;
  gtk_editable_set_editable(GTK_EDITABLE(self->box), TRUE);
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "pad.press", TRUE);
  gtk_widget_set_sensitive(self->go, TRUE);
}

static void
ask(SignInPage *self, const Staff *staff)
{
  bool has_staff = staff != NULL;
  unlock(self);
  g_free(self->asked);
  self->asked = has_staff ? g_strdup(staff->number) : NULL;
  gtk_label_set_label(self->who, has_staff ? staff->name : _("Staff number"));
  gtk_label_set_label(self->who_number, has_staff ? staff->number : "");
  gtk_label_set_label(self->go_word, has_staff ? _("Sign in") : _("Next"));
  gtk_editable_set_text(GTK_EDITABLE(self->box), "");
  gtk_entry_set_visibility(self->box, !has_staff);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->box),
                                 GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 has_staff ? _("PIN") : _("Staff number"),
                                 -1);
  mark_card(self, card_of(self, self->asked));
  say_what_to_do(self);
}

static gboolean
on_second(gpointer data)
{
  SignInPage *self = data;
  int64_t left_us = self->locked_until_us - clock_monotonic_us();
  if (left_us <= 0) {
    self->countdown = 0;
    unlock(self);
    say_what_to_do(self);
    return G_SOURCE_REMOVE;
  }
  g_autofree char *left = format_span(left_us + G_TIME_SPAN_SECOND - 1);
  g_autofree char *text = g_strdup_printf(_("Locked after wrong PINs: %s left"), left);
  say(self, "bad", "×", text, _("Nobody can sign in here until then"));
  return G_SOURCE_CONTINUE;
}

static void
lock(SignInPage *self, int64_t wait_s)
{
  unlock(self);
  self->locked_until_us = clock_monotonic_us() + wait_s * G_TIME_SPAN_SECOND;
  gtk_editable_set_text(GTK_EDITABLE(self->box), "");
  gtk_editable_set_editable(GTK_EDITABLE(self->box), FALSE);
  gtk_widget_action_set_enabled(GTK_WIDGET(self), "pad.press", FALSE);
  gtk_widget_set_sensitive(self->go, FALSE);
  self->countdown = g_timeout_add(500, on_second, self);
  on_second(self);
}

/* -- What the .ui file calls ------------------------------------------------------- */

static void
on_typed(SignInPage *self)
{
  const char *text = gtk_editable_get_text(GTK_EDITABLE(self->box));
  if (*text == '\0' || self->locked_until_us > 0)
    return;
  say_what_to_do(self);
  if (!self->asked)
    mark_card(self, card_begun(self, text));
}

static void
on_enter(SignInPage *self)
{
  if (self->locked_until_us > 0)
    return;
  g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->box)));
  if (self->asked) {
    gtk_editable_set_text(GTK_EDITABLE(self->box), "");
    if (*text)
      sign_in(self->till, self->asked, text);
    memset(text, 0, strlen(text));
  } else if (self->marked >= 0) {
    sign_in_begin(self->till, ((Staff *)self->staff->pdata[self->marked])->number);
  } else if (*text) {
    gtk_editable_set_text(GTK_EDITABLE(self->box), "");
    sign_in_begin(self->till, text);
  }
  gtk_entry_grab_focus_without_selecting(self->box);
}

static void
on_pad(GtkWidget *widget, const char *action, GVariant *key)
{
  pad_press(GTK_EDITABLE(SIGN_IN_PAGE(widget)->box), g_variant_get_string(key, NULL));
}

/* -- What the frame asks ----------------------------------------------------------- */

static void
mark_next(SignInPage *self, int step)
{
  int count = (int)self->staff->len;
  gtk_editable_set_text(GTK_EDITABLE(self->box), "");
  if (count > 0)
    mark_card(self,
              self->marked < 0 && step < 0 ? count - 1
                                           : (self->marked + step + count) % count);
}

/* A card or key that was reached with Tab takes Enter itself. */
static bool
focus_is_on_a_button(SignInPage *self)
{
  GtkWidget *focus = gtk_root_get_focus(gtk_widget_get_root(GTK_WIDGET(self)));
  return GTK_IS_BUTTON(focus) && gtk_widget_is_ancestor(focus, GTK_WIDGET(self));
}

static bool
sign_in_page_key(Page *page, guint keyval, GdkModifierType state)
{
  SignInPage *self = SIGN_IN_PAGE(page);
  if (keyval == GDK_KEY_Escape && self->asked) {
    sign_in_begin(self->till, NULL);
    return true;
  }
  if (!self->asked && (keyval == GDK_KEY_Up || keyval == GDK_KEY_Down)) {
    mark_next(self, keyval == GDK_KEY_Down ? 1 : -1);
    return true;
  }
  if (keyval == GDK_KEY_Return && !focus_is_on_a_button(self)) {
    on_enter(self);
    return true;
  }
  return pad_type(GTK_EDITABLE(self->box), "", keyval, state);
}

static void
sign_in_page_open(Page *page)
{
  gtk_entry_grab_focus_without_selecting(SIGN_IN_PAGE(page)->box);
}

static void
sign_in_page_scanned(Page *page, const char *text)
{
  pad_untype(GTK_EDITABLE(SIGN_IN_PAGE(page)->box), text);
}

static bool
sign_in_page_tells(Page *page, const Notice *notice)
{
  return notice->id == NOTICE_PIN_WRONG || notice->id == NOTICE_PIN_LOCKED ||
         notice->id == NOTICE_STAFF_UNKNOWN;
}

static void
sign_in_page_page_init(PageInterface *iface)
{
  iface->key = sign_in_page_key;
  iface->open = sign_in_page_open;
  iface->scanned = sign_in_page_scanned;
  iface->tells = sign_in_page_tells;
}

/* -- What the till tells ----------------------------------------------------------- */

static void
show_notice(SignInPage *self)
{
  const Notice *notice = &self->till->notice;
  if (notice->id == NOTICE_PIN_LOCKED)
    lock(self, notice->number);
  else if (sign_in_page_tells(UI_PAGE(self), notice))
    say_notice(self, notice);
}

static void
on_till_changed(Till *till, TillPart changed, gpointer data)
{
  SignInPage *self = data;
  if (till->page != PAGE_SIGN_IN)
    return;
  bool came = changed & TILL_PAGE;
  if (came || changed & TILL_CATALOGUE)
    show_staff(self);
  const char *signing = till->signing ? till->signing->number : NULL;
  if (came || g_strcmp0(signing, self->asked) != 0)
    ask(self, till->signing);
  if (changed & (TILL_PAGE | TILL_STAFF))
    show_shift(self);
  if (changed & TILL_NOTICE)
    show_notice(self);
  if (changed & (TILL_PAGE | TILL_DEVICES | TILL_SYNC | TILL_CATALOGUE))
    check_list_show(self->checks, till);
}

/* -- Class ------------------------------------------------------------------------- */

G_DEFINE_FINAL_TYPE_WITH_CODE(SignInPage,
                              sign_in_page,
                              GTK_TYPE_BOX,
                              G_IMPLEMENT_INTERFACE(UI_TYPE_PAGE, sign_in_page_page_init))

static void
sign_in_page_dispose(GObject *object)
{
  SignInPage *self = SIGN_IN_PAGE(object);
  g_clear_handle_id(&self->countdown, g_source_remove);
  if (self->till)
    till_unwatch(self->till, self);
  self->till = NULL;
  g_clear_pointer(&self->staff, g_ptr_array_unref);
  g_clear_pointer(&self->asked, g_free);
  G_OBJECT_CLASS(sign_in_page_parent_class)->dispose(object);
}

static void
sign_in_page_class_init(SignInPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);

  G_OBJECT_CLASS(klass)->dispose = sign_in_page_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/sign_in_page.ui");
  gtk_widget_class_bind_template_child(widget, SignInPage, clerks);
  gtk_widget_class_bind_template_child(widget, SignInPage, clerk_scroll);
  gtk_widget_class_bind_template_child(widget, SignInPage, nobody);
  gtk_widget_class_bind_template_child(widget, SignInPage, who);
  gtk_widget_class_bind_template_child(widget, SignInPage, who_number);
  gtk_widget_class_bind_template_child(widget, SignInPage, box);
  gtk_widget_class_bind_template_child(widget, SignInPage, say);
  gtk_widget_class_bind_template_child(widget, SignInPage, say_mark);
  gtk_widget_class_bind_template_child(widget, SignInPage, say_text);
  gtk_widget_class_bind_template_child(widget, SignInPage, say_more);
  gtk_widget_class_bind_template_child(widget, SignInPage, go);
  gtk_widget_class_bind_template_child(widget, SignInPage, go_word);
  gtk_widget_class_bind_template_child(widget, SignInPage, checks);
  gtk_widget_class_bind_template_child(widget, SignInPage, shift_say);
  gtk_widget_class_bind_template_child(widget, SignInPage, shift_more);
  gtk_widget_class_bind_template_callback(widget, on_enter);
  gtk_widget_class_bind_template_callback(widget, on_typed);
  gtk_widget_class_install_action(widget, "pad.press", "s", on_pad);
}

static void
sign_in_page_init(SignInPage *self)
{
  self->marked = -1;
  self->staff = g_ptr_array_new();
  gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
sign_in_page_new(Till *till)
{
  SignInPage *self = g_object_new(SIGN_IN_TYPE_PAGE, NULL);
  self->till = till;
  till_watch(till, on_till_changed, self);
  on_till_changed(till, TILL_EVERYTHING, self);
  return GTK_WIDGET(self);
}
