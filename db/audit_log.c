#include "db/audit_log.h"

#include <string.h>

#include "db/query.h"

void
audit_log_chain(unsigned char hash[CHAIN_BYTES],
                int64_t seq,
                int64_t at_us,
                const char *const texts[4])
{
  char number[24], time[24];
  g_snprintf(number, sizeof number, "%" G_GINT64_FORMAT, seq);
  g_snprintf(time, sizeof time, "%" G_GINT64_FORMAT, at_us);
  const char *fields[] = {number, time, texts[0], texts[1], texts[2], texts[3], NULL};
  chain_row(hash, fields);
}

static bool
read_tail(Db *store,
          int64_t *ret_seq,
          unsigned char ret_hash[CHAIN_BYTES],
          GError **error)
{
  chain_begin(ret_hash, AUDIT_LOG_CHAIN);
  *ret_seq = 0;
  g_auto(Query) q = query(store,
                          "SELECT seq, hash FROM audit_log"
                          " WHERE seq = (SELECT max(seq) FROM audit_log)");
  if (query_next(&q)) {
    g_autoptr(GBytes) hash = query_get_bytes(&q, 1);
    *ret_seq = query_get_int(&q, 0);
    memcpy(ret_hash, g_bytes_get_data(hash, NULL), CHAIN_BYTES);
  }
  return query_done(&q, error);
}

static bool
append(Db *store, const char *const texts[4], int64_t now_us, GError **error)
{
  unsigned char hash[CHAIN_BYTES];
  int64_t seq = 0;
  if (!read_tail(store, &seq, hash, error))
    return false;
  audit_log_chain(hash, ++seq, now_us, texts);
  g_auto(Query) q =
      query(store,
            "INSERT INTO audit_log (seq, at_us, staff, action, subject, detail, hash)"
            " VALUES (:seq, :at, :staff, :action, :subject, :detail, :hash)");
  query_bind_int(&q, ":seq", seq);
  query_bind_int(&q, ":at", now_us);
  query_bind_text(&q, ":staff", texts[0]);
  query_bind_text(&q, ":action", texts[1]);
  query_bind_text(&q, ":subject", texts[2]);
  query_bind_text(&q, ":detail", texts[3]);
  query_bind_bytes(&q, ":hash", hash, sizeof hash);
  query_run(&q);
  return query_done(&q, error);
}

bool
audit_log_add(Db *store,
              const char *staff_number,
              const char *action,
              const char *subject,
              const char *detail,
              int64_t now_us,
              GError **error)
{
  const char *texts[] = {staff_number ? staff_number : "",
                         action,
                         subject ? subject : "",
                         detail ? detail : ""};
  if (db_in_work(store))
    return append(store, texts, now_us, error);
  g_autoptr(DbWork) work = db_begin(store, error);
  return work && append(store, texts, now_us, error) && db_commit(work, error);
}
