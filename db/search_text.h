/* search_text: the words that an article is found by, and what was typed as a question
 * for the full-text index. Pure; both sides must fold alike, so both are here.
 *
 * A document of the index is a list of tokens, one posting each (the index keeps no
 * places):
 *   莫西 莫西林    neighbours: for characters anywhere in a name; not two of ASCII
 *   ‹阿 ‹pa        what a word begins with, as far as neighbours do not say it
 *   ‹a … ‹amxljn   what the initials begin with, for 1 … 6, 8 and 12 letters
 *   ›2987654321096 a trade code backwards: for its last digits
 *   §h20013062     an approval number without the authority's name
 * A keystroke thus asks for one token, whose postings lie in order of popularity. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define SEARCH_TEXT_WORDS 6  /* more words that were typed are left out */
#define SEARCH_TEXT_LONG  32 /* characters of a typed word; the rest is left out */

/* Lower case, full-width and accented forms as plain ones, one blank for everything
 * between letters and digits, none at the ends (transfer full). @text: any bytes. */
char *search_text_fold(const char *text);

/* The initials of both names and @mnemonics (nullable, of char *), each once, with blanks
 * between (transfer full). A name that is Latin anyway has none of its own. */
char *search_text_initials(const char *generic_name,
                           const char *trade_name,
                           const GPtrArray *mnemonics);

typedef struct {
  const char *generic_name, *trade_name, *maker;
  const char *initials; /* from search_text_initials() */
  const char *approval_no;
  const char *barcodes; /* JSON; whatever stands in it as digits in quotes */
} SearchText;

/* The document (transfer full). */
char *search_text_document(const SearchText *article);

/* What was typed, taken apart. */
typedef struct {
  GPtrArray *words; /* owned; of char *, folded */
  char *expression; /* owned (nullable): for MATCH; NULL: nothing to look for */
  bool must_check;  /* the index answers too much: see search_text_is_in() */
} SearchQuestion;

void search_text_ask(const char *typed, SearchQuestion *ret);
void search_question_clear(SearchQuestion *question);

/* Whether all words are really in @article. */
bool search_text_is_in(const SearchQuestion *question, const SearchText *article);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SearchQuestion, search_question_clear)
