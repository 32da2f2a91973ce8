/* A whole sale's receipt, from its facts to the dots on paper. The golden files were not
 * made by Guitai: the texts were laid out, and their bytes written down, by another hand
 * from the rules in devices' manuals; the texts then read by eye. */
#include "tests/golden_receipt.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "drivers/escpos.h"
#include "drivers/escpos_usb.h"
#include "drivers/glyphs.h"
#include "drivers/paper.h"
#include "tests/test.h"
#include "tests/usb/usb_fake.h"
#include "tests/usb/vdev_printer.h"

static const char *const ENGLISH[N_RECEIPT_WORDS] = {
    [RW_NUMBER] = "No.",
    [RW_TIME] = "Time",
    [RW_TILL] = "Till",
    [RW_CLERK] = "Clerk",
    [RW_LOT] = "Lot",
    [RW_EXPIRY] = "Exp.",
    [RW_MAKER] = "Maker",
    [RW_DISCOUNT] = "Discount",
    [RW_ROUNDING] = "Rounded off",
    [RW_TOTAL] = "Total",
    [RW_PIECES] = "pieces",
    [RW_CHANGE] = "Change",
    [RW_GIVEN] = "Cash given",
    [RW_NO_RETURN] =
        "Medicines are not taken back or exchanged except for their quality.",
    [RW_KEEP_RECEIPT] = "Please keep this receipt.",
    [RW_HEALTH_FOOD] = "Health food; does not replace medicine.",
    [RW_PRICE] = "Price",
    [RW_QUANTITY] = "Qty",
    [RW_AMOUNT] = "Amount",
    [RW_DUE] = "To pay",
};
static const char *const ENGLISH_TENDERS[] = {
    [TENDER_CASH] = "Cash", [TENDER_STORED] = "Stored value"};

static const struct {
  const char *name, *text, *profile;
  bool is_english;
} CASES[] = {
    {"zh-48", "48", "generic-80", false},
    {"zh-32", "32", "generic-58", false},
    {"en-48", "en-48", "generic-80", true},
};

static Document *
golden_document(bool is_english)
{
  g_autoptr(Sale) sale = golden_sale();
  g_autoptr(Payment) payment = golden_payment();
  ReceiptFacts facts = facts_of(sale, payment);

  if (is_english) {
    facts.words = ENGLISH;
    facts.tender_names = ENGLISH_TENDERS;
  }
  Document *document = receipt_compose(&facts);
  document->open_drawer = false; /* the till sends the pulse by itself */
  return document;
}

static GBytes *
golden_file(const char *name, const char *suffix)
{
  g_autofree char *here = g_path_get_dirname(__FILE__);
  g_autofree char *path =
      g_strdup_printf("%s/../golden/receipt-%s.%s", here, name, suffix);
  char *bytes = NULL;
  gsize length = 0;
  CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &bytes, &length, NULL));
  return g_bytes_new_take(bytes, length);
}

/* Over USB to a virtual printer. @ret_text: what lies on its paper. */
static GBytes *
print(const Document *document, const EscposProfile *profile, char **ret_text)
{
  VdevPrinterKind kind = {.vendor = 0x0416,
                          .product = 0x5011,
                          .id = "MFG:Zjiang;",
                          .columns = profile->columns,
                          .dots = profile->dots,
                          .now_us = usb_now_us};
  UsbFake *bus = usb_fake_new();
  g_autoptr(VdevPrinter) printer = vdev_printer_new(&kind);
  g_autoptr(GBytes) job = escpos_encode(document, profile);
  DeviceState state = 0;

  usb_fake_plug(bus, vdev_printer_vdev(printer), "1-2");
  gpointer driver = ESCPOS_USB.open("escpos:usb:0416:5011@1-2", NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(driver);
  CU_ASSERT_PTR_NULL(ESCPOS_USB.listen(driver, &state, NULL));
  CU_ASSERT(ESCPOS_USB.command(driver, job, &state, NULL));
  ESCPOS_USB.close(driver);
  usb_fake_free(bus);
  *ret_text = printer_model_text(vdev_printer_begin(printer));
  GBytes *printed = printer_model_printed(vdev_printer_begin(printer));
  vdev_printer_end(printer);
  vdev_printer_end(printer);
  return printed;
}

static void
the_bytes_at_the_printer_are_the_golden_ones(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Document) document = golden_document(CASES[i].is_english);
    g_autoptr(GBytes) wanted = golden_file(CASES[i].name, "bin");
    g_autofree char *text = NULL;
    g_autoptr(GBytes) printed = print(document, escpos_profile(CASES[i].profile), &text);
    CU_ASSERT(g_bytes_equal(printed, wanted));
  }
}

/* A row of letters twice as wide: on paper they begin, in plain text they end where they
 * should; what is between does not count. */
static char *
squeezed(const char *row)
{
  g_auto(GStrv) words = g_strsplit_set(row, " ", -1);
  GString *text = g_string_new(NULL);
  for (char **word = words; *word; word++)
    g_string_append_printf(text, "%s%s", **word && text->len ? " " : "", *word);
  return g_string_free(text, FALSE);
}

static void
compare_rows(const char *text, const char *wanted, const char *wide)
{
  g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
  g_auto(GStrv) golden = g_strsplit(wanted, "\n", -1);
  guint n = g_strv_length(golden) - 1; /* the last one ends in a line feed too */

  CU_ASSERT_FATAL(g_strv_length(rows) > n);
  for (guint i = 0; i < n; i++) {
    bool is_wide = g_str_has_prefix(golden[i], wide);
    g_autofree char *a = is_wide ? squeezed(rows[i]) : g_strdup(rows[i]);
    g_autofree char *b = is_wide ? squeezed(golden[i]) : g_strdup(golden[i]);
    CU_ASSERT_STRING_EQUAL(a, b);
  }
  /* After it come only the feed and the cut. */
  for (guint i = n; rows[i]; i++)
    CU_ASSERT_EQUAL(strspn(rows[i], "8< "), strlen(rows[i]));
}

static void
the_text_on_paper_is_the_golden_one(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Document) document = golden_document(CASES[i].is_english);
    g_autoptr(GBytes) wanted = golden_file(CASES[i].text, "txt");
    g_autofree char *text = NULL;
    g_autoptr(GBytes) printed = print(document, escpos_profile(CASES[i].profile), &text);
    g_autofree char *golden =
        g_strndup(g_bytes_get_data(wanted, NULL), g_bytes_get_size(wanted));
    compare_rows(text, golden, CASES[i].is_english ? "To pay" : "应收");
  }
}

/* The paper of @job as a grey picture; kept beside the build, to be looked at. */
static GdkPixbuf *
photograph(GBytes *job, const EscposProfile *profile, const char *name)
{
  g_autoptr(Paper) paper = paper_new(profile->columns, profile->dots);
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *build = g_path_get_dirname(program);
  g_autofree char *folder = g_build_filename(build, "png", NULL);
  g_autofree char *path = g_strdup_printf("%s/receipt-%s.png", folder, name);
  gsize length;
  const guint8 *bytes = g_bytes_get_data(job, &length);

  g_mkdir_with_parents(folder, 0755);
  paper_feed(paper, bytes, length);
  CU_ASSERT(paper_save_png(paper, path, NULL));
  GdkPixbuf *picture = gdk_pixbuf_new_from_file(path, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(picture);
  return picture;
}

static bool
is_ink(const GdkPixbuf *picture, int x, int y)
{
  if (x >= gdk_pixbuf_get_width(picture) || y >= gdk_pixbuf_get_height(picture))
    return false;
  return gdk_pixbuf_read_pixels(picture)[y * gdk_pixbuf_get_rowstride(picture) +
                                         x * gdk_pixbuf_get_n_channels(picture)] < 128;
}

/* Dots of ink in both, and in either, within a half-width cell of one line. */
static void
compare_cell(const GdkPixbuf *a, const GdkPixbuf *b, int x, int y, int *both, int *either)
{
  for (int row = y; row < y + 30; row++)
    for (int dot = x; dot < x + GLYPH_WIDTH; dot++) {
      bool in_a = is_ink(a, dot, row), in_b = is_ink(b, dot, row);
      *both += in_a && in_b;
      *either += in_a || in_b;
    }
}

/* The one picture from the printer's own characters, the other from lines drawn as the
 * screen draws them: a receipt must not depend on what a printer's fonts hold. Cell by
 * cell, for a letter in the wrong place would drown in the whole. */
static void
drawn_lines_lie_where_the_printers_own_characters_lie(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Document) document = golden_document(CASES[i].is_english);
    const EscposProfile *own = escpos_profile(CASES[i].profile);
    EscposProfile poor = *own;
    poor.has_chinese = false;
    g_autofree char *other = g_strconcat(CASES[i].name, "-drawn", NULL);
    g_autoptr(GBytes) a = escpos_encode(document, own);
    g_autoptr(GBytes) b = escpos_encode(document, &poor);
    g_autoptr(GdkPixbuf) printed = photograph(a, own, CASES[i].name);
    g_autoptr(GdkPixbuf) drawn = photograph(b, own, other);
    int wrong = 0, cells = 0, both = 0, either = 0;

    CU_ASSERT_EQUAL(gdk_pixbuf_get_height(printed), gdk_pixbuf_get_height(drawn));
    CU_ASSERT_EQUAL(gdk_pixbuf_get_width(printed), own->dots + 64);
    for (int y = 0; y + 30 <= gdk_pixbuf_get_height(printed); y += 30)
      for (int x = 32; x < 32 + own->dots; x += GLYPH_WIDTH) {
        int in_both = 0, in_either = 0;
        compare_cell(printed, drawn, x, y, &in_both, &in_either);
        cells += in_either > 0;
        /* A few dots may be the edge of a stroke next door. */
        wrong += in_either >= 12 && in_both * 4 < in_either;
        both += in_both;
        either += in_either;
      }
    CU_ASSERT(cells > 400);
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(both * 10 > either * 6);
  }
}

TESTS("golden_receipt",
      TEST(the_bytes_at_the_printer_are_the_golden_ones),
      TEST(the_text_on_paper_is_the_golden_one),
      TEST(drawn_lines_lie_where_the_printers_own_characters_lie))
