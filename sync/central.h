/* central: what is said to the hub, and what its answers mean. The wire form is in the
 * folder's README. */
#pragma once

#include "db/db.h"
#include "sync/engine.h"
#include "sync/http.h"

typedef struct {
  int64_t device;
  int epoch;
  int64_t head, acked;
  const char *head_hash; /* 64 hex digits */
  int64_t store_position, cat_position;
} Hello;

/* Bodies and paths (transfer full). */
char *central_hello(const Hello *hello);
char *central_push(
    int64_t device, int epoch, int64_t base, const char *base_hash, const char *events);
char *central_feed(EngineLane lane, int64_t from, int count);
char *central_wait(int64_t store_head, int64_t cat_head);

typedef struct {
  EngineAnswer said;
  char hash[65]; /* push: of the chain where the hub stands; "" */
} CentralAnswer;

/* @json: any connection; SQLite is the JSON parser. Never fails: what makes no sense is
 * ANSWER_GARBAGE. */
void central_read(Db *json,
                  EngineLane lane,
                  EngineAsk ask,
                  const HttpAnswer *answer,
                  CentralAnswer *ret);

/* Who a till is after enrolment. */
typedef struct {
  char *token, *store_code, *till_code; /* owned */
  int64_t store_id, device_id;
  int epoch;
} Enrolled;
void enrolled_clear(Enrolled *enrolled);

char *central_enrol(Db *json, const char *code);
/* @return false with SYNC_ERROR. */
bool
central_read_enrol(Db *json, const HttpAnswer *answer, Enrolled *ret, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Enrolled, enrolled_clear)
