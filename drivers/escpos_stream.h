/* escpos_stream: ESC/POS bytes cut into characters and whole commands, whoever sent them
 * and however they were split. Lengths are those of Epson's command reference, Chinese
 * printers' FS commands and the clones' buzzer. Pure. */
#pragma once

#include <glib.h>

typedef struct EscposStream EscposStream;

/* A longer command (a picture of over two metres) is skipped whole. */
#define ESCPOS_STREAM_LARGEST (4u << 20)

typedef struct {
  void (*on_character)(guint8 byte, gpointer data); /* 0x20 and above */
  /* From its first byte; a lone control character is a command of length 1. */
  void (*on_command)(const guint8 *bytes, gsize length, gpointer data);
} EscposStreamWatch;

EscposStream *escpos_stream_new(const EscposStreamWatch *watch, gpointer data);
void escpos_stream_free(EscposStream *stream); /* NULL is fine */
void escpos_stream_feed(EscposStream *stream, const guint8 *bytes, gsize length);
/* Forgets a command that began and has not ended: the printer was switched off. */
void escpos_stream_reset(EscposStream *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(EscposStream, escpos_stream_free)
