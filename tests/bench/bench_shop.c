#include "tests/bench/bench_shop.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "app/domain/person.h"
#include "db/catalogue_store.h"
#include "db/duty_store.h"
#include "db/seal.h"
#include "db/setting_store.h"

static Seal *
seal_of(const char *shop)
{
  g_autofree char *path = g_build_filename(shop, "device.key", NULL);
  g_autoptr(GError) error = NULL;
  Seal *seal = seal_open(path, &error);
  if (!seal)
    bench_fail(path, error);
  return seal;
}

static void
add_clerk(Db *catalogue, const Seal *seal)
{
  unsigned char salt[crypto_pwhash_SALTBYTES] = {1}, verifier[32];
  char salt_hex[2 * sizeof salt + 1], verifier_hex[2 * sizeof verifier + 1];
  if (sodium_init() < 0 || crypto_pwhash(verifier,
                                         sizeof verifier,
                                         BENCH_PIN,
                                         strlen(BENCH_PIN),
                                         salt,
                                         2,
                                         19922944,
                                         crypto_pwhash_ALG_ARGON2ID13) != 0)
    bench_fail("Argon2id", NULL);
  sodium_bin2hex(salt_hex, sizeof salt_hex, salt, sizeof salt);
  sodium_bin2hex(verifier_hex, sizeof verifier_hex, verifier, sizeof verifier);
  int64_t pos = catalogue_store_position(catalogue);
  g_autoptr(GString) page = bench_page_new(pos, 1);
  g_string_append_printf(
      page,
      "{\"pos\":%" G_GINT64_FORMAT ",\"type\":\"staff\",\"op\":\"put\",\"key\":\"%s\","
      "\"ver\":%" G_GINT64_FORMAT ",\"body\":{\"id\":312,\"number\":\"%s\",\"name\":"
      "\"张三\",\"role\":%d,\"rights\":16383,\"discount_limit_bp\":1000,\"active\":true,"
      "\"badge\":\"90312\",\"pin\":{\"salt\":\"%s\",\"verifier\":\"%s\",\"ops\":2,"
      "\"mem\":19922944}}}",
      pos + 1,
      BENCH_STAFF,
      pos + 1,
      BENCH_STAFF,
      ROLE_CLERK,
      salt_hex,
      verifier_hex);
  bench_page_end(page);
  g_autoptr(GError) error = NULL;
  if (!catalogue_store_apply(catalogue, seal, page->str, page->len, NULL, &error))
    bench_fail("clerk", error);
}

/* At a hub that does not answer: the till tries, as it would on a day offline. */
static void
enrol(Db *store, const Seal *seal)
{
  g_autoptr(GError) error = NULL;
  const Identity identity = {.store_id = 1,
                             .device_id = 7,
                             .epoch = 1,
                             .store_code = (char *)"0123",
                             .till_code = (char *)"03",
                             .hub_url = (char *)"http://127.0.0.1:1",
                             .token = (char *)"token"};
  if (!setting_store_set_identity(store, seal, &identity, &error))
    bench_fail("enrol", error);
}

/* Class A goods are not sold without one; never goes home. */
static void
put_pharmacist(Db *store)
{
  g_autoptr(GError) error = NULL;
  const Duty duty = {.staff = (char *)"0200",
                     .here = true,
                     .scopes = SCOPE_ANY,
                     .at_us = G_MAXINT64 / 2};
  if (!duty_store_hear(store, &duty, &error))
    bench_fail("pharmacist", error);
}

static void
remove_all(const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
      remove_all(path);
    else
      g_remove(path);
  }
  g_rmdir(folder);
}

char *
bench_shop(const Bench *bench)
{
  char *shop = g_build_filename(bench->folder, "till", NULL);
  g_autofree char *link = g_build_filename(shop, "catalogue.db", NULL);
  remove_all(shop);
  g_mkdir_with_parents(shop, 0700);
  const Bench inside = {.folder = shop, .rows = bench->rows};
  g_autoptr(Db) store = bench_store(&inside, "store.db");
  g_autoptr(Seal) seal = seal_of(shop);
  g_autoptr(Db) catalogue = bench_catalogue(bench);
  g_autofree char *target = g_canonicalize_filename(db_path(catalogue), NULL);
  enrol(store, seal);
  put_pharmacist(store);
  add_clerk(catalogue, seal);
  if (symlink(target, link) != 0)
    bench_fail(link, NULL);
  return shop;
}

void
bench_shop_remove(char *shop)
{
  remove_all(shop);
  g_free(shop);
}
