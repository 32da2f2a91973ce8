#include "db/article_row.h"

#include <string.h>

#include "app/domain/barcode.h"
#include "db/query.h"

/* What the index and the codes depend on; the rest goes from JSON into the row untouched.
 */
typedef struct {
  int64_t id, rank, place, version;
  bool active;
  char *code, *generic_name, *trade_name, *maker, *approval_no; /* owned */
  char *barcodes;                                               /* owned; JSON */
  char *initials;                                               /* owned */
} ArticleRow;

static void
article_row_clear(ArticleRow *row)
{
  g_free(row->code);
  g_free(row->generic_name);
  g_free(row->trade_name);
  g_free(row->maker);
  g_free(row->approval_no);
  g_free(row->barcodes);
  g_free(row->initials);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ArticleRow, article_row_clear)

static void
read_row(Query *q, ArticleRow *ret)
{
  ret->id = query_get_int(q, 0);
  ret->rank = query_get_int(q, 1);
  ret->active = query_get_int(q, 2) != 0;
  ret->code = query_get_text(q, 3);
  ret->generic_name = query_get_text(q, 4);
  ret->trade_name = query_get_text(q, 5);
  ret->maker = query_get_text(q, 6);
  ret->approval_no = query_get_text(q, 7);
  ret->barcodes = query_get_text(q, 8);
}

static GPtrArray *
read_mnemonics(Db *catalogue, const char *json)
{
  GPtrArray *mnemonics = g_ptr_array_new_with_free_func(g_free);
  if (!json || strcmp(json, "[]") == 0)
    return mnemonics;
  g_auto(Query) q =
      query(catalogue, "SELECT atom FROM json_each(:json) WHERE atom IS NOT NULL");
  query_bind_text(&q, ":json", json);
  while (query_next(&q))
    g_ptr_array_add(mnemonics, query_get_text(&q, 0));
  return mnemonics;
}

static bool
read_body(Db *catalogue, const char *body, ArticleRow *ret, GError **error)
{
  g_autofree char *json = NULL;
  {
    g_auto(Query) q = query(
        catalogue,
        "SELECT :body ->> 'id', coalesce(:body ->> 'rank', 0),"
        "       coalesce(:body ->> 'active', 1), :body ->> 'code',"
        "       :body ->> 'generic_name', coalesce(:body ->> 'trade_name', ''),"
        "       coalesce(:body ->> 'maker', ''), coalesce(:body ->> 'approval_no', ''),"
        "       coalesce(:body -> 'barcodes', '[]'), :body -> 'mnemonics'");
    query_bind_text(&q, ":body", body);
    if (query_next(&q)) {
      read_row(&q, ret);
      json = query_get_text(&q, 9);
    }
    if (!query_done(&q, error))
      return false;
  }
  if (ret->id <= 0 || !ret->code || !ret->generic_name) {
    g_set_error(error, DB_ERROR, DB_ERROR_REFUSED, "an article without id, code or name");
    return false;
  }
  g_autoptr(GPtrArray) mnemonics = read_mnemonics(catalogue, json);
  ret->initials = search_text_initials(ret->generic_name, ret->trade_name, mnemonics);
  return true;
}

/* ret->id == 0: not here yet. */
static bool
read_old(Db *catalogue, int64_t id, ArticleRow *ret, GError **error)
{
  g_auto(Query) q =
      query(catalogue,
            "SELECT id, rank, active, code, generic_name, trade_name, maker, approval_no,"
            "       barcodes, initials, place, ver FROM article WHERE id = :id");
  query_bind_int(&q, ":id", id);
  if (query_next(&q)) {
    read_row(&q, ret);
    ret->initials = query_get_text(&q, 9);
    ret->place = query_get_int(&q, 10);
    ret->version = query_get_int(&q, 11);
  }
  return query_done(&q, error);
}

static bool
is_stocked(Db *catalogue, int64_t id, bool *ret, GError **error)
{
  g_auto(Query) q = query(catalogue, "SELECT 1 FROM stocked WHERE product = :id");
  query_bind_int(&q, ":id", id);
  *ret = query_next(&q);
  return query_done(&q, error);
}

static SearchText
text_of(const ArticleRow *row)
{
  return (SearchText){.generic_name = row->generic_name,
                      .trade_name = row->trade_name,
                      .maker = row->maker,
                      .initials = row->initials,
                      .approval_no = row->approval_no,
                      .barcodes = row->barcodes};
}

/* What is no longer sold is found by its code only. */
static bool
is_indexed_alike(const ArticleRow *a, const ArticleRow *b)
{
  return a->place == b->place && a->active == b->active &&
         strcmp(a->initials, b->initials) == 0 &&
         strcmp(a->generic_name, b->generic_name) == 0 &&
         strcmp(a->trade_name, b->trade_name) == 0 && strcmp(a->maker, b->maker) == 0 &&
         strcmp(a->approval_no, b->approval_no) == 0 &&
         strcmp(a->barcodes, b->barcodes) == 0;
}

static void
reindex(const ArticleRow *old, const ArticleRow *row, SearchBatch *batch)
{
  SearchText before = text_of(old), after = text_of(row);
  if (old->id != 0 && is_indexed_alike(old, row))
    return;
  if (old->id != 0 && old->active)
    search_batch_remove(batch, old->place, &before);
  if (row->active)
    search_batch_add(batch, row->place, &after);
}

static bool
choose_place(Db *catalogue, const ArticleRow *old, ArticleRow *row, GError **error)
{
  bool stocked = false;
  if (!is_stocked(catalogue, row->id, &stocked, error))
    return false;
  row->place = old->place;
  return (old->id != 0 && search_index_fits(old->place, row->rank, stocked)) ||
         search_index_new_place(
             catalogue, row->id, row->rank, stocked, &row->place, error);
}

static bool
write_row(Db *catalogue, const char *body, const ArticleRow *row, GError **error)
{
  g_auto(Query) q = query(
      catalogue,
      "INSERT INTO article (id, place, code, rank, generic_name, trade_name, spec, form,"
      "  maker, approval_no, origin, legal_class, special, storage, measure, near_days,"
      "  tax_bp, insured, trace_required, active, ver, units, barcodes, initials)"
      " VALUES (:id, :place, :body ->> 'code', :rank, :body ->> 'generic_name',"
      "  coalesce(:body ->> 'trade_name', ''), coalesce(:body ->> 'spec', ''),"
      "  coalesce(:body ->> 'form', ''), coalesce(:body ->> 'maker', ''),"
      "  coalesce(:body ->> 'approval_no', ''), coalesce(:body ->> 'origin', ''),"
      "  coalesce(:body ->> 'class', 0), coalesce(:body ->> 'special', 0),"
      "  coalesce(:body ->> 'storage', 0), coalesce(:body ->> 'measure', 0),"
      "  coalesce(:body ->> 'near_days', 0), coalesce(:body ->> 'tax_bp', 0),"
      "  coalesce(:body ->> 'insured', 0), coalesce(:body ->> 'trace_required', 0),"
      "  :active, :ver, coalesce(:body -> 'units', '[]'), :barcodes, :initials)"
      " ON CONFLICT (id) DO UPDATE SET place = excluded.place, code = excluded.code,"
      "  rank = excluded.rank, generic_name = excluded.generic_name,"
      "  trade_name = excluded.trade_name, spec = excluded.spec, form = excluded.form,"
      "  maker = excluded.maker, approval_no = excluded.approval_no,"
      "  origin = excluded.origin, legal_class = excluded.legal_class,"
      "  special = excluded.special, storage = excluded.storage,"
      "  measure = excluded.measure, near_days = excluded.near_days,"
      "  tax_bp = excluded.tax_bp, insured = excluded.insured,"
      "  trace_required = excluded.trace_required, active = excluded.active,"
      "  ver = excluded.ver, units = excluded.units, barcodes = excluded.barcodes,"
      "  initials = excluded.initials");
  query_bind_text(&q, ":body", body);
  query_bind_int(&q, ":id", row->id);
  query_bind_int(&q, ":place", row->place);
  query_bind_int(&q, ":rank", row->rank);
  query_bind_int(&q, ":active", row->active);
  query_bind_int(&q, ":ver", row->version);
  query_bind_text(&q, ":barcodes", row->barcodes);
  query_bind_text(&q, ":initials", row->initials);
  query_run(&q);
  return query_done(&q, error);
}

typedef bool (*CodeJob)(
    Db *catalogue, int64_t product, const char *code, const char *unit, GError **error);

static bool
add_code(
    Db *catalogue, int64_t product, const char *code, const char *unit, GError **error)
{
  g_auto(Query) q = query(catalogue,
                          "INSERT INTO code (code, product, unit)"
                          " VALUES (:code, :product, :unit) ON CONFLICT DO NOTHING");
  query_bind_text(&q, ":code", code);
  query_bind_int(&q, ":product", product);
  query_bind_text(&q, ":unit", unit);
  query_run(&q);
  return query_done(&q, error);
}

static bool
drop_code(
    Db *catalogue, int64_t product, const char *code, const char *unit, GError **error)
{
  g_auto(Query) q = query(catalogue,
                          "DELETE FROM code"
                          " WHERE code = :code AND product = :product AND unit = :unit");
  query_bind_text(&q, ":code", code);
  query_bind_int(&q, ":product", product);
  query_bind_text(&q, ":unit", unit);
  query_run(&q);
  return query_done(&q, error);
}

/* A barcode with a wrong check digit is looked up as it is printed; there are such. */
static bool
each_code(Db *catalogue, const ArticleRow *row, CodeJob job, GError **error)
{
  bool going = job(catalogue, row->id, row->code, "", error);
  g_auto(Query) q = query(catalogue,
                          "SELECT value ->> 'code', coalesce(value ->> 'unit', ''),"
                          "       coalesce(value ->> 'kind', '') FROM json_each(:json)");
  query_bind_text(&q, ":json", row->barcodes);
  while (going && query_next(&q)) {
    const char *printed = query_peek_text(&q, 0), *unit = query_peek_text(&q, 1);
    bool is_trade = strcmp(query_peek_text(&q, 2), "std") != 0;
    char gtin[15];
    bool is_gtin = is_trade && barcode_to_gtin14(printed, gtin);
    going = !*printed || job(catalogue, row->id, is_gtin ? gtin : printed, unit, error);
  }
  return going && query_done(&q, error);
}

static bool
recode(Db *catalogue, const ArticleRow *old, const ArticleRow *row, GError **error)
{
  if (old->id != 0 && strcmp(old->code, row->code) == 0 &&
      strcmp(old->barcodes, row->barcodes) == 0)
    return true;
  return (old->id == 0 || each_code(catalogue, old, drop_code, error)) &&
         each_code(catalogue, row, add_code, error);
}

bool
article_row_put(
    Db *catalogue, const char *body, int64_t version, SearchBatch *batch, GError **error)
{
  g_auto(ArticleRow) row = {.version = version}, old = {0};
  if (!read_body(catalogue, body, &row, error) ||
      !read_old(catalogue, row.id, &old, error))
    return false;
  if (old.id != 0 && old.version >= version)
    return true;
  if (!choose_place(catalogue, &old, &row, error) ||
      !write_row(catalogue, body, &row, error) || !recode(catalogue, &old, &row, error))
    return false;
  reindex(&old, &row, batch);
  return true;
}

bool
article_row_retire(
    Db *catalogue, int64_t id, int64_t version, SearchBatch *batch, GError **error)
{
  g_auto(ArticleRow) old = {0};
  if (!read_old(catalogue, id, &old, error))
    return false;
  if (old.id == 0 || old.version >= version)
    return true;
  SearchText text = text_of(&old);
  if (old.active)
    search_batch_remove(batch, old.place, &text);
  g_auto(Query) q =
      query(catalogue, "UPDATE article SET active = 0, ver = :ver WHERE id = :id");
  query_bind_int(&q, ":id", id);
  query_bind_int(&q, ":ver", version);
  query_run(&q);
  return query_done(&q, error);
}

/* *@ret_changed: it was not told before. */
static bool
note_stocked(Db *catalogue, int64_t id, bool stocked, bool *ret_changed, GError **error)
{
  if (!stocked) {
    g_auto(Query) q = query(catalogue, "DELETE FROM stocked WHERE product = :id");
    query_bind_int(&q, ":id", id);
    query_run(&q);
    *ret_changed = query_changes(&q) > 0;
    return query_done(&q, error);
  }
  g_auto(Query) q = query(
      catalogue, "INSERT INTO stocked (product) VALUES (:id) ON CONFLICT DO NOTHING");
  query_bind_int(&q, ":id", id);
  query_run(&q);
  *ret_changed = query_changes(&q) > 0;
  return query_done(&q, error);
}

static bool
move(Db *catalogue, int64_t id, int64_t place, GError **error)
{
  g_auto(Query) q = query(catalogue, "UPDATE article SET place = :place WHERE id = :id");
  query_bind_int(&q, ":id", id);
  query_bind_int(&q, ":place", place);
  query_run(&q);
  return query_done(&q, error);
}

bool
article_row_restock(
    Db *catalogue, int64_t id, bool stocked, SearchBatch *batch, GError **error)
{
  bool changed = false;
  g_auto(ArticleRow) old = {0};
  if (!note_stocked(catalogue, id, stocked, &changed, error) ||
      (changed && !read_old(catalogue, id, &old, error)))
    return false;
  if (old.id == 0)
    return true;
  int64_t place = 0;
  SearchText text = text_of(&old);
  if (!search_index_new_place(catalogue, id, old.rank, stocked, &place, error) ||
      !move(catalogue, id, place, error))
    return false;
  if (old.active) {
    search_batch_remove(batch, old.place, &text);
    search_batch_add(batch, place, &text);
  }
  return true;
}
