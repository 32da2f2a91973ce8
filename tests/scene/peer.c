#include "tests/scene/peer.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_MS 60000

struct Peer {
  GPid pid;
  int in, out;
  GString *buffer;
  bool reaped;
};

/* In the child: nobody outlives the scene, however it ends. */
static void
die_with_parent(gpointer data)
{
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}

Peer *
peer_start(const char *const *argv, const char *const *env, GError **error)
{
  g_auto(GStrv) environment = g_get_environ();
  for (int i = 0; env && env[i]; i++) {
    g_auto(GStrv) pair = g_strsplit(env[i], "=", 2);
    environment = g_environ_setenv(environment, pair[0], pair[1], TRUE);
  }
  signal(SIGPIPE, SIG_IGN); /* a peer that died is told by what it no longer says */
  Peer *peer = g_new0(Peer, 1);
  peer->buffer = g_string_new(NULL);
  if (!g_spawn_async_with_pipes(NULL,
                                (char **)argv,
                                environment,
                                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH,
                                die_with_parent,
                                NULL,
                                &peer->pid,
                                &peer->in,
                                &peer->out,
                                NULL,
                                error)) {
    g_string_free(peer->buffer, TRUE);
    g_free(peer);
    return NULL;
  }
  return peer;
}

void
peer_end(Peer *peer, bool hard)
{
  if (!peer)
    return;
  if (hard && !peer->reaped)
    kill(peer->pid, SIGKILL);
  close(peer->in);
  /* What it still says is read, so that it never blocks on a full pipe while ending. */
  char rest[4096];
  while (!hard && read(peer->out, rest, sizeof rest) > 0)
    ;
  close(peer->out);
  if (!peer->reaped)
    waitpid(peer->pid, NULL, 0);
  g_string_free(peer->buffer, TRUE);
  g_free(peer);
}

pid_t
peer_pid(Peer *peer)
{
  return peer->pid;
}

bool
peer_is_alive(Peer *peer)
{
  if (!peer->reaped && waitpid(peer->pid, NULL, WNOHANG) == peer->pid)
    peer->reaped = true;
  return !peer->reaped;
}

static char *
take_line(Peer *peer)
{
  char *end = memchr(peer->buffer->str, '\n', peer->buffer->len);
  if (!end)
    return NULL;
  gsize length = end - peer->buffer->str;
  char *line = g_strndup(peer->buffer->str, length);
  g_string_erase(peer->buffer, 0, length + 1);
  return line;
}

char *
peer_read_line(Peer *peer, int timeout_ms)
{
  for (;;) {
    char *line = take_line(peer);
    if (line)
      return line;
    struct pollfd poller = {.fd = peer->out, .events = POLLIN};
    int ready = poll(&poller, 1, timeout_ms);
    if (ready < 0 && errno == EINTR)
      continue;
    char bytes[4096];
    ssize_t n = ready > 0 ? read(peer->out, bytes, sizeof bytes) : 0;
    if (n <= 0)
      return NULL;
    g_string_append_len(peer->buffer, bytes, n);
  }
}

void
peer_tell(Peer *peer, const char *line)
{
  g_autofree char *full = g_strconcat(line, "\n", NULL);
  gsize length = strlen(full);
  for (gsize done = 0; done < length;) {
    ssize_t n = write(peer->in, full + done, length - done);
    if (n < 0 && errno != EINTR)
      return;
    done += n > 0 ? (gsize)n : 0;
  }
}

bool
peer_ask(Peer *peer, const char *line, char **ret)
{
  peer_tell(peer, line);
  g_autoptr(GString) answer = g_string_new(NULL);
  bool good = true;
  for (;;) {
    g_autofree char *said = peer_read_line(peer, ANSWER_MS);
    if (!said) {
      *ret = g_strdup_printf("no answer to: %s", line);
      return false;
    }
    if (g_str_equal(said, "."))
      break;
    if (said[0] == '!')
      good = false;
    if (answer->len)
      g_string_append_c(answer, '\n');
    g_string_append(answer, said[0] == '!' ? said + 2 : said);
  }
  *ret = g_string_free(g_steal_pointer(&answer), FALSE);
  return good;
}
