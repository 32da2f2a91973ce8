#include "drivers/tspl.h"

#include <glib/gstdio.h>
#include <string.h>

#include "drivers/decode.h"
#include "drivers/label_paper.h"
#include "drivers/tspl_stream.h"
#include "tests/test.h"

static const char *const CHINESE[N_LABEL_WORDS] = {[LW_SPEC] = "规格",
                                                   [LW_QUANTITY] = "数量",
                                                   [LW_LOT] = "批号",
                                                   [LW_EXPIRY] = "有效期至",
                                                   [LW_USAGE] = "用法用量",
                                                   [LW_USAGE_BY_HAND] =
                                                       "每次____  每日____次",
                                                   [LW_LOOSE] = "拆零药品",
                                                   [LW_MAKER] = "厂家",
                                                   [LW_ORIGIN] = "产地",
                                                   [LW_CURRENCY] = "¥",
                                                   [LW_PER] = "/",
                                                   [LW_COPY] = "补打"};
static const char *const ENGLISH[N_LABEL_WORDS] = {[LW_SPEC] = "Strength",
                                                   [LW_QUANTITY] = "Qty",
                                                   [LW_LOT] = "Lot",
                                                   [LW_EXPIRY] = "Exp.",
                                                   [LW_USAGE] = "Use",
                                                   [LW_USAGE_BY_HAND] =
                                                       "____ at a time  ____ times a day",
                                                   [LW_LOOSE] = "LOOSE MEDICINE",
                                                   [LW_MAKER] = "Maker",
                                                   [LW_ORIGIN] = "Origin",
                                                   [LW_CURRENCY] = "¥",
                                                   [LW_PER] = "/",
                                                   [LW_COPY] = "COPY"};

static const DoseFacts DOSE = {.patient = "张秀英 女 67岁",
                               .drug = "阿莫西林胶囊",
                               .spec = "0.25g×24粒",
                               .quantity = "1盒",
                               .dose = "口服 一次2粒 一日3次",
                               .times = "早 中 晚 饭后",
                               .warning = "青霉素过敏者禁用；服药期间不得饮酒",
                               .pharmacy = "康宁大药房人民路店",
                               .phone = "0571-8888 1234",
                               .date = "2026-11-22"};
static const LooseFacts LOOSE = {.name = "布洛芬缓释胶囊",
                                 .spec = "0.3g×20粒",
                                 .quantity = "6粒",
                                 .lot = "B24061",
                                 .expiry = "2028-03-31",
                                 .pharmacy = "康宁大药房人民路店",
                                 .phone = "0571-8888 1234",
                                 .date = "2026-11-22"};
static const ShelfFacts SHELF = {.name = "复方氨酚烷胺片",
                                 .spec = "12片/盒",
                                 .maker = "康禾制药有限公司",
                                 .origin = "浙江",
                                 .has_price = true,
                                 .price = 2250,
                                 .unit = "盒",
                                 .code = "6901234500011",
                                 .mark = "甲类"};

static void
keep_picture(const LabelPaper *paper, const char *name, LabelSize size)
{
  const char *folder = g_getenv("GUITAI_PICTURES");
  if (!folder)
    return;
  g_autofree char *path =
      g_strdup_printf("%s/label-%s-%s.png", folder, name, label_size_name(size));
  CU_ASSERT_TRUE(label_paper_save_png(paper, -1, path, NULL));
}

/* Prints @label (taken) and looks at the paper. */
static LabelPaper *
print(Label *label)
{
  LabelPaper *paper = label_paper_new();
  gsize length;
  CU_ASSERT_PTR_NOT_NULL_FATAL(label);
  g_autoptr(GBytes) bytes = tspl_encode(label);
  const guint8 *stream = g_bytes_get_data(bytes, &length);
  label_paper_feed(paper, stream, length);
  label_free(label);
  return paper;
}

typedef Label *(*Compose)(LabelSize size, const char *const *words);

static Label *
dose(LabelSize size, const char *const *words)
{
  return label_dose(&DOSE, size, words);
}

static Label *
loose(LabelSize size, const char *const *words)
{
  return label_loose(&LOOSE, size, words);
}

static Label *
shelf(LabelSize size, const char *const *words)
{
  return label_shelf(&SHELF, size, words);
}

static Label *
english_dose(LabelSize size, const char *const *words)
{
  DoseFacts facts = {.patient = "Zhang Xiuying, F, 67",
                     .drug = "Amoxicillin capsules",
                     .spec = "250 mg",
                     .quantity = "24",
                     .dose = "Take 2 capsules 3 times a day",
                     .times = "Morning, noon, evening, after meals",
                     .warning = "Not if allergic to penicillin. No alcohol.",
                     .pharmacy = "Kangning Pharmacy",
                     .phone = "0571-8888 1234",
                     .date = "2026-11-22"};
  return label_dose(&facts, size, ENGLISH);
}

static Label *
english_loose(LabelSize size, const char *const *words)
{
  LooseFacts facts = LOOSE;
  facts.name = "Ibuprofen sustained-release capsules";
  facts.spec = "300 mg";
  facts.quantity = "6 capsules";
  facts.pharmacy = "Kangning Pharmacy";
  return label_loose(&facts, size, ENGLISH);
}

static Label *
long_loose(LabelSize size, const char *const *words)
{
  LooseFacts facts = LOOSE;
  facts.name = "复方氨基酸螯合物胶囊（乐力加强型）";
  facts.spec = "每粒含钙523.6mg、维生素D₃200IU×30粒";
  facts.usage = "口服 一次1粒 一日1次";
  facts.lot = "20240611-A";
  facts.copy = 1;
  return label_loose(&facts, size, words);
}

static Label *
long_shelf(LabelSize size, const char *const *words)
{
  ShelfFacts facts = SHELF;
  facts.name = "复方氨基酸螯合物胶囊（乐力加强型）";
  facts.maker = "武汉维奥制药有限公司第二生产基地";
  facts.price = 1234500;
  facts.mark = "Rx";
  return label_shelf(&facts, size, words);
}

static const struct {
  const char *name;
  Compose compose;
} LABELS[] = {{"dose", dose},
              {"loose", loose},
              {"shelf", shelf},
              {"dose-en", english_dose},
              {"loose-en", english_loose},
              {"loose-long", long_loose},
              {"shelf-long", long_shelf}};

static void
every_label_fits_on_both_sizes_and_comes_out(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(LABELS); i++)
    for (LabelSize size = 0; size < N_LABEL_SIZES; size++) {
      Label *label = LABELS[i].compose(size, CHINESE);
      if (!label) {
        g_printerr("%s does not fit on %s\n", LABELS[i].name, label_size_name(size));
        CU_FAIL("does not fit");
        continue;
      }
      g_autoptr(LabelPaper) paper = print(label);
      CU_ASSERT_EQUAL(label_paper_count(paper), 1);
      keep_picture(paper, LABELS[i].name, size);
    }
}

/* @return what the stream prints, as text (transfer full). */
static char *
text_of(const char *stream, gsize length, gsize piece)
{
  g_autoptr(LabelPaper) paper = label_paper_new();
  for (gsize at = 0; at < length; at += piece)
    label_paper_feed(paper, (const guint8 *)stream + at, MIN(piece, length - at));
  return label_paper_text(paper);
}

static void
nothing_of_a_label_lies_outside_it(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(LABELS); i++)
    for (LabelSize size = 0; size < N_LABEL_SIZES; size++) {
      g_autoptr(Label) label = LABELS[i].compose(size, CHINESE);
      CU_ASSERT_PTR_NOT_NULL_FATAL(label);
      for (guint n = 0; n < label->items->len; n++) {
        const LabelItem *item = label->items->pdata[n];
        CU_ASSERT_TRUE(item->x >= 8 && item->x + item->width <= label->width - 8);
        CU_ASSERT_TRUE(item->y >= 8 && item->y + item->height <= label->height - 8);
      }
    }
}

static void
every_word_of_the_facts_stands_on_the_label(void)
{
  static const char *const LOOSE_WORDS[] = {"布洛芬缓释胶囊",
                                            "0.3g×20粒",
                                            "6粒",
                                            "B24061",
                                            "2028-03-31",
                                            "用法用量",
                                            "康宁大药房"};
  for (LabelSize size = 0; size < N_LABEL_SIZES; size++) {
    g_autoptr(Label) label = label_loose(&LOOSE, size, CHINESE);
    g_autofree char *text = label_to_text(label);
    for (gsize i = 0; i < G_N_ELEMENTS(LOOSE_WORDS); i++)
      CU_ASSERT_PTR_NOT_NULL(strstr(text, LOOSE_WORDS[i]));
  }
}

static void
the_dose_is_the_biggest_and_never_torn(void)
{
  for (LabelSize size = 0; size < N_LABEL_SIZES; size++) {
    g_autoptr(Label) label = label_dose(&DOSE, size, CHINESE);
    g_autofree char *text = label_to_text(label);
    int biggest = 0, dose_letter = 0;
    for (guint i = 0; i < label->items->len; i++) {
      const LabelItem *item = label->items->pdata[i];
      biggest = item->kind == LABEL_TEXT ? MAX(biggest, item->letter) : biggest;
      if (strstr(item->text, "一次2粒"))
        dose_letter = item->letter;
    }
    CU_ASSERT_EQUAL(biggest, dose_letter);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "一日3次"));
  }
}

static void
what_does_not_fit_makes_no_label(void)
{
  g_autofree char *endless = g_strnfill(900, 'x');
  LooseFacts facts = LOOSE;
  facts.name = endless;
  CU_ASSERT_PTR_NULL(label_loose(&facts, LABEL_40_30, CHINESE));
}

static void
the_printers_own_font_is_used_where_it_has_all_of_a_row(void)
{
  static const struct {
    const char *text;
    int letter;
    bool has;
  } ROWS[] = {{"批号 B24061", 24, true},
              {"批号 B24061", 48, true},
              {"批号 B24061", 32, false},
              {"㙍 rare", 24, false},
              {"née", 24, false},
              {"24\" label", 24, false},
              {"back\\slash", 24, false},
              {"×20粒", 24, true}};
  for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++)
    CU_ASSERT_EQUAL(tspl_has_font(ROWS[i].text, ROWS[i].letter), ROWS[i].has);
}

static void
a_job_is_what_the_manuals_say(void)
{
  static const char WANTED[] = "SIZE 40 mm,30 mm\r\nGAP 2 mm,0 mm\r\nSET REPRINT OFF\r\n"
                               "DIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\n";
  g_autoptr(Label) label = label_shelf(&SHELF, LABEL_40_30, CHINESE);
  g_autoptr(GBytes) bytes = tspl_encode(label);
  gsize length;
  const char *job = g_bytes_get_data(bytes, &length);
  CU_ASSERT_NSTRING_EQUAL(job, WANTED, strlen(WANTED));
  CU_ASSERT_PTR_NOT_NULL(memmem(job, length, "\"EAN13\",", 8) &&
                         memmem(job, length, "6901234500011", 13));
  CU_ASSERT_NSTRING_EQUAL(job + length - 11, "PRINT 1,1\r\n", 11);
}

static void
any_stream_reads_the_same_in_pieces_of_any_size(void)
{
  static const char STREAM[] =
      "SIZE 60 mm,40 mm\r\nCLS\r\nTEXT 8,8,\"TSS24.BF2\",0,1,1,"
      "\"\xb2\xbc\xc2\xe5\"\r\nTEXT 8,60,\"3\",0,1,1,\"\\[\"]x\"\n"
      "BITMAP 8,90,1,2,0,\r\n\r\nBAR 1,1,9,9\r\nNONSENSE 1,2\r\n"
      "BARCODE 8,120,\"128\",40,0,0,2,2,\"A-1\"\r\nPRINT 2,1\r\n";
  static const char WANTED[] = "布洛\n\"x\n[picture 8x2]\n|||A-1\n----\n"
                               "布洛\n\"x\n[picture 8x2]\n|||A-1\n";
  for (gsize piece = 1; piece < sizeof STREAM; piece++) {
    g_autofree char *text = text_of(STREAM, sizeof STREAM - 1, piece);
    CU_ASSERT_STRING_EQUAL(text, WANTED);
  }
}

static void
a_picture_burns_what_is_zero(void)
{
  static const char STREAM[] =
      "SIZE 40 mm,30 mm\r\nCLS\r\nBITMAP 8,8,1,1,0,\x0f\r\nPRINT 1\r\n";
  g_autoptr(LabelPaper) paper = label_paper_new();
  label_paper_feed(paper, (const guint8 *)STREAM, sizeof STREAM - 1);
  CU_ASSERT_TRUE(label_paper_is_black(paper, 0, 8, 8));
  CU_ASSERT_TRUE(label_paper_is_black(paper, 0, 11, 8));
  CU_ASSERT_FALSE(label_paper_is_black(paper, 0, 12, 8));
  CU_ASSERT_FALSE(label_paper_is_black(paper, 0, 8, 9));
}

static void
a_bar_code_on_a_label_can_be_scanned(void)
{
  g_autoptr(LabelPaper) paper = print(label_shelf(&SHELF, LABEL_60_40, CHINESE));
  g_autofree char *folder = g_dir_make_tmp("guitai-label-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "label.png", NULL);
  CU_ASSERT_TRUE(label_paper_save_png(paper, 0, path, NULL));
  g_autoptr(GPtrArray) codes = decode_file(path, NULL);
  g_unlink(path);
  g_rmdir(folder);
  CU_ASSERT_PTR_NOT_NULL_FATAL(codes);
  CU_ASSERT_EQUAL_FATAL(codes->len, 1);
  CU_ASSERT_STRING_EQUAL(((DecodedCode *)codes->pdata[0])->text, "6901234500011");
}

TESTS("tspl",
      TEST(every_label_fits_on_both_sizes_and_comes_out),
      TEST(nothing_of_a_label_lies_outside_it),
      TEST(every_word_of_the_facts_stands_on_the_label),
      TEST(the_dose_is_the_biggest_and_never_torn),
      TEST(what_does_not_fit_makes_no_label),
      TEST(the_printers_own_font_is_used_where_it_has_all_of_a_row),
      TEST(a_job_is_what_the_manuals_say),
      TEST(any_stream_reads_the_same_in_pieces_of_any_size),
      TEST(a_picture_burns_what_is_zero),
      TEST(a_bar_code_on_a_label_can_be_scanned))
