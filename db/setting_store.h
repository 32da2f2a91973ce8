/* setting_store: this till's settings and identity, in store.db. */
#pragma once

#include "db/db.h"

/* (transfer full); a copy of @otherwise when not set (which may be NULL). */
char *setting_store_text(Db *store, const char *key, const char *otherwise);
int64_t setting_store_int(Db *store, const char *key, int64_t otherwise);
bool setting_store_set(Db *store, const char *key, const char *value, GError **error);

/* Who this till is; from enrolment. All 0/NULL before. */
typedef struct {
  int64_t store_id;
  int64_t device_id;
  int epoch;
  char *store_code; /* owned; "0123" */
  char *till_code;  /* owned; "03" */
  char *hub_url;    /* owned */
  char *token;      /* owned; sealed at rest, never logged */
} Identity;
void identity_free(Identity *identity);
struct Seal;
/* *ret NULL when this till is not enrolled. */
bool setting_store_identity(Db *store,
                            const struct Seal *seal,
                            Identity **ret,
                            GError **error);
bool setting_store_set_identity(Db *store,
                                const struct Seal *seal,
                                const Identity *identity,
                                GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Identity, identity_free)
