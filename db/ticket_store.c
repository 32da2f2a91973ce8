#include "db/ticket_store.h"

#include "db/line_row.h"
#include "db/query.h"

void
held_ticket_free(HeldTicket *ticket)
{
  if (!ticket)
    return;
  g_free(ticket->label);
  g_free(ticket->staff_number);
  g_free(ticket->first_names);
  g_free(ticket);
}

static void
free_ticket(gpointer ticket)
{
  held_ticket_free(ticket);
}

static bool
insert_ticket(Db *store,
              const Sale *sale,
              const char *label,
              const char *staff_number,
              int64_t now_us,
              int64_t *ret_id,
              GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO held_ticket (uid, label, staff, held_us, begun_us, due)"
            " VALUES (:uid, :label, :staff, :now, :begun, :due)");
  query_bind_text(&q, ":uid", sale->uid);
  query_bind_word(&q, ":label", label);
  query_bind_word(&q, ":staff", staff_number);
  query_bind_int(&q, ":now", now_us);
  query_bind_int(&q, ":begun", sale->begun_us);
  query_bind_int(&q, ":due", sale_totals(sale, 1).due);
  query_run(&q);
  *ret_id = query_last_id(&q);
  return query_done(&q, error);
}

/* What a ticket in work needs beyond a kept line: rules look at it when it is recalled.
 */
static void
bind_extras(Query *q, const SaleLine *line)
{
  const Product *product = line->product;
  query_bind_word(q, ":shelf", product->shelf);
  query_bind_int(q, ":storage", product->storage);
  query_bind_int(q, ":near_days", product->near_days);
  query_bind_int(q, ":insured", product->insured);
  query_bind_int(q, ":trace_required", product->trace_required);
  query_bind_int(q, ":active", product->active);
  query_bind_int(q, ":lot_chosen", line->lot_chosen);
  query_bind_int(q, ":has_lot", line->lot != NULL);
  query_bind_int(q, ":lot_id", line->lot ? line->lot->id : 0);
  query_bind_int(q, ":lot_state", line->lot ? line->lot->state : LOT_SELLABLE);
  query_bind_int(q, ":lot_on_hand", line->lot ? line->lot->on_hand : 0);
}

static bool
insert_lines(Db *store, int64_t ticket, const Sale *sale, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO held_line (ticket, n, shelf, storage, near_days, insured,"
            "  trace_required, active, lot_chosen, lot_id, lot_state, lot_on_hand,"
            "  " LINE_ROW_COLUMNS ")"
            " VALUES (:ticket, :n, :shelf, :storage, :near_days, :insured,"
            "  :trace_required, :active, :lot_chosen, iif(:has_lot, :lot_id, NULL),"
            "  :lot_state, :lot_on_hand, " LINE_ROW_PARAMETERS ")");
  query_bind_int(&q, ":ticket", ticket);
  for (guint i = 0; i < sale->lines->len; i++) {
    const SaleLine *line = sale->lines->pdata[i];
    query_bind_int(&q, ":n", i + 1);
    line_row_bind(&q, line);
    bind_extras(&q, line);
    query_run(&q);
  }
  return query_done(&q, error);
}

static bool
insert_units(
    Db *store, int64_t ticket, guint line, const GPtrArray *units, GError **error)
{
  g_auto(Query) q = query(
      store,
      "INSERT INTO held_unit (ticket, line, n, name, base, sale_allowed, is_default,"
      "                       has_price, price, price_source)"
      " VALUES (:ticket, :line, :n, :name, :base, :sale, :default, :has_price,"
      "         :price, :source)");
  query_bind_int(&q, ":ticket", ticket);
  query_bind_int(&q, ":line", line);
  for (guint i = 0; i < units->len; i++) {
    const ProductUnit *unit = units->pdata[i];
    query_bind_int(&q, ":n", i + 1);
    query_bind_word(&q, ":name", unit->name);
    query_bind_int(&q, ":base", unit->base);
    query_bind_int(&q, ":sale", unit->sale_allowed);
    query_bind_int(&q, ":default", unit->is_default);
    query_bind_int(&q, ":has_price", unit->has_price);
    query_bind_int(&q, ":price", unit->price);
    query_bind_text(&q, ":source", unit->price_source);
    query_run(&q);
  }
  return query_done(&q, error);
}

static bool
insert_all_units(Db *store, int64_t ticket, const Sale *sale, GError **error)
{
  for (guint i = 0; i < sale->lines->len; i++) {
    const SaleLine *line = sale->lines->pdata[i];
    if (!insert_units(store, ticket, i + 1, line->product->units, error))
      return false;
  }
  return true;
}

bool
ticket_store_hold(Db *store,
                  const Sale *sale,
                  const char *label,
                  const char *staff_number,
                  int64_t now_us,
                  GError **error)
{
  int64_t id = 0;
  g_autoptr(DbWork) work = db_begin(store, error);
  return work && insert_ticket(store, sale, label, staff_number, now_us, &id, error) &&
         insert_lines(store, id, sale, error) &&
         insert_all_units(store, id, sale, error) && db_commit(work, error);
}

bool
ticket_store_list(Db *store, GPtrArray **ret, GError **error)
{
  g_autoptr(GPtrArray) tickets = g_ptr_array_new_with_free_func(free_ticket);
  g_auto(Query) q =
      query(store,
            "SELECT id, label, staff, held_us, due,"
            "  (SELECT count(*) FROM held_line WHERE ticket = t.id AND deleted = 0),"
            "  coalesce((SELECT group_concat(generic_name, ', ') FROM"
            "    (SELECT generic_name FROM held_line WHERE ticket = t.id AND deleted = 0"
            "      ORDER BY n LIMIT 3)), '')"
            "  FROM held_ticket t ORDER BY held_us, id /* scan */");
  while (query_next(&q)) {
    HeldTicket *ticket = g_new0(HeldTicket, 1);
    ticket->id = query_get_int(&q, 0);
    ticket->label = query_get_text(&q, 1);
    ticket->staff_number = query_get_text(&q, 2);
    ticket->held_us = query_get_int(&q, 3);
    ticket->due = query_get_int(&q, 4);
    ticket->lines = (int)query_get_int(&q, 5);
    ticket->first_names = query_get_text(&q, 6);
    g_ptr_array_add(tickets, ticket);
  }
  if (!query_done(&q, error))
    return false;
  *ret = g_steal_pointer(&tickets);
  return true;
}

static void
read_extras(Query *q, SaleLine *line)
{
  Product *product = line->product;
  int at = LINE_ROW_N;
  g_free(product->shelf);
  product->shelf = query_get_text(q, at);
  product->storage = (Storage)query_get_int(q, at + 1);
  product->near_days = (int)query_get_int(q, at + 2);
  product->insured = query_get_int(q, at + 3) != 0;
  product->trace_required = query_get_int(q, at + 4) != 0;
  product->active = query_get_int(q, at + 5) != 0;
  line->lot_chosen = query_get_int(q, at + 6) != 0;
  if (query_is_null(q, at + 7)) {
    g_clear_pointer(&line->lot, lot_free);
    return;
  }
  if (!line->lot) {
    line->lot = lot_new();
    line->lot->product_id = product->id;
    line->lot->lot_no = g_strdup("");
    line->lot->location = g_strdup("");
  }
  line->lot->id = query_get_int(q, at + 7);
  line->lot->state = (LotState)query_get_int(q, at + 8);
  line->lot->on_hand = query_get_int(q, at + 9);
}

static bool
read_lines(Db *store, int64_t ticket, Sale *sale, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT " LINE_ROW_COLUMNS ", shelf, storage, near_days, insured,"
            "       trace_required, active, lot_chosen, lot_id, lot_state, lot_on_hand"
            "  FROM held_line WHERE ticket = :ticket ORDER BY n");
  query_bind_int(&q, ":ticket", ticket);
  while (query_next(&q)) {
    SaleLine *line = line_row_read(&q);
    read_extras(&q, line);
    g_ptr_array_add(sale->lines, line);
  }
  return query_done(&q, error);
}

static bool
read_units(Db *store, int64_t ticket, Sale *sale, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT line, name, base, sale_allowed, is_default, has_price, price,"
            "       price_source"
            "  FROM held_unit WHERE ticket = :ticket ORDER BY line, n");
  query_bind_int(&q, ":ticket", ticket);
  while (query_next(&q)) {
    SaleLine *line = sale_line(sale, (guint)query_get_int(&q, 0) - 1);
    if (!line)
      continue;
    ProductUnit *unit =
        product_add_unit(line->product, query_peek_text(&q, 1), query_get_int(&q, 2));
    unit->sale_allowed = query_get_int(&q, 3) != 0;
    unit->is_default = query_get_int(&q, 4) != 0;
    unit->has_price = query_get_int(&q, 5) != 0;
    unit->price = query_get_int(&q, 6);
    unit->price_source = query_get_text(&q, 7);
  }
  return query_done(&q, error);
}

bool
ticket_store_peek(Db *store, int64_t id, Sale **ret_sale, GError **error)
{
  g_autoptr(Sale) sale = NULL;
  g_auto(Query) q =
      query(store, "SELECT uid, begun_us, label FROM held_ticket WHERE id = :id");
  query_bind_int(&q, ":id", id);
  if (query_next(&q)) {
    sale = sale_new(query_peek_text(&q, 0), query_get_int(&q, 1));
    sale->label = query_get_text(&q, 2);
  }
  if (!query_done(&q, error))
    return false;
  if (sale &&
      (!read_lines(store, id, sale, error) || !read_units(store, id, sale, error)))
    return false;
  *ret_sale = g_steal_pointer(&sale);
  return true;
}

static bool
delete_ticket(Db *store, int64_t id, GError **error)
{
  g_auto(Query) q = query(store, "DELETE FROM held_ticket WHERE id = :id");
  query_bind_int(&q, ":id", id);
  query_run(&q);
  return query_done(&q, error);
}

bool
ticket_store_recall(Db *store, int64_t id, Sale **ret_sale, GError **error)
{
  g_autoptr(Sale) sale = NULL;
  g_autoptr(DbWork) work = db_begin(store, error);
  if (!work || !ticket_store_peek(store, id, &sale, error) ||
      !delete_ticket(store, id, error) || !db_commit(work, error))
    return false;
  *ret_sale = g_steal_pointer(&sale);
  return true;
}

int
ticket_store_count(Db *store)
{
  g_auto(Query) q = query(store, "SELECT count(*) FROM held_ticket /* scan */");
  return query_next(&q) ? (int)query_get_int(&q, 0) : 0;
}
