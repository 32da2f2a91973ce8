/* TsplStream: a TSPL byte stream cut into commands: lines, pictures with their bytes,
 * requests that begin with ESC !. Pieces of any size. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A line longer than this is cut off, a picture larger than this skipped. */
#define TSPL_LONGEST_LINE 4096
#define TSPL_MOST_PICTURE (1 << 20)
#define TSPL_MOST_FIELDS  16

typedef struct {
  char name[16]; /* "TEXT"; "!?" for ESC ! ?; "" for what is none */
  char **fields; /* owned; what stands between the commas, unquoted; GBK as it came */
  int n_fields;
  const guint8 *picture; /* BITMAP: borrowed during the call; else NULL */
  gsize picture_length;
} TsplCommand;

/* @return field @i as a number, 0 when it is none; clamped to ±1,000,000. */
int tspl_number(const TsplCommand *command, int i);

typedef void (*TsplTake)(const TsplCommand *command, gpointer data);

typedef struct TsplStream TsplStream;
TsplStream *tspl_stream_new(TsplTake take, gpointer data);
void tspl_stream_free(TsplStream *stream); /* NULL is fine */
void tspl_stream_feed(TsplStream *stream, const guint8 *bytes, gsize length);
void tspl_stream_reset(TsplStream *stream); /* forgets what is half there */
