/* MessageBar: the one place that speaks: what is wrong or done, what to do, and at most
 * two buttons. Never a pop-up. With nothing to say it is a quiet line of hints. */
#pragma once

#include "ui/keys.h"

#define UI_TYPE_MESSAGE_BAR (message_bar_get_type())
G_DECLARE_FINAL_TYPE(MessageBar, message_bar, UI, MESSAGE_BAR, GtkBox)

/* Shows the notice of @till, or the hints of its page. An open question stays. */
void message_bar_show(MessageBar *self, const Till *till);

bool message_bar_is_empty(MessageBar *self); /* neither message nor hint */

/* Asks before something that cannot be taken back: @action again means yes. The question
 * goes with message_bar_drop_question(). */
void message_bar_ask(MessageBar *self,
                     const Till *till,
                     const char *say,
                     const char *more,
                     const char *action);
/* (nullable) the action that is asked about. */
const char *message_bar_question(MessageBar *self);
void message_bar_drop_question(MessageBar *self);
