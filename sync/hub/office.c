#include "sync/hub/office.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "sync/hub/admin.h"
#include "sync/hub/lock.h"

#define ANSWER_MAX 16777216
#define PATIENCE_S 60

struct Office {
  Base *base;
  int lock_fd;     /* -1: a server has it */
  Serving serving; /* then */
};

GQuark
office_error_quark(void)
{
  return g_quark_from_static_string("office-error");
}

void
office_close(Office *office)
{
  if (!office)
    return;
  base_close(office->base);
  if (office->lock_fd >= 0)
    close(office->lock_fd);
  serving_clear(&office->serving);
  g_free(office);
}

/* An address that reaches a server that listens everywhere. */
static const char *
reachable(const char *address)
{
  if (strcmp(address, "0.0.0.0") == 0)
    return "127.0.0.1";
  return strcmp(address, "::") == 0 ? "::1" : address;
}

Office *
office_open(const char *folder, GError **error)
{
  g_autoptr(Office) office = g_new0(Office, 1);
  g_autoptr(GError) taken = NULL;
  office->lock_fd = -1;
  if (!lock_take(folder, &office->lock_fd, &taken) &&
      (!g_error_matches(taken, G_FILE_ERROR, G_FILE_ERROR_AGAIN) ||
       !lock_find_server(folder, &office->serving))) {
    g_propagate_error(error, g_steal_pointer(&taken));
    return NULL;
  }
  office->base = base_open(folder, office->lock_fd >= 0 ? DB_WRITER : DB_READER, error);
  return office->base ? g_steal_pointer(&office) : NULL;
}

Base *
office_base(const Office *office)
{
  return office->base;
}

static GSocket *
dial(const Office *office, GError **error)
{
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string(
      reachable(office->serving.address), (guint)office->serving.port);
  if (!address) {
    g_set_error(
        error, OFFICE_ERROR, OFFICE_ERROR_LINE, "the server's address is unreadable");
    return NULL;
  }
  g_autoptr(GSocket) socket = g_socket_new(g_socket_address_get_family(address),
                                           G_SOCKET_TYPE_STREAM,
                                           G_SOCKET_PROTOCOL_TCP,
                                           error);
  if (!socket)
    return NULL;
  g_socket_set_timeout(socket, PATIENCE_S);
  return g_socket_connect(socket, address, NULL, error) ? g_steal_pointer(&socket) : NULL;
}

static bool
send_all(GSocket *socket, const GString *text, GError **error)
{
  for (gsize sent = 0; sent < text->len;) {
    gssize n = g_socket_send(socket, text->str + sent, text->len - sent, NULL, error);
    if (n < 0)
      return false;
    sent += (gsize)n;
  }
  return true;
}

/* Everything until the other side closes. */
static bool
receive_all(GSocket *socket, GString *text, GError **error)
{
  char bytes[16 * 1024];
  gssize n = 0;
  while ((n = g_socket_receive(socket, bytes, sizeof bytes, NULL, error)) > 0) {
    g_string_append_len(text, bytes, n);
    if (text->len > ANSWER_MAX) {
      g_set_error(error, OFFICE_ERROR, OFFICE_ERROR_LINE, "the answer has no end");
      return false;
    }
  }
  return n == 0;
}

static bool
read_answer(const GString *text, Reply *reply, GError **error)
{
  const char *body = strstr(text->str, "\r\n\r\n");
  g_autofree char *status_text = g_strndup(text->str + MIN(text->len, 9), 3);
  guint64 status = 0;
  if (!g_str_has_prefix(text->str, "HTTP/1.1 ") || text->len < 12 || !body ||
      !g_ascii_string_to_unsigned(status_text, 10, 100, 599, &status, NULL)) {
    g_set_error(error, OFFICE_ERROR, OFFICE_ERROR_LINE, "the server's answer is none");
    return false;
  }
  reply->status = (unsigned)status;
  g_string_assign(reply->json, body + 4);
  return true;
}

static bool
ask_server(const Office *office,
           const char *verb,
           const char *json,
           Reply *reply,
           GError **error)
{
  g_autoptr(GSocket) socket = dial(office, error);
  if (!socket)
    return false;
  g_autoptr(GString) request = g_string_new(NULL);
  g_autoptr(GString) answer = g_string_new(NULL);
  g_string_printf(request,
                  "POST /v1/admin/%s HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
                  "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
                  "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                  verb,
                  office->serving.token,
                  strlen(json));
  g_string_append(request, json);
  return send_all(socket, request, error) && receive_all(socket, answer, error) &&
         read_answer(answer, reply, error);
}

static bool
refused(const Office *office, const Reply *reply, GError **error)
{
  g_autofree char *words =
      base_json_text(office->base, reply->json->str, reply->json->len, "$.message");
  g_set_error(error,
              OFFICE_ERROR,
              OFFICE_ERROR_REFUSED,
              "%s",
              words ? words : "the hub refused it without a word");
  return false;
}

bool
office_do(
    Office *office, const char *verb, const char *json, char **ret_json, GError **error)
{
  g_auto(Reply) reply;
  reply_init(&reply);
  bool is_here = office->lock_fd >= 0;
  if (is_here ? !admin_do(
                    office->base, verb, json, strlen(json), clock_now_us(), &reply, error)
              : !ask_server(office, verb, json, &reply, error))
    return false;
  if (reply.status != 200)
    return refused(office, &reply, error);
  if (is_here)
    base_rest(office->base);
  if (ret_json)
    *ret_json = g_string_free(g_steal_pointer(&reply.json), FALSE);
  return true;
}
