#include "sync/hub/publish.h"

#include <string.h>

#include "db/query.h"
#include "sync/hub/stream.h"

typedef struct {
  int64_t rank;                         /* 0: not given */
  char *code, *name, *content, *prices; /* owned */
} ArticleRow;

typedef struct {
  int64_t product, fen, from;
  bool is_from_now;
  char *unit, *reason; /* owned */
} PriceRow;

static void
clear_article_row(gpointer data)
{
  ArticleRow *row = data;
  g_free(row->code);
  g_free(row->name);
  g_free(row->content);
  g_free(row->prices);
}

static void
clear_price_row(gpointer data)
{
  PriceRow *row = data;
  g_free(row->unit);
  g_free(row->reason);
}

/* What the books hold of an article; @id 0: nothing. */
typedef struct {
  int64_t id, rank, version;
  char *content; /* owned */
} Kept;

static void
kept_clear(Kept *kept)
{
  g_clear_pointer(&kept->content, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Kept, kept_clear)

static bool
read_article_rows(Base *base,
                  const char *json,
                  gsize length,
                  GArray *rows,
                  bool *ret_good,
                  GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(value, '$.code'), json_extract(value, '$.rank'),"
            "       json_extract(value, '$.generic_name'),"
            "       json_remove(value, '$.rank', '$.prices', '$.id'),"
            "       json_extract(value, '$.prices'),"
            "       json_type(value, '$.code') IS 'text'"
            "   AND json_type(value, '$.generic_name') IS 'text'"
            "   AND coalesce(json_array_length(value, '$.units'), 0) > 0"
            "   AND json_type(value, '$.barcodes') IS 'array'"
            "  FROM json_each(:json, '$.rows') /* scan */ WHERE type = 'object'");
  query_bind_text_n(&q, ":json", json, length);
  *ret_good = true;
  while (query_next(&q)) {
    ArticleRow row = {.code = query_get_text(&q, 0),
                      .rank = query_get_int(&q, 1),
                      .name = query_get_text(&q, 2),
                      .content = query_get_text(&q, 3),
                      .prices = query_get_text(&q, 4)};
    *ret_good = *ret_good && query_get_int(&q, 5) != 0 && row.rank >= 0;
    g_array_append_val(rows, row);
  }
  return query_done(&q, error);
}

static bool
find_article(Base *base, const char *code, Kept *ret, GError **error)
{
  g_auto(Query) q = query(
      base_db(base), "SELECT id, rank, ver, content FROM article WHERE code = :code");
  query_bind_text(&q, ":code", code);
  if (query_next(&q))
    *ret = (Kept){query_get_int(&q, 0),
                  query_get_int(&q, 1),
                  query_get_int(&q, 2),
                  query_get_text(&q, 3)};
  return query_done(&q, error);
}

static bool
next_rank(Base *base, int64_t floor, int64_t *ret, GError **error)
{
  g_auto(Query) q = query(base_db(base), "SELECT max(rank) FROM article");
  int64_t highest = query_next(&q) ? query_get_int(&q, 0) : 0;
  *ret = MAX(highest, floor) + 1;
  return query_done(&q, error);
}

static bool
tell_article(Base *base,
             int64_t id,
             int64_t rank,
             int64_t version,
             const char *content,
             GError **error)
{
  g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, id);
  g_autofree char *body =
      g_strdup_printf("{\"id\":%" G_GINT64_FORMAT ",\"rank\":%" G_GINT64_FORMAT ",%s",
                      id,
                      rank,
                      content + 1); /* after its opening brace */
  return stream_put(base, STREAM_CAT, "article", key, version, body, error);
}

static bool
find_holder(Base *base, int64_t rank, Kept *ret, GError **error)
{
  g_auto(Query) q = query(
      base_db(base), "SELECT id, rank, ver, content FROM article WHERE rank = :rank");
  query_bind_int(&q, ":rank", rank);
  if (query_next(&q))
    *ret = (Kept){query_get_int(&q, 0),
                  query_get_int(&q, 1),
                  query_get_int(&q, 2),
                  query_get_text(&q, 3)};
  return query_done(&q, error);
}

static bool
set_rank(Base *base, int64_t id, int64_t rank, GError **error)
{
  g_auto(Query) q = query(
      base_db(base), "UPDATE article SET rank = :rank, ver = ver + 1 WHERE id = :id");
  query_bind_int(&q, ":rank", rank);
  query_bind_int(&q, ":id", id);
  query_run(&q);
  return query_done(&q, error);
}

/* No two articles ever have one rank, not even between two changes of the stream. */
static bool
clear_rank(Base *base, int64_t rank, int64_t wanted_by, int64_t floor, GError **error)
{
  g_auto(Kept) holder = {0};
  int64_t free_rank = 0;
  if (!find_holder(base, rank, &holder, error))
    return false;
  if (holder.id == 0 || holder.id == wanted_by)
    return true;
  return next_rank(base, floor, &free_rank, error) &&
         set_rank(base, holder.id, free_rank, error) &&
         tell_article(
             base, holder.id, free_rank, holder.version + 1, holder.content, error);
}

static bool
insert_article(
    Base *base, const ArticleRow *row, int64_t rank, int64_t *ret_id, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "INSERT INTO article (code, rank, name, ver, content)"
                          " VALUES (:code, :rank, :name, 1, :content)");
  query_bind_text(&q, ":code", row->code);
  query_bind_int(&q, ":rank", rank);
  query_bind_text(&q, ":name", row->name);
  query_bind_text(&q, ":content", row->content);
  query_run(&q);
  *ret_id = query_last_id(&q);
  return query_done(&q, error);
}

static bool
update_article(
    Base *base, const ArticleRow *row, int64_t id, int64_t rank, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "UPDATE article SET rank = :rank, name = :name,"
                          "       content = :content, ver = ver + 1 WHERE id = :id");
  query_bind_int(&q, ":rank", rank);
  query_bind_text(&q, ":name", row->name);
  query_bind_text(&q, ":content", row->content);
  query_bind_int(&q, ":id", id);
  query_run(&q);
  return query_done(&q, error);
}

static bool
forget_codes(Base *base, int64_t id, GError **error)
{
  g_auto(Query) q = query(base_db(base), "DELETE FROM article_code WHERE article = :id");
  query_bind_int(&q, ":id", id);
  query_run(&q);
  return query_done(&q, error);
}

static bool
keep_codes(Base *base, int64_t id, const char *content, GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO article_code (code, article, unit, kind)"
            " SELECT json_extract(value, '$.code'), :id, json_extract(value, '$.unit'),"
            "        json_extract(value, '$.kind')"
            "   FROM json_each(:content, '$.barcodes') /* scan */ WHERE true"
            " ON CONFLICT DO NOTHING");
  query_bind_int(&q, ":id", id);
  query_bind_text(&q, ":content", content);
  query_run(&q);
  return query_done(&q, error);
}

/* @ret_outcome: (static). */
static bool
put_article(Base *base,
            const ArticleRow *row,
            int64_t floor,
            int64_t *ret_id,
            const char **ret_outcome,
            GError **error)
{
  g_auto(Kept) kept = {0};
  int64_t rank = row->rank;
  *ret_outcome = "same";
  if (!find_article(base, row->code, &kept, error))
    return false;
  int64_t id = kept.id;
  *ret_id = id;
  if (rank == 0)
    rank = kept.rank;
  if (id != 0 && rank == kept.rank && strcmp(kept.content, row->content) == 0)
    return true;
  if (rank == 0 && !next_rank(base, floor, &rank, error))
    return false;
  if (!clear_rank(base, rank, id, floor, error))
    return false;
  if (id == 0
          ? !insert_article(base, row, rank, &id, error)
          : !update_article(base, row, id, rank, error) || !forget_codes(base, id, error))
    return false;
  *ret_outcome = kept.id == 0 ? "new" : "changed";
  *ret_id = id;
  return keep_codes(base, id, row->content, error) &&
         tell_article(base, id, rank, kept.version + 1, row->content, error);
}

typedef struct {
  int64_t since, until, fen; /* until 0: until further notice */
  bool is_found;
} PriceSpan;

/* The price in force at @from, if any. */
static bool
find_price(Base *base, const PriceRow *row, int64_t from, PriceSpan *ret, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "SELECT since, until, fen FROM price"
                          " WHERE product = :product AND unit = :unit AND tier = 'shelf'"
                          "   AND since <= :from ORDER BY since DESC LIMIT 1");
  query_bind_int(&q, ":product", row->product);
  query_bind_text(&q, ":unit", row->unit);
  query_bind_int(&q, ":from", from);
  *ret = (PriceSpan){0};
  if (query_next(&q))
    *ret = (PriceSpan){
        query_get_int(&q, 0), query_get_int(&q, 1), query_get_int(&q, 2), true};
  return query_done(&q, error);
}

/* When the first price after @from begins; 0: there is none. */
static bool
find_next_price(
    Base *base, const PriceRow *row, int64_t from, int64_t *ret, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "SELECT min(since) FROM price"
                          " WHERE product = :product AND unit = :unit"
                          "   AND tier = 'shelf' AND since > :from");
  query_bind_int(&q, ":product", row->product);
  query_bind_text(&q, ":unit", row->unit);
  query_bind_int(&q, ":from", from);
  *ret = query_next(&q) ? query_get_int(&q, 0) : 0;
  return query_done(&q, error);
}

static bool
write_price(Base *base,
            const PriceRow *row,
            const PriceSpan *span,
            const char *reason,
            GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "INSERT INTO price (product, unit, tier, since, until, fen, reason, ver)"
            " VALUES (:product, :unit, 'shelf', :since, nullif(:until, 0), :fen,"
            "         coalesce(:reason, ''), 1)"
            " ON CONFLICT DO UPDATE SET until = excluded.until, fen = excluded.fen,"
            "   reason = coalesce(:reason, reason), ver = ver + 1");
  query_bind_int(&q, ":product", row->product);
  query_bind_text(&q, ":unit", row->unit);
  query_bind_int(&q, ":since", span->since);
  query_bind_int(&q, ":until", span->until);
  query_bind_int(&q, ":fen", span->fen);
  query_bind_text(&q, ":reason", reason);
  query_run(&q);
  return query_done(&q, error);
}

static bool
tell_price(Base *base, const PriceRow *row, int64_t since, GError **error)
{
  g_autofree char *body = NULL;
  int64_t version = 0;
  {
    g_auto(Query) q =
        query(base_db(base),
              "SELECT ver, json_object('product', product, 'unit', unit, 'tier', tier,"
              "                        'fen', fen, 'from', since, 'to', until,"
              "                        'reason', reason) FROM price"
              " WHERE product = :product AND unit = :unit AND tier = 'shelf'"
              "   AND since = :since");
    query_bind_int(&q, ":product", row->product);
    query_bind_text(&q, ":unit", row->unit);
    query_bind_int(&q, ":since", since);
    if (query_next(&q)) {
      version = query_get_int(&q, 0);
      body = query_get_text(&q, 1);
    }
    if (!query_done(&q, error))
      return false;
  }
  g_autofree char *key = g_strdup_printf(
      "%" G_GINT64_FORMAT "/%s/shelf/%" G_GINT64_FORMAT, row->product, row->unit, since);
  return stream_put(base, STREAM_CAT, "price", key, version, body, error);
}

/* @ret_outcome: (static). */
static bool
put_price(Base *base,
          const PriceRow *row,
          int64_t now_us,
          const char **ret_outcome,
          GError **error)
{
  PriceSpan old = {0};
  int64_t next = 0;
  int64_t from = row->is_from_now ? now_us : row->from;
  *ret_outcome = "same";
  if (!find_price(base, row, from, &old, error) ||
      !find_next_price(base, row, from, &next, error))
    return false;
  if (old.is_found && old.fen == row->fen && (old.until == 0 || old.until > from))
    return true;
  if (!old.is_found && row->is_from_now && next == 0)
    from = 0; /* a till whose clock is behind ours must have it too */

  PriceSpan span = {from, next, row->fen, true};
  bool is_cut = old.is_found && old.since < from && (old.until == 0 || old.until > from);
  *ret_outcome = old.is_found ? "changed" : "new";
  old.until = from;
  return (!is_cut || (write_price(base, row, &old, NULL, error) &&
                      tell_price(base, row, old.since, error))) &&
         write_price(base, row, &span, row->reason, error) &&
         tell_price(base, row, from, error);
}

static bool
read_price_rows(Base *base,
                const char *json,
                gsize length,
                GArray *rows,
                bool *ret_good,
                GError **error)
{
  g_auto(Query) q =
      query(base_db(base),
            "SELECT json_extract(value, '$.product'), json_extract(value, '$.fen'),"
            "       json_extract(value, '$.from'), json_extract(value, '$.unit'),"
            "       json_extract(value, '$.reason'),"
            "       json_type(value, '$.fen') IS 'integer'"
            "   AND json_type(value, '$.unit') IS 'text'"
            "  FROM json_each(:json, '$.rows') /* scan */ WHERE type = 'object'");
  query_bind_text_n(&q, ":json", json, length);
  *ret_good = true;
  while (query_next(&q)) {
    PriceRow row = {.product = query_get_int(&q, 0),
                    .fen = query_get_int(&q, 1),
                    .from = query_get_int(&q, 2),
                    .is_from_now = query_is_null(&q, 2),
                    .unit = query_get_text(&q, 3),
                    .reason = query_get_text(&q, 4)};
    *ret_good = *ret_good && query_get_int(&q, 5) != 0;
    g_array_append_val(rows, row);
  }
  return query_done(&q, error);
}

/* The prices of an article's row, which the books now know as @product. */
static bool
put_article_prices(Base *base,
                   const ArticleRow *row,
                   int64_t product,
                   int64_t now_us,
                   int64_t *ret_changed,
                   GError **error)
{
  *ret_changed = 0;
  if (!row->prices)
    return true;
  g_autofree char *json = g_strdup_printf("{\"rows\":%s}", row->prices);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(PriceRow));
  g_array_set_clear_func(rows, clear_price_row);
  bool is_good = false;
  if (!read_price_rows(base, json, strlen(json), rows, &is_good, error))
    return false;
  for (guint i = 0; is_good && i < rows->len; i++) {
    PriceRow *price = &g_array_index(rows, PriceRow, i);
    const char *outcome = "";
    price->product = product;
    price->is_from_now = true;
    if (!put_price(base, price, now_us, &outcome, error))
      return false;
    *ret_changed += strcmp(outcome, "same") != 0;
  }
  return true;
}

static bool
read_floor(Base *base, const char *json, gsize length, int64_t *ret, GError **error)
{
  g_auto(Query) q =
      query(base_db(base), "SELECT coalesce(json_extract(:json, '$.rank_floor'), 0)");
  query_bind_text_n(&q, ":json", json, length);
  *ret = query_next(&q) ? query_get_int(&q, 0) : 0;
  return query_done(&q, error);
}

bool
publish_articles(Base *base,
                 const char *json,
                 gsize length,
                 int64_t now_us,
                 Reply *reply,
                 GError **error)
{
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(ArticleRow));
  g_array_set_clear_func(rows, clear_article_row);
  bool is_good = false;
  int64_t floor = 0;
  if (!read_article_rows(base, json, length, rows, &is_good, error) ||
      !read_floor(base, json, length, &floor, error))
    return false;
  if (!is_good) {
    reply_refuse(reply, 400, "garbage", "a row is no article");
    return true;
  }
  g_string_append(reply->json, "{\"rows\":[");
  for (guint i = 0; i < rows->len; i++) {
    const ArticleRow *row = &g_array_index(rows, ArticleRow, i);
    const char *outcome = "";
    int64_t id = 0;
    int64_t prices = 0;
    if (!put_article(base, row, floor, &id, &outcome, error) ||
        !put_article_prices(base, row, id, now_us, &prices, error))
      return false;
    g_string_append(reply->json, i ? ",{" : "{");
    reply_int(reply, "id", id);
    reply_text(reply, "outcome", outcome);
    reply_int(reply, "prices", prices);
    g_string_append_c(reply->json, '}');
  }
  g_string_append(reply->json, "]}");
  return true;
}

bool
publish_prices(Base *base,
               const char *json,
               gsize length,
               int64_t now_us,
               Reply *reply,
               GError **error)
{
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(PriceRow));
  g_array_set_clear_func(rows, clear_price_row);
  bool is_good = false;
  if (!read_price_rows(base, json, length, rows, &is_good, error))
    return false;
  if (!is_good) {
    reply_refuse(reply, 400, "garbage", "a row is no price");
    return true;
  }
  g_string_append(reply->json, "{\"rows\":[");
  for (guint i = 0; i < rows->len; i++) {
    const char *outcome = "";
    if (!put_price(base, &g_array_index(rows, PriceRow, i), now_us, &outcome, error))
      return false;
    g_string_append(reply->json, i ? ",{" : "{");
    reply_text(reply, "outcome", outcome);
    g_string_append_c(reply->json, '}');
  }
  g_string_append(reply->json, "]}");
  return true;
}
