#include "tests/sync/chain_store.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "app/base/command.h"
#include "sync/hub/push.h"

int64_t
chain_store_number(Query q)
{
  g_auto(Query) used = q;
  return query_next(&used) ? query_get_int(&used, 0) : -1;
}

char *
chain_store_text(Query q)
{
  g_auto(Query) used = q;
  return query_next(&used) ? query_get_text(&used, 0) : NULL;
}

char *
chain_store_folder(void)
{
  if (sodium_init() < 0)
    g_error("no random numbers");
  return g_dir_make_tmp("guitai-hub-XXXXXX", NULL);
}

void
chain_store_remove(char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_remove(path);
  }
  g_rmdir(folder);
  g_free(folder);
}

char *
chain_store_do(Base *base, const char *verb, const char *json)
{
  g_auto(Reply) reply;
  g_autoptr(GError) error = NULL;
  reply_init(&reply);
  if (!admin_do(base, verb, json, strlen(json), NOON, &reply, &error))
    g_error("%s: %s", verb, error->message);
  return g_strdup(reply.json->str);
}

char *
chain_store_field(Base *base, const char *json, const char *path)
{
  g_auto(Query) q = query(base_db(base), "SELECT json_extract(:json, :path)");
  query_bind_text(&q, ":json", json);
  query_bind_text(&q, ":path", path);
  return query_next(&q) ? query_get_text(&q, 0) : NULL;
}

Device
chain_store_till(Base *base, const char *till, char **ret_token)
{
  g_autofree char *wanted =
      g_strdup_printf("{\"store\":\"" STORE "\",\"till\":\"%s\"}", till);
  g_autofree char *made =
      chain_store_do(base, "store.put", "{\"code\":\"" STORE "\",\"name\":\"和平路店\"}");
  g_autofree char *given = chain_store_do(base, "till.put", wanted);
  g_autofree char *code = chain_store_field(base, given, "$.code");
  g_auto(Reply) reply;
  Device device = {0};
  bool is_known = false;
  reply_init(&reply);
  enrolment_redeem(base, code, NOON, &reply, NULL);
  g_autofree char *token = chain_store_field(base, reply.json->str, "$.token");
  enrolment_find(base, token, &device, &is_known, NULL);
  g_assert(is_known);
  if (ret_token)
    *ret_token = g_steal_pointer(&token);
  return device;
}

void
chain_store_articles(Base *base)
{
  g_autofree char *made = chain_store_do(
      base,
      "articles",
      "{\"rows\":["
      "{\"code\":\"A1\",\"generic_name\":\"阿莫西林胶囊\",\"class\":1,\"units\":"
      "[{\"name\":\"盒\",\"base\":24,\"sale\":true,\"default\":true}],\"barcodes\":"
      "[{\"code\":\"06901234567892\",\"kind\":\"ean\",\"unit\":\"盒\"}],"
      "\"prices\":[{\"unit\":\"盒\",\"fen\":1850}]},"
      "{\"code\":\"A2\",\"generic_name\":\"板蓝根颗粒\",\"class\":3,\"units\":"
      "[{\"name\":\"盒\",\"base\":1,\"sale\":true,\"default\":true}],\"barcodes\":[]},"
      "{\"code\":\"A3\",\"generic_name\":\"体温计\",\"class\":7,\"units\":"
      "[{\"name\":\"支\",\"base\":1,\"sale\":true,\"default\":true}],\"barcodes\":[]}]}");
}

void
till_side_begin(TillSide *side, Device device, int64_t epoch)
{
  *side = (TillSide){.device = device, .epoch = epoch, .events = g_string_new(NULL)};
  digest_begin_chain(device.id, epoch, side->hash);
  memcpy(side->base_hash, side->hash, DIGEST_BYTES);
}

void
till_side_clear(TillSide *side)
{
  if (side->events)
    g_string_free(side->events, TRUE);
  side->events = NULL;
}

void
till_side_add(TillSide *side, const char *type, const char *body)
{
  digest_chain(side->hash, type, body, strlen(body));
  g_string_append_printf(side->events,
                         "%s{\"seq\":%" G_GINT64_FORMAT
                         ",\"type\":\"%s\",\"v\":1,\"at\":%" G_GINT64_FORMAT ",\"body\":",
                         side->events->len ? "," : "",
                         ++side->seq,
                         type,
                         NOON);
  command_json(side->events, body);
  g_string_append_c(side->events, '}');
}

void
till_side_sell(TillSide *side, int64_t product, int boxes)
{
  int due = 1850 * boxes;
  g_autofree char *body = g_strdup_printf(
      "{\"uid\":\"%08" G_GINT64_MODIFIER "x%08" G_GINT64_MODIFIER
      "x%016" G_GINT64_MODIFIER "x\",\"number\":\"" STORE "-03-e%" G_GINT64_FORMAT
      "-%06" G_GINT64_FORMAT "\",\"at\":%" G_GINT64_FORMAT
      ",\"biz_date\":20261123,\"shift\":1,\"staff\":\"0312\",\"gross\":%d,\"discount\":0,"
      "\"rounding\":0,\"due\":%d,\"tax\":0,\"lines\":[{\"n\":1,\"product\":"
      "%" G_GINT64_FORMAT
      ",\"name\":\"x\",\"unit\":\"盒\",\"unit_base\":24,\"qty\":%d,\"price\":1850,"
      "\"price_source\":\"shelf\",\"discount\":0,\"net\":%d,\"tax\":0,\"lot\":\"L1\","
      "\"expiry\":20271231,\"approver\":\"\"}],\"tenders\":[{\"kind\":1,\"amount\":%d,"
      "\"given\":%d,\"reference\":\"\"}],\"movements\":[{\"n\":1,\"product\":"
      "%" G_GINT64_FORMAT
      ",\"lot\":\"L1\",\"expiry\":20271231,\"location\":\"R-1\",\"qty\":%d,"
      "\"kind\":\"sale\"}]}",
      side->device.id,
      side->epoch,
      side->seq + 1,
      side->epoch,
      side->seq + 1,
      NOON,
      due,
      due,
      product,
      24 * boxes,
      due,
      due,
      due,
      product,
      -24 * boxes);
  till_side_add(side, "sale", body);
}

char *
till_side_request(const TillSide *side)
{
  char hex[DIGEST_HEX];
  digest_hex(side->base_hash, hex);
  return g_strdup_printf("{\"device\":%" G_GINT64_FORMAT ",\"epoch\":%" G_GINT64_FORMAT
                         ",\"base\":%" G_GINT64_FORMAT
                         ",\"base_hash\":\"%s\",\"events\":[%s]}",
                         side->device.id,
                         side->epoch,
                         side->base,
                         hex,
                         side->events->str);
}

void
till_side_acked(TillSide *side)
{
  g_string_truncate(side->events, 0);
  side->base = side->seq;
  memcpy(side->base_hash, side->hash, DIGEST_BYTES);
}

char *
till_side_push(TillSide *side, Base *base, unsigned *ret_status)
{
  g_autofree char *request = till_side_request(side);
  g_autoptr(GError) error = NULL;
  g_auto(Reply) reply;
  reply_init(&reply);
  if (!push_apply(base, &side->device, request, strlen(request), NOON, &reply, &error))
    g_string_assign(reply.json, error->message);
  if (ret_status)
    *ret_status = error ? 0 : reply.status;
  if (!error && reply.status == 200)
    till_side_acked(side);
  return g_strdup(reply.json->str);
}
