#include "db/people_store.h"

#include <sodium.h>
#include <string.h>

#include "db/query.h"

#define US_PER_S        G_GINT64_CONSTANT(1000000)
#define VERIFIER_BYTES  32
#define WHOLE_TILL      "till"
#define MOST_MEMORY     ((size_t)256 << 20) /* bytes; a feed must not ask for more */
#define MOST_OPERATIONS 16

static void
free_staff(gpointer staff)
{
  staff_free(staff);
}

static Staff *
read_staff(Query *q)
{
  Staff *staff = staff_new();
  staff->id = query_get_int(q, 0);
  staff->number = query_get_text(q, 1);
  staff->name = query_get_text(q, 2);
  staff->role = (Role)query_get_int(q, 3);
  staff->rights = (uint32_t)query_get_int(q, 4);
  staff->discount_limit_bp = (int)query_get_int(q, 5);
  staff->active = query_get_int(q, 6) != 0;
  staff->version = query_get_int(q, 7);
  staff->price_limit_bp = (int)query_get_int(q, 8);
  staff->refund_limit = query_get_int(q, 9);
  staff->count_limit = query_get_int(q, 10);
  staff->registration = (Registration){.kind = (RegistrationKind)query_get_int(q, 11),
                                       .number = query_get_text(q, 12),
                                       .scopes = (uint32_t)query_get_int(q, 13),
                                       .from = (Day)query_get_int(q, 14),
                                       .to = (Day)query_get_int(q, 15)};
  return staff;
}

#define STAFF_COLUMNS                                                                    \
  "SELECT id, number, name, role, rights, discount_limit_bp, active, ver,"               \
  " price_limit_bp, refund_limit, count_limit, reg_kind, reg_number, reg_scopes,"        \
  " reg_from, reg_to FROM staff"

bool
people_store_list(Db *catalogue, GPtrArray **ret_staff, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_staff);
  g_auto(Query) q =
      query(catalogue, STAFF_COLUMNS " WHERE active = 1 ORDER BY number /* scan */");
  while (query_next(&q))
    g_ptr_array_add(list, read_staff(&q));
  if (!query_done(&q, error))
    return false;
  *ret_staff = g_steal_pointer(&list);
  return true;
}

static bool
find_by_number(Db *catalogue, const char *number, Staff **ret, GError **error)
{
  g_auto(Query) q = query(catalogue, STAFF_COLUMNS " WHERE number = :number");
  query_bind_text(&q, ":number", number);
  if (query_next(&q))
    *ret = read_staff(&q);
  return query_done(&q, error);
}

static bool
find_by_badge(Db *catalogue, const char *badge, Staff **ret, GError **error)
{
  g_auto(Query) q = query(catalogue,
                          STAFF_COLUMNS " WHERE badge = :badge AND badge <> ''"
                                        " ORDER BY active DESC LIMIT 1");
  query_bind_text(&q, ":badge", badge);
  if (query_next(&q))
    *ret = read_staff(&q);
  return query_done(&q, error);
}

bool
people_store_find(Db *catalogue,
                  const char *number_or_badge,
                  Staff **ret_staff,
                  GError **error)
{
  g_autoptr(Staff) staff = NULL;
  if (!find_by_number(catalogue, number_or_badge, &staff, error) ||
      (!staff && !find_by_badge(catalogue, number_or_badge, &staff, error)))
    return false;
  *ret_staff = g_steal_pointer(&staff);
  return true;
}

/* Lets the lock clock follow the wall as far as the wall went forward. */
static bool
advance_clock(Db *store, int64_t now_us, int64_t *ret_lock_us, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO lock_clock (one, lock_us, seen_us) VALUES (1, :now, :now)"
            " ON CONFLICT (one) DO UPDATE SET"
            "   lock_us = lock_us + max(excluded.seen_us - seen_us, 0),"
            "   seen_us = excluded.seen_us"
            " RETURNING lock_us");
  query_bind_int(&q, ":now", now_us);
  *ret_lock_us = query_next(&q) ? query_get_int(&q, 0) : 0;
  query_run(&q);
  return query_done(&q, error);
}

typedef struct {
  int failures;
  int64_t until_us;
} Lockout;

static bool
read_lockout(Db *store, const char *subject, Lockout *ret, GError **error)
{
  g_auto(Query) q =
      query(store, "SELECT failures, until_us FROM lockout WHERE subject = :subject");
  query_bind_text(&q, ":subject", subject);
  *ret = (Lockout){0};
  if (query_next(&q)) {
    ret->failures = (int)query_get_int(&q, 0);
    ret->until_us = query_get_int(&q, 1);
  }
  return query_done(&q, error);
}

static bool
write_lockout(Db *store, const char *subject, const Lockout *lockout, GError **error)
{
  g_auto(Query) q =
      query(store,
            "INSERT INTO lockout (subject, failures, until_us)"
            " VALUES (:subject, :failures, :until)"
            " ON CONFLICT (subject) DO UPDATE SET"
            "   failures = excluded.failures, until_us = excluded.until_us");
  query_bind_text(&q, ":subject", subject);
  query_bind_int(&q, ":failures", lockout->failures);
  query_bind_int(&q, ":until", lockout->until_us);
  query_run(&q);
  return query_done(&q, error);
}

static char *
subject_of(const Staff *staff)
{
  return g_strconcat("staff:", staff->number, NULL);
}

static void
count_one(Lockout *lockout, int64_t lock_us)
{
  lockout->failures++;
  lockout->until_us = lock_us + staff_lockout_s(lockout->failures) * US_PER_S;
}

/* *@ret_wait_s > 0: locked, and nothing was counted; else the try counts as a failure
 * until it turns out to be right. */
static bool
count_try(Db *store,
          const char *subject,
          int64_t now_us,
          bool *ret_locked,
          int64_t *ret_wait_s,
          GError **error)
{
  int64_t lock_us = 0;
  Lockout own, till;
  g_autoptr(DbWork) work = db_begin(store, error);
  if (!work || !advance_clock(store, now_us, &lock_us, error) ||
      !read_lockout(store, subject, &own, error) ||
      !read_lockout(store, WHOLE_TILL, &till, error))
    return false;
  *ret_locked = lock_us < MAX(own.until_us, till.until_us);
  if (!*ret_locked) {
    count_one(&own, lock_us);
    count_one(&till, lock_us);
    if (!write_lockout(store, subject, &own, error) ||
        !write_lockout(store, WHOLE_TILL, &till, error))
      return false;
  }
  int64_t wait_us = MAX(own.until_us, till.until_us) - lock_us;
  *ret_wait_s = wait_us > 0 ? (wait_us + US_PER_S - 1) / US_PER_S : 0;
  return db_commit(work, error);
}

static bool
forget_tries(Db *store, const char *subject, GError **error)
{
  g_auto(Query) q =
      query(store, "DELETE FROM lockout WHERE subject IN (:subject, :till)");
  query_bind_text(&q, ":subject", subject);
  query_bind_text(&q, ":till", WHOLE_TILL);
  query_run(&q);
  return query_done(&q, error);
}

/* The mark that @pin would have, from the salt and cost on file. */
typedef struct {
  GBytes *salt, *mark;
  unsigned long long ops;
  size_t mem;
} PinRow;

static void
pin_row_clear(PinRow *row)
{
  g_clear_pointer(&row->salt, g_bytes_unref);
  g_clear_pointer(&row->mark, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PinRow, pin_row_clear)

static bool
read_pin_row(Db *catalogue, const Staff *staff, PinRow *ret, GError **error)
{
  g_auto(Query) q = query(catalogue,
                          "SELECT pin_salt, pin_mark, pin_ops, pin_mem FROM staff"
                          " WHERE number = :number AND active = 1");
  query_bind_text(&q, ":number", staff->number);
  if (query_next(&q)) {
    ret->salt = query_get_bytes(&q, 0);
    ret->mark = query_get_bytes(&q, 1);
    ret->ops = (unsigned long long)query_get_int(&q, 2);
    ret->mem = (size_t)query_get_int(&q, 3);
  }
  return query_done(&q, error);
}

static bool
is_usable(const PinRow *row)
{
  return row->salt && row->mark &&
         g_bytes_get_size(row->salt) == crypto_pwhash_SALTBYTES &&
         g_bytes_get_size(row->mark) == VERIFIER_BYTES && row->ops <= MOST_OPERATIONS &&
         row->mem <= MOST_MEMORY;
}

static bool
is_right(const PinRow *row, const Seal *seal, const char *pin)
{
  unsigned char verifier[VERIFIER_BYTES], mark[VERIFIER_BYTES];
  if (!is_usable(row) || crypto_pwhash(verifier,
                                       sizeof verifier,
                                       pin,
                                       strlen(pin),
                                       g_bytes_get_data(row->salt, NULL),
                                       row->ops,
                                       row->mem,
                                       crypto_pwhash_ALG_ARGON2ID13) != 0)
    return false;
  seal_mark(seal, "pin", verifier, sizeof verifier, mark);
  sodium_memzero(verifier, sizeof verifier);
  return sodium_memcmp(mark, g_bytes_get_data(row->mark, NULL), sizeof mark) == 0;
}

bool
people_store_check_pin(Db *catalogue,
                       Db *store,
                       const Seal *seal,
                       const Staff *staff,
                       const char *pin,
                       int64_t now_us,
                       PinAnswer *ret_answer,
                       int64_t *ret_wait_s,
                       GError **error)
{
  g_autofree char *subject = subject_of(staff);
  bool locked = false;
  int64_t wait_s = 0;
  g_auto(PinRow) row = {0};
  if (!count_try(store, subject, now_us, &locked, &wait_s, error) ||
      !read_pin_row(catalogue, staff, &row, error))
    return false;
  bool right = !locked && is_right(&row, seal, pin);
  if (right && !forget_tries(store, subject, error))
    return false;
  *ret_answer = locked ? PIN_LOCKED : right ? PIN_RIGHT : PIN_WRONG;
  *ret_wait_s = right ? 0 : wait_s;
  return true;
}

int
people_store_tries_left(Db *store, const Staff *staff)
{
  g_autofree char *subject = subject_of(staff);
  Lockout own, till;
  if (!read_lockout(store, subject, &own, NULL) ||
      !read_lockout(store, WHOLE_TILL, &till, NULL))
    return 0;
  int failures = MAX(own.failures, till.failures), left = 0;
  while (left < 100 && staff_lockout_s(failures + left + 1) == 0)
    left++;
  return left;
}

static void
free_wait(gpointer wait)
{
  g_free(((PinWait *)wait)->number);
  g_free(wait);
}

/* The lock clock as it would stand now, without moving it. */
#define WAITS                                                                            \
  "SELECT substr(subject, 7), failures,"                                                 \
  "       (until_us - coalesce((SELECT lock_us + max(:now - seen_us, 0) FROM lock_clock" \
  "                              WHERE one = 1), :now) + 999999) / 1000000"              \
  "  FROM lockout"

bool
people_store_waits(Db *store, int64_t now_us, GPtrArray **ret, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_wait);
  g_auto(Query) q = query(store, WAITS " ORDER BY subject /* scan */");
  query_bind_int(&q, ":now", now_us);
  while (query_next(&q)) {
    PinWait *wait = g_new0(PinWait, 1);
    wait->number = query_get_text(&q, 0);
    wait->failures = (int)query_get_int(&q, 1);
    wait->wait_s = MAX(query_get_int(&q, 2), 0);
    g_ptr_array_add(list, wait);
  }
  if (!query_done(&q, error))
    return false;
  *ret = g_steal_pointer(&list);
  return true;
}

bool
people_store_forgive(Db *store, const char *number, GError **error)
{
  g_autofree char *subject = g_strconcat("staff:", number, NULL);
  return forget_tries(store, subject, error);
}

bool
people_store_last_here(Db *store, const char *number, int64_t *ret_us, GError **error)
{
  g_auto(Query) q = query(store,
                          "SELECT coalesce(max(at_us), 0) FROM audit_log"
                          " WHERE staff = :staff AND action = 'sign.in'");
  query_bind_text(&q, ":staff", number);
  *ret_us = query_next(&q) ? query_get_int(&q, 0) : 0;
  return query_done(&q, error);
}
