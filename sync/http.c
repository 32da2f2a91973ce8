#include "sync/http.h"

#include <curl/curl.h>
#include <string.h>

#include "sync/sync.h"

#define CONNECT_MS      3000L
#define HELD_SPARE_S    10  /* beyond what the server may hold */
#define SLOWEST         64L /* bytes a second; a slow line still moves */
#define DIGEST_HEADER   "Guitai-Digest"
#define DIGEST_LENGTH   64
#define MAX_RETRY_AFTER 86400

typedef struct {
  CURL *easy;
  struct curl_slist *headers;
  bool busy, done;
  CURLcode result;
  char *sent; /* owned */
  GByteArray *body;
  gsize most;
  bool too_large;
} Slot;

struct Http {
  CURLM *multi;
  char *base; /* owned; without a slash at the end */
  bool plain;
  char *authorization; /* owned (nullable); never logged */
  int patience_s;
  Slot slots[HTTP_SLOTS];
};

void
http_answer_clear(HttpAnswer *answer)
{
  g_clear_pointer(&answer->body, g_bytes_unref);
  g_clear_pointer(&answer->reason, g_free);
}

static bool
is_this_machine(const char *host)
{
  return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
         (g_str_has_prefix(host, "127.") && g_hostname_is_ip_address(host));
}

static bool
judge_address(CURLU *url, bool *ret_plain)
{
  char *scheme = NULL, *host = NULL, *user = NULL, *query = NULL;
  bool parts = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
               curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK;
  bool more = curl_url_get(url, CURLUPART_USER, &user, 0) == CURLUE_OK ||
              curl_url_get(url, CURLUPART_QUERY, &query, 0) == CURLUE_OK;
  *ret_plain = parts && strcmp(scheme, "http") == 0;
  bool good = parts && !more &&
              (*ret_plain ? is_this_machine(host) : strcmp(scheme, "https") == 0);
  curl_free(scheme);
  curl_free(host);
  curl_free(user);
  curl_free(query);
  return good;
}

static bool
read_address(Http *http, const char *text, GError **error)
{
  CURLU *url = curl_url();
  bool good = text && curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK &&
              judge_address(url, &http->plain);

  curl_url_cleanup(url);
  if (!good) {
    g_set_error_literal(error,
                        SYNC_ERROR,
                        SYNC_ERROR_REFUSED,
                        "an address of central begins with https:// (http:// is for a "
                        "hub on this machine only)");
    return false;
  }
  gsize length = strlen(text);
  while (length > 0 && text[length - 1] == '/')
    length--;
  http->base = g_strndup(text, length);
  return true;
}

static size_t
on_body(char *bytes, size_t size, size_t n, void *data)
{
  Slot *slot = data;

  slot->too_large = slot->body->len + size * n > slot->most;
  if (slot->too_large)
    return CURL_WRITEFUNC_ERROR;
  g_byte_array_append(slot->body, (const guint8 *)bytes, size * n);
  return size * n;
}

/* What stays the same from request to request. */
static void
set_up(Http *http, Slot *slot)
{
  CURL *easy = slot->easy;

  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, http->plain ? "http" : "https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "Guitai/" GUITAI_VERSION);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
  if (http->plain) /* a proxy has no business between us and ourselves */
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

static void
set_patience(Http *http, CURL *easy, int held_s)
{
  long still_s = held_s > 0 ? 0 : http->patience_s;
  long whole_s = held_s > 0 ? held_s + HELD_SPARE_S : 0;

  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOWEST);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, still_s);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, whole_s);
}

static void
set_headers(Http *http, Slot *slot)
{
  struct curl_slist *list = curl_slist_append(NULL, "Accept: application/json");

  list = curl_slist_append(list, "Content-Type: application/json");
  list = curl_slist_append(list, "Expect:");
  if (http->authorization)
    list = curl_slist_append(list, http->authorization);
  curl_slist_free_all(slot->headers);
  slot->headers = list;
  curl_easy_setopt(slot->easy, CURLOPT_HTTPHEADER, list);
}

void
http_start(Http *http, int n, const HttpAsk *ask)
{
  Slot *slot = &http->slots[n];
  g_autofree char *url = g_strconcat(http->base, ask->path, NULL);

  g_return_if_fail(!slot->busy);
  curl_easy_reset(slot->easy);
  set_up(http, slot);
  set_patience(http, slot->easy, ask->held_s);
  set_headers(http, slot);
  curl_easy_setopt(slot->easy, CURLOPT_URL, url);
  g_free(slot->sent);
  slot->sent = g_strdup(ask->body);
  if (slot->sent) {
    curl_easy_setopt(slot->easy, CURLOPT_POSTFIELDSIZE, (long)strlen(slot->sent));
    curl_easy_setopt(slot->easy, CURLOPT_POSTFIELDS, slot->sent);
  }
  g_byte_array_set_size(slot->body, 0);
  slot->most = ask->most;
  slot->too_large = false;
  slot->busy = true;
  slot->done = false;
  curl_multi_add_handle(http->multi, slot->easy);
}

static Slot *
slot_of(Http *http, CURL *easy)
{
  for (int i = 0; i < HTTP_SLOTS; i++)
    if (http->slots[i].easy == easy)
      return &http->slots[i];
  return NULL;
}

static void
note_ends(Http *http)
{
  CURLMsg *message;
  int left;

  while ((message = curl_multi_info_read(http->multi, &left))) {
    if (message->msg != CURLMSG_DONE)
      continue;
    Slot *slot = slot_of(http, message->easy_handle);
    slot->result = message->data.result;
    slot->done = true;
    curl_multi_remove_handle(http->multi, slot->easy);
  }
}

void
http_wait(Http *http, int timeout_ms)
{
  int running = 0;

  curl_multi_perform(http->multi, &running);
  note_ends(http);
  for (int i = 0; i < HTTP_SLOTS; i++)
    if (http->slots[i].done)
      return;
  curl_multi_poll(http->multi, NULL, 0, MAX(timeout_ms, 0), NULL);
  curl_multi_perform(http->multi, &running);
  note_ends(http);
}

void
http_wake(Http *http)
{
  curl_multi_wakeup(http->multi);
}

/* Half an answer that looks whole is found out here. */
static bool
digest_is_right(Slot *slot)
{
  struct curl_header *header = NULL;
  g_autofree char *digest = NULL;

  if (curl_easy_header(slot->easy, DIGEST_HEADER, 0, CURLH_HEADER, -1, &header) !=
      CURLHE_OK)
    return false;
  digest =
      g_compute_checksum_for_data(G_CHECKSUM_SHA256, slot->body->data, slot->body->len);
  return strlen(header->value) == DIGEST_LENGTH &&
         g_ascii_strcasecmp(header->value, digest) == 0;
}

static HttpOutcome
judge(Slot *slot, int status, bool whole)
{
  if (slot->too_large)
    return HTTP_GARBAGE;
  if (slot->result != CURLE_OK)
    return HTTP_LINE;
  if (status == 401 || status == 403)
    return HTTP_REFUSED;
  if ((status >= 200 && status < 300) || status == 409 || status == 410)
    return whole ? HTTP_GOOD : HTTP_GARBAGE;
  return HTTP_GARBAGE;
}

static char *
reason(Slot *slot, int status, bool whole)
{
  if (slot->too_large)
    return g_strdup("the answer is too large");
  if (slot->result != CURLE_OK)
    return g_strdup(curl_easy_strerror(slot->result));
  return g_strdup_printf("status %d, digest %s", status, whole ? "right" : "wrong");
}

static void
read_answer(Slot *slot, HttpAnswer *ret)
{
  long status = 0;
  curl_off_t retry_after_s = 0;

  curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(slot->easy, CURLINFO_RETRY_AFTER, &retry_after_s);
  bool whole = slot->result == CURLE_OK && digest_is_right(slot);
  *ret = (HttpAnswer){.outcome = judge(slot, (int)status, whole),
                      .status = (int)status,
                      .retry_after_s = (int)CLAMP(retry_after_s, 0, MAX_RETRY_AFTER),
                      .reason = reason(slot, (int)status, whole)};
  if (whole)
    ret->body = g_bytes_new(slot->body->data, slot->body->len);
}

bool
http_take(Http *http, int *ret_slot, HttpAnswer *ret_answer)
{
  for (int i = 0; i < HTTP_SLOTS; i++) {
    Slot *slot = &http->slots[i];
    if (!slot->done)
      continue;
    read_answer(slot, ret_answer);
    slot->busy = slot->done = false;
    *ret_slot = i;
    return true;
  }
  return false;
}

Http *
http_new(const char *url, const char *token, int patience_s, GError **error)
{
  static gsize ready;
  if (g_once_init_enter(&ready)) {
    curl_global_init(CURL_GLOBAL_ALL);
    g_once_init_leave(&ready, 1);
  }
  g_autoptr(Http) http = g_new0(Http, 1);
  http->multi = curl_multi_init();
  http->patience_s = patience_s;
  for (int i = 0; i < HTTP_SLOTS; i++) {
    http->slots[i].easy = curl_easy_init();
    http->slots[i].body = g_byte_array_new();
  }
  if (token)
    http->authorization = g_strconcat("Authorization: Bearer ", token, NULL);
  if (!read_address(http, url, error))
    return NULL;
  return g_steal_pointer(&http);
}

void
http_free(Http *http)
{
  if (!http)
    return;
  for (int i = 0; i < HTTP_SLOTS; i++) {
    Slot *slot = &http->slots[i];
    if (slot->busy && !slot->done)
      curl_multi_remove_handle(http->multi, slot->easy);
    curl_easy_cleanup(slot->easy);
    curl_slist_free_all(slot->headers);
    g_byte_array_unref(slot->body);
    g_free(slot->sent);
  }
  curl_multi_cleanup(http->multi);
  g_free(http->base);
  g_free(http->authorization);
  g_free(http);
}
