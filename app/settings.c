#include "app/settings.h"

#include <gio/gio.h>

#include "app/backroom.h"
#include "app/folder.h"
#include "db/outbox.h"

char *
settings_text(const Till *till, const char *key)
{
  return setting_store_text(till->store, key, "");
}

bool
settings_set(Till *till, const char *key, const char *value, GError **error)
{
  if (!setting_store_set(till->store, key, value, error))
    return false;
  till_changed(till, TILL_EVERYTHING);
  return true;
}

/* From the store's feed ("store.logo", base64); else a file that somebody laid into the
 * till's folder. */
static GBytes *
read_logo(const Till *till)
{
  g_autofree char *text = setting_store_text(till->store, "store.logo", "");
  g_autofree char *path = folder_path(till->folder, "logo.png");
  g_autoptr(GFile) file = g_file_new_for_path(path);
  gsize length = 0;
  guchar *bytes = *text ? g_base64_decode(text, &length) : NULL;

  if (length > 0)
    return g_bytes_new_take(bytes, length);
  g_free(bytes);
  return g_file_test(path, G_FILE_TEST_IS_REGULAR)
             ? g_file_load_bytes(file, NULL, NULL, NULL)
             : NULL;
}

void
settings_read(Till *till)
{
  g_free(till->store_name);
  g_free(till->store_address);
  g_free(till->store_phone);
  till->store_name = setting_store_text(till->store, "store.name", "");
  till->store_address = setting_store_text(till->store, "store.address", "");
  till->store_phone = setting_store_text(till->store, "store.phone", "");
  g_clear_pointer(&till->logo, g_bytes_unref);
  till->logo = read_logo(till);
  till->round_step = setting_store_int(till->store, "store.round_step", 1);
  if (till->round_step < 1)
    till->round_step = 1;
  g_autofree char *otc_a =
      setting_store_text(till->store, "store.otc_a_when_absent", "block");
  till->otc_a_without_pharmacist = g_str_equal(otc_a, "advise");
  till_changed(till, TILL_STAFF | TILL_SALE);
}

/* The number series and the chain of what was made before belong to nobody the hub knows.
 */
static bool
is_fresh(Db *store, const Seal *seal, GError **error)
{
  g_autoptr(Identity) identity = NULL;
  OutboxState state;

  if (!setting_store_identity(store, seal, &identity, error) ||
      !outbox_state(store, &state, error))
    return false;
  if (identity)
    g_set_error(error,
                DB_ERROR,
                DB_ERROR_REFUSED,
                "this till is already till %s of store %s",
                identity->till_code,
                identity->store_code);
  else if (state.head > 0)
    g_set_error_literal(error,
                        DB_ERROR,
                        DB_ERROR_REFUSED,
                        "this till has made sales of its own: enrol an empty folder");
  return !identity && state.head == 0;
}

static bool
ask_hub(const char *hub_url, const char *code, Identity *ret, GError **error)
{
  return sync_enrol(hub_url,
                    code,
                    &ret->token,
                    &ret->store_id,
                    &ret->device_id,
                    &ret->epoch,
                    &ret->store_code,
                    &ret->till_code,
                    error);
}

static bool
enrol_open(
    Db *store, const Seal *seal, const char *hub_url, const char *code, GError **error)
{
  Identity *identity = g_new0(Identity, 1);
  identity->hub_url = g_strdup(hub_url);
  bool done = is_fresh(store, seal, error) && ask_hub(hub_url, code, identity, error) &&
              setting_store_set_identity(store, seal, identity, error);
  identity_free(identity);
  return done;
}

bool
settings_enrol(const char *folder, const char *hub_url, const char *code, GError **error)
{
  g_autofree char *path = folder_path(folder, "store.db");
  g_autofree char *key = folder_path(folder, "device.key");
  int lock = folder_make(folder, error) ? folder_lock(folder, error) : -1;
  if (lock < 0)
    return false;

  g_autoptr(Seal) seal = seal_open(key, error);
  g_autoptr(Db) store = seal ? db_open(path, "store", DB_WRITER, error) : NULL;
  bool done = store && enrol_open(store, seal, hub_url, code, error);
  g_clear_pointer(&store, db_close);
  folder_unlock(lock);
  return done;
}
