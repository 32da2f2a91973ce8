#include "drivers/escpos.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "drivers/decode.h"
#include "drivers/paper.h"
#include "drivers/raster_picture.h"
#include "tests/test.h"

static Document *
receipt(void)
{
  Document *document = document_new("receipt 0123-03-e1-000457");
  document_text(document, DOC_BOLD | DOC_TALL, ALIGN_CENTER, "城南大药房");
  document_text(document, DOC_NORMAL, ALIGN_CENTER, "样市柜台路12号 0123-4567890");
  document_rule(document);
  document_pair(document, DOC_NORMAL, "单号 0123-03-e1-000457", "2026-11-22 09:41");
  document_rule(document);
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "阿莫西林胶囊 0.25g×24粒");
  DocCell figures[] = {
      {"2盒", ALIGN_RIGHT, 0}, {"12.50", ALIGN_RIGHT, 10}, {"25.00", ALIGN_RIGHT, 11}};
  document_cells(document, DOC_NORMAL, figures, 3);
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "贮藏: 不超过25℃ · α-酮酸");
  document_feed(document);
  document_pair(document, DOC_BOLD | DOC_TALL, "合计", "25.00");
  document_text(document, DOC_NORMAL, ALIGN_CENTER, "谢谢惠顾, 欢迎再来");
  return document;
}

static char *
printed(const Document *document, const EscposProfile *profile)
{
  g_autoptr(Paper) paper = paper_new(profile->columns, profile->dots);
  g_autoptr(GBytes) bytes = escpos_encode(document, profile);
  gsize length;
  const guint8 *data = g_bytes_get_data(bytes, &length);

  paper_feed(paper, data, length);
  return paper_text(paper);
}

/* Without the cut and the empty paper at the end. */
static char *
printed_lines(const Document *document, const EscposProfile *profile)
{
  char *text = printed(document, profile);
  char *cut = strstr(text, "8<");
  if (cut)
    *cut = '\0';
  g_strchomp(text);
  return text;
}

static bool
has_bytes(GBytes *bytes, const void *wanted, gsize length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);
  return memmem(data, size, wanted, length) != NULL;
}

#define HAS(bytes, literal) has_bytes(bytes, literal, sizeof(literal) - 1)

static void
a_receipt_comes_out_as_it_was_laid_out(void)
{
  g_autoptr(Document) document = receipt();

  for (int i = 0; escpos_profiles()[i]; i++) {
    const EscposProfile *profile = escpos_profiles()[i];
    if (!profile->has_chinese)
      continue;
    g_autofree char *wanted = document_to_text(document, profile->columns);
    g_autofree char *seen = printed_lines(document, profile);
    CU_ASSERT_STRING_EQUAL(seen, g_strchomp(wanted));
  }
}

static void
wide_letters_stay_together_and_stand_where_they_stand(void)
{
  g_autoptr(Document) document = document_new("t");
  document_pair(document, DOC_WIDE, "合计", "25.00");
  g_autofree char *text = printed_lines(document, escpos_profile("generic-80"));
  CU_ASSERT_STRING_EQUAL(text, "合计                                  25.00");
}

static void
text_goes_out_in_gb18030(void)
{
  g_autoptr(Document) document = document_new("t");
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "药");
  g_autoptr(GBytes) bytes = escpos_encode(document, escpos_profile("generic-80"));
  CU_ASSERT(HAS(bytes, "\x1b@\x1c&\xd2\xa9\n"));
}

static void
styles_are_switched_on_and_off_again(void)
{
  g_autoptr(Document) document = document_new("t");
  document_text(document, DOC_BOLD | DOC_WIDE | DOC_TALL, ALIGN_LEFT, "A");
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "B");
  g_autoptr(GBytes) bytes = escpos_encode(document, escpos_profile("generic-80"));
  CU_ASSERT(HAS(bytes,
                "\x1b"
                "E\x01\x1d!\x11"
                "A\n\x1b"
                "E\x00\x1d!\x00"
                "B\n"));
}

typedef struct {
  const char *what, *text, *profile;
  bool is_drawn;
} Case;

static void
what_a_printer_lacks_is_drawn_as_a_whole_line(void)
{
  static const Case CASES[] = {
      {"ASCII", "Amoxicillin 0.25g", "generic-80", false},
      {"GB 2312", "阿莫西林", "clone-80", false},
      {"signs of GB 2312", "×℃·α①￥±", "clone-80", false},
      {"GBK, 1995", "镕喆堃", "generic-80", false},
      {"GBK on a GB 2312 font", "镕喆堃", "clone-80", true},
      {"the last row of GBK", "刘䶮", "generic-80", true},
      {"four bytes of GB18030", "㐀", "generic-80", true},
      {"beyond the basic plane", "𠮷田", "generic-80", true},
      {"a yen sign", "¥ 12.50", "generic-80", true},
      {"an accent: the font's letter is too wide",
       "Doliprane comprimé",
       "generic-80",
       true},
      {"subscripts", "维生素B₁₂", "generic-80", true},
      {"euro", "€ 5", "generic-80", true},
      {"private use", "\xee\x80\x80", "generic-80", true},
      {"emoji", "💊", "generic-80", true},
      {"Greek micro sign", "5µg", "generic-80", true},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Document) document = document_new("t");
    document_text(document, DOC_NORMAL, ALIGN_LEFT, CASES[i].text);
    g_autofree char *text = printed_lines(document, escpos_profile(CASES[i].profile));
    const char *wanted = CASES[i].is_drawn ? "[picture 576x30]" : CASES[i].text;
    CU_ASSERT_STRING_EQUAL(text, wanted);
    if (strcmp(text, wanted) != 0)
      g_printerr("%s: %s\n", CASES[i].what, text);
  }
}

static void
a_drawn_line_has_ink_where_its_columns_are(void)
{
  g_autoptr(Document) document = document_new("t");
  document_pair(document, DOC_NORMAL, "𠮷", "9.90");
  g_autoptr(GBytes) bytes = escpos_encode(document, escpos_profile("generic-58"));
  gsize length;
  const guint8 *data = g_bytes_get_data(bytes, &length);
  const guint8 *picture = memmem(data, length, "\x1dv0\0", 4);

  CU_ASSERT_FATAL(picture != NULL);
  CU_ASSERT(memcmp(picture + 4, "\x30\x00\x1e\x00", 4) == 0);
  int ink[48] = {0};
  for (int y = 0; y < 30; y++)
    for (int x = 0; x < 48; x++)
      ink[x] += picture[8 + y * 48 + x] != 0;
  CU_ASSERT(ink[0] + ink[1] + ink[2] > 10);
  CU_ASSERT(ink[3] + ink[20] + ink[40] == 0);
  CU_ASSERT(ink[42] > 0 && ink[46] > 0);
}

static void
a_name_cannot_command_the_printer(void)
{
  DocLine *line = g_new0(DocLine, 1);
  *line = (DocLine){.kind = DOC_TEXT, .n_cells = 1};
  line->cells[0].text = g_strdup("A\x1bp\x01\x19\xfa\x10\x14\x01\x01\x01");
  g_autoptr(Document) document = document_new("t");
  g_ptr_array_add(document->lines, line);
  g_autoptr(GBytes) bytes = escpos_encode(document, escpos_profile("generic-80"));
  gsize length;
  const guint8 *data = g_bytes_get_data(bytes, &length);
  g_autoptr(Paper) paper = paper_new(48, 576);

  paper_feed(paper, data, length);
  CU_ASSERT_EQUAL(paper_pulses(paper), 0);
  CU_ASSERT(!HAS(bytes, "\x1bp\x01"));
  CU_ASSERT(!HAS(bytes, "\x10\x14"));
}

static void
no_picture_holds_a_command_obeyed_at_once(void)
{
  static const guint8 COMMANDS[][2] = {{0x10, 0x04}, {0x10, 0x05}, {0x10, 0x14}};
  g_autoptr(Document) document = document_new("t");
  gunichar c = 0x3400;

  for (int row = 0; row < 40; row++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 20; i++)
      g_string_append_unichar(text, c++);
    document_text(document, DOC_NORMAL, ALIGN_LEFT, text->str);
  }
  g_autoptr(GBytes) bytes = escpos_encode(document, escpos_profile("clone-80"));
  for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
    CU_ASSERT(!has_bytes(bytes, COMMANDS[i], 2));
}

static void
the_drawer_opens_first_and_only_when_asked(void)
{
  g_autoptr(Document) document = document_new("t");
  g_autoptr(GBytes) without = escpos_encode(document, escpos_profile("generic-80"));
  document->open_drawer = true;
  g_autoptr(GBytes) with = escpos_encode(document, escpos_profile("generic-80"));
  gsize length;
  const guint8 *data = g_bytes_get_data(with, &length);

  CU_ASSERT(!HAS(without, "\x1bp"));
  CU_ASSERT(length > 7 && memcmp(data, "\x1b@\x1bp\x00\x19\xfa", 7) == 0);
}

static void
paper_is_cut_where_there_is_a_knife(void)
{
  g_autoptr(Document) document = document_new("t");
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "A");
  for (int i = 0; escpos_profiles()[i]; i++) {
    const EscposProfile *profile = escpos_profiles()[i];
    g_autofree char *text = printed(document, profile);
    CU_ASSERT_EQUAL(strstr(text, "8<") != NULL, profile->has_cutter);
  }
}

static void
a_qr_code_is_the_printers_own_or_drawn(void)
{
  g_autoptr(Document) document = document_new("t");
  document_qr(document, "https://example.cn/查验?n=0123");
  g_autofree char *own = printed_lines(document, escpos_profile("generic-80"));
  g_autofree char *drawn = printed_lines(document, escpos_profile("clone-80"));

  CU_ASSERT_STRING_EQUAL(own, "[QR https://example.cn/查验?n=0123]");
  CU_ASSERT(g_str_has_prefix(drawn, "[picture 576x"));
}

static void
a_bar_code_finds_a_way_onto_narrow_paper(void)
{
  static const struct {
    const char *content, *profile, *seen;
  } CASES[] = {
      {"0123-03-e1-000457", "generic-80", "[BARCODE 0123-03-e1-000457]"},
      {"0123-03-e1-000457",
       "generic-58",
       "[picture 384x32]\n[picture 384x32]\n[picture 384x16]\n       0123-03-e1-000457"},
      {"{curly}", "generic-80", "[BARCODE {curly}]"},
      {"a number that is much too long for bars",
       "generic-58",
       "[QR a number that is much too long for bars]"},
      {"单号1", "generic-80", "[QR 单号1]"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Document) document = document_new("t");
    document_barcode(document, DOC_CODE128, CASES[i].content);
    g_autofree char *text = printed_lines(document, escpos_profile(CASES[i].profile));
    CU_ASSERT_STRING_EQUAL(text, CASES[i].seen);
  }
}

/* GS k m n data, as Epson's command reference has them. */
static void
each_code_is_the_printers_own_where_it_can_be_said(void)
{
  static const struct {
    DocCode code;
    const char *content, *bytes, *seen;
  } CASES[] = {
      {DOC_EAN13,
       "6901234567892",
       "\x1dk\x43\x0d"
       "6901234567892",
       "[BARCODE 6901234567892]"},
      {DOC_EAN8,
       "96385074",
       "\x1dk\x44\x08"
       "96385074",
       "[BARCODE 96385074]"},
      {DOC_UPCA,
       "036000291452",
       "\x1dk\x41\x0c"
       "036000291452",
       "[BARCODE 036000291452]"},
      {DOC_CODE39,
       "A-12",
       "\x1dk\x45\x04"
       "A-12",
       "[BARCODE A-12]"},
      {DOC_ITF,
       "123456",
       "\x1dk\x46\x06"
       "123456",
       "[BARCODE 123456]"},
      {DOC_CODE128, "a{b", "\x1dk\x49\x06{Ba{{b", "[BARCODE a{b]"},
      {DOC_EAN13,
       "6901234567890",
       "\x1dk\x49\x0f{B6901234567890",
       "[BARCODE 6901234567890]"},
      {DOC_ITF, "12345", "\x1dk\x49\x07{B12345", "[BARCODE 12345]"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Document) document = document_new("t");
    document_barcode(document, CASES[i].code, CASES[i].content);
    g_autoptr(GBytes) bytes = escpos_encode(document, escpos_profile("generic-80"));
    g_autofree char *text = printed_lines(document, escpos_profile("generic-80"));
    CU_ASSERT(has_bytes(bytes, CASES[i].bytes, strlen(CASES[i].bytes)));
    CU_ASSERT_STRING_EQUAL(text, CASES[i].seen);
  }
}

/* A printer without bar codes of its own: what is drawn is read again. */
static void
drawn_codes_say_what_they_should(void)
{
  static const struct {
    DocCode code;
    const char *content, *symbology;
  } CASES[] = {
      {DOC_EAN13, "6901234567892", "EAN-13"},
      {DOC_EAN8, "96385074", "EAN-8"},
      {DOC_CODE39, "A-12", "Code39"},
      {DOC_ITF, "12345678", "ITF"},
      {DOC_CODE128, "0123-03-e1-000457", "Code128"},
  };
  g_autofree char *folder = g_dir_make_tmp(NULL, NULL);
  g_autofree char *path = g_build_filename(folder, "bars.png", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Document) document = document_new("t");
    g_autoptr(Paper) paper = paper_new(32, 384);
    document_barcode(document, CASES[i].code, CASES[i].content);
    g_autoptr(GBytes) bytes = escpos_encode(document, escpos_profile("NT-5890K"));
    paper_feed(paper, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    CU_ASSERT(paper_save_png(paper, path, NULL));
    g_autoptr(GPtrArray) codes = decode_file(path, NULL);
    CU_ASSERT_FATAL(codes && codes->len == 1);
    const DecodedCode *code = codes->pdata[0];
    CU_ASSERT_STRING_EQUAL(code->text, CASES[i].content);
    CU_ASSERT_STRING_EQUAL(code->symbology, CASES[i].symbology);
  }
  g_remove(path);
  g_rmdir(folder);
}

/* A picture of @width x @height, its left half black, as a PNG. */
static GBytes *
half_black(int width, int height)
{
  g_autoptr(GdkPixbuf) picture =
      gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  gchar *bytes = NULL;
  gsize length = 0;

  gdk_pixbuf_fill(picture, 0xffffffff);
  g_autoptr(GdkPixbuf) left = gdk_pixbuf_new_subpixbuf(picture, 0, 0, width / 2, height);
  gdk_pixbuf_fill(left, 0x000000ff);
  gdk_pixbuf_save_to_buffer(picture, &bytes, &length, "png", NULL, NULL);
  return g_bytes_new_take(bytes, length);
}

static void
a_shops_picture_stands_in_the_middle_no_larger_than_its_place(void)
{
  static const struct {
    int width, height, left, seen_width, seen_height;
  } CASES[] = {{100, 50, 142, 100, 50}, {768, 100, 0, 384, 50}, {480, 480, 72, 240, 240}};

  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GBytes) file = half_black(CASES[i].width, CASES[i].height);
    g_autoptr(Raster) raster = raster_picture(file, 384, 240);
    CU_ASSERT_FATAL(raster != NULL);
    int y = raster->height / 2, left = CASES[i].left,
        middle = left + CASES[i].seen_width / 2;
    CU_ASSERT_EQUAL(raster->width, 384);
    CU_ASSERT_EQUAL(raster->height, CASES[i].seen_height);
    CU_ASSERT(!raster_is_black(raster, left - 1, y));
    CU_ASSERT(raster_is_black(raster, left + 4, y));
    CU_ASSERT(raster_is_black(raster, middle - 4, y));
    CU_ASSERT(!raster_is_black(raster, middle + 4, y));
  }
}

/* Of a middle grey a dither blackens half of the dots. */
static void
grey_becomes_dots_in_the_same_measure(void)
{
  g_autoptr(GdkPixbuf) picture = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 100, 100);
  gchar *bytes = NULL;
  gsize length = 0;
  int black = 0;

  gdk_pixbuf_fill(picture, 0x404040ff);
  gdk_pixbuf_save_to_buffer(picture, &bytes, &length, "png", NULL, NULL);
  g_autoptr(GBytes) file = g_bytes_new_take(bytes, length);
  g_autoptr(Raster) raster = raster_picture(file, 104, 240);
  for (int y = 0; y < 100; y++)
    for (int x = 0; x < 104; x++)
      black += raster_is_black(raster, x, y);
  CU_ASSERT(black > 7300 && black < 7700);
}

static void
a_picture_that_is_none_leaves_no_trace(void)
{
  g_autoptr(Document) document = document_new("t");
  g_autoptr(GBytes) nothing = g_bytes_new("", 0), junk = g_bytes_new("\x89PNG\r\n", 6);

  document_picture(document, nothing);
  document_picture(document, junk);
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "A");
  g_autofree char *text = printed_lines(document, escpos_profile("generic-80"));
  g_autofree char *screen = document_to_text(document, 48);
  CU_ASSERT_STRING_EQUAL(text, "A");
  CU_ASSERT_STRING_EQUAL(screen, "A\n");
}

static void
a_printer_without_chinese_draws_it_and_says_ascii_itself(void)
{
  g_autoptr(Document) document = document_new("t");
  const EscposProfile *profile = escpos_profile("TH230");
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "药");
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "ABC");
  g_autoptr(GBytes) bytes = escpos_encode(document, profile);
  g_autofree char *text = printed_lines(document, profile);
  CU_ASSERT(!HAS(bytes, "\x1c&"));
  CU_ASSERT(HAS(bytes, "\x1d(L"));
  CU_ASSERT(!HAS(bytes, "\x1dv0"));
  CU_ASSERT_STRING_EQUAL(text, "[picture 576x30]\nABC");
}

static void
a_printer_is_known_by_what_it_says_it_is(void)
{
  static const struct {
    const char *maker, *model, *profile; /* NULL: none */
  } CASES[] = {
      {"EPSON", "TM-T20II", "TM-T20II"},
      {"EPSON", "TM-T20III Receipt5", "TM-T20III"},
      {"", "tm-t88v", "TM-T88V"},
      {"Citizen", "TM-T20II", NULL},
      {"EPSON", "TM-T20", NULL},
      {"EPSON", "TM-T20IIIL", NULL},
      {"BIXOLON", "SRP-S300", "SRP-S300"},
      {"", "USB Printing Support", NULL},
      {"", "generic-80", NULL},
      {"EPSON", "", NULL},
      {"", "", NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    const EscposProfile *profile = escpos_profile_for(CASES[i].maker, CASES[i].model);
    CU_ASSERT_EQUAL(g_strcmp0(profile ? profile->name : NULL, CASES[i].profile), 0);
  }
}

static void
every_profile_is_sane(void)
{
  for (int i = 0; escpos_profiles()[i]; i++) {
    const EscposProfile *profile = escpos_profiles()[i];
    CU_ASSERT(profile->columns >= 32 && profile->columns <= 48);
    CU_ASSERT(profile->dots >= profile->columns * 12 && profile->dots <= 640);
    CU_ASSERT(profile->dots % 8 == 0);
    CU_ASSERT_PTR_EQUAL(escpos_profile(profile->name), profile);
  }
}

static void
profiles_are_found_by_name(void)
{
  CU_ASSERT_EQUAL(escpos_profile("generic-80")->columns, 48);
  CU_ASSERT_EQUAL(escpos_profile("generic-58")->dots, 384);
  CU_ASSERT(!escpos_profile("clone-80")->has_gb18030);
  CU_ASSERT_PTR_NULL(escpos_profile("dot-matrix"));
}

TESTS("escpos",
      TEST(a_receipt_comes_out_as_it_was_laid_out),
      TEST(wide_letters_stay_together_and_stand_where_they_stand),
      TEST(text_goes_out_in_gb18030),
      TEST(styles_are_switched_on_and_off_again),
      TEST(what_a_printer_lacks_is_drawn_as_a_whole_line),
      TEST(a_drawn_line_has_ink_where_its_columns_are),
      TEST(a_name_cannot_command_the_printer),
      TEST(no_picture_holds_a_command_obeyed_at_once),
      TEST(the_drawer_opens_first_and_only_when_asked),
      TEST(paper_is_cut_where_there_is_a_knife),
      TEST(a_qr_code_is_the_printers_own_or_drawn),
      TEST(a_bar_code_finds_a_way_onto_narrow_paper),
      TEST(each_code_is_the_printers_own_where_it_can_be_said),
      TEST(drawn_codes_say_what_they_should),
      TEST(a_shops_picture_stands_in_the_middle_no_larger_than_its_place),
      TEST(grey_becomes_dots_in_the_same_measure),
      TEST(a_picture_that_is_none_leaves_no_trace),
      TEST(a_printer_without_chinese_draws_it_and_says_ascii_itself),
      TEST(a_printer_is_known_by_what_it_says_it_is),
      TEST(every_profile_is_sane),
      TEST(profiles_are_found_by_name))
