#include "db/duty_store.h"

#include "db/audit_log.h"
#include "db/outbox.h"
#include "db/query.h"

static void
bind_duty(Query *q, const Duty *duty)
{
  query_bind_text(q, ":staff", duty->staff);
  query_bind_int(q, ":here", duty->here);
  query_bind_int(q, ":place", duty->place);
  query_bind_int(q, ":go", duty->go);
  query_bind_text(q, ":number", duty->number ? duty->number : "");
  query_bind_int(q, ":scopes", duty->scopes);
  query_bind_int(q, ":valid_to", duty->valid_to);
  query_bind_int(q, ":at", duty->at_us);
}

static bool
insert_fact(Db *store, const Duty *duty, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO duty (staff, here, place, go, number, scopes, valid_to, at_us)"
            " VALUES (:staff, :here, :place, :go, :number, :scopes, :valid_to, :at)");
  bind_duty(&q, duty);
  query_run(&q);
  return query_done(&q, error);
}

bool
duty_store_hear(Db *store, const Duty *duty, GError **error)
{
  g_auto(Query) q = query(
      store,
      "INSERT INTO duty_now (staff, here, place, go, till, number, scopes,"
      "                      valid_to, at_us)"
      " VALUES (:staff, :here, :place, :go, :till, :number, :scopes, :valid_to, :at)"
      " ON CONFLICT (staff) DO UPDATE SET here = excluded.here,"
      "   place = excluded.place, go = excluded.go, till = excluded.till,"
      "   number = excluded.number, scopes = excluded.scopes,"
      "   valid_to = excluded.valid_to, at_us = excluded.at_us"
      " WHERE excluded.at_us > at_us");
  bind_duty(&q, duty);
  query_bind_text(&q, ":till", duty->till ? duty->till : "");
  query_run(&q);
  return query_done(&q, error);
}

static char *
event_body(Db *store, const Duty *duty, GError **error)
{
  g_autofree char *body = NULL;
  g_auto(Query) q =
      query(store,
            "SELECT json_object('staff', :staff, 'here', json(iif(:here, 'true', "
            "'false')), 'place', :place, 'go', :go, 'till', :till, 'number', :number,"
            "                   'scopes', :scopes, 'valid_to', :valid_to, 'at', :at)");
  bind_duty(&q, duty);
  query_bind_text(&q, ":till", duty->till ? duty->till : "");
  if (query_next(&q))
    body = query_get_text(&q, 0);
  return query_done(&q, error) ? g_steal_pointer(&body) : NULL;
}

bool
duty_store_add(Db *store, const Duty *duty, const char *who, GError **error)
{
  static const char *const GO[] = {"", "home", "meal", "errand"};
  g_autofree char *body = event_body(store, duty, error);
  g_autoptr(DbWork) work = body ? db_begin(store, error) : NULL;
  const char *detail = duty->here                    ? duty->number
                       : duty->go < G_N_ELEMENTS(GO) ? GO[duty->go]
                                                     : "";
  return work && insert_fact(store, duty, error) && duty_store_hear(store, duty, error) &&
         outbox_add(store, "duty", body, duty->at_us, NULL, error) &&
         audit_log_add(store,
                       who,
                       duty->here ? "duty.come" : "duty.go",
                       duty->staff,
                       detail,
                       duty->at_us,
                       error) &&
         db_commit(work, error);
}

static Duty *
read_duty(Query *q)
{
  Duty *duty = g_new0(Duty, 1);
  *duty = (Duty){.staff = query_get_text(q, 0),
                 .here = query_get_int(q, 1) != 0,
                 .place = (DutyPlace)query_get_int(q, 2),
                 .go = (DutyGo)query_get_int(q, 3),
                 .till = query_get_text(q, 4),
                 .number = query_get_text(q, 5),
                 .scopes = (uint32_t)query_get_int(q, 6),
                 .valid_to = (Day)query_get_int(q, 7),
                 .at_us = query_get_int(q, 8)};
  return duty;
}

#define DUTY_COLUMNS                                                                     \
  "SELECT staff, here, place, go, till, number, scopes, valid_to, at_us FROM duty_now"

bool
duty_store_here(Db *store, GPtrArray **ret, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)duty_free);
  g_auto(Query) q =
      query(store, DUTY_COLUMNS " WHERE here = 1 ORDER BY at_us, staff /* scan */");
  while (query_next(&q))
    g_ptr_array_add(list, read_duty(&q));
  if (!query_done(&q, error))
    return false;
  *ret = g_steal_pointer(&list);
  return true;
}

bool
duty_store_find(Db *store, const char *staff, Duty **ret, GError **error)
{
  g_auto(Query) q = query(store, DUTY_COLUMNS " WHERE staff = :staff");
  query_bind_text(&q, ":staff", staff);
  Duty *duty = query_next(&q) ? read_duty(&q) : NULL;
  bool done = query_done(&q, error);
  if (done)
    *ret = duty;
  else
    duty_free(duty);
  return done;
}
