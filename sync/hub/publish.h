/* publish: articles and their prices become versions in the catalogue stream.
 *
 * @json: {"rows":[…]}; the answer has a row for each, in the same order. What is equal to
 * what the books hold makes no new version. Inside a transaction. */
#pragma once

#include "sync/hub/base.h"
#include "sync/hub/reply.h"

/* Row: what the feed's `article` says, less "id"; "rank" may be null (keep it, or after
 * all others and after "rank_floor" of @json); plus "prices":[{"unit","fen"}] for now on.
 * A rank that another article holds moves that one behind all others. →
 * {"rows":[{"id","outcome":"new|changed|same","prices":how many changed}]} */
bool publish_articles(Base *base,
                      const char *json,
                      gsize length,
                      int64_t now_us,
                      Reply *reply,
                      GError **error);

/* Row: {"product","unit","fen","from":us or null,"reason"}. A price ends when the next
 * one begins. The first one of a unit that has "from" null was always so. →
 * {"rows":[{"outcome"}]} */
bool publish_prices(Base *base,
                    const char *json,
                    gsize length,
                    int64_t now_us,
                    Reply *reply,
                    GError **error);
