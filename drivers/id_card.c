#include "drivers/id_card.h"

#include <stdio.h>
#include <string.h>

#include "app/domain/id_number.h"
#include "drivers/secret_bytes.h"

#define FLAG 248 /* byte of the type */

G_DEFINE_QUARK(guitai - id - card - error, id_card_error)

/* A field: its first byte and its length in bytes; length 0: the card does not have it.
 */
typedef struct {
  int at, length;
} Field;

typedef struct {
  char flag;
  IdCardKind kind;
  Field name, latin_name, latin_rest, sex, ethnicity, birth, address, number, issuer;
  Field valid_from, valid_to, country;
} Layout;

static const Layout LAYOUTS[] = {
    {.flag = ' ',
     .kind = ID_CARD_RESIDENT,
     .name = {0, 30},
     .sex = {30, 2},
     .ethnicity = {32, 4},
     .birth = {36, 16},
     .address = {52, 70},
     .number = {122, 36},
     .issuer = {158, 30},
     .valid_from = {188, 16},
     .valid_to = {204, 16}},
    {.flag = 'J',
     .kind = ID_CARD_PERMIT,
     .name = {0, 30},
     .sex = {30, 2},
     .birth = {36, 16},
     .address = {52, 70},
     .number = {122, 36},
     .issuer = {158, 30},
     .valid_from = {188, 16},
     .valid_to = {204, 16}},
    {.flag = 'I',
     .kind = ID_CARD_FOREIGNER,
     .latin_name = {0, 120},
     .sex = {120, 2},
     .number = {122, 30},
     .country = {152, 6},
     .name = {158, 30},
     .valid_from = {188, 16},
     .valid_to = {204, 16},
     .birth = {220, 16}},
    {.flag = 'Y',
     .kind = ID_CARD_FOREIGNER,
     .name = {0, 30},
     .sex = {30, 2},
     .birth = {36, 16},
     .latin_name = {52, 70},
     .number = {122, 36},
     .valid_from = {188, 16},
     .valid_to = {204, 16},
     .latin_rest = {220, 22},
     .country = {242, 6}},
};

static const char *const ETHNICITIES[] = {
    "",     "汉",     "蒙古",   "回",       "藏",     "维吾尔",   "苗",   "彝",
    "壮",   "布依",   "朝鲜",   "满",       "侗",     "瑶",       "白",   "土家",
    "哈尼", "哈萨克", "傣",     "黎",       "傈僳",   "佤",       "畲",   "高山",
    "拉祜", "水",     "东乡",   "纳西",     "景颇",   "柯尔克孜", "土",   "达斡尔",
    "仫佬", "羌",     "布朗",   "撒拉",     "毛南",   "仡佬",     "锡伯", "阿昌",
    "普米", "塔吉克", "怒",     "乌孜别克", "俄罗斯", "鄂温克",   "德昂", "保安",
    "裕固", "京",     "塔塔尔", "独龙",     "鄂伦春", "赫哲",     "门巴", "珞巴",
    "基诺"};

/* UTF-16LE, padded with blanks. What is no character becomes nothing. */
static char *
text_of(const guint8 *block, Field field)
{
  GString *text = g_string_sized_new(2 * (gsize)field.length + 4);

  for (int i = 0; i + 1 < field.length; i += 2) {
    gunichar c = block[field.at + i] | (gunichar)block[field.at + i + 1] << 8;
    if (c >= 0xd800 && c < 0xdc00 && i + 3 < field.length) {
      gunichar low = block[field.at + i + 2] | (gunichar)block[field.at + i + 3] << 8;
      bool is_pair = low >= 0xdc00 && low < 0xe000;
      c = is_pair ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : 0;
      i += is_pair ? 2 : 0;
    }
    if (c >= 0x20 && c != 0x7f && g_unichar_validate(c))
      g_string_append_unichar(text, c);
  }
  return g_strstrip(g_string_free(text, FALSE));
}

static Day
day_of(const guint8 *block, Field field)
{
  char *text = text_of(block, field);
  bool is_digits = strlen(text) == 8 && strspn(text, "0123456789") == 8;
  Day day = is_digits ? day_parse(text) : DAY_NONE;
  secret_bytes_drop_text(text);
  return day;
}

static int
number_of(const guint8 *block, Field field)
{
  g_autofree char *text = text_of(block, field);
  return (int)g_ascii_strtoll(text, NULL, 10);
}

static const Layout *
layout_of(const guint8 *block)
{
  for (gsize i = 0; i < G_N_ELEMENTS(LAYOUTS); i++)
    if (block[FLAG] == (guint8)LAYOUTS[i].flag && block[FLAG + 1] == 0)
      return &LAYOUTS[i];
  return NULL;
}

static char *
latin_name_of(const guint8 *block, const Layout *layout)
{
  char *first = text_of(block, layout->latin_name);
  char *rest = text_of(block, layout->latin_rest);
  char *name = g_strconcat(first, rest, NULL);
  secret_bytes_drop_text(first);
  secret_bytes_drop_text(rest);
  return name;
}

static IdCard *
card_of(const guint8 *block, const Layout *layout)
{
  IdCard *card = g_new0(IdCard, 1);
  int sex = number_of(block, layout->sex),
      ethnicity = number_of(block, layout->ethnicity);

  card->kind = layout->kind;
  card->sex = sex == 1 ? SEX_MALE : sex == 2 ? SEX_FEMALE : SEX_UNKNOWN;
  card->ethnicity = ethnicity >= 1 && ethnicity <= 56 ? ethnicity : 0;
  card->birth = day_of(block, layout->birth);
  card->valid_from = day_of(block, layout->valid_from);
  card->valid_to = day_of(block, layout->valid_to);
  card->name = text_of(block, layout->name);
  card->latin_name = latin_name_of(block, layout);
  card->address = text_of(block, layout->address);
  card->number = text_of(block, layout->number);
  card->issuer = text_of(block, layout->issuer);
  card->country = text_of(block, layout->country);
  return card;
}

static bool
is_alphanumeric(const char *text)
{
  while (g_ascii_isalnum(*text))
    text++;
  return *text == '\0';
}

/* Letters and digits in 2017; in 2023 a leading 9, and the rest as everybody's. */
static bool
is_foreigners_number(const IdCard *card)
{
  gsize length = strlen(card->number);
  int year, month, day;

  if (length != 18)
    return length == 15 && is_alphanumeric(card->number);
  return *card->number == '9' && id_number_adds_up(card->number) &&
         sscanf(card->number + 6, "%4d%2d%2d", &year, &month, &day) == 3 &&
         day_make(year, month, day) == card->birth;
}

static bool
is_sound(const IdCard *card)
{
  Day birth = DAY_NONE;

  if (!*card->name && !*card->latin_name)
    return false;
  if (card->kind == ID_CARD_FOREIGNER)
    return is_foreigners_number(card) && day_is_valid(card->birth);
  return id_number_check(card->number, &birth, NULL) == ID_OK && birth == card->birth;
}

IdCard *
id_card_read(const guint8 *block, gsize length, GError **error)
{
  const Layout *layout = length == ID_CARD_BLOCK ? layout_of(block) : NULL;

  if (!layout) {
    g_set_error_literal(
        error, ID_CARD_ERROR, ID_CARD_ERROR_BLOCK, "not the text of a known card");
    return NULL;
  }
  IdCard *card = card_of(block, layout);
  if (is_sound(card))
    return card;
  id_card_free(card);
  g_set_error_literal(
      error, ID_CARD_ERROR, ID_CARD_ERROR_NUMBER, "the card was misread: lay it again");
  return NULL;
}

void
id_card_free(IdCard *card)
{
  if (!card)
    return;
  secret_bytes_drop_text(card->name);
  secret_bytes_drop_text(card->latin_name);
  secret_bytes_drop_text(card->address);
  secret_bytes_drop_text(card->number);
  secret_bytes_drop_text(card->issuer);
  secret_bytes_drop_text(card->country);
  explicit_bzero(card, sizeof *card);
  g_free(card);
}

const char *
id_card_ethnicity_name(int ethnicity)
{
  return ethnicity >= 0 && ethnicity < (int)G_N_ELEMENTS(ETHNICITIES)
             ? ETHNICITIES[ethnicity]
             : "";
}
