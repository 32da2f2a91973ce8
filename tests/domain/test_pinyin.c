#include "app/domain/pinyin.h"

#include <string.h>

#include "tests/test.h"

/* @all: every spelling expected, in order, separated by blanks. */
static const struct {
  const char *name;
  const char *all;
} CASES[] = {
    {"阿莫西林胶囊", "amxljn"},
    {"布洛芬缓释胶囊", "blfhsjn"},
    {"长春西汀", "ccxt zcxt"},
    {"党参", "ds dc"},
    {"没药", "my"},
    {"山楂", "sz"},
    {"炔诺酮", "qnt"},
    {"卡泊三醇", "kbsc kpsc"},
    {"重组人生长激素", "czrszjs zzrszjs czrscjs zzrscjs"},
    {"阿胶", "ej aj"},
    {"东阿阿胶", "deej daej deaj daaj"},
    {"枸橼酸", "jys gys"},
    {"枸杞子", "gqz jqz"},
    {"白术", "bz bs"},
    {"手术衣", "ssy szy"},
    {"川芎", "cx cq"},
    {"枳壳", "zq zk"},
    {"厚朴", "hp"},
    {"黄柏", "hb"},
    {"薄荷", "bh"},
    {"䗪虫", "zc"}, /* outside the usual block */
    {"〇", "l"},
    {"维生素C泡腾片", "wsscptp"},
    {"重组人干扰素α-2b", "czrgrsa2b zzrgrsa2b"},
    {"ＶＣ银翘片Ⅱ", "vcyqpii"},
    {"PARACÉTAMOL Biogaran 500 mg", "paracetamolbiogaran500mg"},
    {"Œstradiol", "oestradiol"},
    {"（无糖型）颗粒®", "wtxkl"},
    {"", ""},
    {"——！", ""},
    {"\xff", ""},
};

static void
names_are_spelled_as_a_pharmacy_reads_them(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(GPtrArray) initials = pinyin_initials(CASES[i].name);
    g_ptr_array_add(initials, NULL);
    g_autofree char *all = g_strjoinv(" ", (char **)initials->pdata);
    CU_ASSERT_STRING_EQUAL(all, CASES[i].all);
  }
}

static void
a_name_full_of_doubt_has_eight_spellings_and_the_likeliest_first(void)
{
  g_autoptr(GPtrArray) initials = pinyin_initials("长参重调单行藏壳");
  CU_ASSERT_EQUAL(initials->len, PINYIN_MAX);
  CU_ASSERT_STRING_EQUAL(initials->pdata[0], "csctdxzk");
  for (guint i = 0; i < initials->len; i++) {
    CU_ASSERT_EQUAL(strlen(initials->pdata[i]), 8);
    for (guint other = 0; other < i; other++)
      CU_ASSERT_STRING_NOT_EQUAL(initials->pdata[i], initials->pdata[other]);
  }
}

static void
a_character_with_three_readings_gives_each_once(void)
{
  g_autoptr(GPtrArray) initials = pinyin_initials("吡咯");
  CU_ASSERT_EQUAL(initials->len, 3);
  CU_ASSERT_STRING_EQUAL(initials->pdata[0], "bl");
}

static void
nothing_and_very_long_names_are_no_trouble(void)
{
  g_autoptr(GPtrArray) none = pinyin_initials(NULL);
  CU_ASSERT_EQUAL(none->len, 0);
  GString *name = g_string_new(NULL);
  for (int i = 0; i < 1000; i++)
    g_string_append(name, "长");
  g_autoptr(GPtrArray) many = pinyin_initials(name->str);
  g_string_free(name, TRUE);
  CU_ASSERT_EQUAL(many->len, PINYIN_MAX);
  CU_ASSERT_EQUAL(strlen(many->pdata[7]), 1000);
}

TESTS("pinyin",
      TEST(names_are_spelled_as_a_pharmacy_reads_them),
      TEST(a_name_full_of_doubt_has_eight_spellings_and_the_likeliest_first),
      TEST(a_character_with_three_readings_gives_each_once),
      TEST(nothing_and_very_long_names_are_no_trouble))
