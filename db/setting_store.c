#include "db/setting_store.h"

#include <string.h>

#include "db/query.h"
#include "db/seal.h"

#define TOKEN_PLACE "identity|1|token"

char *
setting_store_text(Db *store, const char *key, const char *otherwise)
{
  g_auto(Query) q = query(store, "SELECT value FROM setting WHERE key = :key");
  query_bind_text(&q, ":key", key);
  return query_next(&q) ? query_get_text(&q, 0) : g_strdup(otherwise);
}

int64_t
setting_store_int(Db *store, const char *key, int64_t otherwise)
{
  g_autofree char *text = setting_store_text(store, key, NULL);
  gint64 value;
  return text && g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &value, NULL)
             ? value
             : otherwise;
}

bool
setting_store_set(Db *store, const char *key, const char *value, GError **error)
{
  if (!value) {
    g_auto(Query) q = query(store, "DELETE FROM setting WHERE key = :key");
    query_bind_text(&q, ":key", key);
    query_run(&q);
    return query_done(&q, error);
  }
  g_auto(Query) q = query(store,
                          "INSERT INTO setting (key, value) VALUES (:key, :value)"
                          " ON CONFLICT (key) DO UPDATE SET value = excluded.value");
  query_bind_text(&q, ":key", key);
  query_bind_text(&q, ":value", value);
  query_run(&q);
  return query_done(&q, error);
}

void
identity_free(Identity *identity)
{
  if (!identity)
    return;
  g_free(identity->store_code);
  g_free(identity->till_code);
  g_free(identity->hub_url);
  g_free(identity->token);
  g_free(identity);
}

/* A token sealed by another device's key cannot be read: the file was copied to another
 * machine, which must be enrolled itself. The till goes on without a line. */
static char *
lift_token(const Seal *seal, GBytes *sealed)
{
  g_autoptr(GBytes) open = sealed ? seal_lift(seal, TOKEN_PLACE, sealed) : NULL;
  if (!open)
    return NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data(open, &length);
  return g_strndup(text, length);
}

bool
setting_store_identity(Db *store, const Seal *seal, Identity **ret, GError **error)
{
  Identity *found = NULL;
  g_auto(Query) q = query(store,
                          "SELECT store_id, device_id, epoch, store_code, till_code,"
                          "       hub_url, token FROM identity WHERE one = 1");
  if (query_next(&q)) {
    g_autoptr(GBytes) sealed = query_get_bytes(&q, 6);
    found = g_new0(Identity, 1);
    found->store_id = query_get_int(&q, 0);
    found->device_id = query_get_int(&q, 1);
    found->epoch = (int)query_get_int(&q, 2);
    found->store_code = query_get_text(&q, 3);
    found->till_code = query_get_text(&q, 4);
    found->hub_url = query_get_text(&q, 5);
    found->token = lift_token(seal, sealed);
  }
  if (!query_done(&q, error)) {
    identity_free(found);
    return false;
  }
  *ret = found;
  return true;
}

static bool
write_identity(Db *store, const Seal *seal, const Identity *identity, GError **error)
{
  const char *token = identity->token ? identity->token : "";
  g_autoptr(GBytes) sealed = seal_close(seal, TOKEN_PLACE, token, strlen(token));
  g_auto(Query) q = query(
      store,
      "INSERT INTO identity (one, store_id, device_id, epoch, store_code, till_code,"
      "                      hub_url, token)"
      " VALUES (1, :store, :device, :epoch, :store_code, :till_code, :url, :token)"
      " ON CONFLICT (one) DO UPDATE SET"
      "   store_id = excluded.store_id, device_id = excluded.device_id,"
      "   epoch = excluded.epoch, store_code = excluded.store_code,"
      "   till_code = excluded.till_code, hub_url = excluded.hub_url,"
      "   token = excluded.token");
  query_bind_int(&q, ":store", identity->store_id);
  query_bind_int(&q, ":device", identity->device_id);
  query_bind_int(&q, ":epoch", identity->epoch);
  query_bind_text(&q, ":store_code", identity->store_code);
  query_bind_text(&q, ":till_code", identity->till_code);
  query_bind_text(&q, ":url", identity->hub_url ? identity->hub_url : "");
  query_bind_bytes(
      &q, ":token", g_bytes_get_data(sealed, NULL), g_bytes_get_size(sealed));
  query_run(&q);
  return query_done(&q, error);
}

/* Numbers and event ids belong to (device, epoch): neither may be used again by another
 * device or after a step back. */
static bool
take_epoch(Db *store, const Identity *identity, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO epoch (epoch, device) VALUES (:epoch, :device)"
            " ON CONFLICT (epoch) DO UPDATE SET device = excluded.device"
            "   WHERE device = excluded.device OR NOT EXISTS"
            "     (SELECT 1 FROM outbox WHERE id BETWEEN epoch.epoch << 32"
            "                                    AND (epoch.epoch + 1) << 32)");
  query_bind_int(&q, ":epoch", identity->epoch);
  query_bind_int(&q, ":device", identity->device_id);
  query_run(&q);
  bool taken = query_changes(&q) > 0;
  if (!query_done(&q, error))
    return false;
  if (!taken)
    g_set_error(error,
                DB_ERROR,
                DB_ERROR_REFUSED,
                "epoch %d was used by another device",
                identity->epoch);
  return taken;
}

static bool
goes_back(Db *store, int epoch, GError **error)
{
  g_auto(Query) q = query(store, "SELECT max(epoch) FROM epoch");
  int newest = query_next(&q) ? (int)query_get_int(&q, 0) : 0;
  if (!query_done(&q, error))
    return true;
  if (epoch < newest)
    g_set_error(error,
                DB_ERROR,
                DB_ERROR_REFUSED,
                "epoch %d was followed by %d already",
                epoch,
                newest);
  return epoch < newest;
}

bool
setting_store_set_identity(Db *store,
                           const Seal *seal,
                           const Identity *identity,
                           GError **error)
{
  g_autoptr(DbWork) work = db_begin(store, error);
  return work && !goes_back(store, identity->epoch, error) &&
         take_epoch(store, identity, error) &&
         write_identity(store, seal, identity, error) && db_commit(work, error);
}
