#include "db/shift_store.h"

#include "app/domain/tender.h"
#include "db/audit_log.h"
#include "db/outbox.h"
#include "db/query.h"

void
shift_clear(Shift *shift)
{
  g_free(shift->opened_by);
  *shift = (Shift){0};
}

/* What one shift is called in the audit log: "20261122/1". */
static char *
read_text(Query *q, GError **error)
{
  g_autofree char *text = query_next(q) ? query_get_text(q, 0) : NULL;
  if (!query_done(q, error))
    return NULL;
  if (!text)
    g_set_error(error, DB_ERROR, DB_ERROR_REFUSED, "no such shift");
  return g_steal_pointer(&text);
}

static char *
name_of(Db *store, int64_t id, GError **error)
{
  g_auto(Query) q =
      query(store, "SELECT business_date || '/' || number FROM shift WHERE id = :id");
  query_bind_int(&q, ":id", id);
  return read_text(&q, error);
}

static char *
opening_body(Db *store, int64_t id, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT json_object('shift', number, 'biz_date', business_date,"
            "                   'at', opened_us, 'staff', opened_by, 'float', float_fen)"
            "  FROM shift WHERE id = :id");
  query_bind_int(&q, ":id", id);
  return read_text(&q, error);
}

static char *
closing_body(Db *store, int64_t id, const ShiftTotals *totals, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT json_object('shift', number, 'biz_date', business_date,"
            "                   'at', closed_us, 'staff', closed_by, 'float', float_fen,"
            "                   'sales', :sales, 'due', :due, 'cash', :cash,"
            "                   'discount', :discount, 'rounding', :rounding)"
            "  FROM shift WHERE id = :id");
  query_bind_int(&q, ":id", id);
  query_bind_int(&q, ":sales", totals->sales);
  query_bind_int(&q, ":due", totals->due);
  query_bind_int(&q, ":cash", totals->cash);
  query_bind_int(&q, ":discount", totals->discount);
  query_bind_int(&q, ":rounding", totals->rounding);
  return read_text(&q, error);
}

static bool
insert_shift(Db *store,
             const char *staff_number,
             Day today,
             Money float_fen,
             int64_t now_us,
             int64_t *ret_id,
             GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO shift (number, business_date, opened_us, opened_by, float_fen,"
            "                   first_sale)"
            " VALUES (1 + coalesce((SELECT max(number) FROM shift"
            "                        WHERE business_date = :today), 0),"
            "         :today, :now, :staff, :float,"
            "         1 + coalesce((SELECT max(id) FROM sale), 0))");
  query_bind_int(&q, ":today", today);
  query_bind_int(&q, ":now", now_us);
  query_bind_text(&q, ":staff", staff_number);
  query_bind_int(&q, ":float", float_fen);
  query_run(&q);
  *ret_id = query_last_id(&q);
  return query_done(&q, error);
}

/* The event and the audit row of what was just done to shift @id. */
static bool
tell(Db *store,
     const char *type,
     const char *body,
     int64_t id,
     const char *staff_number,
     int64_t now_us,
     GError **error)
{
  g_autofree char *name = body ? name_of(store, id, error) : NULL;
  return name && outbox_add(store, type, body, now_us, NULL, error) &&
         audit_log_add(store, staff_number, type, name, "", now_us, error);
}

bool
shift_store_open_one(Db *store,
                     const char *staff_number,
                     Day today,
                     Money float_fen,
                     int64_t now_us,
                     GError **error)
{
  g_autoptr(DbWork) work = db_begin(store, error);
  int64_t id = 0;
  if (!work || !insert_shift(store, staff_number, today, float_fen, now_us, &id, error))
    return false;
  g_autofree char *body = opening_body(store, id, error);
  return tell(store, "shift.open", body, id, staff_number, now_us, error) &&
         db_commit(work, error);
}

bool
shift_store_current(Db *store, Shift *ret, GError **error)
{
  Shift shift = {0};
  g_auto(Query) q =
      query(store,
            "SELECT id, number, business_date, opened_us, opened_by FROM shift"
            "  INDEXED BY shift_open WHERE closed_us IS NULL");
  if (query_next(&q)) {
    shift.id = query_get_int(&q, 0);
    shift.number = (int)query_get_int(&q, 1);
    shift.business_date = (Day)query_get_int(&q, 2);
    shift.opened_us = query_get_int(&q, 3);
    shift.opened_by = query_get_text(&q, 4);
  }
  if (!query_done(&q, error)) {
    shift_clear(&shift);
    return false;
  }
  *ret = shift;
  return true;
}

/* The sales of a shift lie between its first one and that of the next. */
#define SALES_OF_SHIFT                                                                   \
  "  FROM sale s WHERE s.shift = :shift"                                                 \
  "   AND s.id >= (SELECT first_sale FROM shift WHERE id = :shift)"                      \
  "   AND s.id < coalesce((SELECT first_sale FROM shift WHERE id > :shift"               \
  "                         ORDER BY id LIMIT 1), 9223372036854775807)"

static bool
sum_cash(Db *store, int64_t shift_id, Money *ret_cash, GError **error)
{
  g_auto(Query) q = query(store,
                          "SELECT coalesce(sum(amount), 0) FROM tender WHERE kind = :cash"
                          "   AND sale IN (SELECT s.id" SALES_OF_SHIFT ")");
  query_bind_int(&q, ":cash", TENDER_CASH);
  query_bind_int(&q, ":shift", shift_id);
  *ret_cash = query_next(&q) ? query_get_int(&q, 0) : 0;
  return query_done(&q, error);
}

bool
shift_store_totals(Db *store, int64_t shift_id, ShiftTotals *ret, GError **error)
{
  ShiftTotals totals = {0};
  g_auto(Query) q =
      query(store,
            "SELECT count(*), coalesce(sum(s.due), 0), coalesce(sum(s.discount), 0),"
            "       coalesce(sum(s.rounding), 0)" SALES_OF_SHIFT);
  query_bind_int(&q, ":shift", shift_id);
  if (query_next(&q)) {
    totals.sales = (int)query_get_int(&q, 0);
    totals.due = query_get_int(&q, 1);
    totals.discount = query_get_int(&q, 2);
    totals.rounding = query_get_int(&q, 3);
  }
  if (!query_done(&q, error) || !sum_cash(store, shift_id, &totals.cash, error))
    return false;
  *ret = totals;
  return true;
}

static bool
end_shift(
    Db *store, int64_t shift_id, const char *staff_number, int64_t now_us, GError **error)
{
  g_auto(Query) q = query(store,
                          "UPDATE shift SET closed_us = :now, closed_by = :staff"
                          " WHERE id = :id AND closed_us IS NULL");
  query_bind_int(&q, ":id", shift_id);
  query_bind_int(&q, ":now", now_us);
  query_bind_text(&q, ":staff", staff_number);
  query_run(&q);
  bool ended = query_changes(&q) > 0;
  if (!query_done(&q, error))
    return false;
  if (!ended)
    g_set_error(error, DB_ERROR, DB_ERROR_REFUSED, "this shift is not open");
  return ended;
}

bool
shift_store_close(
    Db *store, int64_t shift_id, const char *staff_number, int64_t now_us, GError **error)
{
  g_autoptr(DbWork) work = db_begin(store, error);
  ShiftTotals totals;
  if (!work || !end_shift(store, shift_id, staff_number, now_us, error) ||
      !shift_store_totals(store, shift_id, &totals, error))
    return false;
  g_autofree char *body = closing_body(store, shift_id, &totals, error);
  return tell(store, "shift.close", body, shift_id, staff_number, now_us, error) &&
         db_commit(work, error);
}
