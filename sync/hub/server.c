#include "sync/hub/server.h"

#include <gio/gio.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>

#include "app/base/clock.h"
#include "sync/hub/digest.h"
#include "sync/hub/routes.h"
#include "sync/hub/stream.h"

#define MAX_CONNECTIONS 4096
#define MAX_PER_ADDRESS 256
#define QUIET_S         30          /* a connection that says nothing is closed */
#define MEMORY          (32 * 1024) /* bytes of headers and buffers per connection */
#define IDLE_MS         20 /* after writing: rest when nobody comes for so long */

struct Server {
  Base *base;
  Routes routes;
  Waiting *waiting;
  struct MHD_Daemon *daemon;
  int epoll_fd;
  int port;
  bool is_dirty;  /* written since the base rested */
  bool is_waking; /* a connection was resumed: libmicrohttpd has work, though no news */
};

typedef struct {
  Server *server;
  struct MHD_Connection *connection;
  GString *body; /* owned */
  gsize limit;
  bool is_too_long;
  bool is_held;  /* suspended, or woken and not answered yet */
  int64_t store; /* while held: whose heads it asked for */
} Request;

static enum MHD_Result
send_reply(struct MHD_Connection *connection, const Reply *reply)
{
  unsigned char hash[DIGEST_BYTES];
  char digest[DIGEST_HEX];
  digest_of(reply->json->str, reply->json->len, hash);
  digest_hex(hash, digest);
  struct MHD_Response *response = MHD_create_response_from_buffer(
      reply->json->len, reply->json->str, MHD_RESPMEM_MUST_COPY);
  if (!response)
    return MHD_NO;
  MHD_add_response_header(response, "Content-Type", "application/json");
  MHD_add_response_header(response, "Cache-Control", "no-store");
  MHD_add_response_header(response, "Guitai-Digest", digest);
  if (reply->status == 503 || reply->status == 403)
    MHD_add_response_header(response, "Retry-After", "2");
  enum MHD_Result sent = MHD_queue_response(connection, reply->status, response);
  MHD_destroy_response(response);
  return sent;
}

static enum MHD_Result
refuse(struct MHD_Connection *connection, unsigned status, const char *code)
{
  g_auto(Reply) reply;
  reply_init(&reply);
  reply_refuse(&reply, status, code, "refused");
  return send_reply(connection, &reply);
}

static int64_t
argument(struct MHD_Connection *connection, const char *name)
{
  const char *text = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, name);
  int64_t number = -1;
  if (!text || !g_ascii_string_to_signed(text, 10, 0, G_MAXINT64 - 1, &number, NULL))
    return -1;
  return number;
}

static const char *
bearer(struct MHD_Connection *connection)
{
  const char *text =
      MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Authorization");
  bool is_bearer = text && g_ascii_strncasecmp(text, "Bearer ", 7) == 0;
  return is_bearer && strlen(text) < 256 ? text + 7 : NULL;
}

/* The other side's address as text (transfer full). */
static char *
source_of(struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *found =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  if (!found)
    return g_strdup("?");
  gsize size = found->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                         : sizeof(struct sockaddr_in);
  g_autoptr(GSocketAddress) address =
      g_socket_address_new_from_native(found->client_addr, size);
  if (!G_IS_INET_SOCKET_ADDRESS(address))
    return g_strdup("?");
  return g_inet_address_to_string(
      g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address)));
}

static void
on_head(int64_t stream, int64_t head, gpointer data)
{
  waiting_tell(data, stream, head);
}

/* Tells the waiting tills of every head there is; the books changed. What fails here is
 * heard when the poll's time is over. */
static void
spread_news(Server *server)
{
  server->is_dirty = true;
  stream_each_head(server->base, on_head, server->waiting, NULL);
}

static enum MHD_Result
hold(Request *request, Waiter *waiter)
{
  waiter->request = request;
  request->store = waiter->store;
  if (!waiting_add(request->server->waiting, waiter))
    return refuse(request->connection, 503, "unavailable");
  request->is_held = true;
  MHD_suspend_connection(request->connection);
  return MHD_YES;
}

static enum MHD_Result
answer(Request *request, const char *method, const char *path)
{
  g_auto(Reply) reply;
  reply_init(&reply);
  if (request->is_held) {
    routes_heads(&request->server->routes, request->store, &reply);
    return send_reply(request->connection, &reply);
  }
  g_autofree char *source = source_of(request->connection);
  Waiter waiter = {0};
  Call call = {.method = method,
               .path = path,
               .token = bearer(request->connection),
               .source = source,
               .body = request->body->str,
               .length = request->body->len,
               .from = argument(request->connection, "from"),
               .max = argument(request->connection, "max"),
               .store = argument(request->connection, "store"),
               .cat = argument(request->connection, "cat"),
               .timeout = argument(request->connection, "timeout")};
  switch (routes_answer(&request->server->routes, &call, &reply, &waiter)) {
  case ROUTE_WAIT:
    return hold(request, &waiter);
  case ROUTE_NEWS:
    spread_news(request->server);
    break;
  case ROUTE_DONE:
    break;
  }
  return send_reply(request->connection, &reply);
}

static Request *
request_new(Server *server, struct MHD_Connection *connection, const char *path)
{
  Request *request = g_new0(Request, 1);
  request->server = server;
  request->connection = connection;
  request->body = g_string_new(NULL);
  request->limit = routes_limit(path);
  return request;
}

/* It says itself that its body will be too long: then not a byte of it is read. */
static bool
announces_too_much(const Request *request)
{
  const char *text =
      MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Content-Length");
  guint64 length = 0;
  return text && (!g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT64, &length, NULL) ||
                  length > request->limit);
}

static enum MHD_Result
on_request(void *data,
           struct MHD_Connection *connection,
           const char *path,
           const char *method,
           const char *version,
           const char *bytes,
           size_t *n_bytes,
           void **state)
{
  Request *request = *state;
  if (!request) {
    *state = request = request_new(data, connection, path);
    return announces_too_much(request) ? refuse(connection, 413, "too_large") : MHD_YES;
  }
  if (*n_bytes > 0) {
    request->is_too_long |= request->body->len + *n_bytes > request->limit;
    if (request->is_too_long)
      return MHD_NO;
    g_string_append_len(request->body, bytes, (gssize)*n_bytes);
    *n_bytes = 0;
    return MHD_YES;
  }
  return answer(request, method, path);
}

static void
on_completed(void *data,
             struct MHD_Connection *connection,
             void **state,
             enum MHD_RequestTerminationCode how)
{
  Server *server = data;
  Request *request = *state;
  if (!request)
    return;
  waiting_remove(server->waiting, request);
  g_string_free(request->body, TRUE);
  g_free(request);
  *state = NULL;
}

static void
on_wake(gpointer data)
{
  Request *request = data;
  request->server->is_waking = true;
  MHD_resume_connection(request->connection);
}

/* What libmicrohttpd complains of is a peer's doing: not worth a warning. */
static void G_GNUC_PRINTF(2, 0) on_log(void *data, const char *format, va_list arguments)
{
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  g_debug("%s", g_strchomp(text));
}

/* As many connections as the process may have files, less some for itself. */
static unsigned
connection_limit(void)
{
  struct rlimit files = {0};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY)
    return MAX_CONNECTIONS;
  return (unsigned)CLAMP((int64_t)files.rlim_cur - 64, 16, MAX_CONNECTIONS);
}

static bool
native_address(const char *address,
               int port,
               struct sockaddr_storage *ret,
               bool *ret_is_6,
               GError **error)
{
  g_autoptr(GSocketAddress) parsed =
      g_inet_socket_address_new_from_string(address, (guint)port);
  if (!parsed) {
    g_set_error(error,
                G_IO_ERROR,
                G_IO_ERROR_INVALID_ARGUMENT,
                "%s is no address of this machine",
                address);
    return false;
  }
  *ret_is_6 = g_socket_address_get_family(parsed) == G_SOCKET_FAMILY_IPV6;
  return g_socket_address_to_native(parsed, ret, sizeof *ret, error);
}

static bool
start_daemon(Server *server, const char *address, int port, GError **error)
{
  struct sockaddr_storage where = {0};
  bool is_6 = false;
  if (!native_address(address, port, &where, &is_6, error))
    return false;
  unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
                   (is_6 ? MHD_USE_IPv6 : 0);
  server->daemon = MHD_start_daemon(flags,
                                    (uint16_t)port,
                                    NULL,
                                    NULL,
                                    on_request,
                                    server,
                                    MHD_OPTION_EXTERNAL_LOGGER,
                                    on_log,
                                    NULL,
                                    MHD_OPTION_SOCK_ADDR,
                                    (struct sockaddr *)&where,
                                    MHD_OPTION_NOTIFY_COMPLETED,
                                    on_completed,
                                    server,
                                    MHD_OPTION_CONNECTION_LIMIT,
                                    connection_limit(),
                                    MHD_OPTION_PER_IP_CONNECTION_LIMIT,
                                    (unsigned)MAX_PER_ADDRESS,
                                    MHD_OPTION_CONNECTION_TIMEOUT,
                                    (unsigned)QUIET_S,
                                    MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                    (size_t)MEMORY,
                                    MHD_OPTION_END);
  if (server->daemon)
    return true;
  g_set_error(error,
              G_IO_ERROR,
              G_IO_ERROR_ADDRESS_IN_USE,
              "cannot listen on %s port %d",
              address,
              port);
  return false;
}

Server *
server_new(
    Base *base, const char *address, int port, const char *admin_token, GError **error)
{
  Server *server = g_new0(Server, 1);
  server->base = base;
  server->waiting = waiting_new(on_wake);
  server->routes = (Routes){base, guard_new(), admin_token};
  if (!start_daemon(server, address, port, error)) {
    server_free(server);
    return NULL;
  }
  server->epoll_fd =
      MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
  server->port = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
  return server;
}

void
server_free(Server *server)
{
  if (!server)
    return;
  if (server->daemon) {
    waiting_wake_all(server->waiting);
    MHD_run(server->daemon);
    MHD_stop_daemon(server->daemon);
  }
  waiting_free(server->waiting);
  guard_free(server->routes.guard);
  g_free(server);
}

int
server_port(const Server *server)
{
  return server->port;
}

static int
sooner(int a_ms, int b_ms)
{
  return a_ms < 0 ? b_ms : b_ms < 0 ? a_ms : MIN(a_ms, b_ms);
}

static int
timeout_ms(const Server *server)
{
  MHD_UNSIGNED_LONG_LONG wanted = 0;
  int ms = -1;
  if (server->is_waking)
    return 0;
  if (MHD_get_timeout(server->daemon, &wanted) == MHD_YES)
    ms = (int)MIN(wanted, 60000);
  ms = sooner(ms, waiting_timeout_ms(server->waiting, clock_monotonic_us()));
  return server->is_dirty ? sooner(ms, IDLE_MS) : ms;
}

void
server_turn(Server *server, int wake_fd)
{
  struct pollfd fds[] = {{.fd = server->epoll_fd, .events = POLLIN},
                         {.fd = wake_fd, .events = POLLIN}};
  int ready = poll(fds, G_N_ELEMENTS(fds), timeout_ms(server));
  if (ready == 0 && server->is_dirty) {
    base_rest(server->base);
    server->is_dirty = false;
  }
  waiting_expire(server->waiting, clock_monotonic_us());
  server->is_waking = false;
  MHD_run(server->daemon);
}
