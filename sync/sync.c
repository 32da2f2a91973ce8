#include "sync/sync.h"

#include "sync/central.h"
#include "sync/courier.h"

#define ENROL_BYTES ((gsize)64 * 1024)
#define LOOK_MS     500

struct Sync {
  Courier *courier;
  SyncWatch watch;
  gpointer data;
  bool *gone; /* set while the watch runs: it may stop us */
};

GQuark
sync_error_quark(void)
{
  return g_quark_from_static_string("sync-error");
}

static bool
is_about_the_outbox(SyncEventKind kind)
{
  return kind == SYNC_ACKED || kind == SYNC_REWIND || kind == SYNC_NEW_EPOCH;
}

static void
on_event(const SyncEvent *event, gpointer data)
{
  Sync *sync = data;
  bool gone = false;

  sync->gone = &gone;
  sync->watch(sync, event, sync->data);
  if (gone)
    return;
  sync->gone = NULL;
  if (is_about_the_outbox(event->kind)) /* it was written down: look at it again */
    courier_nudge(sync->courier);
}

Sync *
sync_start(const SyncConfig *config, SyncWatch watch, gpointer data)
{
  Sync *sync = g_new0(Sync, 1);

  sync->watch = watch;
  sync->data = data;
  sync->courier = courier_new(config, COURIER_PATIENCE_S, on_event, sync);
  return sync;
}

void
sync_stop(Sync *sync)
{
  if (!sync)
    return;
  courier_free(sync->courier);
  if (sync->gone)
    *sync->gone = true;
  g_free(sync);
}

void
sync_nudge(Sync *sync)
{
  courier_nudge(sync->courier);
}

void
sync_page_applied(Sync *sync, int64_t position)
{
  courier_page_applied(sync->courier, position);
}

void
sync_stocked(Sync *sync, const int64_t *ids, guint n, bool stocked)
{
  courier_stocked(sync->courier, ids, n, stocked);
}

/* One request, waited for. */
static void
ask_and_wait(Http *http, const HttpAsk *ask, HttpAnswer *ret)
{
  int slot = 0;

  http_start(http, 0, ask);
  while (!http_take(http, &slot, ret))
    http_wait(http, LOOK_MS);
}

bool
sync_enrol(const char *hub_url,
           const char *code,
           char **ret_token,
           int64_t *ret_store_id,
           int64_t *ret_device_id,
           int *ret_epoch,
           char **ret_store_code,
           char **ret_till_code,
           GError **error)
{
  g_auto(HttpAnswer) answer = {0};
  g_auto(Enrolled) enrolled = {0};
  g_autoptr(Http) http = http_new(hub_url, NULL, COURIER_PATIENCE_S, error);
  g_autoptr(Db) json = http ? db_open(":memory:", "catalogue", DB_WRITER, error) : NULL;

  if (!json)
    return false;
  g_autofree char *body = central_enrol(json, code);
  HttpAsk ask = {.path = "/v1/enrol", .body = body, .most = ENROL_BYTES};
  ask_and_wait(http, &ask, &answer);
  if (!central_read_enrol(json, &answer, &enrolled, error))
    return false;
  *ret_token = g_steal_pointer(&enrolled.token);
  *ret_store_code = g_steal_pointer(&enrolled.store_code);
  *ret_till_code = g_steal_pointer(&enrolled.till_code);
  *ret_store_id = enrolled.store_id;
  *ret_device_id = enrolled.device_id;
  *ret_epoch = enrolled.epoch;
  return true;
}
