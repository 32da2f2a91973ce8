#include "app/domain/document.h"

#include <string.h>

#include "tests/test.h"

static void
expect_text(const Document *document, int columns, const char *expected)
{
  g_autofree char *text = document_to_text(document, columns);
  CU_ASSERT_STRING_EQUAL(text, expected);
}

static void
width_is_counted_as_it_is_on_paper(void)
{
  static const struct {
    const char *text;
    int width;
  } CASES[] = {
      {"", 0},
      {"abc 12.50", 9},
      {"阿莫西林", 8},
      {"0.25g×24粒", 11}, /* × fills a square as 粒 does */
      {"37.5℃", 6},
      {"…", 2},
      {"α-干扰素", 9},
      {"（盒）", 6},
      {"PARACÉTAMOL é", 13},
      {"e\xcc\x81", 1}, /* a combining accent */
      {"ｱ", 1},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
    CU_ASSERT_EQUAL(document_width(CASES[i].text), CASES[i].width);
  CU_ASSERT_EQUAL(document_width(NULL), 0);
}

static void
text_stands_left_centred_or_right(void)
{
  g_autoptr(Document) document = document_new("test");
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "left");
  document_text(document, DOC_NORMAL, ALIGN_CENTER, "中间");
  document_text(document, DOC_NORMAL, ALIGN_RIGHT, "right");
  expect_text(document,
              10,
              "left\n"
              "   中间\n"
              "     right\n");
}

static void
a_pair_keeps_to_both_edges_and_is_stacked_where_it_does_not_fit(void)
{
  g_autoptr(Document) document = document_new("test");
  document_pair(document, DOC_NORMAL, "合计", "12.50");
  expect_text(document, 12, "合计   12.50\n");
  expect_text(document, 10, "合计 12.50\n");
  expect_text(document,
              9,
              "合计\n"
              "    12.50\n");
}

static void
cells_stand_in_their_columns(void)
{
  const DocCell cells[] = {
      {"", ALIGN_LEFT, 2},
      {"2盒", ALIGN_RIGHT, 0},
      {"18.50", ALIGN_RIGHT, 8},
      {"37.00", ALIGN_RIGHT, 9},
  };
  g_autoptr(Document) document = document_new("test");
  document_cells(document, DOC_NORMAL, cells, 4);
  expect_text(document, 30, "          2盒   18.50    37.00\n");
  expect_text(document,
              20,
              "                 2盒\n"
              "               18.50\n"
              "               37.00\n");
}

static void
two_cells_share_what_the_others_leave(void)
{
  const DocCell cells[] = {
      {"a", ALIGN_LEFT, 0},
      {"b", ALIGN_CENTER, 3},
      {"c", ALIGN_LEFT, 0},
  };
  g_autoptr(Document) document = document_new("test");
  document_cells(document, DOC_NORMAL, cells, 3);
  expect_text(document, 12, "a     b c\n");
}

static void
a_lone_text_wraps_between_words_and_characters(void)
{
  g_autoptr(Document) document = document_new("test");
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "take two tablets daily");
  expect_text(document,
              10,
              "take two\n"
              "tablets\n"
              "daily\n");
  g_autoptr(Document) chinese = document_new("test");
  document_text(chinese, DOC_NORMAL, ALIGN_LEFT, "阿莫西林胶囊 0.25g×24粒");
  expect_text(chinese,
              12,
              "阿莫西林胶囊\n"
              "0.25g×24粒\n");
  expect_text(chinese,
              10,
              "阿莫西林胶\n"
              "囊 0.25g×\n"
              "24粒\n");
}

static void
no_row_begins_with_a_closing_mark_or_ends_with_an_opening_one(void)
{
  g_autoptr(Document) document = document_new("test");
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "质量原因外，不退（换）");
  expect_text(document,
              10,
              "质量原因\n"
              "外，不退\n"
              "（换）\n");
}

static void
a_word_longer_than_the_row_is_torn_after_all(void)
{
  g_autoptr(Document) document = document_new("test");
  document_text(document, DOC_NORMAL, ALIGN_LEFT, "0123456789ABC x");
  expect_text(document,
              5,
              "01234\n"
              "56789\n"
              "ABC x\n");
  g_autoptr(Document) wide = document_new("test");
  document_text(wide, DOC_NORMAL, ALIGN_LEFT, "药品");
  expect_text(wide,
              1,
              "药\n"
              "品\n");
}

static void
a_wrapped_cell_keeps_its_indent(void)
{
  const DocCell cells[] = {{"", ALIGN_LEFT, 2}, {"厂家 华北制药", ALIGN_LEFT, 0}};
  g_autoptr(Document) document = document_new("test");
  document_cells(document, DOC_NORMAL, cells, 2);
  expect_text(document,
              12,
              "  厂家 华北\n"
              "  制药\n");
}

static void
stacked_cells_keep_the_indent_too(void)
{
  const DocCell cells[] = {
      {"", ALIGN_LEFT, 2},
      {"批号 A", ALIGN_LEFT, 8},
      {"有效期 2027-08-31", ALIGN_LEFT, 0},
  };
  g_autoptr(Document) document = document_new("test");
  document_cells(document, DOC_NORMAL, cells, 3);
  expect_text(document,
              20,
              "  批号 A\n"
              "  有效期 2027-08-31\n");
}

static void
wide_text_stands_in_text_where_it_stands_on_paper(void)
{
  g_autoptr(Document) document = document_new("test");
  document_pair(document, DOC_WIDE, "应收", "9.50");
  document_text(document, DOC_WIDE, ALIGN_CENTER, "OK");
  /* On paper 应收 ends at column 8 and 9.50 begins at 16; in text it ends there. */
  expect_text(document,
              24,
              "应收                9.50\n"
              "           OK\n");
  g_autoptr(GPtrArray) rows = document_lay_out(document->lines->pdata[0], 24);
  CU_ASSERT_EQUAL(rows->len, 1);
  CU_ASSERT_STRING_EQUAL(rows->pdata[0], "应收    9.50");
  /* 8 + 2 + 8 columns do not fit into 16. */
  g_autoptr(GPtrArray) narrow = document_lay_out(document->lines->pdata[0], 16);
  CU_ASSERT_EQUAL(narrow->len, 2);
  CU_ASSERT_STRING_EQUAL(narrow->pdata[0], "应收");
  CU_ASSERT_STRING_EQUAL(narrow->pdata[1], "    9.50");
}

static void
rules_feeds_and_codes_take_rows_of_their_own(void)
{
  g_autoptr(Document) document = document_new("test");
  document_rule(document);
  document_feed(document);
  document_qr(document, "https://example.org/r/1");
  expect_text(document,
              6,
              "------\n"
              "\n"
              "[QR https://example.org/r/1]\n");
}

static void
an_empty_text_is_an_empty_row(void)
{
  g_autoptr(Document) document = document_new("test");
  document_text(document, DOC_NORMAL, ALIGN_CENTER, "");
  document_cells(document, DOC_NORMAL, NULL, 0);
  expect_text(document, 10, "\n\n");
}

static void
a_name_from_a_file_cannot_command_the_printer(void)
{
  g_autoptr(Document) document = document_new("test");
  document_text(document,
                DOC_NORMAL,
                ALIGN_LEFT,
                "A\x1b"
                "p\nB\xe2\x80\xae"
                "C\xff"
                "D");
  expect_text(document,
              20,
              "A p B"
              "C\xef\xbf\xbd"
              "D\n");
}

static void
no_width_and_no_text_break_the_layout(void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed(7);
  static const char *const PIECES[] = {
      "药", "a", " ", "12.50", "，", "（", "×", "é", "  "};
  for (int round = 0; round < 500; round++) {
    g_autoptr(Document) document = document_new("test");
    DocCell cells[DOC_MAX_CELLS];
    char texts[DOC_MAX_CELLS][64] = {{0}};
    for (int i = 0; i < DOC_MAX_CELLS; i++) {
      for (int p = g_rand_int_range(rand, 0, 6); p > 0; p--)
        g_strlcat(texts[i], PIECES[g_rand_int_range(rand, 0, 9)], sizeof texts[i]);
      cells[i] = (DocCell){texts[i],
                           (DocAlign)g_rand_int_range(rand, 0, 3),
                           g_rand_int_range(rand, 0, 12)};
    }
    int columns = g_rand_int_range(rand, 2, 60);
    document_cells(document, DOC_NORMAL, cells, g_rand_int_range(rand, 0, 6));
    g_autoptr(GPtrArray) rows = document_lay_out(document->lines->pdata[0], columns);
    for (guint r = 0; r < rows->len; r++) {
      const char *row = rows->pdata[r];
      CU_ASSERT_TRUE(document_width(row) <= columns);
      CU_ASSERT_FALSE(g_str_has_suffix(row, " "));
    }
  }
}

TESTS("document",
      TEST(width_is_counted_as_it_is_on_paper),
      TEST(text_stands_left_centred_or_right),
      TEST(a_pair_keeps_to_both_edges_and_is_stacked_where_it_does_not_fit),
      TEST(cells_stand_in_their_columns),
      TEST(two_cells_share_what_the_others_leave),
      TEST(a_lone_text_wraps_between_words_and_characters),
      TEST(no_row_begins_with_a_closing_mark_or_ends_with_an_opening_one),
      TEST(a_word_longer_than_the_row_is_torn_after_all),
      TEST(a_wrapped_cell_keeps_its_indent),
      TEST(stacked_cells_keep_the_indent_too),
      TEST(wide_text_stands_in_text_where_it_stands_on_paper),
      TEST(rules_feeds_and_codes_take_rows_of_their_own),
      TEST(an_empty_text_is_an_empty_row),
      TEST(a_name_from_a_file_cannot_command_the_printer),
      TEST(no_width_and_no_text_break_the_layout))
