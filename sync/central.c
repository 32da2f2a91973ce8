#include "sync/central.h"

#include <string.h>

#include "db/query.h"
#include "sync/sync.h"

#define D             "%" G_GINT64_FORMAT
#define MAX_HOLD_S    86400
#define NUMBER(field) NUMBER_AT("'$." field "'")
/* A number, or NULL for anything else. */
#define NUMBER_AT(path)                                                                  \
  "CASE json_type(:json, " path ") WHEN 'integer' THEN json_extract(:json, " path ") "   \
  "END"

char *
central_hello(const Hello *hello)
{
  return g_strdup_printf("{\"proto\":1,\"device\":" D ",\"epoch\":%d,\"head\":" D
                         ",\"head_hash\":\"%s\",\"acked\":" D ",\"store_pos\":" D
                         ",\"cat_pos\":" D "}",
                         hello->device,
                         hello->epoch,
                         hello->head,
                         hello->head_hash,
                         hello->acked,
                         hello->store_position,
                         hello->cat_position);
}

char *
central_push(
    int64_t device, int epoch, int64_t base, const char *base_hash, const char *events)
{
  return g_strdup_printf("{\"device\":" D ",\"epoch\":%d,\"base\":" D
                         ",\"base_hash\":\"%s\",\"events\":%s}",
                         device,
                         epoch,
                         base,
                         base_hash,
                         events);
}

char *
central_feed(EngineLane lane, int64_t from, int count)
{
  return g_strdup_printf(
      "/v1/feed/%s?from=" D "&max=%d", lane == LANE_CAT ? "cat" : "store", from, count);
}

char *
central_wait(int64_t store_head, int64_t cat_head)
{
  return g_strdup_printf(
      "/v1/wait?store=" D "&cat=" D "&timeout=%d", store_head, cat_head, ENGINE_WAIT_S);
}

static bool
is_json(Db *json, GBytes *body)
{
  gsize length = 0;
  const char *text = g_bytes_get_data(body, &length);

  if (!g_utf8_validate_len(text, length, NULL)) /* refuses a NUL, too */
    return false;
  g_auto(Query) q = query(json, "SELECT json_valid(:json)");
  query_bind_text_n(&q, ":json", text, length);
  return query_next(&q) && query_get_int(&q, 0) != 0;
}

static void
bind_body(Query *q, GBytes *body)
{
  gsize length = 0;
  const char *text = g_bytes_get_data(body, &length);
  query_bind_text_n(q, ":json", text, length);
}

static int64_t
number(Query *q, int column)
{
  return query_is_null(q, column) ? -1 : query_get_int(q, column);
}

/* What many answers say. @return false when the text is no JSON. */
static bool
read_common(Db *json, GBytes *body, EngineAnswer *ret)
{
  if (!is_json(json, body))
    return false;
  g_auto(Query) q =
      query(json,
            "SELECT " NUMBER("store_head") ", " NUMBER("cat_head") ", " NUMBER(
                "hub_time") ", " NUMBER("retry_after"));
  bind_body(&q, body);
  if (!query_next(&q))
    return false;
  ret->store_head = number(&q, 0);
  ret->cat_head = number(&q, 1);
  ret->hub_time_us = MAX(number(&q, 2), 0);
  ret->retry_after_s = (int)CLAMP(number(&q, 3), ret->retry_after_s, MAX_HOLD_S);
  return true;
}

static bool
verdict_of(const char *word, HubVerdict *ret)
{
  static const char *const words[] = {[HUB_OK] = "ok",
                                      [HUB_BEHIND] = "behind",
                                      [HUB_FORK] = "fork",
                                      [HUB_REFUSED] = "refused"};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (strcmp(word, words[i]) == 0) {
      *ret = (HubVerdict)i;
      return true;
    }
  return false;
}

static bool
read_hello(Db *json, GBytes *body, EngineAnswer *ret)
{
  g_auto(Query) q =
      query(json, "SELECT json_extract(:json, '$.verdict'), " NUMBER("acked"));
  bind_body(&q, body);
  if (!query_next(&q) || !verdict_of(query_peek_text(&q, 0), &ret->verdict))
    return false;
  ret->seq = number(&q, 1);
  return ret->verdict == HUB_REFUSED || ret->seq >= 0;
}

static bool
read_push(Db *json, GBytes *body, CentralAnswer *ret)
{
  g_auto(Query) q =
      query(json, "SELECT " NUMBER("acked") ", json_extract(:json, '$.hash')");
  bind_body(&q, body);
  if (!query_next(&q))
    return false;
  ret->said.seq = number(&q, 0);
  g_strlcpy(ret->hash, query_peek_text(&q, 1), sizeof ret->hash);
  return ret->said.seq >= 0;
}

static bool
read_conflict(Db *json, GBytes *body, EngineAnswer *ret)
{
  g_auto(Query) q = query(
      json, "SELECT json_extract(:json, '$.error'), " NUMBER("want") ", " NUMBER("at"));
  bind_body(&q, body);
  if (!query_next(&q))
    return false;
  bool gap = strcmp(query_peek_text(&q, 0), "gap") == 0;
  bool fork = strcmp(query_peek_text(&q, 0), "fork") == 0;
  ret->verdict = gap ? HUB_GAP : HUB_FORK;
  ret->seq = MAX(number(&q, gap ? 1 : 2), 0);
  return fork || (gap && ret->seq > 0);
}

static bool
read_page(Db *json, EngineLane lane, GBytes *body, EngineAnswer *ret)
{
  g_auto(Query) q = query(json,
                          "SELECT json_extract(:json, '$.stream'), " NUMBER(
                              "from") ", " NUMBER("to") ", " NUMBER("head"));
  bind_body(&q, body);
  if (!query_next(&q) ||
      strcmp(query_peek_text(&q, 0), lane == LANE_CAT ? "cat" : "store") != 0)
    return false;
  ret->page_from = number(&q, 1);
  ret->page_to = number(&q, 2);
  ret->page_head = number(&q, 3);
  return ret->page_from >= 0 && ret->page_to >= 0 && ret->page_head >= 0;
}

static bool
read_good(Db *json,
          EngineLane lane,
          EngineAsk ask,
          const HttpAnswer *answer,
          CentralAnswer *ret)
{
  EngineAnswer *said = &ret->said;

  if (!read_common(json, answer->body, said))
    return false;
  if (answer->status == 410) { /* "floor": its books end before what we asked for */
    said->verdict = HUB_BEHIND;
    return ask == ASK_FEED;
  }
  if (answer->status == 409)
    return ask == ASK_PUSH && read_conflict(json, answer->body, said);
  if (ask == ASK_PUSH)
    return read_push(json, answer->body, ret);
  if (ask == ASK_FEED)
    return read_page(json, lane, answer->body, said);
  bool heads = said->store_head >= 0 && said->cat_head >= 0;
  return heads && (ask == ASK_WAIT || read_hello(json, answer->body, said));
}

void
central_read(Db *json,
             EngineLane lane,
             EngineAsk ask,
             const HttpAnswer *answer,
             CentralAnswer *ret)
{
  static const EngineOutcome outcomes[] = {[HTTP_GOOD] = ANSWER_GOOD,
                                           [HTTP_LINE] = ANSWER_LINE,
                                           [HTTP_REFUSED] = ANSWER_REFUSED,
                                           [HTTP_GARBAGE] = ANSWER_GARBAGE};

  *ret = (CentralAnswer){.said = {.outcome = outcomes[answer->outcome],
                                  .retry_after_s = answer->retry_after_s,
                                  .store_head = HEAD_UNTOLD,
                                  .cat_head = HEAD_UNTOLD}};
  if (answer->outcome == HTTP_GOOD && !read_good(json, lane, ask, answer, ret))
    ret->said.outcome = ANSWER_GARBAGE;
}

void
enrolled_clear(Enrolled *enrolled)
{
  g_clear_pointer(&enrolled->token, g_free);
  g_clear_pointer(&enrolled->store_code, g_free);
  g_clear_pointer(&enrolled->till_code, g_free);
}

char *
central_enrol(Db *json, const char *code)
{
  g_auto(Query) q = query(json, "SELECT json_object('code', :code)");
  query_bind_text(&q, ":code", code);
  return query_next(&q) ? query_get_text(&q, 0) : NULL;
}

static bool
read_enrolled(Db *json, GBytes *body, Enrolled *ret)
{
  if (!is_json(json, body))
    return false;
  g_auto(Query) q =
      query(json,
            "SELECT json_extract(:json, '$.token'), json_extract(:json, '$.store_code'),"
            " json_extract(:json, '$.till_code'), " NUMBER("store_id") ", " NUMBER(
                "device_id") ", " NUMBER("epoch"));
  bind_body(&q, body);
  if (!query_next(&q))
    return false;
  *ret = (Enrolled){.token = query_get_text(&q, 0),
                    .store_code = query_get_text(&q, 1),
                    .till_code = query_get_text(&q, 2),
                    .store_id = number(&q, 3),
                    .device_id = number(&q, 4),
                    .epoch = (int)CLAMP(number(&q, 5), 0, G_MAXUINT16)};
  return ret->token && *ret->token && ret->store_code && ret->till_code &&
         ret->store_id > 0 && ret->device_id > 0 && ret->epoch > 0;
}

static bool
must_wait(Db *json, const HttpAnswer *answer)
{
  if (!answer->body || !is_json(json, answer->body))
    return false;
  g_auto(Query) q = query(json, "SELECT json_extract(:json, '$.error') = 'wait'");
  bind_body(&q, answer->body);
  return query_next(&q) && query_get_int(&q, 0) != 0;
}

static const char *
why_refused(Db *json, const HttpAnswer *answer)
{
  return must_wait(json, answer)
             ? "too many wrong codes were tried: wait a minute, then try again"
             : "central does not know this code: it works once and for a day; ask for a "
               "new one";
}

bool
central_read_enrol(Db *json, const HttpAnswer *answer, Enrolled *ret, GError **error)
{
  switch (answer->outcome) {
  case HTTP_GOOD:
    if (read_enrolled(json, answer->body, ret))
      return true;
    break;
  case HTTP_LINE:
    g_set_error(error,
                SYNC_ERROR,
                SYNC_ERROR_LINE,
                "central does not answer (%s): check its address and the line",
                answer->reason);
    return false;
  case HTTP_REFUSED:
    g_set_error_literal(error, SYNC_ERROR, SYNC_ERROR_REFUSED, why_refused(json, answer));
    return false;
  case HTTP_GARBAGE:
    break;
  }
  g_set_error(error,
              SYNC_ERROR,
              SYNC_ERROR_GARBAGE,
              "what answers there is not central (%s)",
              answer->reason);
  return false;
}
