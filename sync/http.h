/* http: a few requests at a time to one server, on one thread, over libcurl.
 *
 * An answer is one of three failures or a body that can be believed: all of it came, it
 * is not too large, and it is what its digest header says (Guitai-Digest, SHA-256). Plain
 * http is for this machine only; certificates are always checked; redirects are not
 * followed. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Http Http;

#define HTTP_SLOTS 4

typedef enum {
  HTTP_GOOD,    /* 2xx, 409 or 410, with a body whose digest is right */
  HTTP_LINE,    /* nobody there, cut off, too slow */
  HTTP_REFUSED, /* 401, 403 */
  HTTP_GARBAGE  /* any other status; too large; digest missing or wrong */
} HttpOutcome;

typedef struct {
  const char *path; /* "/v1/hello" */
  const char *body; /* (nullable): NULL is a GET */
  gsize most;       /* bytes of an answer */
  int held_s;       /* how long the server may hold it; 0: it must keep moving */
} HttpAsk;

typedef struct {
  HttpOutcome outcome;
  int status; /* 0: none */
  int retry_after_s;
  GBytes *body; /* owned (nullable): whenever its digest is right */
  char *reason; /* owned; for logs: never what a server says */
} HttpAnswer;
void http_answer_clear(HttpAnswer *answer);

/* @patience_s: how long a request may stand still. @token: (nullable). @return NULL with
 * SYNC_ERROR_REFUSED for an address that is none, or plain http to another machine. */
Http *http_new(const char *url, const char *token, int patience_s, GError **error);
void http_free(Http *http); /* drops what is under way */

void http_start(Http *http, int slot, const HttpAsk *ask); /* the slot must be free */
/* Waits until something happens, http_wake(), or @timeout_ms. */
void http_wait(Http *http, int timeout_ms);
/* Takes one that ended. @ret_answer: clear it. */
bool http_take(Http *http, int *ret_slot, HttpAnswer *ret_answer);
void http_wake(Http *http); /* from any thread */

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(HttpAnswer, http_answer_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Http, http_free)
