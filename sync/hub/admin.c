#include "sync/hub/admin.h"

#include <string.h>

#include "sync/hub/enrolment.h"
#include "sync/hub/publish.h"
#include "sync/hub/publish_staff.h"
#include "sync/hub/publish_stock.h"

typedef struct {
  Base *base;
  const char *json;
  gsize length;
  int64_t now_us;
  Reply *reply;
} Wish;

static bool
put_store(const Wish *wish, GError **error)
{
  return enrolment_put_store(wish->base, wish->json, wish->length, wish->reply, error);
}

static bool
put_till(const Wish *wish, GError **error)
{
  return enrolment_put_till(
      wish->base, wish->json, wish->length, wish->now_us, wish->reply, error);
}

static bool
end_till(const Wish *wish, GError **error)
{
  return enrolment_end_till(wish->base, wish->json, wish->length, wish->reply, error);
}

static bool
put_articles(const Wish *wish, GError **error)
{
  return publish_articles(
      wish->base, wish->json, wish->length, wish->now_us, wish->reply, error);
}

static bool
put_prices(const Wish *wish, GError **error)
{
  return publish_prices(
      wish->base, wish->json, wish->length, wish->now_us, wish->reply, error);
}

static bool
put_staff(const Wish *wish, GError **error)
{
  return publish_staff(wish->base, wish->json, wish->length, wish->reply, error);
}

static bool
end_staff(const Wish *wish, GError **error)
{
  return publish_staff_end(wish->base, wish->json, wish->length, wish->reply, error);
}

static bool
put_stock(const Wish *wish, GError **error)
{
  return publish_stock(
      wish->base, wish->json, wish->length, wish->now_us, wish->reply, error);
}

static const struct {
  const char *verb;
  bool (*run)(const Wish *wish, GError **error);
} VERBS[] = {
    {"store.put", put_store},
    {"till.put", put_till},
    {"till.end", end_till},
    {"articles", put_articles},
    {"prices", put_prices},
    {"staff", put_staff},
    {"staff.end", end_staff},
    {"stock", put_stock},
};

static bool
run(const Wish *wish, guint verb, GError **error)
{
  bool is_json = false;
  if (!base_is_json(wish->base, wish->json, wish->length, &is_json, error))
    return false;
  if (!is_json) {
    reply_refuse(wish->reply, 400, "garbage", "this is no JSON");
    return true;
  }
  g_autoptr(DbWork) work = db_begin(base_db(wish->base), error);
  if (!work || !VERBS[verb].run(wish, error))
    return false;
  return wish->reply->status != 200 || db_commit(work, error);
}

/* What the schema refuses was a bad wish, not a failure. */
static bool
settle(Reply *reply, GError *failure, GError **error)
{
  if (g_error_matches(failure, DB_ERROR, DB_ERROR_REFUSED)) {
    reply_refuse(reply, 409, "refused", failure->message);
    g_error_free(failure);
    return true;
  }
  g_propagate_error(error, failure);
  return false;
}

bool
admin_do(Base *base,
         const char *verb,
         const char *json,
         gsize length,
         int64_t now_us,
         Reply *reply,
         GError **error)
{
  const Wish wish = {base, json, length, now_us, reply};
  for (guint i = 0; i < G_N_ELEMENTS(VERBS); i++) {
    GError *failure = NULL;
    if (strcmp(VERBS[i].verb, verb) != 0)
      continue;
    return run(&wish, i, &failure) || settle(reply, failure, error);
  }
  reply_refuse(reply, 404, "unknown_verb", "there is no such command");
  return true;
}
