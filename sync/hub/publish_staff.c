#include "sync/hub/publish_staff.h"

#include "db/query.h"
#include "sync/hub/stream.h"

typedef struct {
  char *number, *badge, *content, *pin; /* owned; @badge, @pin: (nullable) */
} StaffRow;

static void
clear_row(gpointer data)
{
  StaffRow *row = data;
  g_free(row->number);
  g_free(row->badge);
  g_free(row->content);
  g_free(row->pin);
}

static bool
read_rows(Base *base,
          const char *json,
          gsize length,
          GArray *rows,
          bool *ret_good,
          GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(value, '$.number'), nullif(json_extract(value, "
            "'$.badge'), ''),"
            "       json_object('name', json_extract(value, '$.name'),"
            "                   'role', json_extract(value, '$.role'),"
            "                   'rights', json_extract(value, '$.rights'),"
            "                   'discount_limit_bp',"
            "                   json_extract(value, '$.discount_limit_bp'),"
            "                   'price_limit_bp',"
            "                   coalesce(json_extract(value, '$.price_limit_bp'), 0),"
            "                   'refund_limit',"
            "                   coalesce(json_extract(value, '$.refund_limit'), 0),"
            "                   'count_limit',"
            "                   coalesce(json_extract(value, '$.count_limit'), 0),"
            "                   'registration',"
            "                   json(json_extract(value, '$.registration')),"
            "                   'active', json(iif(json_extract(value, '$.active'),"
            "                                      'true', 'false'))),"
            "       json_extract(value, '$.pin'),"
            "       json_type(value, '$.number') IS 'text' AND json_type(value, "
            "'$.name') IS 'text'"
            "   AND json_type(value, '$.role') IS 'integer'"
            "   AND json_type(value, '$.rights') IS 'integer'"
            "   AND json_type(value, '$.discount_limit_bp') IS 'integer'"
            "   AND coalesce(json_type(value, '$.pin'), 'null') IN ('null', 'object')"
            "   AND coalesce(json_type(value, '$.registration'), 'null')"
            "       IN ('null', 'object')"
            "  FROM json_each(:json, '$.rows') /* scan */ WHERE type = 'object'");
  query_bind_text_n(&q, ":json", json, length);
  *ret_good = true;
  while (query_next(&q)) {
    StaffRow row = {query_get_text(&q, 0),
                    query_get_text(&q, 1),
                    query_get_text(&q, 2),
                    query_get_text(&q, 3)};
    *ret_good = *ret_good && query_get_int(&q, 4) != 0;
    g_array_append_val(rows, row);
  }
  return query_done(&q, error);
}

static bool
has_others_badge(Base *base, const StaffRow *row, bool *ret, GError **error)
{
  g_auto(Query) q = query(
      base_db(base), "SELECT 1 FROM staff WHERE badge = :badge AND number <> :number");
  query_bind_text(&q, ":badge", row->badge);
  query_bind_text(&q, ":number", row->number);
  *ret = query_next(&q);
  return query_done(&q, error);
}

/* @ret_version: 0 when nothing changed. */
static bool
upsert(Base *base, const StaffRow *row, int64_t *ret_version, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO staff (number, badge, content, pin, ver)"
            " VALUES (:number, :badge, :content, :pin, 1)"
            " ON CONFLICT (number) DO UPDATE SET badge = excluded.badge,"
            "   content = excluded.content, pin = coalesce(excluded.pin, pin),"
            "   ver = ver + 1"
            " WHERE (badge, content, pin) IS NOT"
            "       (excluded.badge, excluded.content, coalesce(excluded.pin, pin))"
            " RETURNING ver");
  query_bind_text(&q, ":number", row->number);
  query_bind_text(&q, ":badge", row->badge);
  query_bind_text(&q, ":content", row->content);
  query_bind_text(&q, ":pin", row->pin);
  *ret_version = query_next(&q) ? query_get_int(&q, 0) : 0;
  query_run(&q);
  return query_done(&q, error);
}

static bool
tell(Base *base, const char *number, int64_t version, GError **error)
{
  g_autofree char *body = NULL;
  {
    g_auto(Query) q =
        query(base_db(base),
              "SELECT json_set(content, '$.id', id, '$.number', number,"
              "                '$.badge', coalesce(badge, ''), '$.pin', json(pin))"
              "  FROM staff WHERE number = :number");
    query_bind_text(&q, ":number", number);
    if (query_next(&q))
      body = query_get_text(&q, 0);
    if (!query_done(&q, error))
      return false;
  }
  return stream_put(base, STREAM_CAT, "staff", number, version, body, error);
}

static bool
put_row(Base *base, const StaffRow *row, Reply *reply, GError **error)
{
  bool is_taken = false;
  int64_t version = 0;
  if (!has_others_badge(base, row, &is_taken, error))
    return false;
  if (is_taken) {
    reply_refuse(reply, 409, "badge_taken", "this badge is another person's");
    return true;
  }
  if (!upsert(base, row, &version, error) ||
      (version != 0 && !tell(base, row->number, version, error)))
    return false;
  g_string_append_c(reply->json, '{');
  reply_text(reply, "outcome", version == 0 ? "same" : version == 1 ? "new" : "changed");
  g_string_append_c(reply->json, '}');
  return true;
}

bool
publish_staff(Base *base, const char *json, gsize length, Reply *reply, GError **error)
{
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(StaffRow));
  g_array_set_clear_func(rows, clear_row);
  bool is_good = false;
  if (!read_rows(base, json, length, rows, &is_good, error))
    return false;
  if (!is_good) {
    reply_refuse(reply, 400, "garbage", "a row is no person");
    return true;
  }
  g_string_append(reply->json, "{\"rows\":[");
  for (guint i = 0; i < rows->len; i++) {
    if (i)
      g_string_append_c(reply->json, ',');
    if (!put_row(base, &g_array_index(rows, StaffRow, i), reply, error))
      return false;
    if (reply->status != 200)
      return true;
  }
  g_string_append(reply->json, "]}");
  return true;
}

/* @ret_number: (transfer full); NULL when there is no such person. */
static bool
end_person(Base *base,
           const char *json,
           gsize length,
           char **ret_number,
           int64_t *ret_version,
           GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "UPDATE staff SET pin = NULL, badge = NULL,"
                          "       content = json_set(content, '$.active', json('false')),"
                          "       ver = ver + json_extract(content, '$.active')"
                          " WHERE number = json_extract(:json, '$.number')"
                          " RETURNING number, ver");
  query_bind_text_n(&q, ":json", json, length);
  *ret_number = NULL;
  if (query_next(&q)) {
    *ret_number = query_get_text(&q, 0);
    *ret_version = query_get_int(&q, 1);
  }
  query_run(&q);
  return query_done(&q, error);
}

static bool
is_active(Base *base, const char *json, gsize length, bool *ret, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "SELECT json_extract(content, '$.active') FROM staff"
                          " WHERE number = json_extract(:json, '$.number')");
  query_bind_text_n(&q, ":json", json, length);
  *ret = query_next(&q) && query_get_int(&q, 0) != 0;
  return query_done(&q, error);
}

bool
publish_staff_end(
    Base *base, const char *json, gsize length, Reply *reply, GError **error)
{
  g_autofree char *number = NULL;
  int64_t version = 0;
  bool was_active = false;
  if (!is_active(base, json, length, &was_active, error) ||
      !end_person(base, json, length, &number, &version, error))
    return false;
  if (!number) {
    reply_refuse(reply, 404, "unknown_person", "there is nobody of this number");
    return true;
  }
  g_string_append_c(reply->json, '{');
  reply_text(reply, "outcome", was_active ? "changed" : "same");
  g_string_append_c(reply->json, '}');
  return !was_active || tell(base, number, version, error);
}

bool
publish_staff_list(Base *base, GString *ret_json, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT coalesce(json_group_array(json_set(content, '$.number', number,"
            "         '$.badge', coalesce(badge, ''),"
            "         '$.has_pin', json(iif(pin IS NULL, 'false', 'true')))), '[]')"
            "  FROM (SELECT * FROM staff ORDER BY number) /* scan */");
  if (query_next(&q))
    g_string_append(ret_json, query_peek_text(&q, 0));
  return query_done(&q, error);
}

bool
publish_staff_pin(Base *base, const char *number, char **ret_pin, GError **error)
{
  g_auto(Query) q = query(base_db(base), "SELECT pin FROM staff WHERE number = :number");
  query_bind_text(&q, ":number", number);
  *ret_pin = query_next(&q) ? query_get_text(&q, 0) : NULL;
  return query_done(&q, error);
}
