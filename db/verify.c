#include "db/verify.h"

#include <string.h>

#include "db/audit_log.h"
#include "db/query.h"
#include "db/sale_store.h"
#include "db/stock_store.h"

void
verify_finding_free(VerifyFinding *finding)
{
  if (!finding)
    return;
  g_free(finding->check);
  g_free(finding->wrong);
  g_free(finding);
}

static void
free_finding(gpointer finding)
{
  verify_finding_free(finding);
}

static char *
hash_text(Query *q, int column)
{
  char hex[CHAIN_BYTES * 2 + 1] = "";
  g_autoptr(GBytes) hash = query_get_bytes(q, column);
  if (hash && g_bytes_get_size(hash) == CHAIN_BYTES)
    chain_text(g_bytes_get_data(hash, NULL), hex);
  return g_strdup(hex);
}

static bool
is_hash(Query *q, int column, const unsigned char hash[CHAIN_BYTES])
{
  char expected[CHAIN_BYTES * 2 + 1];
  g_autofree char *seen = hash_text(q, column);
  chain_text(hash, expected);
  return strcmp(seen, expected) == 0;
}

static bool
check_audit(Db *store, VerifyFinding *finding, GError **error)
{
  unsigned char hash[CHAIN_BYTES];
  chain_begin(hash, AUDIT_LOG_CHAIN);
  g_auto(Query) q =
      query(store,
            "SELECT seq, at_us, staff, action, subject, detail, hash FROM audit_log"
            " ORDER BY seq /* scan */");
  while (!finding->wrong && query_next(&q)) {
    int64_t seq = query_get_int(&q, 0);
    const char *texts[] = {query_peek_text(&q, 2),
                           query_peek_text(&q, 3),
                           query_peek_text(&q, 4),
                           query_peek_text(&q, 5)};
    audit_log_chain(hash, seq, query_get_int(&q, 1), texts);
    finding->rows++;
    if (seq != finding->rows)
      finding->wrong =
          g_strdup_printf("entry %" G_GINT64_FORMAT " is missing", finding->rows);
    else if (!is_hash(&q, 6, hash))
      finding->wrong = g_strdup_printf("entry %" G_GINT64_FORMAT
                                       " (%s %s), or the one before, was changed",
                                       seq,
                                       texts[1],
                                       texts[2]);
  }
  return query_done(&q, error);
}

typedef struct {
  int64_t epoch, seq;
  unsigned char hash[CHAIN_BYTES];
} Link;

/* The next event of its chain; a new epoch begins a chain of its own. */
static char *
follow(Query *q, Link *link)
{
  int64_t id = query_get_int(q, 0), epoch = id >> 32, seq = id & G_MAXUINT32;
  if (epoch != link->epoch) {
    g_autofree char *name = g_strdup_printf(
        "guitai/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, query_get_int(q, 4), epoch);
    *link = (Link){.epoch = epoch};
    chain_begin(link->hash, name);
  }
  chain_event(link->hash, query_peek_text(q, 1), query_peek_text(q, 2));
  if (seq != ++link->seq)
    return g_strdup_printf("event %" G_GINT64_FORMAT " of epoch %" G_GINT64_FORMAT
                           " is missing",
                           link->seq,
                           epoch);
  if (!is_hash(q, 3, link->hash))
    return g_strdup_printf("event %" G_GINT64_FORMAT " of epoch %" G_GINT64_FORMAT
                           " (%s), or the one before, was changed",
                           seq,
                           epoch,
                           query_peek_text(q, 1));
  return NULL;
}

static bool
check_outbox(Db *store, VerifyFinding *finding, GError **error)
{
  Link link = {0};
  g_auto(Query) q = query(store,
                          "SELECT o.id, o.type, o.body, o.hash, e.device FROM outbox o"
                          "  LEFT JOIN epoch e ON e.epoch = o.id >> 32"
                          " ORDER BY o.id /* scan */");
  for (; !finding->wrong && query_next(&q); finding->rows++)
    finding->wrong = follow(&q, &link);
  return query_done(&q, error);
}

/* Takes the one row of @q: how many were looked at, and the first bad one. */
static bool
read_answer(Query *q, VerifyFinding *finding, GError **error)
{
  if (query_next(q)) {
    finding->rows = query_get_int(q, 0);
    finding->wrong = query_get_text(q, 1);
  }
  return query_done(q, error);
}

static bool
check_acked(Db *store, VerifyFinding *finding, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT (SELECT count(*) FROM epoch),"
            "  (SELECT 'central is said to have event ' || acked || ' of epoch ' || epoch"
            "       || ', which is not here'"
            "     FROM epoch WHERE acked > 0 AND NOT EXISTS"
            "       (SELECT 1 FROM outbox o WHERE o.id = epoch.epoch << 32 | epoch.acked)"
            "    ORDER BY epoch LIMIT 1) /* scan */");
  return read_answer(&q, finding, error);
}

static bool
check_numbers(Db *store, VerifyFinding *finding, GError **error)
{
  g_auto(Query) q = query(
      store,
      "SELECT (SELECT count(*) FROM sale),"
      "  (SELECT 'receipt ' || ((s.id & 4294967295) - 1) || ' of epoch ' || (s.id >> 32)"
      "       || ' is missing' FROM sale s"
      "    WHERE s.id & 4294967295 > 1"
      "      AND NOT EXISTS (SELECT 1 FROM sale b WHERE b.id = s.id - 1)"
      "    ORDER BY s.id LIMIT 1) /* scan */");
  return read_answer(&q, finding, error);
}

static bool
check_sums(Db *store, VerifyFinding *finding, GError **error)
{
  g_auto(Query) q = query(
      store,
      "SELECT (SELECT count(*) FROM sale),"
      "  (SELECT 'receipt ' || number || ': ' || CASE"
      "      WHEN net IS NOT gross - discount THEN 'its lines make ' || coalesce(net, 0)"
      "      WHEN off IS NOT discount THEN 'its lines are ' || off || ' off'"
      "      WHEN paid IS NOT due THEN paid || ' was paid for ' || due"
      "      ELSE 'its lines hold ' || held || ' of tax' END"
      "     FROM (SELECT id, number, gross, discount, due, s.tax AS tax,"
      "       (SELECT sum(net) FROM sale_line WHERE sale = s.id) AS net,"
      "       (SELECT sum(discount) FROM sale_line WHERE sale = s.id AND deleted = 0)"
      "         AS off,"
      "       (SELECT sum(sale_line.tax) FROM sale_line WHERE sale = s.id) AS held,"
      "       coalesce((SELECT sum(amount) FROM tender WHERE sale = s.id), 0) AS paid"
      "       FROM sale s)"
      "    WHERE net IS NOT gross - discount OR off IS NOT discount OR paid IS NOT due"
      "       OR held IS NOT tax"
      "    ORDER BY id LIMIT 1) /* scan */");
  return read_answer(&q, finding, error);
}

/* The event is frozen and chained; so what is in it proves the rows. */
static bool
check_events(Db *store, VerifyFinding *finding, GError **error)
{
  g_auto(Query) q = query(store,
                          "SELECT s.id, s.number, o.body FROM sale s LEFT JOIN outbox o"
                          "    ON o.id = (s.id >> 32) << 32 | s.seq AND o.type = 'sale'"
                          " ORDER BY s.id /* scan */");
  while (!finding->wrong && query_next(&q)) {
    g_autofree char *body = sale_store_body(store, query_get_int(&q, 0), error);
    if (!body)
      return false;
    finding->rows++;
    if (query_is_null(&q, 2))
      finding->wrong = g_strdup_printf("receipt %s has no event", query_peek_text(&q, 1));
    else if (strcmp(body, query_peek_text(&q, 2)) != 0)
      finding->wrong =
          g_strdup_printf("receipt %s differs from its event", query_peek_text(&q, 1));
  }
  return query_done(&q, error);
}

static bool
check_balances(Db *store, VerifyFinding *finding, GError **error)
{
  g_auto(Query) q = query(store, "SELECT count(*) FROM movement /* scan */");
  if (query_next(&q))
    finding->rows = query_get_int(&q, 0);
  return query_done(&q, error) && stock_store_check(store, &finding->wrong, error);
}

static bool
check_orphans(Db *store, VerifyFinding *finding, GError **error)
{
  g_auto(Query) q = query(
      store,
      "SELECT (SELECT count(*) FROM sale_line) + (SELECT count(*) FROM tender)"
      "     + (SELECT count(*) FROM held_line) + (SELECT count(*) FROM held_unit),"
      "  (SELECT said FROM"
      "    (SELECT 'line ' || n || ' of no sale (' || sale || ')' AS said FROM sale_line"
      "      WHERE sale NOT IN (SELECT id FROM sale)"
      "     UNION ALL SELECT 'tender ' || n || ' of no sale (' || sale || ')' FROM tender"
      "      WHERE sale NOT IN (SELECT id FROM sale)"
      "     UNION ALL SELECT 'receipt ' || number || ' has no entry in the audit log'"
      "      FROM sale WHERE number NOT IN"
      "        (SELECT subject FROM audit_log WHERE action = 'sale')"
      "     UNION ALL SELECT 'receipt ' || subject || ' is on record but not here'"
      "      FROM audit_log WHERE action = 'sale'"
      "        AND subject NOT IN (SELECT number FROM sale)"
      "     UNION ALL SELECT 'movement ' || m.n || ' of event ' || m.seq || ' in epoch '"
      "        || m.epoch || ', which never was' FROM movement m"
      "      JOIN identity i ON i.device_id = m.device"
      "      WHERE m.epoch = i.epoch AND NOT EXISTS"
      "        (SELECT 1 FROM outbox o WHERE o.id = m.epoch << 32 | m.seq)"
      "     UNION ALL SELECT 'held line ' || n || ' of no ticket' FROM held_line"
      "      WHERE ticket NOT IN (SELECT id FROM held_ticket)"
      "     UNION ALL SELECT 'held unit ' || u.n || ' of no line' FROM held_unit u"
      "      WHERE NOT EXISTS (SELECT 1 FROM held_line l"
      "                         WHERE l.ticket = u.ticket AND l.n = u.line))"
      "    LIMIT 1) /* scan */");
  return read_answer(&q, finding, error);
}

static bool
check_prints(Db *store, VerifyFinding *finding, GError **error)
{
  g_auto(Query) q =
      query(store,
            "SELECT (SELECT count(*) FROM print_job),"
            "  (SELECT 'print job ' || id || ' is of receipt ' || subject"
            "       || ', which is not here' FROM print_job"
            "    WHERE kind = 'receipt' AND subject NOT IN (SELECT number FROM sale)"
            "    ORDER BY id LIMIT 1) /* scan */");
  return read_answer(&q, finding, error);
}

static const struct {
  const char *name;
  bool (*look)(Db *store, VerifyFinding *finding, GError **error);
} CHECKS[] = {
    {"audit chain", check_audit},
    {"outbox chain", check_outbox},
    {"acknowledged events", check_acked},
    {"receipt numbers", check_numbers},
    {"sale sums", check_sums},
    {"sale events", check_events},
    {"balances", check_balances},
    {"orphan rows", check_orphans},
    {"print jobs", check_prints},
};

bool
verify_store(Db *store, GPtrArray **ret, GError **error)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(free_finding);
  g_auto(Query) q = query(store, "SELECT count(*) FROM setting /* scan */");
  query_next(&q);
  if (!query_done(&q, error))
    return false;
  for (gsize i = 0; i < G_N_ELEMENTS(CHECKS); i++) {
    g_autoptr(GError) failure = NULL;
    VerifyFinding *finding = g_new0(VerifyFinding, 1);
    finding->check = g_strdup(CHECKS[i].name);
    g_ptr_array_add(findings, finding);
    if (!CHECKS[i].look(store, finding, &failure) && !finding->wrong)
      finding->wrong = g_strdup(failure->message); /* a page that cannot be read */
  }
  *ret = g_steal_pointer(&findings);
  return true;
}
