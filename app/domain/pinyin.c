#include "app/domain/pinyin.h"

#include <stdbool.h>
#include <string.h>

#include "app/domain/pinyin_table.h"

#define MAX_READINGS 4
#define MAX_FLIPS    8

/* Where the table's reading is not the one of names in a pharmacy, or more than one
 * lives: the likeliest first. Readings that only old books know are left out. */
static const struct {
  gunichar character;
  const char *initials;
} SEVERAL[] = {
    {U'长', "cz"},  {U'参', "sc"}, {U'重', "cz"}, {U'没', "m"},   {U'炔', "q"},
    {U'楂', "z"},   {U'泊', "bp"}, {U'蛤', "gh"}, {U'茄', "qj"},  {U'莨', "l"},
    {U'咯', "lkg"}, {U'行', "xh"}, {U'调', "td"}, {U'藏', "zc"},  {U'术', "zs"},
    {U'壳', "kq"},  {U'蛸', "xs"}, {U'椹', "sz"}, {U'吖', "ay"},  {U'龈', "y"},
    {U'豉', "c"},   {U'单', "ds"}, {U'弹', "td"}, {U'芎', "xq"},  {U'粘', "zn"},
    {U'枸', "gj"},  {U'荨', "xq"}, {U'噁', "e"},  {U'伽', "gjq"}, {U'降', "jx"},
    {U'系', "xj"},  {U'厦', "xs"}, {U'晟', "s"},  {U'茜', "qx"},  {U'番', "fp"},
    {U'朝', "cz"},  {U'盛', "sc"}, {U'折', "zs"}, {U'传', "cz"},  {U'曾', "zc"},
    {U'率', "ls"},  {U'乐', "ly"}, {U'会', "hk"}, {U'宿', "sx"},  {U'查', "cz"},
    {U'畜', "xc"},  {U'荠', "jq"}, {U'省', "sx"}, {U'校', "xj"},  {U'臭', "cx"},
    {U'栖', "qx"},  {U'脯', "pf"}, {U'堡', "bp"}, {U'莞', "gw"},  {U'秘', "mb"},
    {U'辟', "pb"},  {U'匙', "cs"}, {U'恶', "ew"}, {U'虾', "xh"},  {U'便', "bp"},
    {U'屏', "pb"},  {U'扁', "bp"}, {U'咖', "kg"}, {U'合', "hg"},  {U'解', "jx"},
    {U'奇', "qj"},  {U'卷', "jq"}, {U'栓', "s"},  {U'棱', "l"},   {U'萆', "b"},
    {U'茇', "b"},   {U'圳', "z"},  {U'瞿', "q"},  {U'石', "s"},   {U'艽', "j"},
    {U'阿', "a"},   {U'尿', "n"},  {U'纤', "x"},
};

/* Words that settle the reading of a character in them; the others stay possible. */
static const struct {
  const char *word;
  const char *initials;
} WORDS[] = {
    {"东阿", "de"}, {"阿胶", "ej"}, {"枸橼", "jy"},       {"生长", "sz"}, {"成长", "cz"},
    {"增长", "zz"}, {"长高", "zg"}, {"长皮", "zp"},       {"长大", "zd"}, {"体重", "tz"},
    {"重质", "zz"}, {"重量", "zl"}, {"重酒石酸", "zjss"}, {"手术", "ss"}, {"技术", "js"},
    {"枳壳", "zq"}, {"甲壳", "jq"}, {"蛤蟆", "hm"},       {"咯血", "kx"}, {"咯痰", "kt"},
    {"粘膜", "nm"}, {"粘液", "ny"}, {"储藏", "cc"},       {"贮藏", "zc"}, {"收藏", "sc"},
    {"参考", "ck"}, {"番禺", "py"}, {"朝阳", "cy"},       {"秘鲁", "bl"}, {"荸荠", "bq"},
    {"龟裂", "jl"}, {"山查", "sz"}, {"银行", "yh"},       {"咖喱", "gl"}, {"子弹", "zd"},
    {"便宜", "py"},
};

/* Letters that Unicode does not take apart. */
static const struct {
  gunichar letter;
  const char *latin;
} LATIN[] = {
    {U'α', "a"},
    {U'β', "b"},
    {U'γ', "g"},
    {U'δ', "d"},
    {U'ε', "e"},
    {U'ω', "o"},
    {U'œ', "oe"},
    {U'æ', "ae"},
    {U'ø', "o"},
    {U'ß', "ss"},
    {U'ł', "l"},
    {U'đ', "d"},
};

/* What may stand for one character of a name, the likeliest first. */
typedef struct {
  int n;
  gunichar letters[MAX_READINGS];
} Place;

static void
add_letter(Place *place, gunichar letter)
{
  for (int i = 0; i < place->n; i++) {
    if (place->letters[i] == letter)
      return;
  }
  if (place->n < MAX_READINGS)
    place->letters[place->n++] = letter;
}

static char
look_up_rare(gunichar c)
{
  for (int i = 0; i < PINYIN_N_RARE && PINYIN_RARE[i].character <= c; i++) {
    if (PINYIN_RARE[i].character == c)
      return PINYIN_RARE[i].initial;
  }
  return '-';
}

static void
add_readings(Place *place, gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS(SEVERAL); i++) {
    if (SEVERAL[i].character != c)
      continue;
    for (const char *p = SEVERAL[i].initials; *p; p++)
      add_letter(place, (gunichar)*p);
    return;
  }
  bool in_table = c >= PINYIN_FIRST_CHAR && c <= PINYIN_LAST_CHAR;
  char first = in_table ? PINYIN_FIRST[c - PINYIN_FIRST_CHAR] : look_up_rare(c);
  if (first != '-')
    add_letter(place, (gunichar)first);
}

static void
add_place(GArray *places, const Place *place)
{
  if (place->n > 0)
    g_array_append_vals(places, place, 1);
}

static void
add_latin(GArray *places, gunichar letter)
{
  const char *latin = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(LATIN) && !latin; i++) {
    if (LATIN[i].letter == letter)
      latin = LATIN[i].latin;
  }
  for (; latin && *latin; latin++)
    add_place(places, &(Place){1, {(gunichar)*latin}});
  if (!latin)
    add_place(places, &(Place){1, {letter}});
}

static void
add_character(GArray *places, gunichar c)
{
  Place place = {0};
  if (c < 0x80) {
    if (g_ascii_isalnum((char)c))
      add_place(places, &(Place){1, {(gunichar)g_ascii_tolower((char)c)}});
  } else if (g_unichar_get_script(c) == G_UNICODE_SCRIPT_HAN) {
    add_readings(&place, c);
    add_place(places, &place);
  } else if (g_unichar_isalnum(c)) {
    add_latin(places, g_unichar_tolower(c));
  }
}

/* @return the word that @text begins with, -1 for none. */
static int
find_word(const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++) {
    if (strncmp(text, WORDS[i].word, strlen(WORDS[i].word)) == 0)
      return (int)i;
  }
  return -1;
}

/* @return where the name goes on after the word. */
static const char *
add_word(GArray *places, const char *text, int word)
{
  for (const char *initial = WORDS[word].initials; *initial; initial++) {
    Place place = {1, {(gunichar)*initial}};
    add_readings(&place, g_utf8_get_char(text));
    add_place(places, &place);
    text = g_utf8_next_char(text);
  }
  return text;
}

static GArray *
find_places(const char *name)
{
  GArray *places = g_array_new(FALSE, FALSE, sizeof(Place));
  for (const char *p = name; *p;) {
    int word = (unsigned char)*p < 0x80 ? -1 : find_word(p);
    if (word >= 0) {
      p = add_word(places, p, word);
    } else {
      add_character(places, g_utf8_get_char(p));
      p = g_utf8_next_char(p);
    }
  }
  return places;
}

/* One place read otherwise than likely. */
typedef struct {
  guint place;
  int reading;
} Flip;

static int
find_flips(const GArray *places, Flip *flips)
{
  int n = 0;
  for (guint i = 0; i < places->len; i++) {
    const Place *place = &g_array_index(places, Place, i);
    for (int reading = 1; reading < place->n && n < MAX_FLIPS; reading++)
      flips[n++] = (Flip){i, reading};
  }
  return n;
}

/* Two readings of one place exclude each other. */
static bool
is_possible(const Flip *flips, int n, unsigned chosen)
{
  guint last = G_MAXUINT;
  for (int i = 0; i < n; i++) {
    if (!(chosen & 1u << i))
      continue;
    if (flips[i].place == last)
      return false;
    last = flips[i].place;
  }
  return true;
}

static char *
spell(const GArray *places, const Flip *flips, int n, unsigned chosen)
{
  GString *text = g_string_sized_new(places->len);
  for (guint i = 0; i < places->len; i++) {
    int reading = 0;
    for (int f = 0; f < n; f++) {
      if (chosen & 1u << f && flips[f].place == i)
        reading = flips[f].reading;
    }
    g_string_append_unichar(text, g_array_index(places, Place, i).letters[reading]);
  }
  return g_string_free(text, FALSE);
}

GPtrArray *
pinyin_initials(const char *name)
{
  GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *valid = g_utf8_make_valid(name ? name : "", -1);
  g_autofree char *plain = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
  g_autoptr(GArray) places = find_places(plain);
  if (places->len == 0)
    return all;

  Flip flips[MAX_FLIPS];
  int n = find_flips(places, flips);
  for (int flipped = 0; flipped <= n; flipped++) {
    for (unsigned chosen = 0; chosen < 1u << n && all->len < PINYIN_MAX; chosen++) {
      if (__builtin_popcount(chosen) == flipped && is_possible(flips, n, chosen))
        g_ptr_array_add(all, spell(places, flips, n, chosen));
    }
  }
  return all;
}
