/* scripted_reply: what a scripted server says, rightly or wrongly. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define CUT_NOWHERE (-1)

typedef struct {
  int status;
  const char *body;
  const char *digest;  /* NULL: the right one; "": none */
  const char *headers; /* (nullable) more lines, each with \r\n */
  bool no_length;      /* the end of the connection is the end of the body */
  gssize cut;          /* closes after so many bytes of the answer */
  bool hold;           /* answers when the server stops */
} ScriptedReply;

static inline GString *
scripted_answer(const ScriptedReply *reply)
{
  GString *text = g_string_new(NULL);
  const char *body = reply->body ? reply->body : "";
  g_autofree char *right = g_compute_checksum_for_string(G_CHECKSUM_SHA256, body, -1);
  const char *digest = reply->digest ? reply->digest : right;

  g_string_append_printf(text, "HTTP/1.1 %d Said\r\n", reply->status);
  if (*digest)
    g_string_append_printf(text, "Guitai-Digest: %s\r\n", digest);
  if (!reply->no_length)
    g_string_append_printf(text, "Content-Length: %zu\r\n", strlen(body));
  g_string_append_printf(text, "%s\r\n%s", reply->headers ? reply->headers : "", body);
  return text;
}
