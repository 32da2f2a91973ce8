#include "drivers/paper.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests/real_data.h"
#include "tests/test.h"

static char *
seen(const void *bytes, gsize length)
{
  g_autoptr(Paper) paper = paper_new(48, 576);
  paper_feed(paper, bytes, length);
  return paper_text(paper);
}

typedef struct {
  const char *what;
  const char *bytes;
  gsize length;
  const char *text;
} Case;

#define CASE(what, bytes, text)                                                          \
  {                                                                                      \
    what, bytes, sizeof(bytes) - 1, text                                                 \
  }

/* "\x1b" "E" and not "\x1bE": a hexadecimal escape goes on as long as it can. */
static const Case CASES[] = {
    CASE("text ends with a line feed", "abc\ndef\n", "abc\ndef\n"),
    CASE("a row not ended is not on paper yet", "abc", ""),
    CASE("a full row goes on in the next",
         "0123456789012345678901234567890123456789012345678901\n",
         "012345678901234567890123456789012345678901234567\n8901\n"),
    CASE("Chinese after FS &", "\x1c&\xd2\xa9\n", "药\n"),
    CASE("no Chinese before FS &", "\xd2\xa9\n", "╥⌐\n"),
    CASE("GBK", "\x1c&\xe9\x46\n", "镕\n"),
    CASE("GB18030 in four bytes", "\x1c&\x95\x34\xb2\x35\n", "𠮷\n"),
    CASE("FS . leaves Chinese", "\x1c&\xd2\xa9\x1c.\xd2\xa9\n", "药╥⌐\n"),
    CASE("a Chinese character broken off by a command", "\x1c&\xd2\n", "\xef\xbf\xbd\n"),
    CASE("a Chinese character that goes on wrongly", "\x1c&\xd2 \n", "\xef\xbf\xbd\n"),
    CASE("a code page", "\x1bt\x10\xe9t\xe9\n", "été\n"),
    CASE("alignment in the middle",
         "\x1b"
         "a\x01"
         "abcd\n",
         "                      abcd\n"),
    CASE("alignment to the right, then ESC @",
         "\x1b"
         "a\x02"
         "abcd\n\x1b@ab\n",
         "                                            abcd\nab\n"),
    CASE("twice as wide",
         "\x1d!\x10"
         "ab c\x1d!\x00"
         "d\n",
         "ab cd\n"),
    CASE("an absolute position",
         "ab\x1b$\x78\x00"
         "cd\n",
         "ab        cd\n"),
    CASE("a tabulator", "ab\tcd\n", "ab      cd\n"),
    CASE("empty lines",
         "a\n\x1b"
         "d\x02"
         "b\n",
         "a\n\n\nb\n"),
    CASE("a cut", "a\n\x1dV\x00", "a\n8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8< 8<\n"),
    CASE("a raster picture",
         "\x1dv0\x00\x02\x00\x03\x00"
         "123456",
         "[picture 16x3]\n"),
    CASE("a raster picture twice as large",
         "\x1dv0\x03\x02\x00\x03\x00"
         "123456",
         "[picture 32x6]\n"),
    CASE("a column picture in a row",
         "a\x1b*\x21\x02\x00"
         "123456b\n",
         "a[picture 2x24]b\n"),
    CASE("graphics",
         "\x1d(L\x0c\x00\x30\x70\x30\x01\x01\x31\x10\x00\x01\x00"
         "ab"
         "\x1d(L\x02\x00\x30\x32",
         "[picture 16x1]\n"),
    CASE("a QR code",
         "\x1d(k\x08\x00"
         "1P0hello"
         "\x1d(k\x03\x00"
         "1Q0",
         "[QR hello]\n"),
    CASE("an EAN-13",
         "\x1dkC\x0c"
         "690123456789"
         "\n",
         "[BARCODE 690123456789]\n\n"),
    CASE("a Code 128 with pairs of digits", "\x1dkI\x06{C\x0c\x22{B", "[BARCODE 1234]\n"),
    CASE("the old form of a bar code",
         "\x1dk\x04"
         "ABC\x00",
         "[BARCODE ABC]\n"),
    CASE("unknown commands", "\x1bZ\x1c~\x1d~ab\n", "ab\n"),
    CASE("a stored picture is skipped whole",
         "\x1cq\x01\x01\x00\x01\x00"
         "01234567"
         "ab\n",
         "ab\n"),
    CASE("own characters are skipped whole",
         "\x1b&\x03"
         "AB\x01"
         "123\x02"
         "123456ab\n",
         "ab\n"),
    CASE("status requests print nothing",
         "a\x10\x04\x01\x1dr\x01\x1d"
         "a\xff"
         "b\n",
         "ab\n"),
};

static void
streams_come_out_as_a_printer_would_print_them(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autofree char *text = seen(CASES[i].bytes, CASES[i].length);
    CU_ASSERT_STRING_EQUAL(text, CASES[i].text);
    if (strcmp(text, CASES[i].text) != 0)
      g_printerr("%s: \"%s\"\n", CASES[i].what, text);
  }
}

static void
it_does_not_matter_how_a_stream_is_split(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
    for (gsize cut = 0; cut <= CASES[i].length; cut++) {
      g_autoptr(Paper) paper = paper_new(48, 576);
      const guint8 *bytes = (const guint8 *)CASES[i].bytes;
      paper_feed(paper, bytes, cut);
      for (gsize k = cut; k < CASES[i].length; k++)
        paper_feed(paper, bytes + k, 1);
      g_autofree char *text = paper_text(paper);
      CU_ASSERT_STRING_EQUAL(text, CASES[i].text);
    }
}

static void
pulses_and_cuts_are_counted(void)
{
  static const guint8 BYTES[] = "\x1bp\x00\x19\xfa"
                                "a\n\x1dVB\x03\x1bi\x10\x14\x01\x00\x01";
  g_autoptr(Paper) paper = paper_new(48, 576);
  paper_feed(paper, BYTES, sizeof BYTES - 1);
  CU_ASSERT_EQUAL(paper_pulses(paper), 2);
  CU_ASSERT_EQUAL(paper_cuts(paper), 2);
  paper_tear(paper);
  g_autofree char *text = paper_text(paper);
  CU_ASSERT_STRING_EQUAL(text, "");
  CU_ASSERT_EQUAL(paper_cuts(paper), 0);
  CU_ASSERT_EQUAL(paper_length(paper), 0);
}

static bool
note(PaperSign sign, int n, gpointer data)
{
  g_string_append_printf(data, "%d:%d ", sign, n);
  return false;
}

static void
what_a_stream_asks_is_told_in_its_place_and_a_cut_may_be_refused(void)
{
  static const guint8 BYTES[] = "\x1bp\x30\x19\xfa"
                                "\x1dr\x01\x1d"
                                "a\x04\x1dV\x01";
  g_autoptr(Paper) paper = paper_new(48, 576);
  g_autoptr(GString) told = g_string_new(NULL);
  paper_watch(paper, note, told);
  paper_feed(paper, BYTES, sizeof BYTES - 1);
  CU_ASSERT_STRING_EQUAL(told->str, "1:0 2:1 3:4 0:0 ");
  CU_ASSERT_EQUAL(paper_cuts(paper), 0);
}

static void
length_counts_the_dots_that_went_through(void)
{
  g_autoptr(Paper) paper = paper_new(48, 576);
  paper_feed(paper,
             (const guint8 *)"a\n\n\x1bJ\x0a\x1d!\x01"
                             "b\n",
             11);
  CU_ASSERT_EQUAL(paper_length(paper), 30 + 30 + 10 + 48);
}

static void
switching_off_forgets_what_was_half_received(void)
{
  g_autoptr(Paper) paper = paper_new(48, 576);
  paper_feed(paper, (const guint8 *)"a\n\x1dv0\x00\xff\x00\xff\x00rest", 14);
  paper_reset(paper);
  paper_feed(paper, (const guint8 *)"b\n", 2);
  g_autofree char *text = paper_text(paper);
  CU_ASSERT_STRING_EQUAL(text, "a\nb\n");
}

static void
a_command_that_claims_gigabytes_is_skipped_without_keeping_them(void)
{
  guint8 zeros[4096] = {0};
  g_autoptr(Paper) paper = paper_new(48, 576);
  paper_feed(paper,
             (const guint8 *)"\x1d"
                             "8L\xff\xff\xff\x0f",
             7);
  for (int i = 0; i < 0x0fffffff / 4096; i++)
    paper_feed(paper, zeros, sizeof zeros);
  paper_feed(paper, zeros, 4095);
  paper_feed(paper, (const guint8 *)"a\n", 2);
  g_autofree char *text = paper_text(paper);
  CU_ASSERT_STRING_EQUAL(text, "a\n");
}

static void
an_endless_paper_forgets_its_oldest_end(void)
{
  g_autoptr(Paper) paper = paper_new(48, 576);
  paper_feed(paper, (const guint8 *)"first\n", 6);
  for (int i = 0; i < 100 * 1000; i++)
    paper_feed(paper,
               (const guint8 *)"\x1b"
                               "3\x00x\n",
               5);
  for (int i = 0; i < 10 * 1000; i++)
    paper_feed(paper,
               (const guint8 *)"\x1b"
                               "2last\n",
               7);
  g_autofree char *text = paper_text(paper);
  CU_ASSERT(!g_str_has_prefix(text, "first"));
  CU_ASSERT(g_str_has_suffix(text, "last\n"));
  CU_ASSERT(strlen(text) < 60 * 1000);
}

static void
a_picture_of_the_paper_is_as_wide_as_the_paper(void)
{
  g_autofree char *folder = g_dir_make_tmp(NULL, NULL);
  g_autofree char *path = g_build_filename(folder, "receipt.png", NULL);
  g_autoptr(Paper) paper = paper_new(48, 576);
  g_autoptr(GError) error = NULL;
  g_autofree char *png = NULL;
  gsize length;

  paper_feed(paper, (const guint8 *)"\x1c&\xd2\xa9\n\x1dV\x00", 8);
  CU_ASSERT_FATAL(paper_save_png(paper, path, &error));
  CU_ASSERT_FATAL(g_file_get_contents(path, &png, &length, NULL));
  CU_ASSERT_FATAL(length > 24);
  CU_ASSERT_EQUAL(GUINT32_FROM_BE(*(guint32 *)(gpointer)(png + 16)), 640);
  CU_ASSERT_EQUAL(GUINT32_FROM_BE(*(guint32 *)(gpointer)(png + 20)), 30 + 48);
  g_remove(path);
  CU_ASSERT(!paper_save_png(paper, folder, &error));
  CU_ASSERT_PTR_NOT_NULL(error);
  g_rmdir(folder);
}

/* What a line of the real stream says on paper, its text in the middle of the program
 * that made it. */
static const struct {
  const char *file, *line;
} REAL[] = {
    {"escpos/barcode.bin", "\nHeight and bar width\n"},
    {"escpos/barcode.bin", "\n[BARCODE 012345678901]\n"},
    {"escpos/bit-image.bin", "\nwork on your printer.\n\n[picture 128x148]\nRegular Tux"},
    {"escpos/bit-image.bin", "\n[picture 128x148]\n"},
    {"escpos/character-encodings.bin",
     "\nFalsches Üben von Xylophonmusik quält jeden gr"},
    {"escpos/character-encodings.bin", "\nLe cœur déçu mais l'âme"},
    {"escpos/demo.bin", "Hello world\n8<"},
    {"escpos/demo.bin", "\nABCDEFGHIJabcdefghijk\n"},
};

static void
streams_of_another_program_come_out_too(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(REAL); i++) {
    g_autofree char *path = real_data(REAL[i].file);
    g_autofree char *bytes = NULL;
    gsize length;
    if (!path || !g_file_get_contents(path, &bytes, &length, NULL)) {
      REAL_DATA_MISSING();
      return;
    }
    g_autofree char *text = seen(bytes, length);
    g_autofree char *lines = g_strconcat("\n", text, NULL);
    CU_ASSERT_PTR_NOT_NULL(strstr(lines, REAL[i].line));
    if (!strstr(lines, REAL[i].line))
      g_printerr("%s: %s\n", REAL[i].file, text);
  }
}

TESTS("paper",
      TEST(streams_come_out_as_a_printer_would_print_them),
      TEST(it_does_not_matter_how_a_stream_is_split),
      TEST(pulses_and_cuts_are_counted),
      TEST(what_a_stream_asks_is_told_in_its_place_and_a_cut_may_be_refused),
      TEST(length_counts_the_dots_that_went_through),
      TEST(switching_off_forgets_what_was_half_received),
      TEST(a_command_that_claims_gigabytes_is_skipped_without_keeping_them),
      TEST(an_endless_paper_forgets_its_oldest_end),
      TEST(a_picture_of_the_paper_is_as_wide_as_the_paper),
      TEST(streams_of_another_program_come_out_too))
