#include "ui/message_bar.h"

#include <glib/gi18n.h>

#include "ui/key_bar.h"
#include "ui/words.h"

struct _MessageBar {
  GtkBox parent;

  GtkLabel *mark, *say, *more;
  GtkBox *buttons;
  char *question; /* owned (nullable); the action that is asked about */
};

G_DEFINE_FINAL_TYPE(MessageBar, message_bar, GTK_TYPE_BOX)

/* What a message offers besides "Told". */
typedef struct {
  NoticeId id;
  RuleMessage rule; /* of NOTICE_RULE */
  const char *action;
  const char *label; /* msgid */
} Offer;

static const Offer offers[] = {
    {NOTICE_RULE, RULE_NEAR_EXPIRY, "sale.lot", N_("Other lot")},
    {NOTICE_RULE, RULE_LOT_EXPIRED, "sale.lot", N_("Other lot")},
    {NOTICE_RULE, RULE_LOT_LOCKED, "sale.lot", N_("Other lot")},
    {NOTICE_RULE, RULE_DISCOUNT_LIMIT, "people.approve", N_("Approve")},
    {NOTICE_RULE, RULE_NO_PHARMACIST, "people.duty", N_("Duty")},
    {NOTICE_RULE, RULE_NO_PHARMACIST_OTC_A, "people.duty", N_("Duty")},
    {NOTICE_APPROVAL_NEEDED, 0, "people.approve", N_("Approve")},
    {NOTICE_OVERSOLD, 0, "sale.lot", N_("Other lot")},
    {NOTICE_TICKET_IN_WORK, 0, "sale.hold", N_("Hold")},
    {NOTICE_RECEIPT_WAITS, 0, "till.page-devices", N_("Devices")},
    {NOTICE_PRINTER_GONE, 0, "till.page-devices", N_("Devices")},
    {NOTICE_PAPER_OUT, 0, "till.page-devices", N_("Devices")},
    {NOTICE_COVER_OPEN, 0, "till.page-devices", N_("Devices")},
    {NOTICE_CUTTER_JAM, 0, "till.page-devices", N_("Devices")},
    {NOTICE_PRINTER_HOT, 0, "till.page-devices", N_("Devices")},
    {NOTICE_PRINTER_BROKEN, 0, "till.page-devices", N_("Devices")},
};

static void
message_bar_dispose(GObject *object)
{
  MessageBar *self = UI_MESSAGE_BAR(object);
  g_clear_pointer(&self->question, g_free);
  gtk_widget_dispose_template(GTK_WIDGET(self), UI_TYPE_MESSAGE_BAR);
  G_OBJECT_CLASS(message_bar_parent_class)->dispose(object);
}

static void
message_bar_class_init(MessageBarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS(klass);
  G_OBJECT_CLASS(klass)->dispose = message_bar_dispose;
  gtk_widget_class_set_template_from_resource(widget, "/guitai/ui/message_bar.ui");
  gtk_widget_class_bind_template_child(widget, MessageBar, mark);
  gtk_widget_class_bind_template_child(widget, MessageBar, say);
  gtk_widget_class_bind_template_child(widget, MessageBar, more);
  gtk_widget_class_bind_template_child(widget, MessageBar, buttons);
}

static void
message_bar_init(MessageBar *self)
{
  gtk_widget_init_template(GTK_WIDGET(self));
}

static void
set_style(MessageBar *self, NoticeKind kind)
{
  static const struct {
    const char *style, *mark;
  } looks[] = {
      [NOTICE_QUIET] = {"idle", ""},
      [NOTICE_INFO] = {"info", "i"},
      [NOTICE_WARN] = {"warn", "!"},
      [NOTICE_BLOCK] = {"block", "×"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(looks); i++)
    gtk_widget_remove_css_class(GTK_WIDGET(self), looks[i].style);
  gtk_widget_add_css_class(GTK_WIDGET(self), looks[kind].style);
  gtk_label_set_label(self->mark, looks[kind].mark);
  gtk_widget_set_visible(GTK_WIDGET(self->mark), kind != NOTICE_QUIET);
}

static void
set_words(MessageBar *self, const char *say, const char *more)
{
  gtk_label_set_label(self->say, say);
  gtk_widget_set_visible(GTK_WIDGET(self->say), *say != '\0');
  gtk_label_set_label(self->more, more);
  gtk_accessible_update_property(GTK_ACCESSIBLE(self),
                                 GTK_ACCESSIBLE_PROPERTY_LABEL,
                                 say,
                                 GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                 more,
                                 -1);
}

static void
remove_buttons(MessageBar *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child(GTK_WIDGET(self->buttons))) != NULL)
    gtk_box_remove(self->buttons, child);
}

static void
add_button(MessageBar *self, const Till *till, const char *action, const char *label)
{
  GtkWidget *button = key_bar_button(keys_of_till(till), till->page, action, label);
  gtk_box_append(self->buttons, button);
}

static void
add_lead_button(MessageBar *self, const Till *till, const char *action, const char *label)
{
  add_button(self, till, action, label);
  gtk_widget_add_css_class(gtk_widget_get_last_child(GTK_WIDGET(self->buttons)), "lead");
}

static const Offer *
offer_of(const Notice *notice)
{
  for (guint i = 0; i < G_N_ELEMENTS(offers); i++)
    if (offers[i].id == notice->id &&
        (notice->id != NOTICE_RULE || offers[i].rule == notice->rule.message))
      return &offers[i];
  return NULL;
}

/* A key acts on what the message names: when the clerk has gone to another line
 * meanwhile, the lot of the named one is changed by a button without a key. */
static void
add_offer(MessageBar *self, const Till *till, const Offer *o)
{
  bool is_lot = g_str_equal(o->action, "sale.lot");
  bool is_other_line = is_lot && till->chosen != till->notice.line - 1;
  if (keys_action(o->action, till->page) == NULL || (is_lot && till->notice.line == 0))
    return;
  add_button(self, till, is_other_line ? "sale.lot-told" : o->action, _(o->label));
}

static void
offer(MessageBar *self, const Till *till)
{
  const Offer *o = offer_of(&till->notice);
  if (o != NULL)
    add_offer(self, till, o);
  if (keys_action("till.told", till->page) != NULL)
    add_lead_button(self, till, "till.told", NULL);
}

static const char *
hints(TillPage page)
{
  switch (page) {
  case PAGE_SALE:
    return _("× 3 Enter: three of the next scan · + − one more, one less · / unit · "
             "Del delete the line");
  case PAGE_SEARCH:
    return _("↑ ↓ choose · Enter adds to the ticket · Esc back to the ticket");
  case PAGE_HELD:
    return _("↑ ↓ choose · Enter recalls · a held ticket survives a power cut");
  default:
    return "";
  }
}

void
message_bar_show(MessageBar *self, const Till *till)
{
  if (self->question != NULL)
    return;
  remove_buttons(self);
  NoticeKind kind = till->notice.id == NOTICE_NOTHING ? NOTICE_QUIET : till->notice.kind;
  set_style(self, kind);
  if (till->notice.id == NOTICE_NOTHING) {
    set_words(self, "", hints(till->page));
    return;
  }
  g_auto(Words) words = words_notice(&till->notice);
  set_words(self, words.say, words.more);
  if (kind != NOTICE_QUIET)
    offer(self, till);
}

void
message_bar_ask(MessageBar *self,
                const Till *till,
                const char *say,
                const char *more,
                const char *action)
{
  g_free(self->question);
  self->question = g_strdup(action);
  remove_buttons(self);
  set_style(self, NOTICE_WARN);
  set_words(self, say, more);
  add_button(self, till, action, NULL);
  add_lead_button(self, till, "till.back", _("Keep"));
}

bool
message_bar_is_empty(MessageBar *self)
{
  return *gtk_label_get_label(self->say) == '\0' &&
         *gtk_label_get_label(self->more) == '\0';
}

const char *
message_bar_question(MessageBar *self)
{
  return self->question;
}

void
message_bar_drop_question(MessageBar *self)
{
  g_clear_pointer(&self->question, g_free);
}
