/* scripted: a web server on loopback that answers as a test says, also wrongly. */
#pragma once

#include <arpa/inet.h>
#include <glib.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/sync/scripted_reply.h"

typedef ScriptedReply (*Script)(const char *head, const char *body, gpointer data);

typedef struct {
  int fd, port;
  Script script;
  gpointer data;
  pthread_t thread;
  pthread_mutex_t lock;
  GPtrArray *threads; /* of pthread_t * */
  atomic_bool stopping;
  atomic_int asked;
} Scripted;

typedef struct {
  Scripted *server;
  int fd;
} ScriptedVisit;

static inline bool
scripted_waits(Scripted *server, int fd)
{
  struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
  while (!atomic_load(&server->stopping))
    if (poll(&poll_fd, 1, 20) > 0)
      return true;
  return false;
}

/* Reads one request: headers, then as much as Content-Length says. */
static inline bool
scripted_read(Scripted *server, int fd, GString *head, GString *body)
{
  char bytes[4096];
  const char *end = NULL;
  gsize length = 0;

  while (!(end = strstr(head->str, "\r\n\r\n"))) {
    ssize_t n = scripted_waits(server, fd) ? read(fd, bytes, sizeof bytes) : 0;
    if (n <= 0)
      return false;
    g_string_append_len(head, bytes, n);
  }
  const char *said = strcasestr(head->str, "Content-Length:");
  if (said)
    length = strtoul(said + 15, NULL, 10);
  g_string_append(body, end + 4);
  while (body->len < length) {
    ssize_t n = scripted_waits(server, fd) ? read(fd, bytes, sizeof bytes) : 0;
    if (n <= 0)
      return false;
    g_string_append_len(body, bytes, n);
  }
  return true;
}

static inline void *
scripted_visit(void *data)
{
  ScriptedVisit *visit = data;
  Scripted *server = visit->server;
  bool on = true;

  while (on) {
    g_autoptr(GString) head = g_string_new(NULL), body = g_string_new(NULL);
    if (!scripted_read(server, visit->fd, head, body))
      break;
    pthread_mutex_lock(&server->lock);
    ScriptedReply reply = server->script(head->str, body->str, server->data);
    pthread_mutex_unlock(&server->lock);
    atomic_fetch_add(&server->asked, 1);
    while (reply.hold && !atomic_load(&server->stopping))
      poll(NULL, 0, 10);
    g_autoptr(GString) text = scripted_answer(&reply);
    gsize length = reply.cut >= 0 ? MIN((gsize)reply.cut, text->len) : text->len;
    on = send(visit->fd, text->str, length, MSG_NOSIGNAL) == (ssize_t)length &&
         reply.cut < 0 && !reply.no_length;
  }
  close(visit->fd);
  g_free(visit);
  return NULL;
}

static inline void *
scripted_serve(void *data)
{
  Scripted *server = data;

  while (scripted_waits(server, server->fd)) {
    ScriptedVisit *visit = g_new(ScriptedVisit, 1);
    pthread_t *thread = g_new(pthread_t, 1);
    *visit = (ScriptedVisit){server, accept(server->fd, NULL, NULL)};
    pthread_create(thread, NULL, scripted_visit, visit);
    g_ptr_array_add(server->threads, thread);
  }
  return NULL;
}

static inline Scripted *
scripted_start(Script script, gpointer data)
{
  Scripted *server = g_new0(Scripted, 1);
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;

  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  server->script = script;
  server->data = data;
  server->threads = g_ptr_array_new_with_free_func(g_free);
  pthread_mutex_init(&server->lock, NULL);
  server->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert(bind(server->fd, (struct sockaddr *)&address, size) == 0);
  g_assert(listen(server->fd, 16) == 0);
  getsockname(server->fd, (struct sockaddr *)&address, &size);
  server->port = ntohs(address.sin_port);
  pthread_create(&server->thread, NULL, scripted_serve, server);
  return server;
}

static inline char *
scripted_url(const Scripted *server)
{
  return g_strdup_printf("http://127.0.0.1:%d", server->port);
}

static inline void
scripted_stop(Scripted *server)
{
  atomic_store(&server->stopping, true);
  pthread_join(server->thread, NULL);
  for (guint i = 0; i < server->threads->len; i++)
    pthread_join(*(pthread_t *)server->threads->pdata[i], NULL);
  g_ptr_array_unref(server->threads);
  pthread_mutex_destroy(&server->lock);
  close(server->fd);
  g_free(server);
}
