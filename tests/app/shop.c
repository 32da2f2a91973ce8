#include "tests/app/shop.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <time.h>

#include "app/base/clock.h"
#include "app/domain/barcode.h"
#include "app/on_duty.h"
#include "db/catalogue_store.h"
#include "db/duty_store.h"
#include "db/inbox.h"
#include "db/seal.h"

typedef struct {
  int id;
  const char *ean; /* 12 digits; the check digit is added */
  const char *name, *spec;
  int legal_class, special, measure;
  const char *units;
  int fen; /* of the default unit; 0: no price */
  int active;
} ShopArticle;

static const ShopArticle SHOP_ARTICLES[] = {
    {RX_BOX,
     "690000000001",
     "阿莫西林胶囊",
     "0.25g×24粒",
     CLASS_RX,
     0,
     0,
     "{\"name\":\"盒\",\"base\":24,\"sale\":true,\"default\":true}",
     1850,
     1},
    {IBUPROFEN,
     "690000000002",
     "布洛芬缓释胶囊",
     "0.3g×20粒",
     CLASS_OTC_A,
     0,
     0,
     "{\"name\":\"盒\",\"base\":20,\"sale\":true,\"default\":true},"
     "{\"name\":\"粒\",\"base\":1,\"sale\":true,\"default\":false}",
     2250,
     1},
    {VITAMIN,
     "690000000003",
     "维生素C泡腾片",
     "1g×10片",
     CLASS_OTC_B,
     0,
     0,
     "{\"name\":\"支\",\"base\":1,\"sale\":true,\"default\":true}",
     2990,
     1},
    {HERB,
     "210004000000",
     "炙黄芪",
     "统货",
     CLASS_HERB,
     0,
     1,
     "{\"name\":\"g\",\"base\":1000,\"sale\":true,\"default\":true}",
     19,
     1},
    {EXPIRED,
     "690000000005",
     "小儿止咳糖浆",
     "100ml",
     CLASS_OTC_B,
     0,
     0,
     "{\"name\":\"瓶\",\"base\":1,\"sale\":true,\"default\":true}",
     1680,
     1},
    {TONIGHT,
     "690000000006",
     "复方甘草含片",
     "24片",
     CLASS_OTC_B,
     0,
     0,
     "{\"name\":\"盒\",\"base\":1,\"sale\":true,\"default\":true}",
     990,
     1},
    {PLASTER_SMALL,
     "690000000007",
     "创可贴",
     "10片",
     CLASS_DEVICE_1,
     0,
     0,
     "{\"name\":\"盒\",\"base\":1,\"sale\":true,\"default\":true}",
     300,
     1},
    {PLASTER_LARGE,
     "690000000007",
     "创可贴",
     "100片",
     CLASS_DEVICE_1,
     0,
     0,
     "{\"name\":\"盒\",\"base\":1,\"sale\":true,\"default\":true}",
     2500,
     1},
    {UNPRICED,
     "690000000009",
     "板蓝根颗粒",
     "10g×20袋",
     CLASS_OTC_B,
     0,
     0,
     "{\"name\":\"袋\",\"base\":1,\"sale\":true,\"default\":true}",
     0,
     1},
    {RETIRED,
     "690000000010",
     "去痛片",
     "100片",
     CLASS_OTC_B,
     0,
     0,
     "{\"name\":\"瓶\",\"base\":1,\"sale\":true,\"default\":true}",
     500,
     0},
    {EPHEDRINE,
     "690000000011",
     "氨酚伪麻那敏片",
     "12片",
     CLASS_OTC_A,
     1,
     0,
     "{\"name\":\"盒\",\"base\":1,\"sale\":true,\"default\":true}",
     1480,
     1},
    {LOCKED,
     "690000000012",
     "感冒灵颗粒",
     "10g×9袋",
     CLASS_OTC_B,
     0,
     0,
     "{\"name\":\"盒\",\"base\":1,\"sale\":true,\"default\":true}",
     1200,
     1},
    {NO_LOTS,
     "690000000013",
     "无糖薄荷润喉糖",
     "40g",
     CLASS_HEALTH_FOOD,
     0,
     0,
     "{\"name\":\"盒\",\"base\":1,\"sale\":true,\"default\":true}",
     1280,
     1},
};

static const struct {
  int id;
  const char *lot;
  int expiry, state, qty;
} SHOP_LOTS[] = {
    {RX_BOX, "A1", 20280131, LOT_SELLABLE, 240},
    {IBUPROFEN, "B1", 20280331, LOT_SELLABLE, 60},
    {IBUPROFEN, "B2", 20290331, LOT_SELLABLE, 100},
    {VITAMIN, "VC2502", 20270218, LOT_SELLABLE, 5},
    {HERB, "HQ2609", 20280930, LOT_SELLABLE, 500000},
    {EXPIRED, "X1", 20261031, LOT_SELLABLE, 4},
    {TONIGHT, "T1", 20261122, LOT_SELLABLE, 3},
    {PLASTER_SMALL, "P1", 20290101, LOT_SELLABLE, 50},
    {PLASTER_LARGE, "P2", 20290101, LOT_SELLABLE, 50},
    {UNPRICED, "U1", 20280101, LOT_SELLABLE, 9},
    {RETIRED, "R1", 20280101, LOT_SELLABLE, 9},
    {EPHEDRINE, "E1", 20280101, LOT_SELLABLE, 9},
    {LOCKED, "G1", 20280101, LOT_LOCKED, 9},
};

/* @twelve digits with their check digit. */
const char *
shop_code(const char *twelve, char ret[14])
{
  g_snprintf(ret, 14, "%s%c", twelve, barcode_check_digit(twelve, 12));
  return ret;
}

static void
shop_change(
    GString *changes, int *pos, const char *type, const char *key, const char *body)
{
  g_string_append_printf(
      changes,
      "%s{\"pos\":%d,\"type\":\"%s\",\"op\":\"put\",\"key\":\"%s\",\"ver\":1,"
      "\"body\":%s}",
      *pos ? "," : "",
      *pos + 1,
      type,
      key,
      body);
  ++*pos;
}

static char *
shop_page(const char *stream, int to, GString *changes)
{
  return g_strdup_printf(
      "{\"stream\":\"%s\",\"from\":0,\"to\":%d,\"head\":%d,\"changes\":[%s],"
      "\"hub_time\":0}",
      stream,
      to,
      to,
      changes->str);
}

static void
shop_add_article(GString *changes, int *pos, const ShopArticle *a)
{
  char code[14], key[16];
  g_snprintf(key, sizeof key, "%d", a->id);
  g_autofree char *body = g_strdup_printf(
      "{\"id\":%d,\"code\":\"C%04d\",\"rank\":%d,\"generic_name\":\"%s\",\"trade_name\":"
      "\"\","
      "\"spec\":\"%s\",\"form\":\"\",\"maker\":\"康禾制药\",\"approval_no\":\"国药准字H%"
      "08d\","
      "\"origin\":\"\",\"class\":%d,\"special\":%d,\"storage\":0,\"measure\":%d,\"near_"
      "days\":180,"
      "\"tax_bp\":1300,\"insured\":false,\"trace_required\":false,\"active\":%s,"
      "\"units\":[%s],"
      "\"barcodes\":[{\"code\":\"%s\",\"kind\":\"%s\",\"unit\":\"\"}],\"mnemonics\":[]}",
      a->id,
      a->id,
      a->id,
      a->name,
      a->spec,
      a->id,
      a->legal_class,
      a->special,
      a->measure,
      a->active ? "true" : "false",
      a->units,
      shop_code(a->ean, code),
      a->ean[0] == '2' ? "instore" : "ean");
  shop_change(changes, pos, "article", key, body);
}

static void
shop_add_price(GString *changes, int *pos, int id, const char *unit, int fen)
{
  g_autofree char *key = g_strdup_printf("%d/%s/shelf/0", id, unit);
  g_autofree char *body =
      g_strdup_printf("{\"product\":%d,\"unit\":\"%s\",\"tier\":\"shelf\","
                      "\"fen\":%d,\"from\":0,\"to\":null,\"reason\":\"\"}",
                      id,
                      unit,
                      fen);
  shop_change(changes, pos, "price", key, body);
}

static char *
shop_hex(const unsigned char *bytes, size_t n)
{
  char *hex = g_malloc0(2 * n + 1);
  return sodium_bin2hex(hex, 2 * n + 1, bytes, n);
}

typedef struct {
  const char *number, *name;
  int role;
  unsigned rights;
  int limit_bp;
  const char *badge, *pin;
  const char *registration; /* JSON */
} ShopPerson;

static void
shop_add_staff(GString *changes, int *pos, const ShopPerson *person)
{
  const char *pin = person->pin;
  unsigned char salt[crypto_pwhash_SALTBYTES] = {1, 2, 3}, verifier[32];
  if (crypto_pwhash(verifier,
                    sizeof verifier,
                    pin,
                    strlen(pin),
                    salt,
                    2,
                    19922944,
                    crypto_pwhash_ALG_ARGON2ID13) != 0)
    g_error("no memory for Argon2id");
  g_autofree char *salt_hex = shop_hex(salt, sizeof salt);
  g_autofree char *verifier_hex = shop_hex(verifier, sizeof verifier);
  g_autofree char *body = g_strdup_printf(
      "{\"id\":%s,\"number\":\"%s\",\"name\":\"%s\",\"role\":%d,\"rights\":%u,"
      "\"discount_limit_bp\":%d,\"registration\":%s,\"active\":true,\"badge\":\"%s\","
      "\"pin\":{\"salt\":\"%"
      "s\","
      "\"verifier\":\"%s\",\"ops\":2,\"mem\":19922944}}",
      person->number + 1,
      person->number,
      person->name,
      person->role,
      person->rights,
      person->limit_bp,
      person->registration,
      person->badge,
      salt_hex,
      verifier_hex);
  shop_change(changes, pos, "staff", person->number, body);
}

#define SHOP_CLERK                                                                       \
  (RIGHT_SELL | RIGHT_HOLD | RIGHT_LINE_DISCOUNT | RIGHT_SHIFT | RIGHT_REPRINT)

static const ShopPerson SHOP_PEOPLE[] = {
    {"0312", "张三", ROLE_CLERK, SHOP_CLERK, 1000, "90312", "3120", "null"},
    {"0101", "王店长", ROLE_MANAGER, 0x3fff, 5000, "90101", "1010", "null"},
    {"0205",
     "李敏",
     ROLE_PHARMACIST,
     SHOP_CLERK | RIGHT_REVIEW_RX,
     1500,
     "90205",
     "2050",
     "{\"number\":\"211220001234\",\"kind\":1,\"scopes\":3,\"from\":20230101,"
     "\"to\":20271231}"},
    {"0206",
     "周正",
     ROLE_PHARMACIST,
     SHOP_CLERK | RIGHT_REVIEW_RX,
     1500,
     "90206",
     "2060",
     "{\"number\":\"211180007777\",\"kind\":1,\"scopes\":1,\"from\":20210101,"
     "\"to\":20261031}"},
};

static void
shop_fill_catalogue(Db *catalogue, const Seal *seal)
{
  g_autoptr(GString) changes = g_string_new(NULL);
  int pos = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(SHOP_ARTICLES); i++) {
    const ShopArticle *a = &SHOP_ARTICLES[i];
    g_autofree char *unit = g_strndup(a->units + 9, strcspn(a->units + 9, "\""));
    shop_add_article(changes, &pos, a);
    if (a->fen)
      shop_add_price(changes, &pos, a->id, unit, a->fen);
  }
  shop_add_price(changes, &pos, IBUPROFEN, "粒", 130);
  for (gsize i = 0; i < G_N_ELEMENTS(SHOP_PEOPLE); i++)
    shop_add_staff(changes, &pos, &SHOP_PEOPLE[i]);
  g_autofree char *page = shop_page("cat", pos, changes);
  g_autoptr(GError) error = NULL;
  if (!catalogue_store_apply(catalogue, seal, page, strlen(page), NULL, &error))
    g_error("catalogue page: %s", error->message);
}

static void
shop_fill_store(Db *store)
{
  g_autoptr(GString) changes = g_string_new(NULL);
  int pos = 0;
  shop_change(
      changes,
      &pos,
      "store",
      "1",
      "{\"store_id\":1,\"code\":\"0123\",\"name\":\"和平路店\",\"address\":\"和平路1号\","
      "\"phone\":\"010-1\",\"round_step\":1}");
  for (gsize i = 0; i < G_N_ELEMENTS(SHOP_LOTS); i++) {
    int id = SHOP_LOTS[i].id;
    const char *lot = SHOP_LOTS[i].lot;
    g_autofree char *movement =
        g_strdup_printf("{\"device\":0,\"epoch\":1,\"seq\":%d,\"n\":1,\"at\":0,"
                        "\"product\":%d,\"lot\":\"%s\","
                        "\"expiry\":%d,\"location\":\"A-01\",\"qty\":%d,\"kind\":"
                        "\"receive\",\"doc\":\"RK1\"}",
                        (int)i + 1,
                        id,
                        lot,
                        SHOP_LOTS[i].expiry,
                        SHOP_LOTS[i].qty);
    g_autofree char *key = g_strdup_printf("0/1/%d/1", (int)i + 1);
    g_autofree char *state =
        g_strdup_printf("{\"product\":%d,\"lot\":\"%s\",\"expiry\":%d,\"state\":%d}",
                        id,
                        lot,
                        SHOP_LOTS[i].expiry,
                        SHOP_LOTS[i].state);
    g_autofree char *lot_key = g_strdup_printf("%d/%s", id, lot);
    shop_change(changes, &pos, "movement", key, movement);
    shop_change(changes, &pos, "lot", lot_key, state);
  }
  /* Seen at the other till an hour ago. */
  shop_change(changes,
              &pos,
              "duty",
              "0205",
              "{\"staff\":\"0205\",\"here\":true,\"place\":0,\"till\":\"02\",\"number\":"
              "\"211220001234\",\"scopes\":3,\"valid_to\":20271231,"
              "\"at\":1795308060000000}");
  g_autofree char *page = shop_page("store", pos, changes);
  g_autoptr(GError) error = NULL;
  if (!inbox_apply(store, page, strlen(page), NULL, &error))
    g_error("store page: %s", error->message);
}

void
shop_set_clock(int64_t now_us)
{
  clock_set_shift_us(0);
  clock_set_shift_us(now_us - clock_now_us());
}

static bool has_bus;

void
shop_set_bus(bool on)
{
  has_bus = on;
}

void
shop_open_till(Shop *shop)
{
  g_autoptr(GError) error = NULL;
  TillOptions options = {.folder = shop->folder,
                         .device[USE_SCANNER] = has_bus ? NULL : "sim-scanner:",
                         .device[USE_PRINTER] = has_bus ? NULL : "sim-printer:",
                         .device[USE_ID_READER] = has_bus ? NULL : "sim-id-reader:",
                         .device[USE_CARD_READER] = has_bus ? NULL : "sim-ccid:",
                         .without_sync = true,
                         .without_usb = !has_bus};
  shop->till = till_open(&options, &error);
  if (!shop->till)
    g_error("no till: %s", error->message);
  await(has_bus || !desk_is_plugged(DESK_PRINTER) ||
        !(device_state(shop->till->device[USE_PRINTER]) & DEVICE_GONE));
}

static void
shop_fill(Shop *shop)
{
  g_autofree char *key = folder_path(shop->folder, "device.key");
  g_autofree char *store_path = folder_path(shop->folder, "store.db");
  g_autofree char *catalogue_path = folder_path(shop->folder, "catalogue.db");
  g_autoptr(Seal) seal = seal_open(key, NULL);
  g_autoptr(Db) store = db_open(store_path, "store", DB_WRITER, NULL);
  g_autoptr(Db) catalogue = db_open(catalogue_path, "catalogue", DB_WRITER, NULL);
  Identity identity = {.store_id = 1,
                       .device_id = 7,
                       .epoch = 1,
                       .store_code = (char *)"0123",
                       .till_code = (char *)"03",
                       .hub_url = (char *)"http://127.0.0.1:1",
                       .token = (char *)"secret"};
  if (!setting_store_set_identity(store, seal, &identity, NULL))
    g_error("no identity");
  shop_fill_catalogue(catalogue, seal);
  shop_fill_store(store);
}

Shop
shop_open(void)
{
  Shop shop = {g_dir_make_tmp("guitai-till-XXXXXX", NULL), NULL};
  g_setenv("TZ", "Asia/Shanghai", TRUE);
  tzset();
  if (sodium_init() < 0)
    g_error("no sodium");
  shop_set_clock(MORNING_US);
  desk_reset();
  shop_fill(&shop);
  shop_open_till(&shop);
  return shop;
}

static void
shop_remove(const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
      shop_remove(path);
    else
      g_remove(path);
  }
  g_rmdir(folder);
}

void
shop_close(Shop *shop)
{
  till_free(shop->till);
  shop_remove(shop->folder);
  g_free(shop->folder);
  clock_set_shift_us(0);
}

void
shop_reopen(Shop *shop)
{
  g_clear_pointer(&shop->till, till_free);
  shop_open_till(shop);
}

void
shop_sign_in(Shop *shop)
{
  sign_in(shop->till, "0312", "3120");
}

void
shop_send_pharmacist_home(Shop *shop)
{
  Duty gone = {.staff = (char *)"0205", .at_us = till_now_us(shop->till)};
  duty_store_hear(shop->till->store, &gone, NULL);
  on_duty_read(shop->till);
}

/* Types @text and presses Enter, or scans it. */
void
shop_type(Shop *shop, const char *text)
{
  scan_code(shop->till, text, strlen(text), SCAN_TYPED);
}

void
shop_scan(Shop *shop, const char *twelve)
{
  char code[14];
  shop_code(twelve, code);
  scan_code(shop->till, code, strlen(code), SCAN_SCANNED);
}

const char *
shop_ean(int id)
{
  return SHOP_ARTICLES[id - 1].ean;
}

void
shop_scan_article(Shop *shop, int id)
{
  shop_scan(shop, shop_ean(id));
}

/* Base units of @lot on the books. */
int64_t
shop_on_hand(Shop *shop, int id, const char *lot)
{
  g_auto(Query) q =
      query(shop->till->store,
            "SELECT sum(qty) FROM balance WHERE product = :product AND lot_no = :lot");
  query_bind_int(&q, ":product", id);
  query_bind_text(&q, ":lot", lot);
  return query_next(&q) ? query_get_int(&q, 0) : -1;
}

int64_t
shop_sales(Shop *shop)
{
  g_auto(Query) q = query(shop->till->store, "SELECT count(*) FROM sale /* scan */");
  return query_next(&q) ? query_get_int(&q, 0) : -1;
}
