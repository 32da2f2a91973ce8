/* Any program's label job cut into commands: the first byte says in how many pieces it
 * arrives; the commands must be the same. */
#include "drivers/tspl_stream.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

static void
on_command(const TsplCommand *command, gpointer data)
{
  GString *log = data;
  PROMISE(command->n_fields >= 0 && command->n_fields <= TSPL_MOST_FIELDS);
  PROMISE(strlen(command->name) < sizeof command->name);
  g_string_append_printf(log, "%s(%d,", command->name, command->n_fields);
  for (int i = 0; i < command->n_fields; i++) {
    int number = tspl_number(command, i);
    PROMISE(number >= -1000000 && number <= 1000000);
    g_string_append_printf(log, "%s=%d,", command->fields[i], number);
  }
  PROMISE(command->picture_length <= TSPL_MOST_PICTURE);
  for (gsize i = 0; i < command->picture_length; i++)
    g_string_append_c(log, (char)(command->picture[i] | 1));
}

static char *
cut(const uint8_t *bytes, size_t length, size_t piece)
{
  GString *log = g_string_new(NULL);
  TsplStream *stream = tspl_stream_new(on_command, log);
  for (size_t at = 0; at < length; at += piece)
    tspl_stream_feed(stream, bytes + at, MIN(piece, length - at));
  tspl_stream_free(stream);
  return g_string_free(log, FALSE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  if (length < 2)
    return 0;
  g_autofree char *whole = cut(bytes + 1, length - 1, length);
  g_autofree char *pieces = cut(bytes + 1, length - 1, bytes[0] % 16 + 1);
  PROMISE(strcmp(whole, pieces) == 0);
  return 0;
}
