#include "sync/hub/proof.h"

#include <string.h>

#include "db/query.h"
#include "sync/hub/digest.h"

static void
clear_finding(gpointer finding)
{
  g_free(((Finding *)finding)->wrong);
}

/* One till's life, while its events are read in order. */
typedef struct {
  int64_t store, device, epoch, seq;
  unsigned char hash[DIGEST_BYTES];
} Walk;

static char *
name_event(const Walk *walk, const char *what)
{
  return g_strdup_printf("store %" G_GINT64_FORMAT " device %" G_GINT64_FORMAT
                         " epoch %" G_GINT64_FORMAT " seq %" G_GINT64_FORMAT ": %s",
                         walk->store,
                         walk->device,
                         walk->epoch,
                         walk->seq,
                         what);
}

/* Takes the row of @q into @walk. @return what is wrong with it (transfer full), or NULL.
 */
static char *
step(Walk *walk, Query *q)
{
  Walk next = {.store = query_get_int(q, 0),
               .device = query_get_int(q, 1),
               .epoch = query_get_int(q, 2)};
  if (next.store != walk->store || next.device != walk->device ||
      next.epoch != walk->epoch) {
    *walk = next;
    digest_begin_chain(walk->device, walk->epoch, walk->hash);
  }
  g_autoptr(GBytes) hash = query_get_bytes(q, 4);
  g_autoptr(GBytes) body = query_get_bytes(q, 6);
  gsize length = 0;
  const void *bytes = g_bytes_get_data(body, &length);
  bool is_next = query_get_int(q, 3) == walk->seq + 1;
  walk->seq = query_get_int(q, 3);
  if (!is_next)
    return name_event(walk, "the one before it is missing");
  digest_chain(walk->hash, query_peek_text(q, 5), bytes, length);
  if (memcmp(walk->hash, g_bytes_get_data(hash, NULL), DIGEST_BYTES) != 0)
    return name_event(walk, "does not follow from the one before it");
  return NULL;
}

static bool
check_chains(Base *base, Finding *finding, GError **error)
{
  g_auto(Query) q = query(base_db(base),
                          "SELECT store, device, epoch, seq, hash, type, body FROM inbox"
                          " /* scan */ ORDER BY store, device, epoch, seq");
  Walk walk = {.store = -1};
  while (!finding->wrong && query_next(&q)) {
    finding->rows++;
    finding->wrong = step(&walk, &q);
  }
  return query_done(&q, error);
}

/* A check whose query answers the rows it looked at, and the first bad one in words. */
static bool
ask(Finding *finding, Query q, GError **error)
{
  g_auto(Query) used = q;
  if (query_next(&used)) {
    finding->rows = query_get_int(&used, 0);
    finding->wrong = query_get_text(&used, 1);
  }
  return query_done(&used, error);
}

static bool
check_heads(Base *base, Finding *finding, GError **error)
{
  return ask(
      finding,
      query(base_db(base),
            "WITH newest AS (SELECT store, device, epoch, max(seq) AS seq FROM inbox"
            "                 GROUP BY store, device, epoch /* scan */)"
            "SELECT (SELECT count(*) FROM chain),"
            " coalesce("
            "  (SELECT 'device ' || c.device || ' epoch ' || c.epoch || ': head '"
            "          || c.head || ' is not its newest event'"
            "     FROM chain c LEFT JOIN newest n USING (store, device, epoch)"
            "     LEFT JOIN inbox i ON i.store = c.store AND i.device = c.device"
            "       AND i.epoch = c.epoch AND i.seq = c.head"
            "    WHERE n.seq IS NOT c.head OR i.hash IS NOT c.hash LIMIT 1),"
            "  (SELECT 'device ' || n.device || ' epoch ' || n.epoch || ' has no head'"
            "     FROM newest n LEFT JOIN chain c USING (store, device, epoch)"
            "    WHERE c.head IS NULL LIMIT 1))"),
      error);
}

static bool
check_effects(Base *base, Finding *finding, GError **error)
{
  return ask(
      finding,
      query(base_db(base),
            "SELECT (SELECT count(*) FROM inbox WHERE type = 'sale'),"
            " (SELECT 'device ' || i.device || ' epoch ' || i.epoch || ' seq ' || i.seq"
            "         || ': a sale that was neither booked nor set aside'"
            "    FROM inbox i /* scan */"
            "    LEFT JOIN sale s USING (store, device, epoch, seq)"
            "    LEFT JOIN quarantine b USING (store, device, epoch, seq)"
            "    LEFT JOIN exception e ON e.store = i.store AND e.device = i.device"
            "      AND e.epoch = i.epoch AND e.seq = i.seq AND e.code = 'uid_again'"
            "   WHERE i.type = 'sale'"
            "     AND (s.uid IS NOT NULL) + (b.code IS NOT NULL)"
            "       + (e.code IS NOT NULL) <> 1 LIMIT 1)"),
      error);
}

static bool
check_orphans(Base *base, Finding *finding, GError **error)
{
  return ask(
      finding,
      query(
          base_db(base),
          "WITH part AS ("
          " SELECT 'sale' AS t, store, device, epoch, seq FROM sale UNION ALL"
          " SELECT 'line', store, device, epoch, seq FROM sale_line UNION ALL"
          " SELECT 'tender', store, device, epoch, seq FROM tender UNION ALL"
          " SELECT 'movement', store, device, epoch, seq FROM movement"
          "  WHERE device <> 0 UNION ALL"
          " SELECT 'exception', store, device, epoch, seq FROM exception UNION ALL"
          " SELECT 'quarantine', store, device, epoch, seq FROM quarantine)"
          "SELECT (SELECT count(*) FROM part),"
          " (SELECT p.t || ' of device ' || p.device || ' epoch ' || p.epoch"
          "         || ' seq ' || p.seq || ' belongs to no event'"
          "    FROM part p LEFT JOIN inbox i USING (store, device, epoch, seq) /* scan */"
          "   WHERE i.hash IS NULL LIMIT 1)"),
      error);
}

static bool
check_balances(Base *base, Finding *finding, GError **error)
{
  return ask(
      finding,
      query(base_db(base),
            "WITH folded AS (SELECT store, product, lot, expiry, location,"
            "                       sum(qty) AS qty FROM movement"
            "                 GROUP BY 1, 2, 3, 4, 5 /* scan */),"
            " wrong AS ("
            "  SELECT b.store, b.product, b.lot, b.qty AS kept, f.qty AS summed"
            "    FROM balance b LEFT JOIN folded f USING (store, product, lot, expiry,"
            "                                             location)"
            "   WHERE f.qty IS NOT b.qty"
            "  UNION ALL"
            "  SELECT f.store, f.product, f.lot, b.qty, f.qty"
            "    FROM folded f LEFT JOIN balance b USING (store, product, lot, expiry,"
            "                                             location)"
            "   WHERE b.qty IS NULL)"
            "SELECT (SELECT count(*) FROM balance),"
            " (SELECT 'store ' || store || ' product ' || product || ' lot ' || lot"
            "         || ': ' || coalesce(kept, 'nothing') || ' kept, movements say '"
            "         || coalesce(summed, 'nothing') FROM wrong LIMIT 1)"),
      error);
}

static bool
check_streams(Base *base, Finding *finding, GError **error)
{
  return ask(
      finding,
      query(base_db(base),
            "WITH told AS (SELECT stream, count(*) AS n, max(pos) AS last FROM feed"
            "               GROUP BY stream /* scan */)"
            "SELECT (SELECT count(*) FROM feed),"
            " coalesce("
            "  (SELECT 'stream ' || h.stream || ': head ' || h.pos || ', '"
            "          || coalesce(t.n, 0) || ' changes up to ' || coalesce(t.last, 0)"
            "     FROM feed_head h LEFT JOIN told t USING (stream)"
            "    WHERE t.n IS NOT h.pos OR t.last IS NOT h.pos LIMIT 1),"
            "  (SELECT 'stream ' || t.stream || ' has no head'"
            "     FROM told t LEFT JOIN feed_head h USING (stream)"
            "    WHERE h.pos IS NULL LIMIT 1))"),
      error);
}

static bool
check_told(Base *base, Finding *finding, GError **error)
{
  return ask(
      finding,
      query(
          base_db(base),
          "WITH newest AS (SELECT CAST(key AS INTEGER) AS id, max(ver) AS ver FROM feed"
          "                 WHERE stream = 0 AND type = 'article' GROUP BY 1 /* scan */)"
          "SELECT (SELECT count(*) FROM article),"
          " coalesce("
          "  (SELECT 'article ' || a.code || ' was not told in version ' || a.ver"
          "     FROM article a LEFT JOIN newest n USING (id)"
          "    WHERE n.ver IS NOT a.ver LIMIT 1),"
          "  (SELECT 'store ' || store || ': ' || count(*) || ' movements, '"
          "          || (SELECT count(*) FROM feed f WHERE f.stream = m.store"
          "                 AND f.type = 'movement') || ' were told'"
          "     FROM movement m GROUP BY store"
          "   HAVING count(*) <> (SELECT count(*) FROM feed f WHERE f.stream = m.store"
          "                          AND f.type = 'movement') LIMIT 1))"),
      error);
}

static bool
check_file(Base *base, Finding *finding, GError **error)
{
  finding->rows = 1;
  finding->wrong = db_integrity(base_db(base));
  return true;
}

static const struct {
  const char *check;
  bool (*run)(Base *base, Finding *finding, GError **error);
} CHECKS[] = {
    {"file", check_file},
    {"chains", check_chains},
    {"heads", check_heads},
    {"effects", check_effects},
    {"orphans", check_orphans},
    {"balances", check_balances},
    {"streams", check_streams},
    {"told", check_told},
};

bool
proof_find(Base *base, GArray **ret, GError **error)
{
  g_autoptr(GArray) findings = g_array_new(FALSE, FALSE, sizeof(Finding));
  g_array_set_clear_func(findings, clear_finding);
  for (guint i = 0; i < G_N_ELEMENTS(CHECKS); i++) {
    Finding finding = {.check = CHECKS[i].check};
    if (!CHECKS[i].run(base, &finding, error))
      return false;
    g_array_append_val(findings, finding);
  }
  *ret = g_steal_pointer(&findings);
  return true;
}
