#include "db/inbox.h"

#include <string.h>

#include "db/duty_store.h"
#include "db/query.h"
#include "db/setting_store.h"

#define STREAM "store"

int64_t
inbox_position(Db *store)
{
  return feed_position(store, STREAM);
}

bool
inbox_go_back(Db *store, GError **error)
{
  g_autoptr(DbWork) work = db_begin(store, error);
  if (!work)
    return false;
  g_auto(Query) forget = query(store, "DELETE FROM raw_change /* scan */");
  query_run(&forget);
  g_auto(Query) q = query(store, "UPDATE cursor SET pos = 0 WHERE stream = '" STREAM "'");
  query_run(&q);
  return query_done(&forget, error) && query_done(&q, error) && db_commit(work, error);
}

/* *@ret_new: it was not here before. What central sends back of our own was, also when
 * its event has got another number since; what it sends under a number that we lost to a
 * fork (outbox_fork()) is another life's, and stands apart from ours. */
static bool
insert_movement(Db *store, const char *body, bool *ret_new, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO movement (device, epoch, seq, n, at_us, product, lot_no, expiry,"
            "                      location, qty, kind, doc)"
            " SELECT :body ->> 'device', :body ->> 'epoch', :body ->> 'seq',"
            "        (:body ->> 'n') + ((ours.id IS NOT NULL) << 20),"
            "        :body ->> 'at', :body ->> 'product', coalesce(:body ->> 'lot', ''),"
            "        coalesce(:body ->> 'expiry', 0), coalesce(:body ->> 'location', ''),"
            "        :body ->> 'qty', :body ->> 'kind', coalesce(:body ->> 'doc', '')"
            "  FROM (SELECT 1)"
            "  LEFT JOIN epoch e ON e.epoch = :body ->> 'epoch'"
            "                   AND e.device = :body ->> 'device'"
            "  LEFT JOIN outbox ours ON ours.id = e.epoch << 32 | (:body ->> 'seq')"
            " WHERE ours.id IS NULL OR :body ->> 'seq' > e.moved_after"
            " ON CONFLICT (device, epoch, seq, n) DO NOTHING");
  query_bind_text(&q, ":body", body);
  query_run(&q);
  *ret_new = query_changes(&q) > 0;
  return query_done(&q, error);
}

static bool
keep_lot(Db *store, const char *body, GError **error)
{
  g_auto(Query) q = query(store,
                          "INSERT INTO lot (product, lot_no, expiry, state)"
                          " VALUES (:body ->> 'product', coalesce(:body ->> 'lot', ''),"
                          "         coalesce(:body ->> 'expiry', 0), 0)"
                          " ON CONFLICT DO NOTHING");
  query_bind_text(&q, ":body", body);
  query_run(&q);
  return query_done(&q, error);
}

static bool
count_movement(Db *store, const char *body, GError **error)
{
  g_auto(Query) q = query(store,
                          "INSERT INTO balance (product, lot_no, location, qty)"
                          " VALUES (:body ->> 'product', coalesce(:body ->> 'lot', ''),"
                          "         coalesce(:body ->> 'location', ''), :body ->> 'qty')"
                          " ON CONFLICT (product, lot_no, location)"
                          " DO UPDATE SET qty = qty + excluded.qty");
  query_bind_text(&q, ":body", body);
  query_run(&q);
  return query_done(&q, error);
}

static bool
apply_movement(Db *store, const FeedChange *change, GError **error)
{
  bool is_new = false;
  if (change->is_delete) /* facts are only added */
    return true;
  if (!insert_movement(store, change->body, &is_new, error))
    return false;
  return !is_new || (keep_lot(store, change->body, error) &&
                     count_movement(store, change->body, error));
}

static bool
put_lot(Db *store, const char *body, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO lot (product, lot_no, expiry, state)"
            " VALUES (:body ->> 'product', :body ->> 'lot',"
            "         coalesce(:body ->> 'expiry', 0), coalesce(:body ->> 'state', 0))"
            " ON CONFLICT (product, lot_no) DO UPDATE SET"
            "   expiry = excluded.expiry, state = excluded.state");
  query_bind_text(&q, ":body", body);
  query_run(&q);
  return query_done(&q, error);
}

/* A lot is listed by its balance; one that never moved here stands at 0. */
static bool
place_lot(Db *store, const char *body, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO balance (product, lot_no, location, qty)"
            " SELECT :body ->> 'product', :body ->> 'lot',"
            "        coalesce((SELECT location FROM shelf"
            "                   WHERE product = :body ->> 'product'), ''), 0"
            "  WHERE NOT EXISTS (SELECT 1 FROM balance"
            "    WHERE product = :body ->> 'product' AND lot_no = :body ->> 'lot')");
  query_bind_text(&q, ":body", body);
  query_run(&q);
  return query_done(&q, error);
}

static bool
apply_lot(Db *store, const FeedChange *change, GError **error)
{
  return change->is_delete ||
         (put_lot(store, change->body, error) && place_lot(store, change->body, error));
}

static bool
apply_shelf(Db *store, const FeedChange *change, GError **error)
{
  if (change->is_delete) {
    g_auto(Query) q =
        query(store, "DELETE FROM shelf WHERE product = CAST(:key AS INTEGER)");
    query_bind_text(&q, ":key", change->key);
    query_run(&q);
    return query_done(&q, error);
  }
  g_auto(Query) q =
      query(store,
            "INSERT INTO shelf (product, location)"
            " VALUES (:body ->> 'product', :body ->> 'location')"
            " ON CONFLICT (product) DO UPDATE SET location = excluded.location");
  query_bind_text(&q, ":body", change->body);
  query_run(&q);
  return query_done(&q, error);
}

/* The store's particulars become settings: "store.name", "store.round_step", … */
static bool
apply_store(Db *store, const FeedChange *change, GError **error)
{
  if (change->is_delete)
    return true;
  g_auto(Query) q =
      query(store,
            "INSERT INTO setting (key, value)"
            " SELECT 'store.' || key, CAST(atom AS TEXT) FROM json_each(:body)"
            "  WHERE key IN ('code', 'name', 'address', 'phone', 'round_step', 'logo',"
            "                'otc_a_when_absent')"
            "    AND atom IS NOT NULL"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value");
  query_bind_text(&q, ":body", change->body);
  query_run(&q);
  return query_done(&q, error);
}

/* A pharmacist came or went at another till, or at this one, or serves from afar. */
static bool
apply_duty(Db *store, const FeedChange *change, GError **error)
{
  if (change->is_delete)
    return true;
  Duty *duty = g_new0(Duty, 1);
  g_auto(Query) q =
      query(store,
            "SELECT :body ->> 'staff', coalesce(:body ->> 'here', 0),"
            "       coalesce(:body ->> 'place', 0), coalesce(:body ->> 'go', 0),"
            "       coalesce(:body ->> 'till', ''), coalesce(:body ->> 'number', ''),"
            "       coalesce(:body ->> 'scopes', 0), coalesce(:body ->> 'valid_to', 0),"
            "       coalesce(:body ->> 'at', 0)");
  query_bind_text(&q, ":body", change->body);
  if (query_next(&q)) {
    duty->staff = query_get_text(&q, 0);
    duty->here = query_get_int(&q, 1) != 0;
    duty->place = (DutyPlace)query_get_int(&q, 2);
    duty->go = (DutyGo)query_get_int(&q, 3);
    duty->till = query_get_text(&q, 4);
    duty->number = query_get_text(&q, 5);
    duty->scopes = (uint32_t)query_get_int(&q, 6);
    duty->valid_to = (Day)query_get_int(&q, 7);
    duty->at_us = query_get_int(&q, 8);
  }
  bool done = query_done(&q, error) && duty_store_hear(store, duty, error);
  duty_free(duty);
  return done;
}

static bool
apply(Db *store, const FeedChange *change, gpointer data, bool *ret_known, GError **error)
{
  if (strcmp(change->type, "movement") == 0)
    return apply_movement(store, change, error);
  if (strcmp(change->type, "lot") == 0)
    return apply_lot(store, change, error);
  if (strcmp(change->type, "shelf") == 0)
    return apply_shelf(store, change, error);
  if (strcmp(change->type, "store") == 0)
    return apply_store(store, change, error);
  if (strcmp(change->type, "duty") == 0)
    return apply_duty(store, change, error);
  *ret_known = false;
  return true;
}

bool
inbox_apply(Db *store, const char *page, gsize length, int *ret_changes, GError **error)
{
  const FeedWork work = {.stream = STREAM, .apply = apply};
  return feed_apply(store, &work, page, length, ret_changes, error);
}
