#include "app/papering.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "drivers/paper.h"

#define PIECE     16384
#define MOST      (256 << 20) /* bytes; no job is nearly so long */
#define DOTS_A_MM 8

/* Printable dots and columns of font A, by the width of the roll. */
static const struct {
  const char *mm;
  int columns, dots;
} WIDTHS[] = {{"80", 48, 576}, {"58", 32, 384}};

static Paper *
paper_for(const CommandLine *line)
{
  const char *mm = command_option(line, "--width");
  for (gsize i = 0; i < G_N_ELEMENTS(WIDTHS); i++)
    if (!mm || g_str_equal(mm, WIDTHS[i].mm))
      return paper_new(WIDTHS[i].columns, WIDTHS[i].dots);
  return NULL;
}

static GInputStream *
open_stream(const char *path, GError **error)
{
  if (g_str_equal(path, "-"))
    return g_unix_input_stream_new(STDIN_FILENO, FALSE);
  g_autoptr(GFile) file = g_file_new_for_path(path);
  return G_INPUT_STREAM(g_file_read(file, NULL, error));
}

/* @return why it could not (transfer full), NULL: it did. */
static GError *
print_stream(Paper *paper, const char *path)
{
  GError *error = NULL;
  g_autoptr(GInputStream) stream = open_stream(path, &error);
  guint8 piece[PIECE];
  gssize came = stream ? 1 : -1;

  for (gsize all = 0; came > 0 && all <= MOST; all += (gsize)came) {
    came = g_input_stream_read(stream, piece, PIECE, NULL, &error);
    if (came > 0)
      paper_feed(paper, piece, (gsize)came);
  }
  if (came > 0)
    error = g_error_new(G_IO_ERROR,
                        G_IO_ERROR_NO_SPACE,
                        _("more than %d MB is no print job"),
                        MOST >> 20);
  return error;
}

static void
say_json(CommandAnswer *answer, const Paper *paper, const char *file, const char *text)
{
  g_string_append(answer->out, "{\"file\":");
  command_json(answer->out, file);
  g_string_append_printf(answer->out,
                         ",\"length_mm\":%" G_GINT64_FORMAT
                         ",\"cuts\":%d,\"drawer_pulses\":%d,\"text\":",
                         paper_length(paper) / DOTS_A_MM,
                         paper_cuts(paper),
                         paper_pulses(paper));
  command_json(answer->out, text);
  g_string_append(answer->out, "}\n");
}

/* Takes @error. */
static void
fail(CommandAnswer *answer, const char *what, GError *error)
{
  g_string_append_printf(answer->err, "%s: %s\n", what, error->message);
  g_error_free(error);
  answer->status = 3;
}

static void
show(const CommandLine *line, CommandAnswer *answer, Paper *paper)
{
  const char *file = command_argument(line, 0), *png = command_option(line, "--png");
  g_autofree char *text = paper_text(paper);
  GError *error = NULL;

  if (png && !paper_save_png(paper, png, &error) && error)
    fail(answer, png, error);
  if (command_option(line, "--json"))
    say_json(answer, paper, file, text);
  else if (!png || command_option(line, "--text"))
    g_string_append(answer->out, text);
  if (answer->status == 0 && paper_length(paper) == 0)
    answer->status = 1;
}

void
papering_show(const CommandLine *line, CommandAnswer *answer)
{
  g_autoptr(Paper) paper = paper_for(line);
  GError *error = paper ? print_stream(paper, command_argument(line, 0)) : NULL;

  if (!paper) {
    g_string_append_printf(answer->err, "--width: %s\n", _("58 or 80"));
    answer->status = 2;
  } else if (error) {
    fail(answer, command_argument(line, 0), error);
  } else {
    show(line, answer, paper);
  }
}
