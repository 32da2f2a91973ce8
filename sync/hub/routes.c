#include "sync/hub/routes.h"

#include <sodium.h>
#include <string.h>

#include "app/base/clock.h"
#include "sync/hub/admin.h"
#include "sync/hub/enrolment.h"
#include "sync/hub/push.h"
#include "sync/hub/stream.h"

#define SMALL_BODY   (16 * 1024)
#define LONGEST_WAIT 55 /* s */
#define DEFAULT_WAIT 25
#define DEFAULT_PAGE 500
#define ADMIN_PREFIX "/v1/admin/"
#define US_PER_S     G_GINT64_CONSTANT(1000000)

typedef struct {
  const Routes *routes;
  const Call *call;
  Device device;
  int64_t now_us;
  Reply *reply;
  Waiter *waiter;
} Visit;

gsize
routes_limit(const char *path)
{
  bool is_big = strcmp(path, "/v1/push") == 0 || g_str_has_prefix(path, ADMIN_PREFIX);
  return is_big ? PUSH_MAX_SIZE : SMALL_BODY;
}

static void
add_heads(const Routes *routes, int64_t store, Reply *reply, GError **error)
{
  int64_t store_head = 0;
  int64_t cat_head = 0;
  if (!stream_head(routes->base, store, &store_head, error) ||
      !stream_head(routes->base, STREAM_CAT, &cat_head, error))
    return;
  g_string_append_c(reply->json, '{');
  reply_int(reply, "store_head", store_head);
  reply_int(reply, "cat_head", cat_head);
  reply_int(reply, "hub_time", clock_now_us());
  g_string_append_c(reply->json, '}');
}

static void
refuse_failure(Reply *reply, const GError *failure)
{
  g_warning("%s", failure->message);
  bool may_pass = g_error_matches(failure, DB_ERROR, DB_ERROR_FULL) ||
                  g_error_matches(failure, DB_ERROR, DB_ERROR_BUSY);
  reply_refuse(reply,
               may_pass ? 503 : 500,
               may_pass ? "unavailable" : "failed",
               "the hub could not do this now");
}

void
routes_heads(const Routes *routes, int64_t store, Reply *reply)
{
  g_autoptr(GError) failure = NULL;
  add_heads(routes, store, reply, &failure);
  if (failure)
    refuse_failure(reply, failure);
}

static RouteEnd
enrol(const Visit *visit, GError **error)
{
  const Call *call = visit->call;
  Base *base = visit->routes->base;
  Guard *guard = visit->routes->guard;
  int64_t now_us = clock_monotonic_us();
  if (guard_wait_s(guard, call->source, now_us) > 0) {
    reply_refuse(visit->reply, 403, "wait", "too many wrong codes: wait a while");
    return ROUTE_DONE;
  }
  g_autofree char *code = base_json_text(base, call->body, call->length, "$.code");
  if (!enrolment_redeem(base, code ? code : "", visit->now_us, visit->reply, error))
    return ROUTE_DONE;
  if (visit->reply->status == 200)
    guard_passed(guard, call->source);
  else
    guard_failed(guard, call->source, now_us);
  return ROUTE_DONE;
}

static RouteEnd
hello(const Visit *visit, GError **error)
{
  push_hello(visit->routes->base,
             &visit->device,
             visit->call->body,
             visit->call->length,
             visit->now_us,
             visit->reply,
             error);
  return ROUTE_DONE;
}

static RouteEnd
push(const Visit *visit, GError **error)
{
  push_apply(visit->routes->base,
             &visit->device,
             visit->call->body,
             visit->call->length,
             visit->now_us,
             visit->reply,
             error);
  return ROUTE_NEWS;
}

static RouteEnd
page(const Visit *visit, int64_t stream, GError **error)
{
  if (visit->call->from < 0) {
    reply_refuse(visit->reply, 400, "garbage", "from which position?");
    return ROUTE_DONE;
  }
  stream_page(visit->routes->base,
              stream,
              visit->call->from,
              visit->call->max < 0 ? DEFAULT_PAGE : visit->call->max,
              visit->now_us,
              visit->reply,
              error);
  return ROUTE_DONE;
}

static RouteEnd
feed_catalogue(const Visit *visit, GError **error)
{
  return page(visit, STREAM_CAT, error);
}

static RouteEnd
feed_store(const Visit *visit, GError **error)
{
  return page(visit, visit->device.store, error);
}

static RouteEnd
hold_for_news(const Visit *visit, GError **error)
{
  const Call *call = visit->call;
  Base *base = visit->routes->base;
  int64_t store_head = 0;
  int64_t cat_head = 0;
  if (call->store < 0 || call->cat < 0) {
    reply_refuse(visit->reply, 400, "garbage", "from which positions?");
    return ROUTE_DONE;
  }
  if (!stream_head(base, visit->device.store, &store_head, error) ||
      !stream_head(base, STREAM_CAT, &cat_head, error))
    return ROUTE_DONE;
  if (store_head > call->store || cat_head > call->cat) {
    add_heads(visit->routes, visit->device.store, visit->reply, error);
    return ROUTE_DONE;
  }
  int64_t seconds = call->timeout < 0 ? DEFAULT_WAIT : MIN(call->timeout, LONGEST_WAIT);
  *visit->waiter = (Waiter){.device = visit->device.id,
                            .store = visit->device.store,
                            .store_pos = call->store,
                            .cat_pos = call->cat,
                            .until_us = clock_monotonic_us() + seconds * US_PER_S};
  return ROUTE_WAIT;
}

static bool
is_admin(const Routes *routes, const Call *call)
{
  gsize length = strlen(routes->admin_token);
  return call->token && strlen(call->token) == length &&
         sodium_memcmp(call->token, routes->admin_token, length) == 0;
}

static RouteEnd
administer(const Visit *visit, GError **error)
{
  admin_do(visit->routes->base,
           visit->call->path + strlen(ADMIN_PREFIX),
           visit->call->body,
           visit->call->length,
           visit->now_us,
           visit->reply,
           error);
  return ROUTE_NEWS;
}

static const struct {
  const char *method, *path;
  RouteEnd (*run)(const Visit *visit, GError **error);
} TABLE[] = {
    {"POST", "/v1/hello", hello},
    {"POST", "/v1/push", push},
    {"GET", "/v1/feed/cat", feed_catalogue},
    {"GET", "/v1/feed/store", feed_store},
    {"GET", "/v1/wait", hold_for_news},
};

static RouteEnd
run_for_device(Visit *visit, guint route, GError **error)
{
  bool is_known = false;
  if (strcmp(TABLE[route].method, visit->call->method) != 0) {
    reply_refuse(visit->reply, 405, "method", "not with this method");
    return ROUTE_DONE;
  }
  if (visit->call->token &&
      !enrolment_find(
          visit->routes->base, visit->call->token, &visit->device, &is_known, error))
    return ROUTE_DONE;
  if (!is_known) {
    reply_refuse(visit->reply, 401, "unauthorized", "this token is nobody's");
    return ROUTE_DONE;
  }
  return TABLE[route].run(visit, error);
}

static RouteEnd
dispatch(Visit *visit, GError **error)
{
  const char *path = visit->call->path;
  bool is_post = strcmp(visit->call->method, "POST") == 0;
  for (guint i = 0; i < G_N_ELEMENTS(TABLE); i++) {
    if (strcmp(TABLE[i].path, path) == 0)
      return run_for_device(visit, i, error);
  }
  if (is_post && strcmp(path, "/v1/enrol") == 0)
    return enrol(visit, error);
  if (is_post && g_str_has_prefix(path, ADMIN_PREFIX) &&
      is_admin(visit->routes, visit->call))
    return administer(visit, error);
  reply_refuse(visit->reply, 404, "not_found", "there is nothing here");
  return ROUTE_DONE;
}

RouteEnd
routes_answer(const Routes *routes, const Call *call, Reply *reply, Waiter *ret_waiter)
{
  g_autoptr(GError) failure = NULL;
  Visit visit = {.routes = routes,
                 .call = call,
                 .now_us = clock_now_us(),
                 .reply = reply,
                 .waiter = ret_waiter};
  RouteEnd end = dispatch(&visit, &failure);
  if (!failure)
    return end;
  refuse_failure(reply, failure);
  return ROUTE_DONE;
}
