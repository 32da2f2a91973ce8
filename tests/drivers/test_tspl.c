#include "drivers/tspl.h"

#include <string.h>

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

TESTS("tspl", TEST(every_label_fits_on_both_sizes_and_comes_out))
