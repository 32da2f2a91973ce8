#include "sync/hub/reply.h"

#include "app/base/command.h"

void
reply_init(Reply *reply)
{
  *reply = (Reply){200, g_string_new(NULL)};
}

void
reply_clear(Reply *reply)
{
  if (reply->json)
    g_string_free(reply->json, TRUE);
  *reply = (Reply){0};
}

static void
name_field(Reply *reply, const char *name)
{
  char last = reply->json->len ? reply->json->str[reply->json->len - 1] : '\0';
  if (last != '{' && last != '\0')
    g_string_append_c(reply->json, ',');
  g_string_append_printf(reply->json, "\"%s\":", name);
}

void
reply_int(Reply *reply, const char *name, int64_t value)
{
  name_field(reply, name);
  g_string_append_printf(reply->json, "%" G_GINT64_FORMAT, value);
}

void
reply_text(Reply *reply, const char *name, const char *value)
{
  name_field(reply, name);
  command_json(reply->json, value);
}

void
reply_refuse(Reply *reply, unsigned status, const char *code, const char *message)
{
  reply->status = status;
  g_string_assign(reply->json, "{");
  reply_text(reply, "error", code);
  reply_text(reply, "message", message);
  g_string_append_c(reply->json, '}');
}
