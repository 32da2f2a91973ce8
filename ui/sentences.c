#include "ui/sentences.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/device_advice.h"
#include "ui/format.h"

typedef struct {
  const char *say;
  const char *says; /* when it counts several; NULL: @say always */
  const char *more;
} Sentence;

static const Sentence notices[N_NOTICES] = {
    [NOTICE_NOTHING] = {"", NULL, ""},
    [NOTICE_CODE_UNKNOWN] = {N_("No article has this code"),
                             NULL,
                             N_("{what}. Search by name, and tell central")},
    [NOTICE_CODE_BAD_CHECK] = {N_("The code's check digit is wrong"),
                               NULL,
                               N_("{what}. Scan again, or search by name")},
    [NOTICE_CODE_BAD_FIELD] = {N_("The code breaks its own rules"),
                               NULL,
                               N_("Field ({what}). Use the other code on the pack")},
    [NOTICE_CODE_GARBAGE] = {N_("The scan cannot be read"),
                             NULL,
                             N_("Nothing was done. Scan again")},
    [NOTICE_CODE_TOO_LONG] = {N_("Too long for a code"),
                              NULL,
                              N_("Nothing was done. Scan one code at a time")},
    [NOTICE_PICTURE_EMPTY] = {N_("There is no code in this picture"),
                              NULL,
                              N_("Cut the code out, or take it again, nearer and in "
                                 "better light")},
    [NOTICE_PICTURE_CHOOSE] = {N_PAIR("One code in the picture",
                                      "{number} codes in the picture"),
                               N_("Choose the article in your hand")},
    [NOTICE_PICTURE_SEVERAL] = {N_PAIR("One code in the picture",
                                       "{number} codes in the picture"),
                                N_("{what}. Nothing was done. Cut out the one you mean")},
    [NOTICE_PICTURE_UNREADABLE] =
        {N_("This is no picture that can be read"),
         NULL,
         N_("Save it on this computer as PNG or JPEG, then drop "
            "it here")},
    [NOTICE_PICTURE_BROKEN] = {N_("This picture is damaged"),
                               NULL,
                               N_("Save or send it again")},
    [NOTICE_PICTURE_TOO_LARGE] = {N_("This picture is too large"),
                                  NULL,
                                  N_("Cut the code out, or make it smaller")},
    [NOTICE_PICTURE_TAKEN] = {N_("The camera has taken a picture"), NULL, ""},
    [NOTICE_SEVERAL_ARTICLES] = {N_PAIR("One article has this code",
                                        "{number} articles share this code"),
                                 N_("Choose the one in your hand")},
    [NOTICE_NOTHING_FOUND] = {N_("Nothing found for “{what}”"),
                              NULL,
                              N_("Try initials, name, brand, maker or approval number")},
    [NOTICE_SALE_FULL] = {N_("The ticket is full"),
                          NULL,
                          N_("Take the payment, then ring up the rest")},
    [NOTICE_NO_LINE] = {N_("Choose a line first"),
                        NULL,
                        N_("With the arrow keys, or touch it")},
    [NOTICE_BAD_QUANTITY] = {N_("This quantity is not possible"),
                             NULL,
                             N_("A number that the unit allows, at most 99,999")},
    [NOTICE_NO_OTHER_UNIT] = {N_("Sold in this unit only"), NULL, "{what}"},
    [NOTICE_OVERSOLD] = {N_("The books hold only {number}"),
                         NULL,
                         N_("{what}. Look at the shelf; the sale may go on")},
    [NOTICE_NO_LOT] = {N_("No lot that may be sold"),
                       NULL,
                       N_("{what}. Have the stock checked")},
    [NOTICE_LOT_UNKNOWN] = {N_("Lot {what} is not on file"),
                            NULL,
                            N_("Compare it with the pack")},
    [NOTICE_SALE_EMPTY] = {N_("The ticket is empty"), NULL, N_("Scan an article first")},
    [NOTICE_GATES] = {N_PAIR("One thing is still missing",
                             "{number} things are still missing"),
                      N_("Do that first, then take the payment")},
    [NOTICE_NO_RIGHT] = {N_("You may not do this alone"),
                         NULL,
                         N_("Ask the manager to sign in")},
    [NOTICE_AMOUNT_BAD] = {N_("This is no amount"),
                           NULL,
                           N_("Type it like 120 or 113.50")},
    [NOTICE_AMOUNT_SHORT] = {N_("{money} is still missing"),
                             NULL,
                             N_("Take the rest before confirming")},
    [NOTICE_TENDER_NOT_HERE] = {N_("This way to pay is not connected"),
                                NULL,
                                N_("Take cash instead")},
    [NOTICE_SALE_KEPT] = {N_("Change {money}"), NULL, N_("The sale is kept")},
    [NOTICE_DISK_FULL] = {N_("The disk is full: the sale was not taken"),
                          NULL,
                          N_("The ticket stays. Make room, then pay again")},
    [NOTICE_STORE_FAILED] = {N_("This could not be kept"),
                             NULL,
                             N_("Nothing has changed. For support: {what}")},
    [NOTICE_HELD] = {N_("Ticket held"), NULL, "{what}"},
    [NOTICE_RECALLED] = {N_("The ticket is back"), NULL, "{what}"},
    [NOTICE_RECALL_GONE] = {N_("This ticket is no longer waiting"),
                            NULL,
                            N_("Somebody has taken it already")},
    [NOTICE_TICKET_IN_WORK] = {N_("A ticket is in work"),
                               NULL,
                               N_("Hold or finish it first")},
    [NOTICE_TICKET_VOIDED] = {N_("Ticket voided"),
                              NULL,
                              N_("It is on record and was not paid")},
    [NOTICE_LINE_DELETED] = {N_("Line deleted"), NULL, "{what}"},
    [NOTICE_PIN_WRONG] = {N_PAIR("Wrong PIN, one try left",
                                 "Wrong PIN, {number} tries left"),
                          N_("After some tries the till waits before the next")},
    [NOTICE_PIN_LOCKED] = {N_("Locked for {span}"),
                           NULL,
                           N_("Too many wrong PINs. Nobody can sign in here until then")},
    [NOTICE_STAFF_UNKNOWN] = {N_("Nobody here has this number"),
                              NULL,
                              N_("Check the staff number, or use the badge")},
    [NOTICE_NO_STAFF_YET] = {N_("No staff on this till yet"),
                             NULL,
                             N_("Central sends them with the first contact")},
    [NOTICE_PRINTER_GONE] = {N_("The printer does not answer"),
                             NULL,
                             N_("The receipt waits. Check power and cable")},
    [NOTICE_PAPER_OUT] = {N_("The printer has no paper"),
                          NULL,
                          N_("The receipt waits. Put in a new roll")},
    [NOTICE_COVER_OPEN] = {N_("The printer's cover is open"),
                           NULL,
                           N_("The receipt waits. Close the cover")},
    [NOTICE_CUTTER_JAM] =
        {N_("The printer's cutter is jammed"),
         NULL,
         N_("The receipt waits. Switch off, free the knife, switch on")},
    [NOTICE_PRINTER_HOT] = {N_("The printer is too warm"),
                            NULL,
                            N_("The receipt waits and comes by itself once it has "
                               "cooled")},
    [NOTICE_PRINTER_BROKEN] = {N_("The printer has stopped with a fault"),
                               NULL,
                               N_("The receipt waits. Switch the printer off and on")},
    [NOTICE_PAPER_LOW] = {N_("The paper is nearly used up"),
                          NULL,
                          N_("Have a new roll at hand")},
    [NOTICE_PRINTER_KIND] = {N_("The printer is now taken for {what}"),
                             NULL,
                             N_("Try it out: print a page and look whether it fits")},
    [NOTICE_DRAWER_OPEN] = {N_("The cash drawer is still open"),
                            NULL,
                            N_("Push it shut")},
    [NOTICE_RECEIPT_WAITS] = {N_PAIR("One receipt waits for the printer",
                                     "{number} receipts wait for the printer"),
                              N_("They are printed by themselves when it is ready")},
    [NOTICE_RECEIPT_PRINTED] = {N_("Receipt printed"), NULL, "{what}"},
    [NOTICE_NOTHING_TO_REPRINT] = {N_("No receipt to print again"),
                                   NULL,
                                   N_("This till has not sold anything yet")},
    [NOTICE_CATALOGUE_BROKEN] = {N_("The article file was damaged"),
                                 NULL,
                                 N_("It is fetched anew from central; sales are safe")},
    [NOTICE_CATALOGUE_EMPTY] = {N_("No articles on this till yet"),
                                NULL,
                                N_("They come from central; check the line")},
    [NOTICE_SYNC_REFUSED] = {N_("Central refuses this till"),
                             NULL,
                             N_("Selling goes on. Call support")},
    [NOTICE_BACKUP_MADE] = {N_("Backup made"), NULL, "{what}"},
    [NOTICE_BACKUP_FAILED] = {N_("The backup failed"),
                              NULL,
                              N_("Selling goes on. For support: {what}")},
    [NOTICE_SHIFT_CLOSED] = {N_("Shift closed"), NULL, N_("Count the drawer, then go")},
    [NOTICE_CLOCK_MOVED] = {N_("The till's clock has jumped"),
                            NULL,
                            N_("Check date and time; expiry dates depend on them")},
    [NOTICE_DISCOUNT_SET] = {N_("Discount changed"), NULL, "{what}"},
    [NOTICE_DEVICE_TAKEN] = {N_("{device}: connected"),
                             NULL,
                             N_("{what}. It can be used")},
    [NOTICE_DEVICE_BACK] = {N_("{device}: connected again"),
                            NULL,
                            N_("{what}. It can be used")},
    [NOTICE_DEVICE_GONE] = {N_("{device}: not connected any more"),
                            NULL,
                            N_("{what}. Check its plug and its power; it comes back by "
                               "itself")},
    [NOTICE_DEVICE_SPARE] = {N_("Plugged in, not used: {what}"),
                             NULL,
                             N_("It may be used as: {device}. Choose it on the devices "
                                "page")},
    [NOTICE_DEVICE_MAYBE] = {N_("A keyboard, or a scanner?"),
                             NULL,
                             N_("{what}. A scanner is paired on the devices page")},
    [NOTICE_DEVICE_WRONG_MODE] = {N_("This device is in a mode of its maker's own"),
                                  NULL,
                                  N_("{what}. The devices page says what to do")},
    [NOTICE_DEVICE_ACCESS] = {N_("{device}: you may not open it"),
                              NULL,
                              N_("{what}. The devices page tells the command that gives "
                                 "the right")},
    [NOTICE_DEVICE_BUSY] = {N_("{device}: another program holds it"),
                            NULL,
                            N_("{what}. Close that program; then it works at once")},
    [NOTICE_DEVICE_WRONG] = {N_("{device}: not what it was taken for"),
                             NULL,
                             N_("{what}. Choose another use on the devices page")},
    [NOTICE_DEVICE_NO_ANSWER] = {N_("{device}: no answer"),
                                 NULL,
                                 N_("{what}. Switch it off and on again")},
    [NOTICE_DEVICE_BROKEN] = {N_("{device}: out of order"),
                              NULL,
                              N_("{what}. Switch it off and on again")},
    [NOTICE_LAY_CARD] = {N_("Lay the buyer's ID card on the reader"), NULL, "{what}"},
    [NOTICE_CARD_READ] = {N_("ID card read"), NULL, N_("{what} · aged {number}")},
    [NOTICE_CARD_EXPIRED] = {N_("This ID card has expired"),
                             NULL,
                             N_("{what} · valid until {day}. Ask for a valid one")},
    [NOTICE_CARD_MISREAD] = {N_("The ID card could not be read"),
                             NULL,
                             N_("Take it away, then lay it on the reader again")},
    [NOTICE_PUT_CARD] = {N_("Put an insurance card into the reader"), NULL, ""},
    [NOTICE_INSURANCE_READ] = {N_("Insurance card read"), NULL, "{what}"},
    [NOTICE_INSURANCE_EXPIRED] = {N_("This insurance card has expired"),
                                  NULL,
                                  N_("{what} · valid until {day}")},
    [NOTICE_INSURANCE_OTHER] = {N_("This is no insurance card"),
                                NULL,
                                N_("Take it out and put in the social security card")},
    [NOTICE_INSURANCE_FAILED] = {N_("The insurance card could not be read"),
                                 NULL,
                                 N_("Take it out, wipe its chip, put it in again")},
    [NOTICE_INSURANCE_MUTE] = {N_("The card in the reader does not answer"),
                               NULL,
                               N_("Turn it round, or wipe its chip")},
    [NOTICE_INSURANCE_LIBRARY] = {N_("The insurer's library does not start"),
                                  NULL,
                                  N_("Cards are read without it. For support: {what}")},
    [NOTICE_DEVICE_TESTED] = {N_("{device}: it works"), NULL, "{what}"},
    [NOTICE_PAIRED] = {N_("The scanner is paired"),
                       NULL,
                       N_("{what}. What it scans comes to the till alone")},
    [NOTICE_PAIR_NOT_IT] = {N_("That was not the code"),
                            NULL,
                            N_("The device types as before. If it is the scanner, try "
                               "again")},
    [NOTICE_PAIR_TOO_LATE] = {N_("Nothing was scanned in time"),
                              NULL,
                              N_("The device types as before. Try again")},
    [NOTICE_LABELS_WAIT] = {N_PAIR("One label waits for the label printer",
                                   "{number} labels wait for the label printer"),
                            N_("They are printed by themselves when it is ready")},
    [NOTICE_LABEL_HEAD_OPEN] = {N_("The label printer is open"),
                                NULL,
                                N_("The label waits. Close its cover")},
    [NOTICE_LABELS_OUT] = {N_("The label printer has no labels"),
                           NULL,
                           N_("The label waits. Put in a new roll")},
    [NOTICE_LABEL_JAM] = {N_("A label is stuck in the label printer"),
                          NULL,
                          N_("The label waits. Open it, take the stuck one out")},
    [NOTICE_LABEL_RIBBON] = {N_("The label printer has no ribbon"),
                             NULL,
                             N_("The label waits. Put in a new ribbon")},
    [NOTICE_LABEL_PAUSED] = {N_("The label printer is paused"),
                             NULL,
                             N_("The label waits. Press its pause key")},
    [NOTICE_LABEL_SENT] = {N_("The label is being printed"), NULL, ""},
    [NOTICE_LABEL_TOO_MUCH] = {N_("The label does not fit"),
                               NULL,
                               N_("Not all of it fits. Choose a larger label")},
    [NOTICE_NO_LABEL_PRINTER] = {N_("No label printer is in use"),
                                 NULL,
                                 N_("Plug one in, or choose it on the devices page")},
    [NOTICE_NO_SCALE] = {N_("No scale answers"),
                         NULL,
                         N_("Check its cable, or type the weight and ×")},
    [NOTICE_SCALE_MOVES] = {N_("The scale does not stand still yet"),
                            NULL,
                            N_("Wait until it does, then weigh again")},
    [NOTICE_SCALE_EMPTY] = {N_("Nothing lies on the scale"),
                            NULL,
                            N_("Put the goods on it, then weigh again")},
    [NOTICE_SCALE_UNDER] = {N_("The scale is below zero"),
                            NULL,
                            N_("Empty it and press its zero key")},
    [NOTICE_SCALE_OVER] = {N_("Too heavy for the scale"),
                           NULL,
                           N_("Take some off, weigh in parts")},
    [NOTICE_SCALE_FAULT] = {N_("The scale reports a fault"),
                            NULL,
                            N_("Do not weigh with it. Type the weight and ×")},
    [NOTICE_SCALE_UNIT] = {N_("The scale shows a unit that is not used here"),
                           NULL,
                           N_("Set it to grams or kilograms")},
    [NOTICE_SCALE_SHOWS] = {N_("The scale shows {weight} g"), NULL, ""},
    [NOTICE_TARE_SET] = {N_("The container weighs {weight} g"),
                         NULL,
                         N_("It is taken off from now on")},
    [NOTICE_TARE_NONE] = {N_("No container is taken off any more"), NULL, ""},
    [NOTICE_NOT_BY_WEIGHT] = {N_("Not sold by weight"),
                              NULL,
                              N_("{what}. Type how many")},
    [NOTICE_APPROVED] = {N_("Approved by {what}"), NULL, N_("It is done and on record")},
    [NOTICE_APPROVAL_NEEDED] = {N_("This needs another person's approval"),
                                NULL,
                                N_("Press Ctrl+G; the manager enters number and PIN")},
    [NOTICE_APPROVAL_LATE] = {N_("The minute is over: nothing was done"),
                              NULL,
                              N_("Do it again, and ask again")},
    [NOTICE_APPROVER_SAME] = {N_("Nobody approves for themselves"),
                              NULL,
                              N_("Another person enters number and PIN")},
    [NOTICE_APPROVER_CANNOT] = {N_("{what} may not approve this"),
                                NULL,
                                N_("Ask somebody who may do it alone")},
    [NOTICE_APPROVER_LIMIT] = {N_("{what} may approve at most {percent}"),
                               NULL,
                               N_("Ask somebody with a higher limit")},
    [NOTICE_REASON_MISSING] = {N_("The reason is missing"),
                               NULL,
                               N_("Choose one from the list")},
    [NOTICE_REASON_UNFIT] = {N_("Say the reason in a few words"),
                             NULL,
                             N_("At most 40 characters, without phone or ID numbers")},
    [NOTICE_DUTY_CAME] = {N_("{what} is on duty as pharmacist"),
                          NULL,
                          N_("Prescriptions and class A may be sold")},
    [NOTICE_DUTY_WENT] = {N_("{what} is off duty"),
                          NULL,
                          N_("It is on record. Put up the sign when nobody is left")},
    [NOTICE_REGISTRATION_ENDS] =
        {N_PAIR("{what} is on duty; the registration ends in one day",
                "{what} is on duty; the registration ends in {number} days"),
         N_("Renew it in time: afterwards there is no review")},
    [NOTICE_LOCKED] = {N_("This till is locked"),
                       NULL,
                       N_("Nothing was taken from the scan. Unlock it with the PIN")},
    [NOTICE_LOCKED_BY_OTHER] = {N_("Only {what} or a manager unlocks this till"),
                                NULL,
                                N_("A manager puts the ticket on hold")},
    [NOTICE_TAKEN_OVER] = {N_("The other is signed out"),
                           NULL,
                           N_("What was on the table is among the held tickets")},
    [NOTICE_LOCKOUT_CLEARED] = {N_("{what} may try the PIN again"),
                                NULL,
                                N_("It is on record")},
    [NOTICE_NOT_LOCKED_OUT] = {N_("{what} is not locked out"),
                               NULL,
                               N_("There are no wrong PINs on file")},
};

static const Sentence rules[N_RULES] = {
    [RULE_NONE] = {"", NULL, ""},
    [RULE_NO_CLASS] = {N_("Not for sale: no legal class on file"),
                       NULL,
                       N_("{what}. Tell central")},
    [RULE_NOT_ACTIVE] = {N_("Not for sale: taken off the list"),
                         NULL,
                         N_("{what}. Take it off the shelf")},
    [RULE_FORBIDDEN] = {N_("Never sold over the counter"),
                        NULL,
                        N_("{what}. The law forbids it at retail")},
    [RULE_NO_PRICE] = {N_("Not for sale: no price on file"),
                       NULL,
                       N_("{what}. Tell central")},
    [RULE_LOT_EXPIRED] = {N_("Not for sale: expired"),
                          NULL,
                          N_("{what}. Take this lot off the shelf")},
    [RULE_NO_GOOD_LOT] = {N_("Not for sale: every lot is expired or locked"),
                          NULL,
                          N_("{what}. Have the stock checked")},
    [RULE_UNIT_NOT_SOLD] = {N_("Not sold in this unit"),
                            NULL,
                            N_("{what}. Scan the code on the whole pack")},
    [RULE_LOT_LOCKED] = {N_("Not for sale: this lot is locked"),
                         NULL,
                         N_("{what}. Take this lot off the shelf")},
    [RULE_NEAR_EXPIRY] = {N_PAIR("Expires in one day", "Expires in {number} days"),
                          N_("{what}. Tell the customer")},
    [RULE_RX_REVIEW] = {N_("A pharmacist must review the prescription"), NULL, "{what}"},
    [RULE_REAL_NAME] = {N_("The buyer's ID must be registered"), NULL, "{what}"},
    [RULE_DISCOUNT_LIMIT] = {N_("You may give at most {percent}"),
                             NULL,
                             N_("{what}. More needs the manager")},
    [RULE_NO_RIGHT] = {N_("You may not do this alone"),
                       NULL,
                       N_("Ask the manager to sign in")},
    [RULE_CLOCK_BACK] = {N_("The till's clock runs behind"),
                         NULL,
                         N_("Expiry cannot be judged. Put the clock right")},
    [RULE_NO_PHARMACIST] =
        {N_("No pharmacist on duty: prescriptions wait"),
         NULL,
         N_("{what}. A pharmacist comes on duty with Ctrl+D, or refuse it kindly")},
    [RULE_NO_PHARMACIST_OTC_A] =
        {N_("No pharmacist on duty: class A needs one"),
         NULL,
         N_("{what}. A pharmacist comes on duty with Ctrl+D; class B may be sold")},
    [RULE_NOT_REGISTERED] = {N_("Not registered as a pharmacist"),
                             NULL,
                             N_("Central enters the registration; ask the manager")},
    [RULE_REGISTRATION_NOT_YET] = {N_("The registration begins on {day}"),
                                   NULL,
                                   N_("Until then another pharmacist reviews")},
    [RULE_REGISTRATION_EXPIRED] =
        {N_("The registration ended on {day}"),
         NULL,
         N_("May not review. Renew it, and have central enter it")},
    [RULE_REGISTRATION_SCOPE] = {N_("The registration does not cover this"),
                                 NULL,
                                 N_("Western and herbal medicine are registered apart")},
};

/* A known code in a place where it means nothing. */
static Sentence
wrong_place(BarcodeKind kind)
{
  switch (kind) {
  case BARCODE_PAY_CODE:
    return (Sentence){N_("This is a payment code"),
                      NULL,
                      N_("Press F12 first; here only articles are scanned")};
  case BARCODE_ID_NUMBER:
    return (Sentence){N_("This is an ID number"),
                      NULL,
                      N_("It was not kept. Nothing here asks for one")};
  case BARCODE_TRACE:
    return (Sentence){
        N_("This is a trace code"), NULL, N_("Scan the article's barcode instead")};
  case BARCODE_MEMBER:
    return (Sentence){
        N_("This is a member code"), NULL, N_("Here only articles are scanned")};
  case BARCODE_STAFF:
    return (Sentence){N_("This is a staff badge"), NULL, N_("It is for signing in")};
  case BARCODE_TICKET:
    return (Sentence){
        N_("This is a ticket's number"), NULL, N_("Held tickets are on their own list")};
  case BARCODE_EAN:
  case BARCODE_INSTORE:
  case BARCODE_WEIGHED:
  case BARCODE_GS1:
  case BARCODE_STD_CODE:
    return (Sentence){
        N_("This is an article's code"), NULL, N_("Go back to the sale to ring it up")};
  default:
    return (Sentence){N_("This code does not belong here"), NULL, N_("Nothing was done")};
  }
}

static char *
particular(const char *name, const char *what, int64_t number)
{
  if (g_str_equal(name, "what"))
    return g_strdup(what ? what : "");
  if (g_str_equal(name, "number"))
    return format_count(number);
  if (g_str_equal(name, "money"))
    return format_money(number);
  if (g_str_equal(name, "weight"))
    return format_quantity(number, 1000);
  if (g_str_equal(name, "span"))
    return format_span(number * G_USEC_PER_SEC);
  if (g_str_equal(name, "device"))
    return g_strdup(device_advice_use((DeviceUse)number));
  if (g_str_equal(name, "day"))
    return format_day((Day)number);
  if (g_str_equal(name, "percent"))
    return format_percent((int)number);
  return g_strdup_printf("{%s}", name);
}

char *
sentences_fill(const char *pattern, const char *what, int64_t number)
{
  GString *text = g_string_new(NULL);
  for (const char *at = pattern; *at != '\0';) {
    const char *open = strchr(at, '{');
    const char *close = open ? strchr(open, '}') : NULL;
    if (close == NULL) {
      g_string_append(text, at);
      break;
    }
    g_string_append_len(text, at, open - at);
    g_autofree char *name = g_strndup(open + 1, close - open - 1);
    g_autofree char *value = particular(name, what, number);
    g_string_append(text, value);
    at = close + 1;
  }
  return g_string_free(text, FALSE);
}

static const char *
translated(const char *text)
{
  return *text == '\0' ? "" : _(text);
}

/* A sentence that begins with a missing "{what}" must not begin with its full stop. */
static char *
filled_more(const char *more, const char *what, int64_t number)
{
  const char *pattern = translated(more);
  if ((what == NULL || *what == '\0') && g_str_has_prefix(pattern, "{what}")) {
    pattern += strlen("{what}");
    while (*pattern != '\0' && strchr(".:, ", *pattern) != NULL)
      pattern++;
    while (g_str_has_prefix(pattern, "。") || g_str_has_prefix(pattern, "，"))
      pattern = g_utf8_next_char(pattern);
  }
  return sentences_fill(pattern, what, number);
}

static Words
words_of(const Sentence *sentence, const char *what, int64_t number)
{
  const char *say = sentence->says == NULL
                        ? translated(sentence->say)
                        : ngettext(sentence->say, sentence->says, (gulong)ABS(number));
  return (Words){sentences_fill(say, what, number),
                 filled_more(sentence->more, what, number)};
}

Words
words_rule(const RuleAnswer *answer, const char *what)
{
  static const Sentence today = {
      N_("Expires today"), NULL, N_("{what}. Tell the customer")};
  bool is_today = answer->message == RULE_NEAR_EXPIRY && answer->number == 0;
  return words_of(is_today ? &today : &rules[answer->message], what, answer->number);
}

static Words
plain_words(const Notice *notice)
{
  if (notice->id == NOTICE_RULE)
    return words_rule(&notice->rule, notice->what);
  if (notice->id == NOTICE_CODE_WRONG_PLACE) {
    Sentence sentence = wrong_place(notice->barcode_kind);
    return words_of(&sentence, notice->what, notice->number);
  }
  if (notice->id == NOTICE_PIN_WRONG && notice->number == 0)
    return (Words){g_strdup(_("Wrong PIN")),
                   g_strdup(_("After some tries the till waits before the next"))};
  if (notice->id == NOTICE_SALE_KEPT && notice->number == 0)
    return (Words){g_strdup(_("Paid, no change")), g_strdup(_("The sale is kept"))};
  return words_of(&notices[notice->id], notice->what, notice->number);
}

Words
words_notice(const Notice *notice)
{
  Words words = plain_words(notice);
  if (notice->line > 0) {
    g_autofree char *say = words.say;
    /* Translators: a message about one line of the ticket. */
    words.say = g_strdup_printf(_("Line %d · %s"), notice->line, say);
  }
  return words;
}

static const char *
gate_name(RuleAct act)
{
  switch (act) {
  case ACT_REVIEW:
    return _("Review");
  case ACT_ID:
    return _("Buyer's ID");
  case ACT_MANAGER:
    return _("Manager");
  case ACT_TRACE:
    return _("Trace code");
  default:
    return _("Refused");
  }
}

char *
words_gate(const RuleAnswer *answer, int row)
{
  if (row < 0)
    return g_strdup(gate_name(answer->act));
  /* Translators: "Review, line 3": what is missing and where. */
  return g_strdup_printf(_("%s, line %d"), gate_name(answer->act), row + 1);
}
