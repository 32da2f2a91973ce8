#include "db/search_index.h"

#include <string.h>

#include "app/domain/barcode.h"
#include "db/query.h"

/* A place: 2 bits (not at hand, rank unknown), then rank and one of SLOTS, or the id. */
#define BAND_SHIFT  56
#define BAND(place) ((place) >> BAND_SHIFT)
#define SLOT_BITS   2
#define SLOTS       (1 << SLOT_BITS)
#define MOST_RANKS  64 /* looked at for a free slot */
#define NOT_AT_HAND 2
#define NO_RANK     1
#define ALL_PLACES  G_MAXINT64
#define AT_HAND_END ((int64_t)NOT_AT_HAND << BAND_SHIFT) /* the first that is not */

#define CANDIDATES 400 /* looked at for one question that must be checked */
#define CODES      200 /* codes looked at */
#define CODE_MIN   4   /* characters of a code, at least, to look for its parts */

static int64_t
band_of(int64_t rank, bool stocked)
{
  return (stocked ? 0 : NOT_AT_HAND) + (rank > 0 ? 0 : NO_RANK);
}

static bool
last_place(Db *catalogue, int64_t from, int64_t to, int64_t *ret_last, GError **error)
{
  g_auto(Query) q = query(
      catalogue, "SELECT max(place) FROM article WHERE place >= :from AND place < :to");
  query_bind_int(&q, ":from", from);
  query_bind_int(&q, ":to", to);
  *ret_last = query_next(&q) && !query_is_null(&q, 0) ? query_get_int(&q, 0) : from - 1;
  return query_done(&q, error);
}

bool
search_index_new_place(Db *catalogue,
                       int64_t id,
                       int64_t rank,
                       bool stocked,
                       int64_t *ret_place,
                       GError **error)
{
  int64_t band = band_of(rank, stocked) << BAND_SHIFT;
  int64_t from = band + (rank << SLOT_BITS), last = 0;
  /* Central gives each rank once. Should many share one, some stand a little lower, and
   * when they are very many, among those without a rank. */
  for (int i = 0; rank > 0 && i < MOST_RANKS; i++, from += SLOTS) {
    if (!last_place(catalogue, from, from + SLOTS, &last, error))
      return false;
    if (last + 1 < from + SLOTS) {
      *ret_place = last + 1;
      return true;
    }
  }
  *ret_place = (band_of(0, stocked) << BAND_SHIFT) + id;
  return true;
}

bool
search_index_fits(int64_t place, int64_t rank, bool stocked)
{
  if (BAND(place) != band_of(rank, stocked))
    return false;
  int64_t stands = (place & (((int64_t)1 << BAND_SHIFT) - 1)) >> SLOT_BITS;
  return rank <= 0 || ABS(rank - stands) * 10 <= stands;
}

typedef struct {
  int64_t place;
  char *document; /* owned */
  bool removed;
} Entry;

struct SearchBatch {
  GArray *entries; /* of Entry */
};

static void
entry_clear(gpointer entry)
{
  g_free(((Entry *)entry)->document);
}

SearchBatch *
search_batch_new(void)
{
  SearchBatch *batch = g_new0(SearchBatch, 1);
  batch->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  g_array_set_clear_func(batch->entries, entry_clear);
  return batch;
}

void
search_batch_free(SearchBatch *batch)
{
  if (!batch)
    return;
  g_array_unref(batch->entries);
  g_free(batch);
}

void
search_batch_add(SearchBatch *batch, int64_t place, const SearchText *article)
{
  Entry entry = {.place = place, .document = search_text_document(article)};
  g_array_append_val(batch->entries, entry);
}

void
search_batch_remove(SearchBatch *batch, int64_t place, const SearchText *article)
{
  Entry entry = {
      .place = place, .document = search_text_document(article), .removed = true};
  g_array_append_val(batch->entries, entry);
}

static bool
write_entry(Db *catalogue, const Entry *entry, GError **error)
{
  g_auto(Query) q = entry->removed ? query(catalogue,
                                           "INSERT INTO search (search, rowid, words)"
                                           " VALUES ('delete', :place, :words)")
                                   : query(catalogue,
                                           "INSERT INTO search (rowid, words)"
                                           " VALUES (:place, :words)");
  query_bind_int(&q, ":place", entry->place);
  query_bind_text(&q, ":words", entry->document);
  query_run(&q);
  return query_done(&q, error);
}

bool
search_batch_write(SearchBatch *batch, Db *catalogue, GError **error)
{
  for (guint i = 0; i < batch->entries->len; i++)
    if (!write_entry(catalogue, &g_array_index(batch->entries, Entry, i), error))
      return false;
  g_array_set_size(batch->entries, 0);
  return true;
}

/* What was found, in order: ids, and the places to merge by. */
typedef struct {
  GArray *ids, *places; /* of int64_t */
  guint max;
} Found;

static bool
is_full(const Found *found)
{
  return found->ids->len >= found->max;
}

static void
take(Found *found, int64_t id, int64_t place)
{
  for (guint i = 0; i < found->ids->len; i++)
    if (g_array_index(found->ids, int64_t, i) == id)
      return;
  g_array_append_val(found->ids, id);
  g_array_append_val(found->places, place);
}

static Found
found_new(int max)
{
  return (Found){.ids = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                 .places = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                 .max = (guint)MAX(max, 0)};
}

static void
found_clear(Found *found)
{
  g_clear_pointer(&found->ids, g_array_unref);
  g_clear_pointer(&found->places, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Found, found_clear)

/* The index alone knows. */
static bool
find_sure(Db *catalogue,
          const SearchQuestion *question,
          int64_t from,
          int64_t to,
          Found *found,
          GError **error)
{
  g_auto(Query) q = query(catalogue,
                          "SELECT a.id, a.place FROM search s"
                          " CROSS JOIN article a ON a.place = s.rowid"
                          " WHERE s.search MATCH :question"
                          "   AND s.rowid >= :from AND s.rowid < :to ORDER BY s.rowid");
  query_bind_text(&q, ":question", question->expression);
  query_bind_int(&q, ":from", from);
  query_bind_int(&q, ":to", to);
  while (!is_full(found) && query_next(&q))
    take(found, query_get_int(&q, 0), query_get_int(&q, 1));
  return query_done(&q, error);
}

static bool
is_really_in(Query *q, const SearchQuestion *question)
{
  SearchText article = {.generic_name = query_peek_text(q, 2),
                        .trade_name = query_peek_text(q, 3),
                        .maker = query_peek_text(q, 4),
                        .initials = query_peek_text(q, 5),
                        .approval_no = query_peek_text(q, 6),
                        .barcodes = query_peek_text(q, 7)};
  return search_text_is_in(question, &article);
}

static bool
find_checked(Db *catalogue,
             const SearchQuestion *question,
             int64_t from,
             int64_t to,
             Found *found,
             GError **error)
{
  g_auto(Query) q = query(catalogue,
                          "SELECT a.id, a.place, a.generic_name, a.trade_name, a.maker,"
                          "       a.initials, a.approval_no, a.barcodes FROM search s"
                          " CROSS JOIN article a ON a.place = s.rowid"
                          " WHERE s.search MATCH :question"
                          "   AND s.rowid >= :from AND s.rowid < :to ORDER BY s.rowid");
  query_bind_text(&q, ":question", question->expression);
  query_bind_int(&q, ":from", from);
  query_bind_int(&q, ":to", to);
  for (int looked = 0; looked < CANDIDATES && !is_full(found) && query_next(&q); looked++)
    if (is_really_in(&q, question))
      take(found, query_get_int(&q, 0), query_get_int(&q, 1));
  return query_done(&q, error);
}

static bool
find_words(Db *catalogue,
           const SearchQuestion *question,
           int64_t from,
           int64_t to,
           Found *found,
           GError **error)
{
  return question->must_check ? find_checked(catalogue, question, from, to, found, error)
                              : find_sure(catalogue, question, from, to, found, error);
}

/* By rank only: at hand or not is the upper bit of the band. */
static int64_t
rank_of(int64_t place)
{
  return place & ~AT_HAND_END;
}

static bool
find_words_by_rank(Db *catalogue,
                   const SearchQuestion *question,
                   Found *found,
                   GError **error)
{
  g_auto(Found) here = found_new((int)found->max);
  g_auto(Found) other = found_new((int)found->max);
  if (!find_words(catalogue, question, 0, AT_HAND_END, &here, error) ||
      !find_words(catalogue, question, AT_HAND_END, ALL_PLACES, &other, error))
    return false;
  guint h = 0, o = 0;
  while (!is_full(found) && (h < here.ids->len || o < other.ids->len)) {
    bool from_here =
        o == other.ids->len ||
        (h < here.ids->len && rank_of(g_array_index(here.places, int64_t, h)) <
                                  rank_of(g_array_index(other.places, int64_t, o)));
    Found *next = from_here ? &here : &other;
    guint i = from_here ? h++ : o++;
    take(found,
         g_array_index(next->ids, int64_t, i),
         g_array_index(next->places, int64_t, i));
  }
  return true;
}

static bool
find_code(Db *catalogue, const char *code, Found *found, GError **error)
{
  g_auto(Query) q =
      query(catalogue,
            "SELECT DISTINCT a.id, a.place FROM code c JOIN article a ON a.id = c.product"
            " WHERE c.code = :code ORDER BY a.place LIMIT :max");
  query_bind_text(&q, ":code", code);
  query_bind_int(&q, ":max", found->max);
  while (!is_full(found) && query_next(&q))
    take(found, query_get_int(&q, 0), query_get_int(&q, 1));
  return query_done(&q, error);
}

/* The best of the first CODES article numbers that begin with @start. */
static bool
find_code_start(Db *catalogue, const char *start, Found *found, GError **error)
{
  g_auto(Query) q = query(
      catalogue,
      "SELECT DISTINCT a.id, a.place FROM"
      "  (SELECT product FROM code WHERE code >= :start AND code < :end LIMIT :codes)"
      "  c CROSS JOIN article a ON a.id = c.product ORDER BY a.place LIMIT :max"
      " /* scan: of those CODES */");
  g_autofree char *end = g_strconcat(start, "\xf4\x8f\xbf\xbf", NULL);
  query_bind_text(&q, ":start", start);
  query_bind_text(&q, ":end", end);
  query_bind_int(&q, ":codes", CODES);
  query_bind_int(&q, ":max", found->max);
  while (!is_full(found) && query_next(&q))
    take(found, query_get_int(&q, 0), query_get_int(&q, 1));
  return query_done(&q, error);
}

static bool
is_digits(const char *word)
{
  return word[strspn(word, "0123456789")] == '\0';
}

/* A whole code names its article before all others. */
static bool
find_whole_code(Db *catalogue, const char *typed, Found *found, GError **error)
{
  char gtin[15];
  return find_code(catalogue, typed, found, error) &&
         (!is_digits(typed) || !barcode_to_gtin14(typed, gtin) ||
          find_code(catalogue, gtin, found, error));
}

static bool
find_part_of_code(Db *catalogue, const char *typed, Found *found, GError **error)
{
  if (is_full(found) || strlen(typed) < CODE_MIN || !strpbrk(typed, "0123456789"))
    return true;
  return find_code_start(catalogue, typed, found, error);
}

bool
search_index_find(
    Db *catalogue, Db *store, const char *text, int max, GArray **ret_ids, GError **error)
{
  g_auto(SearchQuestion) question;
  search_text_ask(text, &question);
  g_auto(Found) found = found_new(max);
  g_autofree char *typed = g_strstrip(g_strndup(text ? text : "", SEARCH_TEXT_LONG));
  if (question.expression && max > 0) {
    if (!find_whole_code(catalogue, typed, &found, error) ||
        !(store ? find_words(catalogue, &question, 0, ALL_PLACES, &found, error)
                : find_words_by_rank(catalogue, &question, &found, error)) ||
        !find_part_of_code(catalogue, typed, &found, error))
      return false;
  }
  *ret_ids = g_steal_pointer(&found.ids);
  return true;
}
