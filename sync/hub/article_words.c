#include "sync/hub/article_words.h"

#include <string.h>

/* Without blanks and in capitals, full-width forms folded (transfer full). */
static char *
bare(const char *text)
{
  g_autofree char *folded = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
  g_autofree char *upper = g_utf8_strup(folded ? folded : "", -1);
  GString *out = g_string_new(NULL);
  for (const char *p = upper; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (!g_unichar_isspace(c) && c != '-' && c != '_')
      g_string_append_unichar(out, c);
  }
  return g_string_free(out, FALSE);
}

typedef struct {
  const char *word; /* as bare() leaves it */
  int value;
  bool is_whole; /* must be all there is; else found inside is enough */
} Word;

/* The first that fits counts: the longer before what it contains. */
static const Word CLASSES[] = {
    {"OTCA", CLASS_OTC_A, true},
    {"OTCB", CLASS_OTC_B, true},
    {"HERBTOXIC", CLASS_HERB_TOXIC, true},
    {"HERB", CLASS_HERB, true},
    {"DUAL", CLASS_DUAL, true},
    {"DEVICE1", CLASS_DEVICE_1, true},
    {"DEVICE2", CLASS_DEVICE_2, true},
    {"DEVICE3", CLASS_DEVICE_3, true},
    {"HEALTHFOOD", CLASS_HEALTH_FOOD, true},
    {"FSMP", CLASS_FSMP, true},
    {"COSMETIC", CLASS_COSMETIC, true},
    {"SERVICE", CLASS_SERVICE, true},
    {"OTHER", CLASS_OTHER, true},
    {"MEDICINE", CLASS_MEDICINE, true},
    {"MEDICAMENT", CLASS_MEDICINE, true},
    {"MÉDICAMENT", CLASS_MEDICINE, true},
    {"双跨", CLASS_DUAL, false},
    {"毒性", CLASS_HERB_TOXIC, false},
    {"饮片", CLASS_HERB, false},
    {"中药材", CLASS_HERB, false},
    {"草药", CLASS_HERB, false},
    {"特医", CLASS_FSMP, false},
    {"特殊医学", CLASS_FSMP, false},
    {"保健", CLASS_HEALTH_FOOD, false},
    {"化妆", CLASS_COSMETIC, false},
    {"服务", CLASS_SERVICE, false},
    {"甲类", CLASS_OTC_A, false},
    {"乙类", CLASS_OTC_B, false},
    {"OTC甲", CLASS_OTC_A, false},
    {"OTC乙", CLASS_OTC_B, false},
    {"甲OTC", CLASS_OTC_A, false},
    {"乙OTC", CLASS_OTC_B, false},
    {"SANSORDONNANCE", CLASS_MEDICINE, false},
    {"ORDONNANCE", CLASS_RX, false},
    {"LISTEI", CLASS_RX, false},
    {"RX", CLASS_RX, true},
    {"RX处方药", CLASS_RX, true},
    {"其他", CLASS_OTHER, true},
    {"其它", CLASS_OTHER, true},
    {"日用品", CLASS_OTHER, true},
    {"食品", CLASS_OTHER, true},
};

static bool
find_word(const Word *words, gsize n, const char *text, int *ret)
{
  for (gsize i = 0; i < n; i++) {
    bool fits = words[i].is_whole ? strcmp(text, words[i].word) == 0
                                  : strstr(text, words[i].word) != NULL;
    if (fits) {
      *ret = words[i].value;
      return true;
    }
  }
  return false;
}

static bool
device_class(const char *text, LegalClass *ret)
{
  if (!strstr(text, "械"))
    return false;
  /* NFKC turns Ⅲ into III; the longer first. */
  if (strstr(text, "III") || strstr(text, "三") || strstr(text, "3"))
    *ret = CLASS_DEVICE_3;
  else if (strstr(text, "II") || strstr(text, "二") || strstr(text, "2"))
    *ret = CLASS_DEVICE_2;
  else if (strstr(text, "I") || strstr(text, "一") || strstr(text, "1"))
    *ret = CLASS_DEVICE_1;
  else
    return false;
  return true;
}

bool
words_class(const char *text, LegalClass *ret, bool *ret_is_unclear)
{
  g_autofree char *word = bare(text);
  int value = CLASS_UNKNOWN;
  *ret_is_unclear = false;
  if (device_class(word, ret))
    return true;
  if (find_word(CLASSES, G_N_ELEMENTS(CLASSES), word, &value)) {
    *ret = (LegalClass)value;
    return true;
  }
  /* 非处方药 contains 处方药. */
  if (strstr(word, "非处方") || strcmp(word, "OTC") == 0) {
    *ret = CLASS_OTC_A;
    *ret_is_unclear = true;
    return true;
  }
  if (strstr(word, "处方")) {
    *ret = CLASS_RX;
    return true;
  }
  return false;
}

/* 国械注准20153 6xxxxx: the figure after the year is the class. */
static LegalClass
device_of_approval(const char *text)
{
  const char *digits = strpbrk(text, "0123456789");
  if (strstr(text, "械备"))
    return CLASS_DEVICE_1;
  if (!digits || strspn(digits, "0123456789") < 5)
    return CLASS_UNKNOWN;
  switch (digits[4]) {
  case '1':
    return CLASS_DEVICE_1;
  case '2':
    return CLASS_DEVICE_2;
  case '3':
    return CLASS_DEVICE_3;
  default:
    return CLASS_UNKNOWN;
  }
}

LegalClass
words_class_of_approval(const char *approval)
{
  if (strstr(approval, "械注") || strstr(approval, "械备"))
    return device_of_approval(approval);
  if (strstr(approval, "食健") || strstr(approval, "健字") || strstr(approval, "健注"))
    return CLASS_HEALTH_FOOD;
  if (strstr(approval, "食注字TY"))
    return CLASS_FSMP;
  return strstr(approval, "妆") ? CLASS_COSMETIC : CLASS_UNKNOWN;
}

bool
words_special(const char *text, SpecialGroup *ret)
{
  static const Word WORDS[] = {
      {"NONE", SPECIAL_NONE, true},
      {"无", SPECIAL_NONE, true},
      {"否", SPECIAL_NONE, true},
      {"EPHEDRINE", SPECIAL_EPHEDRINE, true},
      {"麻黄", SPECIAL_EPHEDRINE, false},
      {"含麻", SPECIAL_EPHEDRINE, false},
      {"PSY2", SPECIAL_PSY2, true},
      {"二类精神", SPECIAL_PSY2, false},
      {"精二", SPECIAL_PSY2, false},
      {"LICORICE", SPECIAL_LICORICE, true},
      {"甘草", SPECIAL_LICORICE, false},
      {"FORBIDDEN", SPECIAL_FORBIDDEN, true},
      {"禁售", SPECIAL_FORBIDDEN, false},
      {"禁止", SPECIAL_FORBIDDEN, false},
  };
  g_autofree char *word = bare(text);
  int value = SPECIAL_NONE;
  if (!find_word(WORDS, G_N_ELEMENTS(WORDS), word, &value))
    return false;
  *ret = (SpecialGroup)value;
  return true;
}

bool
words_storage(const char *text, Storage *ret)
{
  static const Word WORDS[] = {
      {"COLD", STORAGE_COLD, true},  {"冷藏", STORAGE_COLD, false},
      {"冷处", STORAGE_COLD, false}, {"28℃", STORAGE_COLD, false},
      {"2~8", STORAGE_COLD, false},  {"2℃~8", STORAGE_COLD, false},
      {"COOL", STORAGE_COOL, true},  {"阴凉", STORAGE_COOL, false},
      {"凉暗", STORAGE_COOL, false}, {"20℃", STORAGE_COOL, false},
      {"ROOM", STORAGE_ROOM, true},  {"常温", STORAGE_ROOM, false},
      {"30℃", STORAGE_ROOM, false},  {"室温", STORAGE_ROOM, false},
      {"密封", STORAGE_ROOM, false}, {"密闭", STORAGE_ROOM, false},
      {"遮光", STORAGE_ROOM, false}, {"干燥", STORAGE_ROOM, false},
      {"避光", STORAGE_ROOM, false},
  };
  g_autofree char *word = bare(text);
  int value = STORAGE_ROOM;
  if (!find_word(WORDS, G_N_ELEMENTS(WORDS), word, &value))
    return false;
  *ret = (Storage)value;
  return true;
}

bool
words_measure(const char *text, Measure *ret)
{
  static const Word WORDS[] = {
      {"COUNT", MEASURE_COUNT, true},
      {"计数", MEASURE_COUNT, true},
      {"数量", MEASURE_COUNT, true},
      {"MASS", MEASURE_MASS, true},
      {"WEIGHT", MEASURE_MASS, true},
      {"重量", MEASURE_MASS, false},
      {"计重", MEASURE_MASS, true},
      {"称重", MEASURE_MASS, true},
      {"VOLUME", MEASURE_VOLUME, true},
      {"体积", MEASURE_VOLUME, true},
      {"容量", MEASURE_VOLUME, true},
  };
  g_autofree char *word = bare(text);
  int value = MEASURE_COUNT;
  if (!find_word(WORDS, G_N_ELEMENTS(WORDS), word, &value))
    return false;
  *ret = (Measure)value;
  return true;
}

bool
words_unit(const char *unit, Measure *ret_measure, Quantity *ret_base)
{
  static const struct {
    const char *name;
    Measure measure;
    Quantity base;
  } UNITS[] = {
      {"MG", MEASURE_MASS, 1},
      {"毫克", MEASURE_MASS, 1},
      {"G", MEASURE_MASS, 1000},
      {"克", MEASURE_MASS, 1000},
      {"KG", MEASURE_MASS, 1000000},
      {"千克", MEASURE_MASS, 1000000},
      {"公斤", MEASURE_MASS, 1000000},
      {"斤", MEASURE_MASS, 500000},
      {"两", MEASURE_MASS, 50000},
      {"ML", MEASURE_VOLUME, 1000},
      {"毫升", MEASURE_VOLUME, 1000},
      {"L", MEASURE_VOLUME, 1000000},
      {"升", MEASURE_VOLUME, 1000000},
  };
  g_autofree char *word = bare(unit);
  gsize digits = strspn(word, "0123456789");
  int64_t count = digits == 0 ? 1 : digits <= 6 ? g_ascii_strtoll(word, NULL, 10) : 0;
  for (gsize i = 0; count > 0 && i < G_N_ELEMENTS(UNITS); i++) {
    if (strcmp(word + digits, UNITS[i].name) == 0) {
      *ret_measure = UNITS[i].measure;
      *ret_base = UNITS[i].base * count;
      return true;
    }
  }
  return false;
}

bool
words_is_approval(const char *approval)
{
  static const char *const PREFIXES[] = {
      "进口药品注册证", "进口注册证", "医药产品注册证"};
  static const char *const INSIDE[] = {
      "械注", "械备", "食健", "健字", "健注", "妆", "食注字", "消证字", "备字"};
  if (g_str_has_prefix(approval, "国药准字")) {
    const char *number = approval + strlen("国药准字");
    gsize digits = g_ascii_isalpha(*number) ? strspn(number + 1, "0123456789") : 0;
    return digits == 8 && (number[9] == '\0' || number[9] == '(');
  }
  for (gsize i = 0; i < G_N_ELEMENTS(PREFIXES); i++) {
    if (g_str_has_prefix(approval, PREFIXES[i]))
      return strpbrk(approval, "0123456789") != NULL;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(INSIDE); i++) {
    if (strstr(approval, INSIDE[i]))
      return true;
  }
  return false;
}
