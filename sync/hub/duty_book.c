#include "sync/hub/duty_book.h"

#include "db/query.h"
#include "sync/hub/stream.h"

static void
bind_place(Query *q, const Fact *fact)
{
  query_bind_int(q, ":store", fact->store);
  query_bind_int(q, ":device", fact->device);
  query_bind_int(q, ":epoch", fact->epoch);
  query_bind_int(q, ":seq", fact->seq);
}

static bool
insert(Base *base, const Fact *fact, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data(fact->body, &length);
  g_auto(Query) q = query(
      base_db(base),
      "INSERT INTO duty (store, device, epoch, seq, staff, here, place, go, till,"
      "                  number, scopes, valid_to, at)"
      " VALUES (:store, :device, :epoch, :seq, json_extract(:body, '$.staff'),"
      "         json_extract(:body, '$.here'), coalesce(json_extract(:body, '$.place'), "
      "0),"
      "         coalesce(json_extract(:body, '$.go'), 0),"
      "         coalesce(json_extract(:body, '$.till'), ''),"
      "         coalesce(json_extract(:body, '$.number'), ''),"
      "         coalesce(json_extract(:body, '$.scopes'), 0),"
      "         coalesce(json_extract(:body, '$.valid_to'), 0),"
      "         json_extract(:body, '$.at'))");
  bind_place(&q, fact);
  query_bind_text_n(&q, ":body", text, length);
  query_run(&q);
  return query_done(&q, error);
}

typedef struct {
  char *staff, *body; /* owned */
  bool is_remote;
} News;

static void
news_clear(News *news)
{
  g_free(news->staff);
  g_free(news->body);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(News, news_clear)

static bool
read_news(Base *base, const Fact *fact, News *ret, GError **error)
{
  g_auto(Query) q = query(
      base_db(base),
      "SELECT staff, place, json_object('staff', staff,"
      "         'here', json(iif(here, 'true', 'false')), 'place', place, 'go', go,"
      "         'till', till, 'number', number, 'scopes', scopes,"
      "         'valid_to', valid_to, 'at', at)"
      "  FROM duty"
      " WHERE store = :store AND device = :device AND epoch = :epoch AND seq = :seq");
  bind_place(&q, fact);
  if (query_next(&q)) {
    ret->staff = query_get_text(&q, 0);
    ret->is_remote = query_get_int(&q, 1) != 0;
    ret->body = query_get_text(&q, 2);
  }
  return query_done(&q, error);
}

static bool
list_stores(Base *base, GArray *ids, GError **error)
{
  g_auto(Query) q = query(base_db(base), "SELECT id FROM store ORDER BY id /* scan */");
  while (query_next(&q)) {
    int64_t id = query_get_int(&q, 0);
    g_array_append_val(ids, id);
  }
  return query_done(&q, error);
}

bool
duty_book_apply(Base *base, const Fact *fact, GError **error)
{
  g_auto(News) news = {0};
  g_autoptr(GArray) stores = g_array_new(FALSE, FALSE, sizeof(int64_t));
  if (!insert(base, fact, error) || !read_news(base, fact, &news, error))
    return false;
  if (!news.is_remote)
    return stream_put(base, fact->store, "duty", news.staff, 1, news.body, error);
  bool good = list_stores(base, stores, error);
  for (guint i = 0; good && i < stores->len; i++)
    good = stream_put(
        base, g_array_index(stores, int64_t, i), "duty", news.staff, 1, news.body, error);
  return good;
}
