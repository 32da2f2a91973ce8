#include "app/printing.h"

#include <glib/gi18n.h>

#include "app/asking.h"
#include "app/auditing.h"
#include "app/backroom.h"
#include "app/base/clock.h"
#include "app/domain/receipt.h"
#include "app/drawer.h"
#include "app/minding.h"
#include "app/printer_choice.h"
#include "app/settings.h"
#include "db/people_store.h"
#include "db/sale_store.h"
#include "drivers/escpos.h"

#define TAG_DRAWER (-1)
#define TAG_TEST   (-2)
#define TROUBLE                                                                          \
  (DEVICE_GONE | DEVICE_PAPER_OUT | DEVICE_COVER_OPEN | DEVICE_CUTTER_JAM | DEVICE_HOT | \
   DEVICE_BROKEN)

static const char *const WORDS[N_RECEIPT_WORDS] = {
    [RW_NUMBER] = N_("No."),
    [RW_TIME] = N_("Time"),
    [RW_TILL] = N_("Till"),
    [RW_CLERK] = N_("Clerk"),
    [RW_LOT] = N_("Lot"),
    [RW_EXPIRY] = N_("Exp."),
    [RW_MAKER] = N_("Maker"),
    [RW_DISCOUNT] = N_("Discount"),
    [RW_ROUNDING] = N_("Rounded off"),
    [RW_TOTAL] = N_("Total"),
    [RW_PIECES] = N_("pieces"),
    [RW_CHANGE] = N_("Change"),
    [RW_GIVEN] = N_("Cash given"),
    [RW_COPY] = N_("COPY"),
    [RW_NO_RETURN] =
        N_("Medicines are not taken back or exchanged except for their quality."),
    [RW_KEEP_RECEIPT] = N_("Please keep this receipt."),
    [RW_HEALTH_FOOD] = N_("Health food; does not replace medicine."),
    [RW_PRICE] = N_("Price"),
    [RW_QUANTITY] = N_("Qty"),
    [RW_AMOUNT] = N_("Amount"),
    [RW_TRAINING] = N_("TRAINING: nothing was sold"),
    [RW_DUE] = N_("To pay"),
};

static const char *const TENDERS[TENDER_OTHER + 1] = {
    [0] = "",
    [TENDER_CASH] = N_("Cash"),
    [TENDER_CODE_PAY] = N_("Code payment"),
    [TENDER_CARD] = N_("Bank card"),
    [TENDER_INSURANCE] = N_("Medical insurance"),
    [TENDER_STORED] = N_("Stored value"),
    [TENDER_COUPON] = N_("Coupon"),
    [TENDER_POINTS] = N_("Points"),
    [TENDER_PLATFORM] = N_("Platform"),
    [TENDER_OTHER] = N_("Other"),
};

static void
translate(const char *const *from, const char **ret, int n)
{
  for (int i = 0; i < n; i++)
    ret[i] = *from[i] ? _(from[i]) : "";
}

static char *
local_time_text(int64_t utc_us)
{
  int64_t local_s = utc_us / G_USEC_PER_SEC + clock_utc_offset_s(utc_us);
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(local_s);
  return g_date_time_format(time, "%Y-%m-%d %H:%M");
}

/* "0312 张三"; the number alone when central's list does not know it any more. */
static char *
clerk_text(Till *till, const char *number)
{
  g_autoptr(Staff) staff = NULL;
  if (till->catalogue)
    people_store_find(till->catalogue, number, &staff, NULL);
  return staff ? g_strdup_printf("%s %s", number, staff->name) : g_strdup(number);
}

static Document *
compose(Till *till, const KeptSale *kept, int copy)
{
  const char *words[N_RECEIPT_WORDS], *tenders[G_N_ELEMENTS(TENDERS)];
  g_autofree char *time = local_time_text(kept->sold_us);
  g_autofree char *clerk = clerk_text(till, kept->staff_number);

  translate(WORDS, words, N_RECEIPT_WORDS);
  translate(TENDERS, tenders, G_N_ELEMENTS(TENDERS));
  ReceiptFacts facts = {
      .store_name = till->store_name,
      .store_address = till->store_address,
      .store_phone = till->store_phone,
      .logo = till->logo,
      .till_code = till->identity ? till->identity->till_code : "",
      .number = kept->number,
      .time = time,
      .clerk = clerk,
      .sale = kept->sale,
      .round_step = kept->round_step,
      .payment = kept->payment,
      .words = words,
      .tender_names = tenders,
      .copy = copy,
  };
  Document *document = receipt_compose(&facts);
  document->open_drawer = false; /* it had a pulse of its own */
  return document;
}

Document *
printing_receipt(Till *till, const char *number, int copy)
{
  KeptSale *kept = NULL;
  GError *error = NULL;

  if (!sale_store_find(till->store, number, &kept, &error)) {
    till_failed(till, error);
    return NULL;
  }
  Document *document = kept ? compose(till, kept, copy) : NULL;
  kept_sale_free(kept);
  return document;
}

static void
count_waiting(Till *till)
{
  till->printing_waits = print_store_count(till->store);
  till_changed(till, TILL_PRINTING);
}

static void
tell_trouble(Till *till, DeviceState state)
{
  NoticeId id = NOTICE_RECEIPT_WAITS;
  if (state & DEVICE_GONE)
    id = NOTICE_PRINTER_GONE;
  else if (state & DEVICE_PAPER_OUT)
    id = NOTICE_PAPER_OUT;
  else if (state & DEVICE_COVER_OPEN)
    id = NOTICE_COVER_OPEN;
  else if (state & DEVICE_CUTTER_JAM)
    id = NOTICE_CUTTER_JAM;
  else if (state & DEVICE_BROKEN)
    id = NOTICE_PRINTER_BROKEN;
  else if (state & DEVICE_HOT)
    id = NOTICE_PRINTER_HOT;
  till_notice(till,
              (Notice){.kind = NOTICE_WARN, .id = id, .number = till->printing_waits});
}

/* @return the oldest job that waits (transfer full), NULL when there is none. */
static PrintJob *
first_waiting(Till *till)
{
  g_autoptr(GPtrArray) jobs = NULL;
  GError *error = NULL;

  if (!print_store_waiting(till->store, &jobs, &error)) {
    till_failed(till, error);
    return NULL;
  }
  till->printing_waits = (int)jobs->len;
  till_changed(till, TILL_PRINTING);
  return jobs->len ? g_ptr_array_steal_index(jobs, 0) : NULL;
}

static bool
send_job(Till *till, const PrintJob *job)
{
  GError *error = NULL;
  /* Bytes that went out before may be on paper: only the first attempt is the original.
   */
  g_autoptr(Document) document =
      printing_receipt(till, job->subject, job->copy + job->tries);
  if (!document)
    return false;
  g_autoptr(GBytes) bytes = escpos_encode(document, printer_choice(till));
  if (!print_store_begin(till->store, job->id, &error)) {
    till_failed(till, error);
    return false;
  }
  till->backroom->printing = job->id;
  till->backroom->is_repeat = job->copy + job->tries > 0;
  device_send(till->device[USE_PRINTER], bytes, job->id);
  return true;
}

static void
send_next(Till *till)
{
  struct Backroom *backroom = till->backroom;
  if (!till->device[USE_PRINTER] || backroom->printing || backroom->needs_a_person)
    return;
  PrintJob *job = first_waiting(till);
  DeviceState trouble = device_state(till->device[USE_PRINTER]) & TROUBLE;
  if (job && trouble)
    tell_trouble(till, trouble);
  else if (job)
    send_job(till, job);
  print_job_free(job);
}

void
printing_start(Till *till)
{
  till->backroom->needs_a_person = false;
  send_next(till);
}

static void
on_done(Till *till, gint64 tag)
{
  GError *error = NULL;
  if (tag <= 0 || tag != till->backroom->printing)
    return;
  till->backroom->printing = 0;
  if (!print_store_done(till->store, tag, till_now_us(till), &error)) {
    till->backroom->needs_a_person = true;
    till_failed(till, error);
    return;
  }
  count_waiting(till);
  if (till->backroom->is_repeat)
    till_notice(till,
                (Notice){.kind = NOTICE_INFO,
                         .id = NOTICE_RECEIPT_PRINTED,
                         .number = till->printing_waits});
  send_next(till);
}

static void
on_failed(Till *till, const DeviceEvent *event)
{
  DeviceState trouble = event->state & TROUBLE;
  g_message("printer: %s", event->failure ? event->failure->message : "failed");
  if (event->tag > 0 && event->tag == till->backroom->printing) {
    till->backroom->printing = 0;
    /* Nothing will change by itself: repeating blindly might fill the floor with paper.
     */
    till->backroom->needs_a_person = trouble == 0;
    count_waiting(till);
  }
  tell_trouble(till, trouble);
}

/* What was said about the printer is not true any more. */
static void
take_back_trouble(Till *till)
{
  switch (till->notice.id) {
  case NOTICE_PRINTER_GONE:
  case NOTICE_PAPER_OUT:
  case NOTICE_COVER_OPEN:
  case NOTICE_CUTTER_JAM:
  case NOTICE_PRINTER_HOT:
  case NOTICE_PRINTER_BROKEN:
  case NOTICE_RECEIPT_WAITS:
    till_clear_notice(till);
    break;
  default:
    break;
  }
}

static void
on_state(Till *till, DeviceState trouble)
{
  bool is_cured = till->backroom->printer_trouble && !trouble;

  till->backroom->printer_trouble = trouble;
  if (is_cured)
    take_back_trouble(till);
  if (is_cured)
    printing_start(till);
  else if (!trouble)
    send_next(till);
  else if (till->printing_waits > 0)
    tell_trouble(till, trouble);
}

/* In nobody's way: the strip says it too, as long as it is so. */
static void
tell_paper(Till *till, bool is_low)
{
  if (is_low && !till->backroom->paper_is_low && till->notice.id == NOTICE_NOTHING)
    till_notice(till, (Notice){.kind = NOTICE_INFO, .id = NOTICE_PAPER_LOW});
  else if (!is_low && till->notice.id == NOTICE_PAPER_LOW)
    till_clear_notice(till);
  till->backroom->paper_is_low = is_low;
}

void
printing_on_device(Till *till, const DeviceEvent *event)
{
  till_changed(till, TILL_DEVICES);
  switch (event->kind) {
  case DEVICE_STATE:
    drawer_see(till, event->state);
    tell_paper(till, event->state & DEVICE_PAPER_LOW);
    on_state(till, event->state & TROUBLE);
    break;
  case DEVICE_DONE:
    on_done(till, event->tag);
    break;
  case DEVICE_FAILED:
    on_failed(till, event);
    break;
  case DEVICE_HEARD:
    printer_choice_heard(till, event->data);
    break;
  }
}

static bool
may(Till *till, Right right)
{
  if (staff_may(till->staff, right))
    return true;
  till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_NO_RIGHT});
  return false;
}

static void
queue_copy(Till *till, const char *number)
{
  GError *error = NULL;
  g_autoptr(DbWork) work = db_begin(till->store, &error);
  bool kept =
      work &&
      print_store_add(till->store, "receipt", number, 1, till_now_us(till), &error) &&
      auditing_note(till, "receipt.reprint", number, NULL) && db_commit(work, &error);
  g_clear_pointer(&work, db_work_end);
  if (error)
    till_failed(till, error);
  if (kept)
    printing_start(till);
}

static void
reprint(Till *till, KeptSale *kept)
{
  if (kept)
    queue_copy(till, kept->number);
  else
    till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_NOTHING_TO_REPRINT});
  kept_sale_free(kept);
}

void
printing_reprint_last(Till *till)
{
  KeptSale *kept = NULL;
  GError *error = NULL;
  minding_begin_deed(till);
  if (!may(till, RIGHT_REPRINT))
    return;
  if (sale_store_last(till->store, &kept, &error))
    reprint(till, kept);
  else
    till_failed(till, error);
}

void
printing_reprint(Till *till, const char *number)
{
  KeptSale *kept = NULL;
  GError *error = NULL;
  minding_begin_deed(till);
  if (!may(till, RIGHT_REPRINT))
    return;
  if (sale_store_find(till->store, number, &kept, &error))
    reprint(till, kept);
  else
    till_failed(till, error);
}

void
printing_drop(Till *till, int64_t job_id)
{
  GError *error = NULL;
  g_autofree char *subject = g_strdup_printf("%" G_GINT64_FORMAT, job_id);
  minding_begin_deed(till);
  if (!auditing_note(till, "receipt.drop", subject, NULL))
    return;
  if (!print_store_drop(till->store, job_id, &error))
    till_failed(till, error);
  count_waiting(till);
}

void
printing_kick_drawer(Till *till)
{
  if (!till->device[USE_PRINTER] || device_state(till->device[USE_PRINTER]) & DEVICE_GONE)
    return;
  g_autoptr(GBytes) pulse = escpos_drawer_pulse();
  device_send(till->device[USE_PRINTER], pulse, TAG_DRAWER);
}

static bool
drawer_may_open(Till *till, char **ret_approver)
{
  *ret_approver = NULL;
  if (staff_may(till->staff, RIGHT_OPEN_DRAWER))
    return true;
  ApprovalWish wish = asking_wish(till, APPROVE_DRAWER, -1, 0);
  *ret_approver = asking_take(till, &wish);
  if (*ret_approver)
    return true;
  till_notice(till, (Notice){.kind = NOTICE_BLOCK, .id = NOTICE_APPROVAL_NEEDED});
  asking_want(till, &wish, NULL);
  return false;
}

void
printing_open_drawer(Till *till)
{
  g_autofree char *approver = NULL;
  minding_begin_deed(till);
  if (!till->staff)
    return;
  if (!till->device[USE_PRINTER] || device_state(till->device[USE_PRINTER]) & DEVICE_GONE)
    tell_trouble(till, DEVICE_GONE);
  else if (drawer_may_open(till, &approver) &&
           auditing_note(till, "drawer.open", NULL, approver))
    printing_kick_drawer(till);
}

void
printing_test_page(Till *till)
{
  g_autoptr(Document) document = document_new("test page");
  minding_begin_deed(till);
  if (!till->device[USE_PRINTER]) {
    tell_trouble(till, DEVICE_GONE);
    return;
  }
  const EscposProfile *profile = printer_choice(till);
  document_text(document, DOC_BOLD | DOC_TALL, ALIGN_CENTER, _("Test page"));
  document_pair(document, DOC_NORMAL, _("Printer"), profile->name);
  document_pair(
      document, DOC_NORMAL, _("Address"), device_address(till->device[USE_PRINTER]));
  document_rule(document);
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "柜台 阿莫西林胶囊 0.25g×24粒 ¥18.50");
  document_text(
      document, DOC_NORMAL, ALIGN_LEFT, "㐀㙍䶮𬬭𫟹 éèàçŒ€ ½ ≤30℃");
  document_qr(document, "guitai");
  g_autoptr(GBytes) bytes = escpos_encode(document, profile);
  device_send(till->device[USE_PRINTER], bytes, TAG_TEST);
}

GPtrArray *
printing_waiting(Till *till)
{
  GPtrArray *jobs = NULL;
  GError *error = NULL;

  if (!print_store_waiting(till->store, &jobs, &error))
    till_failed(till, error);
  return jobs ? jobs : g_ptr_array_new_with_free_func((GDestroyNotify)print_job_free);
}
