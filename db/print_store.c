#include "db/print_store.h"

#include "db/query.h"

void
print_job_free(PrintJob *job)
{
  if (!job)
    return;
  g_free(job->kind);
  g_free(job->subject);
  g_free(job);
}

static void
free_job(gpointer job)
{
  print_job_free(job);
}

bool
print_store_add(Db *store,
                const char *kind,
                const char *subject,
                int copy,
                int64_t now_us,
                GError **error)
{
  g_auto(Query) q = query(store,
                          "INSERT INTO print_job (kind, subject, copy, made_us)"
                          " VALUES (:kind, :subject, :copy, :now)");
  query_bind_text(&q, ":kind", kind);
  query_bind_text(&q, ":subject", subject);
  query_bind_int(&q, ":copy", copy);
  query_bind_int(&q, ":now", now_us);
  query_run(&q);
  return query_done(&q, error);
}

static bool
take_waiting(Db *store, bool are_labels, GPtrArray **ret_jobs, GError **error)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func(free_job);
  g_auto(Query) q = query(store,
                          "SELECT id, kind, subject, copy, tries, made_us FROM print_job"
                          "  INDEXED BY print_job_waiting"
                          " WHERE state = 0 AND (kind <> 'receipt') = :labels"
                          " ORDER BY id");
  query_bind_int(&q, ":labels", are_labels);
  while (query_next(&q)) {
    PrintJob *job = g_new0(PrintJob, 1);
    job->id = query_get_int(&q, 0);
    job->kind = query_get_text(&q, 1);
    job->subject = query_get_text(&q, 2);
    job->copy = (int)query_get_int(&q, 3);
    job->tries = (int)query_get_int(&q, 4);
    job->made_us = query_get_int(&q, 5);
    g_ptr_array_add(jobs, job);
  }
  if (!query_done(&q, error))
    return false;
  *ret_jobs = g_steal_pointer(&jobs);
  return true;
}

bool
print_store_waiting(Db *store, GPtrArray **ret_jobs, GError **error)
{
  return take_waiting(store, false, ret_jobs, error);
}

bool
print_store_waiting_labels(Db *store, GPtrArray **ret_jobs, GError **error)
{
  return take_waiting(store, true, ret_jobs, error);
}

bool
print_store_begin(Db *store, int64_t id, GError **error)
{
  g_auto(Query) q =
      query(store, "UPDATE print_job SET tries = tries + 1 WHERE id = :id AND state = 0");
  query_bind_int(&q, ":id", id);
  query_run(&q);
  return query_done(&q, error);
}

bool
print_store_done(Db *store, int64_t id, int64_t now_us, GError **error)
{
  g_auto(Query) q = query(store,
                          "UPDATE print_job SET state = 1, done_us = :now"
                          " WHERE id = :id AND state = 0");
  query_bind_int(&q, ":id", id);
  query_bind_int(&q, ":now", now_us);
  query_run(&q);
  return query_done(&q, error);
}

bool
print_store_drop(Db *store, int64_t id, GError **error)
{
  g_auto(Query) q =
      query(store, "UPDATE print_job SET state = 2 WHERE id = :id AND state = 0");
  query_bind_int(&q, ":id", id);
  query_run(&q);
  return query_done(&q, error);
}

static int
count_waiting(Db *store, bool are_labels)
{
  g_auto(Query) q = query(store,
                          "SELECT count(*) FROM print_job INDEXED BY print_job_waiting"
                          " WHERE state = 0 AND (kind <> 'receipt') = :labels");
  query_bind_int(&q, ":labels", are_labels);
  return query_next(&q) ? (int)query_get_int(&q, 0) : 0;
}

int
print_store_count(Db *store)
{
  return count_waiting(store, false);
}

int
print_store_count_labels(Db *store)
{
  return count_waiting(store, true);
}
