#include "drivers/escpos.h"

#include <string.h>

#include "drivers/paper.h"
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

static Document *
barcode_document(const char *content)
{
  Document *document = document_new("t");
  DocLine *line = g_new0(DocLine, 1);
  *line = (DocLine){.kind = DOC_BARCODE, .n_cells = 1};
  line->cells[0].text = g_strdup(content);
  g_ptr_array_add(document->lines, line);
  return document;
}

static void
a_bar_code_finds_a_way_onto_narrow_paper(void)
{
  static const struct {
    const char *content, *profile, *seen;
  } CASES[] = {
      {"0123-03-e1-000457", "generic-80", "[BARCODE 0123-03-e1-000457]"},
      {"0123-03-e1-000457", "generic-58", "[picture 384x80]\n       0123-03-e1-000457"},
      {"{curly}", "generic-80", "[BARCODE {curly}]"},
      {"a number that is much too long for bars",
       "generic-58",
       "[QR a number that is much too long for bars]"},
      {"单号1", "generic-80", "[QR 单号1]"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Document) document = barcode_document(CASES[i].content);
    g_autofree char *text = printed_lines(document, escpos_profile(CASES[i].profile));
    CU_ASSERT_STRING_EQUAL(text, CASES[i].seen);
  }
}

static void
profiles_are_found_by_name(void)
{
  CU_ASSERT_EQUAL(escpos_profile("generic-80")->columns, 48);
  CU_ASSERT_EQUAL(escpos_profile("generic-58")->dots, 384);
  CU_ASSERT(!escpos_profile("clone-80")->has_status);
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
      TEST(profiles_are_found_by_name))
