#include "db/sale_store.h"

#include <string.h>

#include "db/audit_log.h"
#include "db/line_row.h"
#include "db/outbox.h"
#include "db/print_store.h"
#include "db/query.h"

/* Where the next sale goes. */
typedef struct {
  int64_t device;
  int epoch;
  int64_t id;   /* of the sale */
  int64_t seq;  /* of its event */
  char *number; /* owned */
} Slot;

static void
slot_clear(Slot *slot)
{
  g_free(slot->number);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Slot, slot_clear)

static bool
find_slot(Db *store, Slot *ret, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT device_id, epoch, store_code, till_code,"
            "       (SELECT max(id) FROM sale"
            "         WHERE id BETWEEN i.epoch << 32 AND i.epoch << 32 | 4294967295),"
            "       (SELECT max(id) FROM outbox"
            "         WHERE id BETWEEN i.epoch << 32 AND i.epoch << 32 | 4294967295)"
            "  FROM identity i WHERE one = 1");
  if (query_next(&q)) {
    int64_t serial = (query_get_int(&q, 4) & G_MAXUINT32) + 1;
    ret->device = query_get_int(&q, 0);
    ret->epoch = (int)query_get_int(&q, 1);
    ret->id = ((int64_t)ret->epoch << 32) + serial;
    ret->seq = (query_get_int(&q, 5) & G_MAXUINT32) + 1;
    ret->number = g_strdup_printf("%s-%s-e%d-%06" G_GINT64_FORMAT,
                                  query_peek_text(&q, 2),
                                  query_peek_text(&q, 3),
                                  ret->epoch,
                                  serial);
  }
  if (!query_done(&q, error))
    return false;
  if (!ret->number)
    g_set_error(error, DB_ERROR, DB_ERROR_REFUSED, "this till is not enrolled");
  return ret->number != NULL;
}

static bool
insert_sale(Db *store, const Slot *slot, const SaleCommit *commit, GError **error)
{
  SaleTotals totals = sale_totals(commit->sale, commit->round_step);
  g_auto(Query) q = query(
      store,
      "INSERT INTO sale (id, uid, seq, number, sold_us, business_date, shift, staff,"
      "                  gross, discount, rounding, due, tax, round_step, begun_us)"
      " VALUES (:id, :uid, :seq, :number, :sold, :date, :shift, :staff,"
      "         :gross, :discount, :rounding, :due, :tax, :step, :begun)");
  query_bind_int(&q, ":id", slot->id);
  query_bind_text(&q, ":uid", commit->sale->uid);
  query_bind_int(&q, ":seq", slot->seq);
  query_bind_text(&q, ":number", slot->number);
  query_bind_int(&q, ":sold", commit->now_us);
  query_bind_int(&q, ":date", commit->business_date);
  query_bind_int(&q, ":shift", commit->shift_id);
  query_bind_word(&q, ":staff", commit->staff_number);
  query_bind_int(&q, ":gross", totals.gross);
  query_bind_int(&q, ":discount", totals.discount);
  query_bind_int(&q, ":rounding", totals.rounding);
  query_bind_int(&q, ":due", totals.due);
  query_bind_int(&q, ":tax", totals.tax);
  query_bind_int(&q, ":step", commit->round_step);
  query_bind_int(&q, ":begun", commit->sale->begun_us);
  query_run(&q);
  return query_done(&q, error);
}

static bool
insert_lines(Db *store, int64_t sale_id, const Sale *sale, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO sale_line (sale, n, net, tax, " LINE_ROW_COLUMNS ")"
            " VALUES (:sale, :n, :net, :tax, " LINE_ROW_PARAMETERS ")");
  query_bind_int(&q, ":sale", sale_id);
  for (guint i = 0; i < sale->lines->len; i++) {
    const SaleLine *line = sale->lines->pdata[i];
    line_row_bind(&q, line);
    query_bind_int(&q, ":n", i + 1);
    query_bind_int(&q, ":net", sale_line_net(line));
    query_bind_int(&q, ":tax", sale_line_tax(line));
    /* what was really taken off: the sale cuts a discount above the line's worth */
    query_bind_int(&q, ":discount", sale_line_gross(line) - sale_line_net(line));
    query_run(&q);
  }
  return query_done(&q, error);
}

static bool
insert_tenders(Db *store, int64_t sale_id, const Payment *payment, GError **error)
{
  g_auto(Query) q = query(store,
                          "INSERT INTO tender (sale, n, kind, amount, given, reference)"
                          " VALUES (:sale, :n, :kind, :amount, :given, :reference)");
  query_bind_int(&q, ":sale", sale_id);
  for (guint i = 0; i < payment->tenders->len; i++) {
    const Tender *tender = payment->tenders->pdata[i];
    query_bind_int(&q, ":n", i + 1);
    query_bind_int(&q, ":kind", tender->kind);
    query_bind_int(&q, ":amount", tender->amount);
    query_bind_int(&q, ":given", tender->given);
    query_bind_word(&q, ":reference", tender->reference);
    query_run(&q);
  }
  return query_done(&q, error);
}

/* A lot that was scanned but that nobody told this store about is on file from now on. */
static bool
keep_new_lots(Db *store, const Sale *sale, GError **error)
{
  for (guint i = 0; i < sale->lines->len; i++) {
    const SaleLine *line = sale->lines->pdata[i];
    if (!line->lot || line->lot->id != 0 || line->deleted)
      continue;
    g_auto(Query) q = query(store,
                            "INSERT INTO lot (product, lot_no, expiry, state)"
                            " VALUES (:product, :lot_no, :expiry, :state)"
                            " ON CONFLICT DO NOTHING");
    query_bind_int(&q, ":product", line->product->id);
    query_bind_word(&q, ":lot_no", line->lot->lot_no);
    query_bind_int(&q, ":expiry", line->lot->expiry);
    query_bind_int(&q, ":state", line->lot->state);
    query_run(&q);
    if (!query_done(&q, error))
      return false;
  }
  return true;
}

/* From the very rows that were just written, so that the two cannot differ. */
static bool
move_stock(Db *store, const Slot *slot, int64_t now_us, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO movement (device, epoch, seq, n, at_us, product, lot_no, expiry,"
            "                      location, qty, kind, doc)"
            " SELECT :device, :epoch, :seq, n, :now, product, lot_no, expiry,"
            "        location, -qty, 'sale', :number"
            "   FROM sale_line WHERE sale = :sale AND deleted = 0");
  query_bind_int(&q, ":device", slot->device);
  query_bind_int(&q, ":epoch", slot->epoch);
  query_bind_int(&q, ":seq", slot->seq);
  query_bind_int(&q, ":now", now_us);
  query_bind_text(&q, ":number", slot->number);
  query_bind_int(&q, ":sale", slot->id);
  query_run(&q);
  return query_done(&q, error);
}

static bool
count_stock(Db *store, const Slot *slot, GError **error)
{
  g_auto(Query) q = query(store,
                          "INSERT INTO balance (product, lot_no, location, qty)"
                          " SELECT product, lot_no, location, qty FROM movement"
                          "  WHERE device = :device AND epoch = :epoch AND seq = :seq"
                          " ON CONFLICT (product, lot_no, location)"
                          " DO UPDATE SET qty = qty + excluded.qty");
  query_bind_int(&q, ":device", slot->device);
  query_bind_int(&q, ":epoch", slot->epoch);
  query_bind_int(&q, ":seq", slot->seq);
  query_run(&q);
  return query_done(&q, error);
}

char *
sale_store_body(Db *store, int64_t id, GError **error)
{
  g_autofree char *body = NULL;
  g_auto(Query) q = query(
      store,
      "SELECT json_object('uid', s.uid, 'number', s.number, 'at', s.sold_us,"
      "  'biz_date', s.business_date,"
      "  'shift', coalesce((SELECT number FROM shift WHERE id = s.shift), s.shift),"
      "  'staff', s.staff, 'gross', s.gross, 'discount', s.discount,"
      "  'rounding', s.rounding, 'due', s.due, 'tax', s.tax, 'lines',"
      "  (SELECT json_group_array(json_object('n', n, 'product', product,"
      "     'name', generic_name, 'unit', unit, 'unit_base', unit_base, 'qty', qty,"
      "     'price', price, 'price_source', price_source, 'discount', discount,"
      "     'net', net, 'tax', tax, 'lot', lot_no, 'expiry', expiry,"
      "     'approver', approver))"
      "     FROM sale_line WHERE sale = s.id AND deleted = 0), 'tenders',"
      "  (SELECT json_group_array(json_object('kind', kind, 'amount', amount,"
      "     'given', given, 'reference', reference))"
      "     FROM tender WHERE sale = s.id), 'movements',"
      "  (SELECT json_group_array(json_object('n', n, 'product', product, 'lot', lot_no,"
      "     'expiry', expiry, 'location', location, 'qty', qty, 'kind', kind))"
      "     FROM movement"
      "    WHERE device = e.device AND epoch = e.epoch AND seq = s.seq))"
      "  FROM sale s JOIN epoch e ON e.epoch = s.id >> 32 WHERE s.id = :id");
  query_bind_int(&q, ":id", id);
  if (query_next(&q))
    body = query_get_text(&q, 0);
  if (!query_done(&q, error))
    return NULL;
  if (!body)
    g_set_error(error, DB_ERROR, DB_ERROR_OTHER, "no such sale");
  return g_steal_pointer(&body);
}

/* What keeps the deleted lines provable too, which the event does not carry. */
static bool
put_on_record(Db *store, const Slot *slot, const SaleCommit *commit, GError **error)
{
  SaleTotals totals = sale_totals(commit->sale, commit->round_step);
  g_autofree char *detail =
      g_strdup_printf("due %" G_GINT64_FORMAT ", lines %d, deleted %d",
                      totals.due,
                      totals.lines,
                      (int)commit->sale->lines->len - totals.lines);
  return audit_log_add(
      store, commit->staff_number, "sale", slot->number, detail, commit->now_us, error);
}

static bool
tell_central(Db *store, const Slot *slot, int64_t now_us, GError **error)
{
  g_autofree char *body = sale_store_body(store, slot->id, error);
  int64_t seq = 0;
  if (!body || !outbox_add(store, "sale", body, now_us, &seq, error))
    return false;
  g_assert(seq == slot->seq);
  return true;
}

static bool
is_sound(const SaleCommit *commit, GError **error)
{
  Money due = sale_totals(commit->sale, commit->round_step).due;
  bool fits = commit->payment->due == due && payment_is_complete(commit->payment);
  if (sale_is_empty(commit->sale))
    g_set_error(error, DB_ERROR, DB_ERROR_REFUSED, "nothing is sold");
  else if (!fits)
    g_set_error(error, DB_ERROR, DB_ERROR_REFUSED, "the payment does not fit the sale");
  else
    return true;
  return false;
}

static bool
queue_paper(Db *store, const Slot *slot, const SaleCommit *commit, GError **error)
{
  bool queued = !commit->receipt_kind ||
                print_store_add(
                    store, commit->receipt_kind, slot->number, 0, commit->now_us, error);
  for (guint i = 0; queued && commit->label_lines && i < commit->label_lines->len; i++) {
    g_autofree char *line = g_strdup_printf(
        "%s#%d", slot->number, g_array_index(commit->label_lines, int, i) + 1);
    queued = print_store_add(store, "label-loose", line, 0, commit->now_us, error);
  }
  return queued;
}

bool
sale_store_commit(Db *store, const SaleCommit *commit, char **ret_number, GError **error)
{
  if (!is_sound(commit, error))
    return false;
  g_auto(Slot) slot = {0};
  g_autoptr(DbWork) work = db_begin(store, error);
  if (!work || !find_slot(store, &slot, error) ||
      !insert_sale(store, &slot, commit, error) ||
      !insert_lines(store, slot.id, commit->sale, error) ||
      !insert_tenders(store, slot.id, commit->payment, error) ||
      !keep_new_lots(store, commit->sale, error) ||
      !move_stock(store, &slot, commit->now_us, error) ||
      !count_stock(store, &slot, error))
    return false;
  if (!queue_paper(store, &slot, commit, error) ||
      !put_on_record(store, &slot, commit, error) ||
      !tell_central(store, &slot, commit->now_us, error) || !db_commit(work, error))
    return false;
  *ret_number = g_steal_pointer(&slot.number);
  return true;
}

void
kept_sale_free(KeptSale *kept)
{
  if (!kept)
    return;
  g_free(kept->number);
  g_free(kept->uid);
  g_free(kept->staff_number);
  sale_free(kept->sale);
  payment_free(kept->payment);
  g_free(kept);
}

static bool
read_lines(Db *store, int64_t id, Sale *sale, GError **error)
{
  g_auto(Query) q = query(store,
                          "SELECT " LINE_ROW_COLUMNS " FROM sale_line"
                          " WHERE sale = :sale ORDER BY n");
  query_bind_int(&q, ":sale", id);
  while (query_next(&q)) {
    SaleLine *line = line_row_read(&q);
    ProductUnit *unit = product_add_unit(line->product, line->unit_name, line->unit_base);
    unit->price = line->price;
    unit->has_price = true;
    unit->price_source = g_strdup(line->price_source);
    g_ptr_array_add(sale->lines, line); /* sale_add() would join lines that were apart */
  }
  return query_done(&q, error);
}

static bool
read_tenders(Db *store, int64_t id, Payment *payment, GError **error)
{
  g_auto(Query) q = query(store,
                          "SELECT kind, amount, given, reference FROM tender"
                          " WHERE sale = :sale ORDER BY n");
  query_bind_int(&q, ":sale", id);
  while (query_next(&q)) {
    Tender *tender = g_new0(Tender, 1);
    tender->kind = (TenderKind)query_get_int(&q, 0);
    tender->amount = query_get_int(&q, 1);
    tender->given = query_get_int(&q, 2);
    tender->reference = query_get_text(&q, 3);
    g_ptr_array_add(payment->tenders, tender);
  }
  return query_done(&q, error);
}

static bool
read_sale(Db *store, int64_t id, KeptSale **ret, GError **error)
{
  KeptSale *kept = NULL;
  g_auto(Query) q =
      query(store,
            "SELECT number, uid, sold_us, staff, round_step, begun_us, due FROM sale"
            " WHERE id = :id");
  query_bind_int(&q, ":id", id);
  if (query_next(&q)) {
    kept = g_new0(KeptSale, 1);
    kept->number = query_get_text(&q, 0);
    kept->uid = query_get_text(&q, 1);
    kept->sold_us = query_get_int(&q, 2);
    kept->staff_number = query_get_text(&q, 3);
    kept->round_step = query_get_int(&q, 4);
    kept->sale = sale_new(kept->uid, query_get_int(&q, 5));
    kept->payment = payment_new(query_get_int(&q, 6));
  }
  bool done = query_done(&q, error) &&
              (!kept || read_lines(store, id, kept->sale, error)) &&
              (!kept || read_tenders(store, id, kept->payment, error));
  if (done)
    *ret = kept;
  else
    kept_sale_free(kept);
  return done;
}

/* "0123-03-e1-000457" → epoch << 32 | 457; 0 when it is no receipt number. */
static int64_t
id_of_number(const char *number)
{
  const char *dash = strrchr(number, '-');
  g_autofree char *head = dash ? g_strndup(number, (gsize)(dash - number)) : NULL;
  const char *mark = head ? strrchr(head, '-') : NULL;
  guint64 epoch = 0, serial = 0;
  if (!mark || mark[1] != 'e' ||
      !g_ascii_string_to_unsigned(mark + 2, 10, 1, 65535, &epoch, NULL) ||
      !g_ascii_string_to_unsigned(dash + 1, 10, 1, G_MAXUINT32, &serial, NULL))
    return 0;
  return (int64_t)(epoch << 32 | serial);
}

bool
sale_store_find(Db *store, const char *number, KeptSale **ret, GError **error)
{
  KeptSale *kept = NULL;
  if (!read_sale(store, id_of_number(number), &kept, error))
    return false;
  if (kept && strcmp(kept->number, number) != 0)
    g_clear_pointer(&kept, kept_sale_free);
  *ret = kept;
  return true;
}

bool
sale_store_last(Db *store, KeptSale **ret, GError **error)
{
  g_auto(Query) q = query(store, "SELECT max(id) FROM sale");
  int64_t id = query_next(&q) ? query_get_int(&q, 0) : 0;
  return query_done(&q, error) && read_sale(store, id, ret, error);
}
