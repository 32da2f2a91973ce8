#include "tests/scene/cable.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_LINKS 64

typedef struct {
  int till, hub;  /* sockets; -1: none */
  gsize from_hub; /* bytes of answers passed on */
  bool answered;  /* a made-up answer went out */
} Link;

struct Cable {
  int listener, port;
  int wake[2];
  GThread *thread;
  gint state, hub_port, ending, broken; /* atomic */
  Link links[MAX_LINKS];
  int n_links;
};

static void
link_close(Link *link)
{
  if (link->till >= 0)
    close(link->till);
  if (link->hub >= 0)
    close(link->hub);
  link->till = link->hub = -1;
}

static int
dial(int port)
{
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in to = {.sin_family = AF_INET,
                           .sin_port = htons(port),
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
    return fd;
  close(fd);
  return -1;
}

static bool
send_all(int fd, const char *bytes, gsize length)
{
  for (gsize done = 0; done < length;) {
    ssize_t n = send(fd, bytes + done, length - done, MSG_NOSIGNAL);
    if (n <= 0)
      return false;
    done += n;
  }
  return true;
}

static void
take_call(Cable *cable)
{
  int till = accept4(cable->listener, NULL, NULL, SOCK_CLOEXEC);
  CableState state = g_atomic_int_get(&cable->state);
  if (till < 0)
    return;
  int hub = -1;
  bool to_hub = state == CABLE_GOOD || state == CABLE_HALF;
  if (state == CABLE_CUT || cable->n_links == MAX_LINKS ||
      (to_hub && (hub = dial(g_atomic_int_get(&cable->hub_port))) < 0)) {
    close(till);
    return;
  }
  cable->links[cable->n_links++] = (Link){.till = till, .hub = hub};
}

/* A wrong answer of the kind that the state asks for. @return whether the link goes on.
 */
static bool
answer_badly(Cable *cable, Link *link)
{
  static const char ERRORS[] =
      "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 5\r\n"
      "Connection: close\r\n\r\noops\n";
  static const char GARBAGE[] =
      "HTTP/1.1 200 OK\r\nContent-Length: 24\r\n"
      "Connection: close\r\n\r\n{\"changes\":[\x01\xff<html>]}}\n\n\n";
  CableState state = g_atomic_int_get(&cable->state);
  if (state == CABLE_ERRORS)
    send_all(link->till, ERRORS, strlen(ERRORS));
  else if (state == CABLE_GARBAGE)
    send_all(link->till, GARBAGE, strlen(GARBAGE));
  return state == CABLE_SILENT;
}

/* @return whether the link lives on. */
static bool
carry(Cable *cable, Link *link, bool from_till)
{
  char bytes[16384];
  int from = from_till ? link->till : link->hub;
  ssize_t n = recv(from, bytes, sizeof bytes, 0);
  if (n <= 0)
    return false;
  if (link->hub < 0)
    return answer_badly(cable, link);
  if (!from_till && g_atomic_int_get(&cable->state) == CABLE_HALF) {
    send_all(link->till, bytes, n / 2);
    return false;
  }
  return send_all(from_till ? link->hub : link->till, bytes, n);
}

static void
break_all(Cable *cable)
{
  for (int i = 0; i < cable->n_links; i++)
    link_close(&cable->links[i]);
  cable->n_links = 0;
}

static void
serve_links(Cable *cable, const struct pollfd *polled, const int *owner, int n)
{
  for (int i = 0; i < n; i++) {
    Link *link = &cable->links[owner[i]];
    if (!polled[i].revents || link->till < 0)
      continue;
    if (!carry(cable, link, polled[i].fd == link->till))
      link_close(link);
  }
  int kept = 0;
  for (int i = 0; i < cable->n_links; i++)
    if (cable->links[i].till >= 0)
      cable->links[kept++] = cable->links[i];
  cable->n_links = kept;
}

static gpointer
cable_thread(gpointer data)
{
  Cable *cable = data;
  while (!g_atomic_int_get(&cable->ending)) {
    struct pollfd polled[2 + 2 * MAX_LINKS] = {{.fd = cable->wake[0], .events = POLLIN},
                                               {.fd = cable->listener, .events = POLLIN}};
    int owner[2 * MAX_LINKS];
    int n = 0;
    for (int i = 0; i < cable->n_links; i++) {
      owner[n] = i;
      polled[2 + n++] = (struct pollfd){.fd = cable->links[i].till, .events = POLLIN};
      if (cable->links[i].hub < 0)
        continue;
      owner[n] = i;
      polled[2 + n++] = (struct pollfd){.fd = cable->links[i].hub, .events = POLLIN};
    }
    poll(polled, 2 + n, -1);
    char byte[64];
    if (polled[0].revents && read(cable->wake[0], byte, sizeof byte) < 0)
      continue;
    if (g_atomic_int_compare_and_exchange(&cable->broken, 1, 0)) {
      break_all(cable);
      continue;
    }
    serve_links(cable, polled + 2, owner, n);
    if (polled[1].revents)
      take_call(cable);
  }
  break_all(cable);
  return NULL;
}

static void
wake(Cable *cable)
{
  if (write(cable->wake[1], "x", 1) < 0)
    g_warning("the cable does not wake: %s", g_strerror(errno));
}

Cable *
cable_new(void)
{
  Cable *cable = g_new0(Cable, 1);
  struct sockaddr_in at = {.sin_family = AF_INET,
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof at;
  cable->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind(cable->listener, (struct sockaddr *)&at, length) ||
      listen(cable->listener, 64) ||
      getsockname(cable->listener, (struct sockaddr *)&at, &length) ||
      pipe2(cable->wake, O_CLOEXEC))
    g_error("no loopback: %s", g_strerror(errno));
  cable->port = ntohs(at.sin_port);
  cable->thread = g_thread_new("cable", cable_thread, cable);
  return cable;
}

void
cable_free(Cable *cable)
{
  if (!cable)
    return;
  g_atomic_int_set(&cable->ending, 1);
  wake(cable);
  g_thread_join(cable->thread);
  close(cable->listener);
  close(cable->wake[0]);
  close(cable->wake[1]);
  g_free(cable);
}

int
cable_port(const Cable *cable)
{
  return cable->port;
}

void
cable_lead_to(Cable *cable, int port)
{
  g_atomic_int_set(&cable->hub_port, port);
}

void
cable_set(Cable *cable, CableState state)
{
  g_atomic_int_set(&cable->state, state);
  g_atomic_int_set(&cable->broken, 1);
  wake(cable);
}
