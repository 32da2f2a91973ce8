#include "app/syncing.h"

#include "app/backroom.h"
#include "app/cataloguing.h"
#include "app/folder.h"
#include "app/minding.h"
#include "app/on_duty.h"
#include "app/settings.h"
#include "db/inbox.h"
#include "db/outbox.h"
#include "db/stocked.h"

/* While somebody works at the counter a page waits until their hands rest. */
#define QUIET_US ((int64_t)300 * 1000)
/* What is at hand was told before the till was closed: at a start the window comes first.
 */
#define TELL_AFTER_MS 500

void
syncing_nudge(Till *till)
{
  syncing_count(till);
  if (till->sync)
    sync_nudge(till->sync);
}

void
syncing_count(Till *till)
{
  g_autoptr(GError) error = NULL;
  OutboxState state;

  if (!outbox_state(till->store, &state, &error)) {
    g_message("outbox: %s", error->message);
    return;
  }
  if (state.waiting != till->outbox_waiting)
    till_changed(till, TILL_SYNC);
  till->outbox_waiting = state.waiting;
}

static void
warn_about(const char *what, GError *error)
{
  if (error)
    g_message("%s: %s", what, error->message);
}

static bool
is_told(const Till *till, int64_t id)
{
  return g_hash_table_contains(till->backroom->stocked, &id);
}

static void
note_told(Till *till, int64_t id, bool stocked)
{
  if (stocked)
    g_hash_table_add(till->backroom->stocked, g_memdup2(&id, sizeof id));
  else
    g_hash_table_remove(till->backroom->stocked, &id);
}

static void
tell_one(Till *till, int64_t id)
{
  bool stocked = stocked_has(till->store, id);
  if (stocked == is_told(till, id))
    return;
  note_told(till, id, stocked);
  sync_stocked(till->sync, &id, 1, stocked);
}

void
syncing_tell_sold(Till *till, const Sale *sale)
{
  for (guint i = 0; till->sync && i < sale->lines->len; i++)
    tell_one(till, sale_line(sale, i)->product->id);
}

static GArray *
told_but_gone(Till *till, const GArray *now)
{
  g_autoptr(GHashTable) here = g_hash_table_new(g_int64_hash, g_int64_equal);
  GArray *gone = g_array_new(FALSE, FALSE, sizeof(int64_t));
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < now->len; i++)
    g_hash_table_add(here, &g_array_index(now, int64_t, i));
  g_hash_table_iter_init(&iter, till->backroom->stocked);
  while (g_hash_table_iter_next(&iter, &id, NULL))
    if (!g_hash_table_contains(here, id))
      g_array_append_vals(gone, id, 1);
  return gone;
}

static void
tell_all(Till *till, const GArray *ids, bool stocked)
{
  if (!ids->len)
    return;
  sync_stocked(till->sync, (const int64_t *)(void *)ids->data, ids->len, stocked);
  for (guint i = 0; i < ids->len; i++)
    note_told(till, g_array_index(ids, int64_t, i), stocked);
}

void
syncing_tell_stocked(Till *till)
{
  g_autoptr(GArray) now = NULL, came = g_array_new(FALSE, FALSE, sizeof(int64_t));
  g_autoptr(GError) error = NULL;

  if (!till->sync)
    return;
  if (!stocked_ids(till->store, &now, &error)) {
    warn_about("stock", error);
    return;
  }
  for (guint i = 0; i < now->len; i++)
    if (!is_told(till, g_array_index(now, int64_t, i)))
      g_array_append_val(came, g_array_index(now, int64_t, i));
  g_autoptr(GArray) gone = told_but_gone(till, now);
  tell_all(till, came, true);
  tell_all(till, gone, false);
}

static void
apply_page(Till *till, GBytes *page)
{
  g_autoptr(GError) error = NULL;
  gsize length;
  int changes = 0;
  const char *text = g_bytes_get_data(page, &length);

  if (!inbox_apply(till->store, text, length, &changes, &error))
    warn_about("a page for the store was refused", error);
  settings_read(till);
  if (changes > 0) {
    on_duty_read(till);
    syncing_tell_stocked(till);
    till_changed(till, TILL_SALE | TILL_FOUND);
  }
  if (till->sync)
    sync_page_applied(till->sync, inbox_position(till->store));
}

static gboolean
apply_next(gpointer data)
{
  Till *till = data;
  bool is_busy = g_get_monotonic_time() - till->backroom->deed_us < QUIET_US;

  till->backroom->page_idle = 0;
  if (is_busy) {
    till->backroom->page_idle = g_timeout_add((guint)(QUIET_US / 1000), apply_next, till);
    return G_SOURCE_REMOVE;
  }
  g_autoptr(GBytes) page = g_queue_pop_head(&till->backroom->pages);
  if (page)
    apply_page(till, page);
  if (till->backroom->pages.length && !till->backroom->page_idle)
    till->backroom->page_idle = g_idle_add_full(G_PRIORITY_LOW, apply_next, till, NULL);
  return G_SOURCE_REMOVE;
}

static void
keep_page(Till *till, GBytes *page)
{
  g_queue_push_tail(&till->backroom->pages, g_bytes_ref(page));
  if (!till->backroom->page_idle)
    till->backroom->page_idle = g_idle_add_full(G_PRIORITY_LOW, apply_next, till, NULL);
}

/* The hub holds other events than ours under our numbers. */
static void
settle_fork(Till *till, const SyncEvent *event)
{
  g_autoptr(GError) error = NULL;
  int epoch = 0;

  if (!outbox_fork(till->store, event->epoch, event->seq, &epoch, &error))
    warn_about("cannot take the next epoch", error);
  else if (till->identity)
    till->identity->epoch = epoch;
  syncing_nudge(till);
}

/* The hub was restored from a backup: what it numbers now is not what we knew. */
static void
read_store_again(Till *till)
{
  g_autoptr(GError) error = NULL;

  g_queue_clear_full(&till->backroom->pages, (GDestroyNotify)g_bytes_unref);
  if (!inbox_go_back(till->store, &error))
    warn_about("cannot read the hub's stream again", error);
  sync_page_applied(till->sync, inbox_position(till->store));
}

static void
take_new_catalogue(Till *till)
{
  cataloguing_close(till);
  cataloguing_look_again(till);
  g_hash_table_remove_all(till->backroom->stocked);
  syncing_tell_stocked(till);
}

static void
take_status(Till *till, const SyncStatus *status)
{
  bool newly_refused =
      status->line == SYNC_REFUSED && till->sync_status.line != SYNC_REFUSED;

  bool told_time = status->last_contact_us != till->sync_status.last_contact_us;

  till->sync_status = *status;
  if (told_time)
    minding_trust_hub(till);
  if (newly_refused)
    till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_SYNC_REFUSED});
  till_changed(till, TILL_SYNC);
}

static void
on_sync(Sync *sync, const SyncEvent *event, gpointer data)
{
  Till *till = data;
  GError *error = NULL;

  switch (event->kind) {
  case SYNC_STATUS:
    take_status(till, &event->status);
    break;
  case SYNC_ACKED:
    outbox_set_acked(till->store, event->epoch, event->seq, &error);
    syncing_count(till);
    break;
  case SYNC_REWIND:
    outbox_rewind(till->store, event->epoch, event->seq, &error);
    syncing_nudge(till);
    break;
  case SYNC_STORE_PAGE:
    keep_page(till, event->page);
    break;
  case SYNC_CATALOGUE:
    cataloguing_look_again(till);
    break;
  case SYNC_NEW_EPOCH:
    settle_fork(till, event);
    break;
  case SYNC_STORE_AGAIN:
    read_store_again(till);
    break;
  case SYNC_CATALOGUE_RENEWED:
    take_new_catalogue(till);
    break;
  case SYNC_CATALOGUE_BROKEN:
    take_new_catalogue(till);
    till_notice(till, (Notice){.kind = NOTICE_WARN, .id = NOTICE_CATALOGUE_BROKEN});
    break;
  }
  warn_about("what the hub said could not be kept", error);
  g_clear_error(&error);
}

static gboolean
tell_stocked(gpointer data)
{
  Till *till = data;
  till->backroom->telling = 0;
  syncing_tell_stocked(till);
  return G_SOURCE_REMOVE;
}

void
syncing_start(Till *till)
{
  const Identity *identity = till->identity;
  if (till->backroom->without_sync || !identity || !identity->token || till->sync)
    return;
  g_autofree char *catalogue_path = folder_path(till->folder, "catalogue.db");
  SyncConfig config = {
      .hub_url = identity->hub_url,
      .token = identity->token,
      .store_id = identity->store_id,
      .device_id = identity->device_id,
      .store_path = db_path(till->store),
      .catalogue_path = catalogue_path,
      .seal = till->seal,
      .store_position = inbox_position(till->store),
  };
  till->sync_status = (SyncStatus){.line = SYNC_TRYING, .problem = ""};
  till->sync = sync_start(&config, on_sync, till);
  g_hash_table_remove_all(till->backroom->stocked);
  till->backroom->telling = g_timeout_add(TELL_AFTER_MS, tell_stocked, till);
  till_changed(till, TILL_SYNC);
}

void
syncing_stop(Till *till)
{
  g_clear_pointer(&till->sync, sync_stop);
  g_clear_handle_id(&till->backroom->page_idle, g_source_remove);
  g_clear_handle_id(&till->backroom->telling, g_source_remove);
  g_queue_clear_full(&till->backroom->pages, (GDestroyNotify)g_bytes_unref);
}
