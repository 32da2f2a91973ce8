/* A real hub on loopback: what goes over the wire, and what must not. */
#include "sync/hub/hub.h"

#include <curl/curl.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sync/hub/lock.h"
#include "sync/hub/office.h"
#include "sync/hub/push.h"
#include "tests/sync/chain_store.h"

typedef struct {
  long status;
  GString *body;   /* owned */
  char digest[80]; /* of the header; "" when missing */
} Answer;

static void
answer_clear(Answer *answer)
{
  if (answer->body)
    g_string_free(answer->body, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answer, answer_clear)

static size_t
on_body(char *bytes, size_t size, size_t n, void *data)
{
  g_string_append_len(((Answer *)data)->body, bytes, (gssize)(size * n));
  return size * n;
}

static size_t
on_header(char *bytes, size_t size, size_t n, void *data)
{
  Answer *answer = data;
  static const char NAME[] = "Guitai-Digest: ";
  if (size * n > strlen(NAME) && g_ascii_strncasecmp(bytes, NAME, strlen(NAME)) == 0)
    g_strlcpy(answer->digest,
              bytes + strlen(NAME),
              MIN(sizeof answer->digest, size * n - strlen(NAME) - 1));
  return size * n;
}

/* A request of its own on a connection of its own; safe on any thread. */
static Answer
ask(int port, const char *method, const char *path, const char *token, const char *body)
{
  Answer answer = {.body = g_string_new(NULL)};
  CURL *curl = curl_easy_init();
  struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
  g_autofree char *url = g_strdup_printf("http://127.0.0.1:%d%s", port, path);
  g_autofree char *bearer =
      token ? g_strdup_printf("Authorization: Bearer %s", token) : NULL;
  if (bearer)
    headers = curl_slist_append(headers, bearer);
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
  if (body) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)strlen(body));
  }
  if (curl_easy_perform(curl) == CURLE_OK)
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return answer;
}

/* A hub that serves store 0123 with one enrolled till, and a reader beside it. */
typedef struct {
  char *folder, *token;
  Hub *hub;
  int port;
  Base *base; /* a reader */
  TillSide side;
} World;

static void
open_world(World *world)
{
  world->folder = chain_store_folder();
  {
    g_autoptr(Base) base = base_open(world->folder, DB_WRITER, NULL);
    till_side_begin(&world->side, chain_store_till(base, "03", &world->token), 1);
    chain_store_articles(base);
  }
  world->hub = hub_start(world->folder, NULL, 0, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(world->hub);
  world->port = hub_port(world->hub);
  world->base = base_open(world->folder, DB_READER, NULL);
}

static void
world_clear(World *world)
{
  hub_stop(world->hub);
  base_close(world->base);
  till_side_clear(&world->side);
  g_free(world->token);
  chain_store_remove(world->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(World, world_clear)

static Answer
push(World *world)
{
  g_autofree char *request = till_side_request(&world->side);
  return ask(world->port, "POST", "/v1/push", world->token, request);
}

static char *
field(const World *world, const Answer *answer, const char *path)
{
  char *value = chain_store_field(world->base, answer->body->str, path);
  return value ? value : g_strdup("");
}

static void
expect_digest(const Answer *answer)
{
  unsigned char hash[DIGEST_BYTES];
  char hex[DIGEST_HEX];
  digest_of(answer->body->str, answer->body->len, hash);
  digest_hex(hash, hex);
  CU_ASSERT_STRING_EQUAL(answer->digest, hex);
}

static void
a_code_enrols_once(void)
{
  g_auto(World) world;
  g_autoptr(GError) error = NULL;
  open_world(&world);
  g_autofree char *given = NULL;
  {
    g_autoptr(Office) office = office_open(world.folder, &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(office);
    CU_ASSERT_TRUE(office_do(
        office, "till.put", "{\"store\":\"0123\",\"till\":\"07\"}", &given, &error));
  }
  g_autofree char *code = chain_store_field(world.base, given, "$.code");
  /* As somebody types it who heard it over the telephone. */
  g_autofree char *typed = g_ascii_strdown(code, -1);
  g_autofree char *body = g_strdup_printf("{\"code\":\" %s \"}", typed);
  g_auto(Answer) first = ask(world.port, "POST", "/v1/enrol", NULL, body);
  g_auto(Answer) second = ask(world.port, "POST", "/v1/enrol", NULL, body);
  CU_ASSERT_EQUAL(first.status, 200);
  CU_ASSERT_EQUAL(second.status, 403);
  g_autofree char *store = field(&world, &first, "$.store_code");
  g_autofree char *till = field(&world, &first, "$.till_code");
  g_autofree char *epoch = field(&world, &first, "$.epoch");
  g_autofree char *token = field(&world, &first, "$.token");
  CU_ASSERT_STRING_EQUAL(store, "0123");
  CU_ASSERT_STRING_EQUAL(till, "07");
  CU_ASSERT_STRING_EQUAL(epoch, "1");
  CU_ASSERT_EQUAL(strlen(token), 64);
  expect_digest(&first);
  expect_digest(&second);
}

static void
neither_codes_nor_tokens_are_kept(void)
{
  g_auto(World) world;
  g_autofree char *given = NULL;
  g_autofree char *bytes = NULL;
  gsize length = 0;
  open_world(&world);
  {
    g_autoptr(Office) office = office_open(world.folder, NULL);
    CU_ASSERT_TRUE(office_do(
        office, "till.put", "{\"store\":\"0123\",\"till\":\"07\"}", &given, NULL));
  }
  g_autofree char *code = chain_store_field(world.base, given, "$.code");
  g_clear_pointer(&world.hub, hub_stop);
  g_autofree char *path = g_build_filename(world.folder, "hub.db", NULL);
  CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &bytes, &length, NULL));
  CU_ASSERT_PTR_NULL(memmem(bytes, length, world.token, strlen(world.token)));
  CU_ASSERT_PTR_NULL(memmem(bytes, length, code, strlen(code)));
}

static void
an_enrolment_again_ends_the_old_token_and_gives_the_next_epoch(void)
{
  g_auto(World) world;
  g_autofree char *given = NULL;
  open_world(&world);
  till_side_sell(&world.side, 1, 1);
  g_auto(Answer) pushed = push(&world);
  CU_ASSERT_EQUAL(pushed.status, 200);
  {
    g_autoptr(Office) office = office_open(world.folder, NULL);
    CU_ASSERT_TRUE(office_do(
        office, "till.put", "{\"store\":\"0123\",\"till\":\"03\"}", &given, NULL));
  }
  g_autofree char *code = chain_store_field(world.base, given, "$.code");
  g_autofree char *body = g_strdup_printf("{\"code\":\"%s\"}", code);
  g_auto(Answer) enrolled = ask(world.port, "POST", "/v1/enrol", NULL, body);
  g_autofree char *epoch = field(&world, &enrolled, "$.epoch");
  CU_ASSERT_STRING_EQUAL(epoch, "2");
  g_auto(Answer) old = ask(world.port, "GET", "/v1/feed/cat?from=0", world.token, NULL);
  CU_ASSERT_EQUAL(old.status, 401);
}

static void
guessing_codes_gets_slower(void)
{
  g_auto(World) world;
  open_world(&world);
  for (int i = 0; i < 4; i++) {
    g_auto(Answer) wrong =
        ask(world.port, "POST", "/v1/enrol", NULL, "{\"code\":\"00000-00000\"}");
    g_autofree char *error = field(&world, &wrong, "$.error");
    CU_ASSERT_EQUAL(wrong.status, 403);
    CU_ASSERT_STRING_EQUAL(error, "refused");
  }
  g_auto(Answer) held =
      ask(world.port, "POST", "/v1/enrol", NULL, "{\"code\":\"00000-00000\"}");
  g_autofree char *error = field(&world, &held, "$.error");
  CU_ASSERT_EQUAL(held.status, 403);
  CU_ASSERT_STRING_EQUAL(error, "wait");
}

static void
a_day_of_a_till_over_the_wire(void)
{
  g_auto(World) world;
  open_world(&world);
  till_side_sell(&world.side, 1, 1);
  till_side_sell(&world.side, 1, 2);
  g_auto(Answer) pushed = push(&world);
  CU_ASSERT_EQUAL(pushed.status, 200);
  expect_digest(&pushed);
  char hex[DIGEST_HEX];
  digest_hex(world.side.hash, hex);
  g_autofree char *hello = g_strdup_printf(
      "{\"proto\":1,\"device\":1,\"epoch\":1,\"head\":2,\"head_hash\":\"%s\",\"acked\":2,"
      "\"store_pos\":0,\"cat_pos\":0}",
      hex);
  g_auto(Answer) greeted = ask(world.port, "POST", "/v1/hello", world.token, hello);
  g_autofree char *verdict = field(&world, &greeted, "$.verdict");
  CU_ASSERT_STRING_EQUAL(verdict, "ok");
  expect_digest(&greeted);
  g_auto(Answer) cat =
      ask(world.port, "GET", "/v1/feed/cat?from=0&max=2", world.token, NULL);
  g_autofree char *to = field(&world, &cat, "$.to");
  g_autofree char *head = field(&world, &cat, "$.head");
  g_autofree char *name = field(&world, &cat, "$.changes[0].body.generic_name");
  CU_ASSERT_STRING_EQUAL(to, "2");
  CU_ASSERT_STRING_EQUAL(head, "4");
  CU_ASSERT_STRING_EQUAL(name, "阿莫西林胶囊");
  expect_digest(&cat);
  g_auto(Answer) store =
      ask(world.port, "GET", "/v1/feed/store?from=1", world.token, NULL);
  g_autofree char *key = field(&world, &store, "$.changes[1].key");
  CU_ASSERT_STRING_EQUAL(key, "1/1/2/1");
  g_auto(Answer) end = ask(world.port, "GET", "/v1/feed/store?from=3", world.token, NULL);
  g_autofree char *last = field(&world, &end, "$.to");
  CU_ASSERT_STRING_EQUAL(last, "3");
}

static void
strangers_and_nonsense_are_refused(void)
{
  static const struct {
    const char *method, *path;
    bool is_known;
    long status;
  } CASES[] = {
      {"GET", "/v1/feed/cat?from=0", false, 401},
      {"POST", "/v1/push", false, 401},
      {"GET", "/v1/wait?store=0&cat=0", false, 401},
      {"GET", "/", true, 404},
      {"GET", "/v1/nothing", true, 404},
      {"GET", "/v1/push", true, 405},
      {"POST", "/v1/feed/cat?from=0", true, 405},
      {"GET", "/v1/feed/cat", true, 400},
      {"GET", "/v1/feed/cat?from=-3", true, 400},
      {"GET", "/v1/feed/cat?from=x", true, 400},
      {"GET", "/v1/feed/cat?from=999999", true, 410},
      {"GET", "/v1/wait?store=0", true, 400},
      {"POST", "/v1/hello", true, 400},
      {"POST", "/v1/admin/store.put", true, 404}, /* a till's token is no command's */
  };
  g_auto(World) world;
  open_world(&world);
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_auto(Answer) answer = ask(world.port,
                                CASES[i].method,
                                CASES[i].path,
                                CASES[i].is_known ? world.token : "wrong",
                                strcmp(CASES[i].method, "POST") == 0 ? "{}" : NULL);
    CU_ASSERT_EQUAL(answer.status, CASES[i].status);
    if (answer.status != CASES[i].status)
      g_printerr("%s: %ld\n", CASES[i].path, answer.status);
    expect_digest(&answer);
  }
}

static void
a_body_beyond_the_limit_is_not_read(void)
{
  g_auto(World) world;
  open_world(&world);
  g_autofree char *much = g_strnfill(PUSH_MAX_SIZE + 1, ' ');
  g_auto(Answer) answer = ask(world.port, "POST", "/v1/push", world.token, much);
  CU_ASSERT_EQUAL(answer.status, 413);
  g_autofree char *little = g_strnfill(20 * 1024, ' ');
  g_auto(Answer) hello = ask(world.port, "POST", "/v1/hello", world.token, little);
  CU_ASSERT_EQUAL(hello.status, 413);
}

typedef struct {
  int port;
  const char *token, *path;
  Answer answer;
  gint is_done; /* atomic; @answer is there */
} Poll;

static gpointer
poll_thread(gpointer data)
{
  Poll *poll = data;
  poll->answer = ask(poll->port, "GET", poll->path, poll->token, NULL);
  __atomic_store_n(&poll->is_done, 1, __ATOMIC_RELEASE);
  return NULL;
}

static bool
is_done(Poll *poll)
{
  return __atomic_load_n(&poll->is_done, __ATOMIC_ACQUIRE) != 0;
}

/* How many polls the hub holds cannot be asked: a second poll of the same till ends the
 * first, so that the end of the first proves that both had arrived. */
static void
a_held_poll_hears_of_another_tills_sale_at_once(void)
{
  g_auto(World) world;
  g_autofree char *given = NULL;
  open_world(&world);
  {
    g_autoptr(Office) office = office_open(world.folder, NULL);
    office_do(office, "till.put", "{\"store\":\"0123\",\"till\":\"04\"}", &given, NULL);
  }
  g_autofree char *code = chain_store_field(world.base, given, "$.code");
  g_autofree char *body = g_strdup_printf("{\"code\":\"%s\"}", code);
  g_auto(Answer) enrolled = ask(world.port, "POST", "/v1/enrol", NULL, body);
  g_autofree char *token = field(&world, &enrolled, "$.token");

  Poll first = {world.port, token, "/v1/wait?store=1&cat=4&timeout=50", {0}, 0};
  Poll second = first;
  GThread *one = g_thread_new("poll", poll_thread, &first);
  GThread *two = g_thread_new("poll", poll_thread, &second);
  /* Whichever came first is let go by the other: then the other is held. */
  while (!is_done(&first) && !is_done(&second))
    g_thread_yield();
  till_side_sell(&world.side, 1, 1);
  g_auto(Answer) pushed = push(&world);
  CU_ASSERT_EQUAL(pushed.status, 200);
  g_thread_join(one);
  g_thread_join(two);
  g_autofree char *head_one = field(&world, &first.answer, "$.store_head");
  g_autofree char *head_two = field(&world, &second.answer, "$.store_head");
  CU_ASSERT_TRUE(strcmp(head_one, "2") == 0 || strcmp(head_two, "2") == 0);
  CU_ASSERT_TRUE(strcmp(head_one, "1") == 0 || strcmp(head_two, "1") == 0);
  expect_digest(&first.answer);
  expect_digest(&second.answer);
  answer_clear(&first.answer);
  answer_clear(&second.answer);
}

static void
a_poll_with_old_positions_is_answered_at_once_and_an_idle_one_in_time(void)
{
  g_auto(World) world;
  open_world(&world);
  g_auto(Answer) news =
      ask(world.port, "GET", "/v1/wait?store=0&cat=0&timeout=50", world.token, NULL);
  g_autofree char *head = field(&world, &news, "$.cat_head");
  CU_ASSERT_STRING_EQUAL(head, "4");
  g_auto(Answer) idle =
      ask(world.port, "GET", "/v1/wait?store=1&cat=4&timeout=0", world.token, NULL);
  g_autofree char *same = field(&world, &idle, "$.cat_head");
  CU_ASSERT_EQUAL(idle.status, 200);
  CU_ASSERT_STRING_EQUAL(same, "4");
}

static void
a_command_beside_a_running_hub_goes_through_it_and_wakes_the_tills(void)
{
  g_auto(World) world;
  g_autofree char *answer = NULL;
  g_autoptr(GError) error = NULL;
  open_world(&world);
  g_autoptr(Office) office = office_open(world.folder, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(office);
  CU_ASSERT_TRUE(office_do(
      office,
      "articles",
      "{\"rows\":[{\"code\":\"A9\",\"generic_name\":\"新\",\"units\":[{\"name\":\"盒\","
      "\"base\":1}],\"barcodes\":[]}]}",
      &answer,
      &error));
  g_auto(Answer) heads =
      ask(world.port, "GET", "/v1/wait?store=1&cat=4&timeout=50", world.token, NULL);
  g_autofree char *head = field(&world, &heads, "$.cat_head");
  CU_ASSERT_STRING_EQUAL(head, "5");
  CU_ASSERT_FALSE(
      office_do(office, "till.put", "{\"store\":\"9\",\"till\":\"1\"}", NULL, &error));
  CU_ASSERT_STRING_EQUAL(error->message, "there is no store of this code");
}

static void
only_one_may_write_a_folder(void)
{
  g_auto(World) world;
  g_autoptr(GError) error = NULL;
  open_world(&world);
  CU_ASSERT_PTR_NULL(hub_start(world.folder, NULL, 0, &error));
  CU_ASSERT_TRUE(g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN));
  g_clear_pointer(&world.hub, hub_stop);
  /* Then a command is the writer, and no hub may start. */
  g_autoptr(Office) office = office_open(world.folder, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(office);
  g_clear_error(&error);
  CU_ASSERT_PTR_NULL(hub_start(world.folder, NULL, 0, &error));
  CU_ASSERT_TRUE(g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN));
}

static void
what_a_killed_hub_left_behind_misleads_nobody(void)
{
  g_auto(World) world;
  g_autofree char *answer = NULL;
  open_world(&world);
  g_clear_pointer(&world.hub, hub_stop);
  const Serving gone = {(char *)"127.0.0.1", 1, (char *)"token"};
  CU_ASSERT_TRUE(lock_announce(world.folder, &gone, NULL));
  g_autoptr(Office) office = office_open(world.folder, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(office);
  CU_ASSERT_TRUE(office_do(
      office, "till.put", "{\"store\":\"0123\",\"till\":\"08\"}", &answer, NULL));
}

static void
nobody_else_can_read_the_books_or_the_commands_token(void)
{
  g_auto(World) world;
  open_world(&world);
  static const char *const NAMES[] = {"hub.db", "hub.db-wal", "hub.serving", "hub.lock"};
  for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++) {
    GStatBuf file = {0};
    g_autofree char *path = g_build_filename(world.folder, NAMES[i], NULL);
    CU_ASSERT_EQUAL(g_stat(path, &file), 0);
    CU_ASSERT_EQUAL(file.st_mode & 077, 0);
  }
}

static void
a_hub_that_was_stopped_goes_on_where_it_was(void)
{
  g_auto(World) world;
  open_world(&world);
  till_side_sell(&world.side, 1, 1);
  g_auto(Answer) first = push(&world);
  till_side_acked(&world.side);
  g_clear_pointer(&world.hub, hub_stop);
  world.hub = hub_start(world.folder, NULL, 0, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(world.hub);
  world.port = hub_port(world.hub);
  till_side_sell(&world.side, 1, 1);
  g_auto(Answer) second = push(&world);
  g_autofree char *acked = field(&world, &second, "$.acked");
  CU_ASSERT_STRING_EQUAL(acked, "2");
}

static void
it_stops_while_tills_wait(void)
{
  g_auto(World) world;
  open_world(&world);
  Poll poll = {world.port, world.token, "/v1/wait?store=1&cat=4&timeout=50", {0}, 0};
  Poll other = poll;
  GThread *one = g_thread_new("poll", poll_thread, &poll);
  GThread *two = g_thread_new("poll", poll_thread, &other);
  while (!is_done(&poll) && !is_done(&other))
    g_thread_yield();
  g_clear_pointer(&world.hub, hub_stop);
  g_thread_join(one);
  g_thread_join(two);
  CU_ASSERT_TRUE(poll.answer.status == 200 || other.answer.status == 200);
  answer_clear(&poll.answer);
  answer_clear(&other.answer);
}

static void
it_says_why_it_cannot_listen(void)
{
  g_autoptr(GError) error = NULL;
  g_auto(World) world;
  open_world(&world);
  char *folder = chain_store_folder();
  CU_ASSERT_PTR_NULL(hub_start(folder, NULL, world.port, &error));
  CU_ASSERT_PTR_NOT_NULL_FATAL(error);
  CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "cannot listen"));
  g_clear_error(&error);
  CU_ASSERT_PTR_NULL(hub_start(folder, "nowhere", 0, &error));
  CU_ASSERT_PTR_NOT_NULL(error);
  chain_store_remove(folder);
}

TESTS("hub",
      TEST(a_code_enrols_once),
      TEST(neither_codes_nor_tokens_are_kept),
      TEST(an_enrolment_again_ends_the_old_token_and_gives_the_next_epoch),
      TEST(guessing_codes_gets_slower),
      TEST(a_day_of_a_till_over_the_wire),
      TEST(strangers_and_nonsense_are_refused),
      TEST(a_body_beyond_the_limit_is_not_read),
      TEST(a_held_poll_hears_of_another_tills_sale_at_once),
      TEST(a_poll_with_old_positions_is_answered_at_once_and_an_idle_one_in_time),
      TEST(a_command_beside_a_running_hub_goes_through_it_and_wakes_the_tills),
      TEST(only_one_may_write_a_folder),
      TEST(what_a_killed_hub_left_behind_misleads_nobody),
      TEST(nobody_else_can_read_the_books_or_the_commands_token),
      TEST(a_hub_that_was_stopped_goes_on_where_it_was),
      TEST(it_stops_while_tills_wait),
      TEST(it_says_why_it_cannot_listen))
