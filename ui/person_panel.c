#include "ui/person_panel.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/asking.h"
#include "app/on_duty.h"
#include "ui/format.h"
#include "ui/pad.h"
#include "ui/words.h"

typedef enum { STEP_WHO, STEP_PIN, STEP_WHY, STEP_WORDS } Step;

struct _PersonPanel {
  GtkBox parent;
  Till *till; /* borrowed (nullable) */
  Step step;
  char *asked; /* owned (nullable): the number whose PIN is asked for */

  GtkLabel *title, *about, *who, *say, *hint;
  GtkEntry *box;
  GtkBox *reasons;
  GtkEntry *words;
};

G_DEFINE_FINAL_TYPE(PersonPanel, person_panel, GTK_TYPE_BOX)

static const char *const why_approved[] = {N_("Customer's wish"),
                                           N_("Pack damaged"),
                                           N_("Near expiry"),
                                           N_("Price tag differs"),
                                           N_("Rung up wrong"),
                                           N_("Change"),
                                           N_("Other, in words")};
static const char *const where_on_duty[] = {N_("Here in the shop"),
                                            N_("From afar, for every store")};
static const char *const why_gone[] = {N_("Day is over"), N_("Meal"), N_("Errand")};

/* What is chosen from last: why, or where. */
static const char *const *
choices(PersonPanel *self, guint *ret_n)
{
  bool is_approval = self->till->ask == ASK_APPROVAL;
  bool goes = !is_approval && self->asked && on_duty_of(self->till, self->asked) != NULL;
  *ret_n = is_approval ? G_N_ELEMENTS(why_approved)
           : goes      ? G_N_ELEMENTS(why_gone)
                       : G_N_ELEMENTS(where_on_duty);
  return is_approval ? why_approved : goes ? why_gone : where_on_duty;
}

static void
finish(PersonPanel *self, guint choice)
{
  g_autofree char *pin = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->box)));
  g_autofree char *words = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->words)));
  bool goes = self->asked && on_duty_of(self->till, self->asked) != NULL;
  if (self->till->ask == ASK_APPROVAL)
    asking_approve(self->till, pin, (ApprovalReason)choice, words);
  else if (goes)
    asking_duty(self->till, pin, DUTY_LOCAL, (DutyGo)choice);
  else
    asking_duty(self->till, pin, (DutyPlace)(choice - 1), DUTY_GO_NONE);
  memset(pin, 0, strlen(pin));
}

static char *
title_text(const Till *till)
{
  if (till->ask == ASK_DUTY)
    return g_strdup(_("Pharmacist on duty"));
  g_autofree char *share = format_percent((int)till->wish.number);
  switch (till->wish.act) {
  case APPROVE_DISCOUNT:
    /* Translators: what is asked for; the line's position and the share. */
    return g_strdup_printf(_("Approve: line %d, discount %s"), till->wish.row + 1, share);
  case APPROVE_VOID:
    return g_strdup(_("Approve: void the ticket"));
  default:
    return g_strdup(_("Approve: open the drawer"));
  }
}

static const char *
hint_text(const PersonPanel *self)
{
  switch (self->step) {
  case STEP_WHO:
    return _("Number or badge, then Enter. Esc: shut");
  case STEP_PIN:
    return _("PIN, then Enter. Esc: somebody else");
  case STEP_WHY:
    return _("Choose by its number. Esc: the PIN again");
  default:
    return _("At most 40 characters, then Enter. Esc: the list");
  }
}

static void
choose(PersonPanel *self, guint choice)
{
  bool wants_words = self->till->ask == ASK_APPROVAL && choice == REASON_OTHER;
  if (wants_words && self->step == STEP_WHY) {
    self->step = STEP_WORDS;
    person_panel_show(self, self->till);
    return;
  }
  finish(self, choice);
}

static void
on_choice(GtkButton *button, gpointer data)
{
  choose(data, GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(button), "choice")));
}

static GtkWidget *
choice_new(PersonPanel *self, guint choice, const char *word)
{
  GtkWidget *button = gtk_button_new(), *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *key = g_strdup_printf("%u", choice);
  GtkWidget *cap = gtk_label_new(key), *label = gtk_label_new(_(word));
  gtk_widget_add_css_class(row, "g2");
  gtk_widget_add_css_class(cap, "key");
  gtk_widget_set_valign(cap, GTK_ALIGN_CENTER);
  gtk_box_append(GTK_BOX(row), cap);
  gtk_box_append(GTK_BOX(row), label);
  gtk_button_set_child(GTK_BUTTON(button), row);
  gtk_widget_set_focus_on_click(button, FALSE);
  gtk_accessible_update_property(
      GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(word), -1);
  g_object_set_data(G_OBJECT(button), "choice", GUINT_TO_POINTER(choice));
  g_signal_connect(button, "clicked", G_CALLBACK(on_choice), self);
  return button;
}

static void
show_choices(PersonPanel *self)
{
  guint n = 0;
  const char *const *words = choices(self, &n);
  for (GtkWidget *child; (child = gtk_widget_get_first_child(GTK_WIDGET(self->reasons)));)
    gtk_box_remove(self->reasons, child);
  for (guint i = 0; self->step == STEP_WHY && i < n; i++)
    gtk_box_append(self->reasons, choice_new(self, i + 1, words[i]));
  gtk_widget_set_visible(GTK_WIDGET(self->reasons), self->step == STEP_WHY);
  gtk_widget_set_visible(GTK_WIDGET(self->words), self->step == STEP_WORDS);
}

static void
show_notice(PersonPanel *self)
{
  const Notice *notice = &self->till->notice;
  bool asks = self->till->ask == ASK_APPROVAL && notice->rule.act == ACT_MANAGER;
  bool speaks = notice->kind >= NOTICE_WARN && !asks;
  g_auto(Words) words = words_notice(notice);
  g_autofree char *text = g_strdup_printf("%s. %s", words.say, words.more);
  gtk_label_set_label(self->say, speaks ? text : "");
  gtk_widget_set_visible(GTK_WIDGET(self->say), speaks);
}

/* A wrong PIN is typed again from the start; another person begins anew. */
static void
follow(PersonPanel *self)
{
  const Till *till = self->till;
  const char *number = till->asked ? till->asked->number : NULL;
  NoticeId id = till->notice.id;
  bool again = id == NOTICE_PIN_WRONG || id == NOTICE_PIN_LOCKED;
  if (g_strcmp0(number, self->asked) != 0 || again) {
    g_free(self->asked);
    self->asked = g_strdup(number);
    self->step = number ? STEP_PIN : STEP_WHO;
    gtk_editable_set_text(GTK_EDITABLE(self->box), "");
    gtk_editable_set_text(GTK_EDITABLE(self->words), "");
  }
}

void
person_panel_show(PersonPanel *self, Till *till)
{
  bool shown = till->ask != ASK_NOTHING;
  bool was_shown = person_panel_is_shown(self);
  self->till = till;
  if (!shown && !was_shown)
    return;
  if (!shown || !was_shown) {
    g_clear_pointer(&self->asked, g_free);
    self->step = STEP_WHO;
    gtk_editable_set_text(GTK_EDITABLE(self->box), "");
    gtk_editable_set_text(GTK_EDITABLE(self->words), "");
  }
  gtk_widget_set_visible(GTK_WIDGET(self), shown);
  if (!shown)
    return;
  follow(self);
  g_autofree char *title = title_text(till);
  gtk_label_set_label(self->title, title);
  gtk_label_set_label(self->who, till->asked ? till->asked->name : _("Staff number"));
  gtk_label_set_label(self->about,
                      till->ask == ASK_DUTY
                          ? _("Comes with the PIN; goes with it again")
                          : _("Another person who may do this alone; good for a minute"));
  gtk_label_set_label(self->hint, hint_text(self));
  gtk_widget_set_visible(GTK_WIDGET(self->box), self->step <= STEP_PIN);
  gtk_entry_set_visibility(self->box, self->step == STEP_WHO);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self->box),
                                 GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 self->step == STEP_WHO ? _("Staff number") : _("PIN"),
                                 -1);
  show_choices(self);
  show_notice(self);
  gtk_entry_grab_focus_without_selecting(self->step == STEP_WORDS ? self->words
                                                                  : self->box);
}

bool
person_panel_is_shown(PersonPanel *self)
{
  return gtk_widget_get_visible(GTK_WIDGET(self));
}

static void
enter(PersonPanel *self)
{
  g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->box)));
  if (self->step == STEP_WHO && *text) {
    gtk_editable_set_text(GTK_EDITABLE(self->box), "");
    asking_begin(self->till, text);
  } else if (self->step == STEP_PIN && *text) {
    self->step = STEP_WHY;
    person_panel_show(self, self->till);
  } else if (self->step == STEP_WORDS) {
    finish(self, REASON_OTHER);
  }
  memset(text, 0, strlen(text));
}

static void
back(PersonPanel *self)
{
  switch (self->step) {
  case STEP_WHO:
    asking_close(self->till);
    return;
  case STEP_PIN:
    asking_begin(self->till, NULL);
    return;
  case STEP_WHY:
    gtk_editable_set_text(GTK_EDITABLE(self->box), "");
    self->step = STEP_PIN;
    break;
  case STEP_WORDS:
    self->step = STEP_WHY;
    break;
  }
  person_panel_show(self, self->till);
}

bool
person_panel_key(PersonPanel *self, guint keyval, GdkModifierType state)
{
  guint n = 0;
  if (keyval == GDK_KEY_Escape) {
    back(self);
    return true;
  }
  if (keyval == GDK_KEY_Return) {
    enter(self);
    return true;
  }
  if (self->step == STEP_WORDS)
    return false;
  if (self->step == STEP_WHY) {
    choices(self, &n);
    if (keyval > GDK_KEY_0 && keyval <= GDK_KEY_0 + n)
      choose(self, keyval - GDK_KEY_0);
    return true;
  }
  if (keyval == GDK_KEY_BackSpace)
    return false;
  pad_type(GTK_EDITABLE(self->box), "", keyval, state);
  return true;
}

static void
person_panel_dispose(GObject *object)
{
  PersonPanel *self = UI_PERSON_PANEL(object);
  g_clear_pointer(&self->asked, g_free);
  gtk_widget_dispose_template(GTK_WIDGET(self), UI_TYPE_PERSON_PANEL);
  G_OBJECT_CLASS(person_panel_parent_class)->dispose(object);
}

static void
person_panel_class_init(PersonPanelClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = person_panel_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/person_panel.ui");
  gtk_widget_class_bind_template_child(widget, PersonPanel, title);
  gtk_widget_class_bind_template_child(widget, PersonPanel, about);
  gtk_widget_class_bind_template_child(widget, PersonPanel, who);
  gtk_widget_class_bind_template_child(widget, PersonPanel, box);
  gtk_widget_class_bind_template_child(widget, PersonPanel, reasons);
  gtk_widget_class_bind_template_child(widget, PersonPanel, words);
  gtk_widget_class_bind_template_child(widget, PersonPanel, say);
  gtk_widget_class_bind_template_child(widget, PersonPanel, hint);
}

static void
person_panel_init(PersonPanel *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}
