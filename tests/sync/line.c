#include "tests/sync/line.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOOK_MS 10

struct Line {
  int fd, port;
  atomic_int target; /* port */
  atomic_int turn;   /* counts changes of @target: what is of an earlier one is cut */
  atomic_bool ending, was_cut;
  pthread_t thread;
  GPtrArray *threads; /* of pthread_t *; the line's thread only */
  pthread_mutex_t lock;
  char *needle; /* owned (nullable); the rest under the lock, too */
  LineSide side;
  gsize bytes;
};

typedef struct {
  Line *line;
  int till, server; /* file descriptors */
  int turn;
  gssize left_up, left_down; /* bytes until the cut; -1: none */
} Call;

static int
dial(int port)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((guint16)port)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (port > 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
    return fd;
  close(fd);
  return -1;
}

static void
look_for_needle(Call *call, const char *bytes, gsize length)
{
  Line *line = call->line;

  pthread_mutex_lock(&line->lock);
  if (line->needle && memmem(bytes, length, line->needle, strlen(line->needle))) {
    g_clear_pointer(&line->needle, g_free);
    if (line->side == LINE_UP)
      call->left_up = (gssize)line->bytes;
    else
      call->left_down = (gssize)line->bytes;
  }
  pthread_mutex_unlock(&line->lock);
}

static bool
pass_on(Call *call, int to, const char *bytes, gsize length, gssize *left)
{
  gsize n = *left >= 0 ? MIN(length, (gsize)*left) : length;
  bool sent = n == 0 || send(to, bytes, n, MSG_NOSIGNAL) == (ssize_t)n;

  if (*left < 0)
    return sent;
  *left -= (gssize)n;
  if (*left > 0)
    return sent;
  atomic_store(&call->line->was_cut, true);
  return false;
}

/* @return false when the call is over. */
static bool
relay(Call *call, bool up)
{
  char bytes[16384];
  ssize_t n = read(up ? call->till : call->server, bytes, sizeof bytes);

  if (n <= 0)
    return false;
  if (up)
    look_for_needle(call, bytes, (gsize)n);
  return up ? pass_on(call, call->server, bytes, (gsize)n, &call->left_up)
            : pass_on(call, call->till, bytes, (gsize)n, &call->left_down);
}

/* A reset, as from a line that broke; a tidy end would look like an answer's end. */
static void
hang_up(int fd)
{
  struct linger hard = {1, 0};

  setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  close(fd);
}

static void *
carry(void *data)
{
  Call *call = data;
  Line *line = call->line;
  bool on = call->server >= 0;

  while (on && !atomic_load(&line->ending) && atomic_load(&line->turn) == call->turn) {
    struct pollfd ends[] = {{call->till, POLLIN, 0}, {call->server, POLLIN, 0}};
    if (poll(ends, 2, LOOK_MS) <= 0)
      continue;
    on = (!ends[0].revents || relay(call, true)) &&
         (!ends[1].revents || relay(call, false));
  }
  hang_up(call->till);
  if (call->server >= 0)
    hang_up(call->server);
  g_free(call);
  return NULL;
}

static void *
serve(void *data)
{
  Line *line = data;
  struct pollfd waiting = {line->fd, POLLIN, 0};

  while (!atomic_load(&line->ending)) {
    if (poll(&waiting, 1, LOOK_MS) <= 0)
      continue;
    Call *call = g_new(Call, 1);
    pthread_t *thread = g_new(pthread_t, 1);
    *call =
        (Call){line, accept(line->fd, NULL, NULL), -1, atomic_load(&line->turn), -1, -1};
    call->server = dial(atomic_load(&line->target));
    pthread_create(thread, NULL, carry, call);
    g_ptr_array_add(line->threads, thread);
  }
  return NULL;
}

Line *
line_new(void)
{
  Line *line = g_new0(Line, 1);
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;

  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  line->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert(bind(line->fd, (struct sockaddr *)&address, size) == 0);
  g_assert(listen(line->fd, 64) == 0);
  getsockname(line->fd, (struct sockaddr *)&address, &size);
  line->port = ntohs(address.sin_port);
  line->threads = g_ptr_array_new_with_free_func(g_free);
  pthread_mutex_init(&line->lock, NULL);
  pthread_create(&line->thread, NULL, serve, line);
  return line;
}

void
line_free(Line *line)
{
  if (!line)
    return;
  atomic_store(&line->ending, true);
  pthread_join(line->thread, NULL);
  for (guint i = 0; i < line->threads->len; i++)
    pthread_join(*(pthread_t *)line->threads->pdata[i], NULL);
  g_ptr_array_unref(line->threads);
  pthread_mutex_destroy(&line->lock);
  close(line->fd);
  g_free(line->needle);
  g_free(line);
}

char *
line_url(const Line *line)
{
  return g_strdup_printf("http://127.0.0.1:%d", line->port);
}

void
line_lead_to(Line *line, int port)
{
  atomic_store(&line->target, port);
  atomic_fetch_add(&line->turn, 1);
}

void
line_cut(Line *line, const char *needle, LineSide side, gsize bytes)
{
  pthread_mutex_lock(&line->lock);
  g_free(line->needle);
  line->needle = g_strdup(needle);
  line->side = side;
  line->bytes = bytes;
  pthread_mutex_unlock(&line->lock);
  atomic_store(&line->was_cut, false);
}

bool
line_was_cut(Line *line)
{
  return atomic_load(&line->was_cut);
}
