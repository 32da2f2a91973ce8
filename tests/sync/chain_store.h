/* What tests of the hub begin with: books in a folder of their own, a store, a till, and
 * pushes as a till makes them. */
#pragma once

#include <gio/gio.h>

#include "db/query.h"
#include "sync/hub/admin.h"
#include "sync/hub/digest.h"
#include "sync/hub/enrolment.h"
#include "tests/test.h"

#define NOON  G_GINT64_CONSTANT(1795420800000000)
#define STORE "0123"

/* The number, or the text (transfer full), that @sql answers; -1 and NULL when none. */
#define number(base, sql) chain_store_number(query(base_db(base), sql " /* scan */"))
#define text(base, sql)   chain_store_text(query(base_db(base), sql " /* scan */"))
int64_t chain_store_number(Query q);
char *chain_store_text(Query q);

/* A new folder (transfer full); chain_store_remove() takes it away with all in it. */
char *chain_store_folder(void);
void chain_store_remove(char *folder);

/* @return the answer (transfer full), also a refusal's. */
char *chain_store_do(Base *base, const char *verb, const char *json);
/* {"field": …} of an answer as text (transfer full); NULL when it has none. */
char *chain_store_field(Base *base, const char *json, const char *path);

/* Store 0123 with an enrolled till of this code; @ret_token: (nullable) (transfer full).
 */
Device chain_store_till(Base *base, const char *till, char **ret_token);
/* Three articles: 1 (盒, 24 base units at 18.50), 2 and 3 (盒, 1). */
void chain_store_articles(Base *base);

/* A till's side of the chain. */
typedef struct {
  Device device;
  int64_t epoch, seq;
  unsigned char hash[DIGEST_BYTES];
  GString *events; /* JSON of those that were made since the last push */
  int64_t base;    /* seq before the first of them */
  unsigned char base_hash[DIGEST_BYTES];
} TillSide;

void till_side_begin(TillSide *side, Device device, int64_t epoch);
void till_side_clear(TillSide *side);
void till_side_add(TillSide *side, const char *type, const char *body);
/* A good sale of one line: @boxes of article @product at 18.50. */
void till_side_sell(TillSide *side, int64_t product, int boxes);
/* The request (transfer full); what was added stays, for a second try. */
char *till_side_request(const TillSide *side);
void till_side_acked(TillSide *side); /* the next push begins after what was added */
/* Pushes what was added. @ret_status: (nullable). (transfer full). */
char *till_side_push(TillSide *side, Base *base, unsigned *ret_status);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TillSide, till_side_clear)
