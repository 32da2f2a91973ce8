#include "app/till.h"

#include "app/backroom.h"
#include "app/base/clock.h"
#include "app/base/uid.h"
#include "app/card_reading.h"
#include "app/cataloguing.h"
#include "app/devices.h"
#include "app/finding.h"
#include "app/folder.h"
#include "app/labelling.h"
#include "app/minding.h"
#include "app/on_duty.h"
#include "app/picturing.h"
#include "app/plugging.h"
#include "app/printing.h"
#include "app/settings.h"
#include "app/showing.h"
#include "app/syncing.h"
#include "db/backup.h"
#include "db/outbox.h"
#include "db/print_store.h"
#include "db/sale_store.h"
#include "db/ticket_store.h"

typedef struct {
  TillWatch watch;
  gpointer data;
} Watch;

int64_t
till_now_us(const Till *till)
{
  return clock_now_us();
}

Day
till_today(const Till *till)
{
  int64_t now_us = clock_now_us();
  return day_at(now_us, clock_utc_offset_s(now_us));
}

void
till_watch(Till *till, TillWatch watch, gpointer data)
{
  Watch entry = {watch, data};
  g_array_append_val(till->watches, entry);
}

void
till_unwatch(Till *till, gpointer data)
{
  for (guint i = till->watches->len; i-- > 0;) {
    if (g_array_index(till->watches, Watch, i).data == data)
      g_array_remove_index(till->watches, i);
  }
}

void
till_settle(Till *till)
{
  TillPart changed = till->changed;
  till->changed = 0;
  g_clear_handle_id(&till->idle, g_source_remove);
  for (guint i = 0; changed && i < till->watches->len; i++) {
    Watch entry = g_array_index(till->watches, Watch, i);
    entry.watch(till, changed, entry.data);
  }
}

static gboolean
tell(gpointer data)
{
  Till *till = data;
  till->idle = 0;
  till_settle(till);
  return G_SOURCE_REMOVE;
}

void
till_changed(Till *till, TillPart part)
{
  till->changed |= part;
  if (!till->idle)
    till->idle = g_idle_add_full(G_PRIORITY_HIGH_IDLE, tell, till, NULL);
}

void
till_notice(Till *till, Notice notice)
{
  if (notice.kind < till->notice.kind) {
    notice_clear(&notice);
    return;
  }
  notice_clear(&till->notice);
  till->notice = notice;
  till_changed(till, TILL_NOTICE);
}

void
till_clear_notice(Till *till)
{
  if (till->notice.id == NOTICE_NOTHING)
    return;
  notice_clear(&till->notice);
  till_changed(till, TILL_NOTICE);
}

void
till_failed(Till *till, GError *error)
{
  bool full = g_error_matches(error, DB_ERROR, DB_ERROR_FULL);
  g_message("a store failed: %s", error->message);
  till_notice(till,
              (Notice){.kind = NOTICE_BLOCK,
                       .id = full ? NOTICE_DISK_FULL : NOTICE_STORE_FAILED,
                       .what = g_strdup(error->message)});
  g_error_free(error);
}

void
till_open_page(Till *till, TillPage page)
{
  if (till->page == page || till->page == PAGE_LOCK)
    return;
  if (till->payment && page != PAGE_PAYMENT) {
    till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_TICKET_IN_WORK});
    return;
  }
  till->page = page;
  till_changed(till, TILL_PAGE | TILL_EVERYTHING);
}

static bool
open_files(Till *till, GError **error)
{
  g_autofree char *store = folder_path(till->folder, "store.db");
  g_autofree char *key = folder_path(till->folder, "device.key");

  till->seal = seal_open(key, error);
  if (!till->seal)
    return false;
  till->store = db_open(store, "store", DB_WRITER, error);
  return till->store &&
         setting_store_identity(till->store, till->seal, &till->identity, error);
}

/* Before anything is written, or a number would be given twice. */
static bool
leave_the_old_epoch(Till *till, GError **error)
{
  int epoch = 0;
  if (!folder_is_restored(till->folder))
    return true;
  if (!outbox_next_epoch(till->store, &epoch, error))
    return false;
  if (till->identity)
    till->identity->epoch = epoch;
  folder_unmark_restored(till->folder);
  return true;
}

static bool
read_state(Till *till, GError **error)
{
  KeptSale *last = NULL;
  char uid[33];

  if (!shift_store_current(till->store, &till->shift, error) ||
      !sale_store_last(till->store, &last, error))
    return false;
  till->backroom->newest_fact_us = MAX(till->shift.opened_us, last ? last->sold_us : 0);
  kept_sale_free(last);
  till->held = ticket_store_count(till->store);
  till->printing_waits = print_store_count(till->store);
  till->labels_wait = print_store_count_labels(till->store);
  settings_read(till);
  on_duty_read(till);
  uid_new(till_now_us(till), uid);
  till->sale = sale_new(uid, till_now_us(till));
  till->chosen = -1;
  return true;
}

static Till *
till_new(const TillOptions *options)
{
  Till *till = g_new0(Till, 1);
  till->backroom = g_new0(struct Backroom, 1);
  till->folder = g_strdup(options->folder);
  till->backroom->without_sync = options->without_sync;
  till->backroom->lock = -1;
  till->page = PAGE_SIGN_IN;
  till->watches = g_array_new(FALSE, FALSE, sizeof(Watch));
  till->found = g_ptr_array_new_with_free_func((GDestroyNotify)found_article_free);
  till->backroom->stocked =
      g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  till->sync_status.problem = "";
  g_queue_init(&till->backroom->pages);
  return till;
}

static void
free_state(Till *till)
{
  staff_free(till->staff);
  staff_free(till->signing);
  staff_free(till->asked);
  approval_clear(&till->approval);
  g_clear_pointer(&till->duty, g_ptr_array_unref);
  g_free(till->heard);
  shift_clear(&till->shift);
  id_card_free(till->card);
  sale_free(till->sale);
  payment_free(till->payment);
  g_free(till->last.number);
  notice_clear(&till->notice);
  g_ptr_array_unref(till->found);
  g_free(till->store_name);
  g_free(till->store_address);
  g_free(till->store_phone);
  g_clear_pointer(&till->logo, g_bytes_unref);
  g_hash_table_unref(till->backroom->stocked);
  g_array_unref(till->watches);
}

void
till_free(Till *till)
{
  if (!till)
    return;
  minding_stop(till);
  showing_stop(till);
  syncing_stop(till);
  plugging_stop(till);
  picturing_close(till);
  devices_close(till);
  g_clear_handle_id(&till->idle, g_source_remove);
  db_close(till->catalogue);
  db_close(till->store);
  seal_free(till->seal);
  identity_free(till->identity);
  folder_unlock(till->backroom->lock);
  free_state(till);
  g_free(till->backroom->wish_words);
  g_free(till->backroom);
  g_free(till->folder);
  g_free(till);
}

static bool
open_all(Till *till, const TillOptions *options, GError **error)
{
  if (!folder_make(till->folder, error))
    return false;
  till->backroom->lock = folder_lock(till->folder, error);
  if (till->backroom->lock < 0 || !open_files(till, error) ||
      !leave_the_old_epoch(till, error) || !read_state(till, error))
    return false;
  cataloguing_open(till);
  card_reading_attach(till);
  devices_open(till, options->device);
  if (!options->without_usb)
    plugging_start(till);
  syncing_start(till);
  syncing_count(till);
  minding_start(till);
  printing_start(till);
  labelling_start(till);
  showing_start(till);
  till_changed(till, TILL_EVERYTHING);
  return true;
}

Till *
till_open(const TillOptions *options, GError **error)
{
  Till *till = till_new(options);
  if (open_all(till, options, error))
    return till;
  till_free(till);
  return NULL;
}

/* The newest that is sound; one that is damaged itself is passed over. */
static bool
restore_newest(const char *folder,
               const char *path,
               char **ret_backup,
               char **ret_kept,
               GError **error)
{
  g_autofree char *backups = folder_path(folder, "backups");
  g_autoptr(GPtrArray) list = backup_list(backups);
  g_autoptr(GError) last = NULL;

  for (guint i = 0; list && i < list->len; i++) {
    g_clear_error(&last);
    if (backup_restore(list->pdata[i], path, clock_now_us(), ret_kept, &last)) {
      *ret_backup = g_strdup(list->pdata[i]);
      return true;
    }
    g_message("%s: %s", (char *)list->pdata[i], last->message);
  }
  if (last)
    g_propagate_error(error, g_steal_pointer(&last));
  else
    g_set_error(error, DB_ERROR, DB_ERROR_OTHER, "there is no backup in %s", backups);
  return false;
}

bool
till_restore(const char *folder,
             const char *backup,
             char **ret_backup,
             char **ret_kept,
             GError **error)
{
  g_autofree char *path = folder_path(folder, "store.db");
  g_autofree char *chosen = g_strdup(backup);
  bool was_marked = folder_is_restored(folder);
  int lock = folder_lock(folder, error);
  if (lock < 0)
    return false;

  bool done = folder_mark_restored(folder, error) &&
              (backup ? backup_restore(backup, path, clock_now_us(), ret_kept, error)
                      : restore_newest(folder, path, &chosen, ret_kept, error));
  if (!done && !was_marked)
    folder_unmark_restored(folder);
  folder_unlock(lock);
  if (done && ret_backup)
    *ret_backup = g_steal_pointer(&chosen);
  return done;
}
