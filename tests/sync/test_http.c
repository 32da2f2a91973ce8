#include "sync/http.h"

#include "sync/sync.h"
#include "tests/sync/scripted.h"
#include "tests/test.h"

#define BODY "{\"hub_time\":1}"

static ScriptedReply
say(const char *head, const char *body, gpointer data)
{
  return *(ScriptedReply *)data;
}

static void
ask_once(Http *http, const char *body, HttpAnswer *ret)
{
  HttpAsk ask = {.path = "/v1/hello", .body = body, .most = 1000};
  int slot = -1;

  http_start(http, 1, &ask);
  while (!http_take(http, &slot, ret))
    http_wait(http, 1000);
  CU_ASSERT_EQUAL(slot, 1);
}

/* One request to a server that says @reply; patience 1 s. */
static void
hear(ScriptedReply reply, HttpAnswer *ret)
{
  Scripted *server = scripted_start(say, &reply);
  g_autofree char *url = scripted_url(server);
  g_autoptr(Http) http = http_new(url, "secret", 1, NULL);

  ask_once(http, "{}", ret);
  scripted_stop(server);
}

static void
an_answer_is_believed_when_it_is_whole_and_its_digest_is_right(void)
{
  const struct {
    ScriptedReply reply;
    HttpOutcome outcome;
    bool body;
  } cases[] = {
      {{200, BODY, .cut = CUT_NOWHERE}, HTTP_GOOD, true},
      {{409, BODY, .cut = CUT_NOWHERE}, HTTP_GOOD, true},
      {{410, BODY, .cut = CUT_NOWHERE}, HTTP_GOOD, true},
      {{200, BODY, .no_length = true, .cut = CUT_NOWHERE}, HTTP_GOOD, true},
      {{200, BODY, .digest = "", .cut = CUT_NOWHERE}, HTTP_GARBAGE, false},
      {{409, BODY, .digest = "", .cut = CUT_NOWHERE}, HTTP_GARBAGE, false},
      {{200, BODY, .digest = "00", .cut = CUT_NOWHERE}, HTTP_GARBAGE, false},
      {{401, BODY, .cut = CUT_NOWHERE}, HTTP_REFUSED, true},
      {{403, BODY, .digest = "", .cut = CUT_NOWHERE}, HTTP_REFUSED, false},
      {{404, BODY, .cut = CUT_NOWHERE}, HTTP_GARBAGE, true},
      {{500, BODY, .cut = CUT_NOWHERE}, HTTP_GARBAGE, true},
      {{302, BODY, .headers = "Location: http://127.0.0.1:1/\r\n", .cut = CUT_NOWHERE},
       HTTP_GARBAGE,
       true},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(HttpAnswer) answer = {0};
    hear(cases[i].reply, &answer);
    CU_ASSERT_EQUAL(answer.outcome, cases[i].outcome);
    CU_ASSERT_EQUAL(answer.status, cases[i].reply.status);
    CU_ASSERT_EQUAL(answer.body != NULL, cases[i].body);
    CU_ASSERT_PTR_NOT_NULL(answer.reason);
  }
}

static void
an_answer_cut_at_any_byte_is_a_failure_of_the_line_or_garbage(void)
{
  ScriptedReply reply = {200, BODY};
  GString *whole = scripted_answer(&reply);
  gsize length = whole->len;

  g_string_free(whole, TRUE);
  for (gsize cut = 0; cut < length; cut++) {
    g_auto(HttpAnswer) answer = {0};
    reply.cut = (gssize)cut;
    hear(reply, &answer);
    CU_ASSERT_NOT_EQUAL(answer.outcome, HTTP_GOOD);
    CU_ASSERT_PTR_NULL(answer.body);
  }
}

static void
half_a_body_without_a_length_is_found_out_by_its_digest(void)
{
  g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, BODY, -1);
  g_auto(HttpAnswer) answer = {0};

  hear(
      (ScriptedReply){
          200, "{\"hub_time\"", .digest = digest, .no_length = true, .cut = CUT_NOWHERE},
      &answer);
  CU_ASSERT_EQUAL(answer.outcome, HTTP_GARBAGE);
}

static void
too_large_an_answer_is_garbage(void)
{
  g_autofree char *large = g_strnfill(2000, 'x');
  g_auto(HttpAnswer) answer = {0};

  hear((ScriptedReply){200, large, .cut = CUT_NOWHERE}, &answer);
  CU_ASSERT_EQUAL(answer.outcome, HTTP_GARBAGE);
}

static void
what_asks_for_patience_is_heard(void)
{
  g_auto(HttpAnswer) answer = {0};

  hear((ScriptedReply){503, BODY, .headers = "Retry-After: 7\r\n", .cut = CUT_NOWHERE},
       &answer);
  CU_ASSERT_EQUAL(answer.outcome, HTTP_GARBAGE);
  CU_ASSERT_EQUAL(answer.retry_after_s, 7);
}

static void
a_server_that_stands_still_is_a_failure_of_the_line(void)
{
  g_auto(HttpAnswer) answer = {0};
  ScriptedReply reply = {200, BODY, .cut = CUT_NOWHERE, .hold = true};
  Scripted *server = scripted_start(say, &reply);
  g_autofree char *url = scripted_url(server);
  g_autoptr(Http) http = http_new(url, NULL, 1, NULL);

  ask_once(http, NULL, &answer);
  CU_ASSERT_EQUAL(answer.outcome, HTTP_LINE);
  scripted_stop(server);
}

static void
nobody_there_is_a_failure_of_the_line(void)
{
  ScriptedReply reply = {200, BODY, .cut = CUT_NOWHERE};
  Scripted *server = scripted_start(say, &reply);
  g_autofree char *url = scripted_url(server);
  g_autoptr(Http) http = http_new(url, NULL, 1, NULL);
  g_auto(HttpAnswer) answer = {0};

  scripted_stop(server);
  ask_once(http, NULL, &answer);
  CU_ASSERT_EQUAL(answer.outcome, HTTP_LINE);
  CU_ASSERT_EQUAL(answer.status, 0);
}

typedef struct {
  GString *head, *body;
} Heard;

static ScriptedReply
listen_to(const char *head, const char *body, gpointer data)
{
  Heard *heard = data;
  g_string_assign(heard->head, head);
  g_string_assign(heard->body, body);
  return (ScriptedReply){200, BODY, .cut = CUT_NOWHERE};
}

static void
a_request_carries_the_token_and_its_body(void)
{
  Heard heard = {g_string_new(NULL), g_string_new(NULL)};
  Scripted *server = scripted_start(listen_to, &heard);
  g_autofree char *url = scripted_url(server);
  g_autofree char *slash = g_strconcat(url, "/", NULL);
  g_autoptr(Http) http = http_new(slash, "secret", 1, NULL);
  g_auto(HttpAnswer) first = {0}, second = {0};

  ask_once(http, "{\"name\":\"布洛芬\"}", &first);
  CU_ASSERT_STRING_EQUAL(heard.body->str, "{\"name\":\"布洛芬\"}");
  CU_ASSERT_PTR_NOT_NULL(strstr(heard.head->str, "POST /v1/hello HTTP/1.1\r\n"));
  CU_ASSERT_PTR_NOT_NULL(strstr(heard.head->str, "Authorization: Bearer secret\r\n"));
  ask_once(http, NULL, &second);
  CU_ASSERT_STRING_EQUAL(heard.body->str, "");
  CU_ASSERT_PTR_NOT_NULL(strstr(heard.head->str, "GET /v1/hello HTTP/1.1\r\n"));
  CU_ASSERT_EQUAL(server->threads->len, 1); /* on the same connection */
  scripted_stop(server);
  g_string_free(heard.head, TRUE);
  g_string_free(heard.body, TRUE);
}

static ScriptedReply
hold_the_wait(const char *head, const char *body, gpointer data)
{
  return (ScriptedReply){
      200, BODY, .cut = CUT_NOWHERE, .hold = strstr(head, "/v1/wait") != NULL};
}

static void
a_held_request_keeps_no_other_from_its_answer(void)
{
  Scripted *server = scripted_start(hold_the_wait, NULL);
  g_autofree char *url = scripted_url(server);
  Http *http = http_new(url, NULL, 60, NULL);
  HttpAsk held = {.path = "/v1/wait", .most = 1000, .held_s = 60};
  g_auto(HttpAnswer) answer = {0};

  http_start(http, 3, &held);
  while (atomic_load(&server->asked) < 1)
    http_wait(http, 10);
  ask_once(http, "{}", &answer);
  CU_ASSERT_EQUAL(answer.outcome, HTTP_GOOD);
  http_free(http); /* drops the held one */
  scripted_stop(server);
}

static void *
wake_it(void *data)
{
  http_wake(data);
  return NULL;
}

static void
a_wait_ends_when_another_thread_says_so(void)
{
  g_autoptr(Http) http = http_new("http://127.0.0.1:1", NULL, 60, NULL);
  gint64 begun = g_get_monotonic_time();
  pthread_t thread;

  pthread_create(&thread, NULL, wake_it, http);
  http_wait(http, 60000);
  CU_ASSERT_TRUE(g_get_monotonic_time() - begun < 30 * G_USEC_PER_SEC);
  pthread_join(thread, NULL);
}

static void
plain_http_is_for_this_machine_only(void)
{
  const struct {
    const char *url;
    bool good;
  } cases[] = {
      {"http://127.0.0.1:8790", true},
      {"http://127.8.8.8", true},
      {"http://localhost:8790/", true},
      {"http://[::1]:8790", true},
      {"https://hub.example.org", true},
      {"https://hub.example.org/guitai/", true},
      {"http://hub.example.org", false},
      {"http://127.0.0.1.example.org", false},
      {"http://localhost.example.org", false},
      {"http://10.0.0.7:8790", false},
      {"http://127.0.0.1@example.org", false},
      {"https://who:what@hub.example.org", false},
      {"ftp://127.0.0.1", false},
      {"file:///etc/passwd", false},
      {"127.0.0.1:8790", false},
      {"", false},
      {"http://", false},
      {NULL, false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Http) http = http_new(cases[i].url, NULL, 1, &error);
    CU_ASSERT_EQUAL(http != NULL, cases[i].good);
    CU_ASSERT_EQUAL(g_error_matches(error, SYNC_ERROR, SYNC_ERROR_REFUSED),
                    !cases[i].good);
  }
}

TESTS("http",
      TEST(an_answer_is_believed_when_it_is_whole_and_its_digest_is_right),
      TEST(an_answer_cut_at_any_byte_is_a_failure_of_the_line_or_garbage),
      TEST(half_a_body_without_a_length_is_found_out_by_its_digest),
      TEST(too_large_an_answer_is_garbage),
      TEST(what_asks_for_patience_is_heard),
      TEST(a_server_that_stands_still_is_a_failure_of_the_line),
      TEST(nobody_there_is_a_failure_of_the_line),
      TEST(a_request_carries_the_token_and_its_body),
      TEST(a_held_request_keeps_no_other_from_its_answer),
      TEST(a_wait_ends_when_another_thread_says_so),
      TEST(plain_http_is_for_this_machine_only))
