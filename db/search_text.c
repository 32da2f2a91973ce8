#include "db/search_text.h"

#include <string.h>

#include "app/domain/pinyin.h"

/* Marks of tokens; folded text has none of them. */
#define BEGINS   "\xe2\x80\xb9" /* ‹ */
#define ENDS     "\xe2\x80\xba" /* › */
#define APPROVED "\xc2\xa7"     /* § */

#define GRAMS        8 /* of a long typed word; the rest is checked */
#define TAIL_MIN     4 /* digits that must be typed of a trade code's end */
#define APPROVAL_MIN 6 /* characters that must be typed of an approval number */
#define DIGITS       "0123456789"

static const int LENGTHS[] = {1, 2, 3, 4, 5, 6, 8, 12};

static bool
is_ideograph(gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf);
}

/* Letters that Unicode does not take apart. */
static const char *
spelt(gunichar c)
{
  switch (c) {
  case U'œ':
  case U'Œ':
    return "oe";
  case U'æ':
  case U'Æ':
    return "ae";
  case U'ß':
    return "ss";
  case U'ø':
  case U'Ø':
    return "o";
  default:
    return NULL;
  }
}

static void
fold_character(GString *folded, gunichar c)
{
  const char *letters = spelt(c);
  if (g_unichar_ismark(c))
    return;
  if (letters)
    g_string_append(folded, letters);
  else if (is_ideograph(c) || g_unichar_isalnum(c))
    g_string_append_unichar(folded, g_unichar_tolower(c));
  else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
    g_string_append_c(folded, ' ');
}

/* Most text is ASCII and ideographs, for which the slow way changes nothing. */
static bool
is_simple(const char *text)
{
  for (; *text; text = g_utf8_next_char(text)) {
    gunichar c = g_utf8_get_char(text);
    if (c >= 0x80 && !is_ideograph(c))
      return false;
  }
  return true;
}

char *
search_text_fold(const char *text)
{
  g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
  g_autofree char *plain =
      is_simple(valid) ? NULL : g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
  GString *folded = g_string_sized_new(strlen(valid) + 1);
  for (const char *c = plain ? plain : valid; *c; c = g_utf8_next_char(c))
    fold_character(folded, g_utf8_get_char(c));
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate(folded, folded->len - 1);
  return g_string_free(folded, FALSE);
}

static bool
has_word(const GString *list, const char *word)
{
  gsize length = strlen(word);
  for (const char *at = list->str; (at = strstr(at, word)); at += length)
    if ((at == list->str || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
      return true;
  return false;
}

static void
add_word(GString *list, const char *word)
{
  if (!*word || has_word(list, word))
    return;
  if (list->len > 0)
    g_string_append_c(list, ' ');
  g_string_append(list, word);
}

static void
add_initials(GString *list, const char *name)
{
  if (!name || g_str_is_ascii(name)) /* its own words do as well */
    return;
  g_autoptr(GPtrArray) initials = pinyin_initials(name);
  for (guint i = 0; i < initials->len; i++)
    add_word(list, initials->pdata[i]);
}

static bool
has_ideograph(const char *name)
{
  for (; name && *name; name = g_utf8_next_char(name))
    if (is_ideograph(g_utf8_get_char(name)))
      return true;
  return false;
}

char *
search_text_initials(const char *generic_name,
                     const char *trade_name,
                     const GPtrArray *mnemonics)
{
  GString *list = g_string_new(NULL);
  if (has_ideograph(generic_name))
    add_initials(list, generic_name);
  if (has_ideograph(trade_name))
    add_initials(list, trade_name);
  for (guint i = 0; mnemonics && i < mnemonics->len; i++) {
    g_autofree char *folded = search_text_fold(mnemonics->pdata[i]);
    add_word(list, folded);
  }
  return g_string_free(list, FALSE);
}

/* Bytes of the first @n characters of @word, 0 when it has fewer. */
static gsize
bytes_of(const char *word, const char *end, int n)
{
  const char *at = word;
  for (; n > 0 && at < end; n--)
    at = g_utf8_next_char(at);
  return n == 0 ? (gsize)(at - word) : 0;
}

static void
add_token(GString *document, const char *mark, const char *text, gsize length)
{
  if (document->len > 0)
    g_string_append_c(document, ' ');
  g_string_append(document, mark);
  g_string_append_len(document, text, (gssize)length);
}

static void
add_beginnings(GString *document, const char *word, const char *end)
{
  add_token(document, BEGINS, word, bytes_of(word, end, 1));
  if (bytes_of(word, end, 2) == 2) /* two of ASCII */
    add_token(document, BEGINS, word, 2);
}

/* Three neighbours, or two of which one is no ASCII: pairs of letters are everywhere. */
static void
add_grams(GString *document, const char *word, const char *end)
{
  for (const char *at = word; at < end; at = g_utf8_next_char(at)) {
    gsize two = bytes_of(at, end, 2), three = bytes_of(at, end, 3);
    if (two > 2)
      add_token(document, "", at, two);
    if (three > 0)
      add_token(document, "", at, three);
  }
}

/* Central may send another name among the mnemonics; it is found as names are. */
static bool
is_ascii(const char *word, const char *end)
{
  while (word < end && (guchar)*word < 0x80)
    word++;
  return word == end;
}

static void
add_initials_of(GString *document, const char *word, const char *end)
{
  if (!is_ascii(word, end)) {
    add_beginnings(document, word, end);
    add_grams(document, word, end);
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(LENGTHS); i++) {
    gsize length = bytes_of(word, end, LENGTHS[i]);
    if (length == 0)
      return;
    add_token(document, BEGINS, word, length);
  }
}

/* "国药准字H2001…" → "h2001…" (transfer full): nobody types the authority. */
static char *
short_approval(const char *approval_no)
{
  g_autofree char *folded = search_text_fold(approval_no);
  const char *number = folded;
  while (*number && (guchar)*number >= 0x80)
    number++;
  return g_strdup(number);
}

static void
add_approval(GString *document, const char *approval_no)
{
  g_autofree char *number = short_approval(approval_no);
  gsize length = strcspn(number, " ");
  if (length >= APPROVAL_MIN)
    add_token(document, APPROVED, number, length);
}

static void
add_tails(GString *document, const char *barcodes)
{
  for (const char *at = barcodes; (at = strchr(at, '"'));) {
    gsize n = strspn(++at, DIGITS);
    if (n < TAIL_MIN || at[n] != '"')
      continue;
    g_autofree char *tail = g_strreverse(g_strndup(at, n));
    add_token(document, ENDS, tail, n);
    at += n + 1;
  }
}

typedef void (*WordJob)(GString *document, const char *word, const char *end);

static void
each_word(GString *document, const char *folded, WordJob job)
{
  while (*folded) {
    const char *end = strchrnul(folded, ' ');
    job(document, folded, end);
    folded = *end ? end + 1 : end;
  }
}

char *
search_text_document(const SearchText *article)
{
  const char *names[] = {article->generic_name, article->trade_name, article->maker};
  GString *document = g_string_sized_new(512);
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *folded = search_text_fold(names[i]);
    each_word(document, folded, add_beginnings);
    each_word(document, folded, add_grams);
  }
  each_word(document, article->initials, add_initials_of);
  add_approval(document, article->approval_no);
  add_tails(document, article->barcodes);
  return g_string_free(document, FALSE);
}

void
search_question_clear(SearchQuestion *question)
{
  g_clear_pointer(&question->words, g_ptr_array_unref);
  g_clear_pointer(&question->expression, g_free);
}

/* The longest beginning that the index knows. @ret_all: it is the whole word. */
static void
ask_beginning(GString *expression, const char *word, const char *end, bool *ret_all)
{
  gsize length = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(LENGTHS); i++)
    length = MAX(length, bytes_of(word, end, LENGTHS[i]));
  g_string_append_printf(expression, "\"" BEGINS "%.*s\"", (int)length, word);
  *ret_all = length == (gsize)(end - word);
}

/* @return how many grams were asked for. */
static int
ask_grams(GString *expression, const char *word, const char *end)
{
  int n = 0;
  gsize two = bytes_of(word, end, 2);
  if (two > 2 && word + two == end) {
    g_string_append_printf(expression, "\"%s\"", word);
    return 1;
  }
  for (const char *at = word; at < end && n < GRAMS; at = g_utf8_next_char(at)) {
    gsize three = bytes_of(at, end, 3);
    if (three == 0)
      break;
    g_string_append_printf(
        expression, "%s\"%.*s\"", n == 0 ? "(" : " AND ", (int)three, at);
    n++;
  }
  if (n > 0)
    g_string_append_c(expression, ')');
  return n;
}

static bool
is_digits(const char *word)
{
  return word[strspn(word, DIGITS)] == '\0';
}

static void
ask_codes(GString *expression, const char *word)
{
  g_autofree char *number = short_approval(word);
  if (strlen(number) >= APPROVAL_MIN && strpbrk(number, DIGITS))
    g_string_append_printf(expression, " OR (\"" APPROVED "%s\" *)", number);
  if (strlen(word) >= TAIL_MIN && is_digits(word)) {
    g_autofree char *tail = g_strreverse(g_strdup(word));
    g_string_append_printf(expression, " OR (\"" ENDS "%s\" *)", tail);
  }
}

static void
ask_word(SearchQuestion *question, GString *expression, const char *word)
{
  const char *end = word + strlen(word);
  bool all = true;
  g_string_append(expression, expression->len > 0 ? " AND (" : "(");
  int n = ask_grams(expression, word, end);
  if (n == 0 || g_str_is_ascii(word)) { /* letters may be initials */
    g_string_append(expression, n > 0 ? " OR " : "");
    ask_beginning(expression, word, end, &all);
  }
  ask_codes(expression, word);
  g_string_append_c(expression, ')');
  /* Two grams may lie apart; a beginning that was cut says nothing about the rest. */
  if (n > 1 || !all)
    question->must_check = true;
}

void
search_text_ask(const char *typed, SearchQuestion *ret)
{
  *ret = (SearchQuestion){.words = g_ptr_array_new_with_free_func(g_free)};
  g_autofree char *some = g_strndup(typed ? typed : "", 1024);
  g_autofree char *folded = search_text_fold(some);
  g_auto(GStrv) words = g_strsplit(folded, " ", SEARCH_TEXT_WORDS + 1);
  g_autoptr(GString) expression = g_string_new(NULL);
  for (guint i = 0; words[i] && *words[i] && i < SEARCH_TEXT_WORDS; i++) {
    char *word =
        g_utf8_substring(words[i], 0, MIN(g_utf8_strlen(words[i], -1), SEARCH_TEXT_LONG));
    g_ptr_array_add(ret->words, word);
    ask_word(ret, expression, word);
  }
  if (expression->len > 0)
    ret->expression = g_strdup(expression->str);
}

/* As it stands, mostly; folding costs more than all the rest. */
static bool
is_in_text(const char *text, const char *word)
{
  if (strstr(text, word))
    return true;
  g_autofree char *folded = search_text_fold(text);
  return strstr(folded, word) != NULL;
}

static bool
is_in_codes(const SearchText *article, const char *word)
{
  g_autofree char *quoted = g_strconcat(word, "\"", NULL);
  if (is_digits(word) && strstr(article->barcodes, quoted))
    return true;
  g_autofree char *number = short_approval(article->approval_no);
  g_autofree char *asked = short_approval(word);
  return *asked && g_str_has_prefix(number, asked);
}

static bool
has_the_word(const SearchText *article, const char *word)
{
  return strstr(article->initials, word) || is_in_text(article->generic_name, word) ||
         is_in_text(article->trade_name, word) || is_in_text(article->maker, word) ||
         is_in_codes(article, word);
}

bool
search_text_is_in(const SearchQuestion *question, const SearchText *article)
{
  for (guint i = 0; i < question->words->len; i++)
    if (!has_the_word(article, question->words->pdata[i]))
      return false;
  return true;
}
