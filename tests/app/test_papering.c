#include "app/papering.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests/real_data.h"
#include "tests/test.h"

static CommandAnswer
run(const char *const *words)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new();
  g_auto(CommandLine) line = {NULL};

  g_ptr_array_add(argv, (gpointer) "guitai");
  g_ptr_array_add(argv, (gpointer) "paper");
  for (; *words; words++)
    g_ptr_array_add(argv, (gpointer)*words);
  if (!command_read(&COMMAND_PAGE, (int)argv->len, (char **)argv->pdata, &line, NULL))
    g_error("not read");
  return command_line_run(&line);
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

typedef struct {
  char *folder, *stream, *png;
} Files;

static Files
files(const void *bytes, gsize length)
{
  Files f = {g_dir_make_tmp(NULL, NULL), NULL, NULL};
  f.stream = g_build_filename(f.folder, "stream.bin", NULL);
  f.png = g_build_filename(f.folder, "out.png", NULL);
  g_file_set_contents(f.stream, bytes, (gssize)length, NULL);
  return f;
}

static void
files_clear(Files *f)
{
  g_remove(f->stream);
  g_remove(f->png);
  g_rmdir(f->folder);
  g_free(f->stream);
  g_free(f->png);
  g_free(f->folder);
}

static const char STREAM[] = "\x1b@\x1bp\x30\x19\xfa\x1c&\xd2\xa9\nabc\n\x1dV\x42\x18";

static void
a_stream_is_said_as_text(void)
{
  Files f = files(STREAM, sizeof STREAM - 1);
  g_auto(CommandAnswer) answer = RUN(f.stream);
  g_auto(CommandAnswer) narrow = RUN(f.stream, "--width", "58");
  CU_ASSERT_EQUAL(answer.status, 0);
  CU_ASSERT_STRING_EQUAL(answer.out->str,
                         "药\nabc\n8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8<\n");
  CU_ASSERT(g_str_has_prefix(narrow.out->str, "药\nabc\n8< 8< 8< 8< 8<"));
  CU_ASSERT(strlen(narrow.out->str) < strlen(answer.out->str));
  files_clear(&f);
}

static void
json_counts_cuts_and_pulses(void)
{
  Files f = files(STREAM, sizeof STREAM - 1);
  g_auto(CommandAnswer) answer = RUN(f.stream, "--json");
  /* Two lines of 30 dots and 24 before the cut: 84 dots, 10 mm. */
  CU_ASSERT_PTR_NOT_NULL(
      strstr(answer.out->str, "\"length_mm\":10,\"cuts\":1,\"drawer_pulses\":1"));
  CU_ASSERT_PTR_NOT_NULL(strstr(answer.out->str, "\"text\":\"药"));
  files_clear(&f);
}

static void
a_picture_is_drawn_and_text_said_only_when_asked(void)
{
  Files f = files(STREAM, sizeof STREAM - 1);
  g_autofree char *png = NULL;
  gsize length;
  g_auto(CommandAnswer) answer = RUN(f.stream, "--png", f.png);
  g_auto(CommandAnswer) both = RUN(f.stream, "--png", f.png, "--text");

  CU_ASSERT_EQUAL(answer.status, 0);
  CU_ASSERT_STRING_EQUAL(answer.out->str, "");
  CU_ASSERT(g_str_has_prefix(both.out->str, "药\n"));
  CU_ASSERT_FATAL(g_file_get_contents(f.png, &png, &length, NULL));
  CU_ASSERT(length > 8 && memcmp(png, "\x89PNG\r\n\x1a\n", 8) == 0);
  files_clear(&f);
}

static void
what_cannot_be_done_is_said(void)
{
  Files f = files("", 0);
  g_auto(CommandAnswer) nothing = RUN(f.stream);
  g_auto(CommandAnswer) missing = RUN("/nonexistent/stream");
  g_auto(CommandAnswer) folder = RUN(f.folder);
  g_auto(CommandAnswer) width = RUN(f.stream, "--width", "79");
  g_auto(CommandAnswer) unwritable = RUN(f.stream, "--png", "/nonexistent/a.png");
  CU_ASSERT_EQUAL(nothing.status, 1);
  CU_ASSERT_EQUAL(missing.status, 3);
  CU_ASSERT(g_str_has_prefix(missing.err->str, "/nonexistent/stream: "));
  CU_ASSERT_EQUAL(folder.status, 3);
  CU_ASSERT_EQUAL(width.status, 2);
  CU_ASSERT_EQUAL(unwritable.status, 3);
  files_clear(&f);
}

/* Each pair of bytes from ESC, FS, GS, DLE with every other, then lies about lengths. */
static void
hostile_streams_end(void)
{
  g_autoptr(GByteArray) stream = g_byte_array_new();
  static const guint8 LEADS[] = {0x1b, 0x1c, 0x1d, 0x10};

  for (gsize lead = 0; lead < G_N_ELEMENTS(LEADS); lead++)
    for (int code = 0; code < 256; code++) {
      const guint8 bytes[] = {
          LEADS[lead], (guint8)code, 0xff, 0xff, 0xff, 0x7f, 'x', '\n'};
      g_byte_array_append(stream, bytes, sizeof bytes);
    }
  Files f = files(stream->data, stream->len);
  g_auto(CommandAnswer) answer = RUN(f.stream, "--png", f.png, "--text");
  CU_ASSERT(answer.status == 0 || answer.status == 1);
  CU_ASSERT(g_utf8_validate(answer.out->str, -1, NULL));
  files_clear(&f);
}

static void
streams_of_other_programs_come_out(void)
{
  static const char *const NAMES[] = {
      "escpos/demo.bin", "escpos/barcode.bin", "escpos/bit-image.bin"};

  for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++) {
    g_autofree char *path = real_data(NAMES[i]);
    if (!path) {
      REAL_DATA_MISSING();
      return;
    }
    Files f = files("", 0);
    g_auto(CommandAnswer) answer = RUN(path, "--png", f.png, "--json");
    CU_ASSERT_EQUAL(answer.status, 0);
    CU_ASSERT(g_file_test(f.png, G_FILE_TEST_EXISTS));
    CU_ASSERT_PTR_NOT_NULL(strstr(answer.out->str, "8<"));
    files_clear(&f);
  }
}

TESTS("papering",
      TEST(a_stream_is_said_as_text),
      TEST(json_counts_cuts_and_pulses),
      TEST(a_picture_is_drawn_and_text_said_only_when_asked),
      TEST(what_cannot_be_done_is_said),
      TEST(hostile_streams_end),
      TEST(streams_of_other_programs_come_out))
