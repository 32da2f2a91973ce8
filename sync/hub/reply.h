/* Reply: an answer to a request, before it is HTTP: a status and a JSON text. */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef struct {
  unsigned status; /* of HTTP: 200, 400 … */
  GString *json;   /* owned */
} Reply;

void reply_init(Reply *reply); /* 200 and an empty text */
void reply_clear(Reply *reply);

/* Replaces what is there by {"error":@code,"message":@message}. */
void reply_refuse(Reply *reply, unsigned status, const char *code, const char *message);
/* Appends ,"name":value — or without the comma after an opening bracket. */
void reply_int(Reply *reply, const char *name, int64_t value);
void reply_text(Reply *reply, const char *name, const char *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reply, reply_clear)
