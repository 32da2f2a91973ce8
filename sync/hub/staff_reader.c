#include "sync/hub/staff_reader.h"

#include <sodium.h>
#include <string.h>

#include "app/domain/person.h"
#include "sync/hub/cell.h"
#include "sync/hub/lookup.h"
#include "sync/hub/publish_staff.h"
#include "sync/hub/seen.h"

#define PIN_OPS     2
#define PIN_MEM     19922944 /* bytes; OWASP's least for Argon2id (sync.md 4) */
#define PIN_BYTES   32
#define LEAST_PIN   4
#define LONGEST_PIN 8
#define LONGEST     16 /* bytes of a number or a badge */

typedef struct {
  Base *base; /* (nullable) */
  Seen *numbers, *badges;
} StaffState;

typedef struct {
  const char *words; /* apart by blanks */
  int value;
} Word;

static const Word ROLES[] = {
    {" clerk 店员 营业员 收银员 收银 vendeur ", ROLE_CLERK},
    {" pharmacist 药师 执业药师 中药师 pharmacien ", ROLE_PHARMACIST},
    {" quality 质管员 质管 养护员 验收员 qualité ", ROLE_QUALITY},
    {" manager 店长 经理 门店经理 responsable ", ROLE_MANAGER},
};

static const Word KINDS[] = {
    {" licensed 执业药师 pharmacien ", REGISTRATION_LICENSED},
    {" pharmacist 药师 主管药师 préparateur ", REGISTRATION_PHARMACIST},
};

static const Word SCOPES[] = {
    {" western 药学 药学类 西药 western-medicine ", SCOPE_WESTERN},
    {" herbal 中药 中药学 中药学类 中药饮片 ", SCOPE_HERBAL},
    {" both 药学与中药学 药学与中药学类 ", SCOPE_ANY},
};

static const struct {
  const char *word;
  uint32_t right;
} RIGHTS[] = {
    {"sell", RIGHT_SELL},
    {"hold", RIGHT_HOLD},
    {"discount", RIGHT_LINE_DISCOUNT},
    {"price", RIGHT_PRICE},
    {"void", RIGHT_VOID_TICKET},
    {"shift", RIGHT_SHIFT},
    {"drawer", RIGHT_OPEN_DRAWER},
    {"reprint", RIGHT_REPRINT},
    {"review", RIGHT_REVIEW_RX},
    {"count", RIGHT_COUNT},
    {"receive", RIGHT_RECEIVE},
    {"settings", RIGHT_SETTINGS},
    {"unmask", RIGHT_UNMASK},
    {"export", RIGHT_EXPORT},
    {"refund", RIGHT_REFUND},
    {"unlock-lot", RIGHT_UNLOCK_LOT},
    {"check", RIGHT_CHECK_RX},
    {"audit", RIGHT_AUDIT},
    {"staff", RIGHT_STAFF},
};

/* @return the word's value; -1: there is no such word. */
static int
find_word(const Word *words, gsize n, const char *text)
{
  g_autofree char *lower = g_utf8_strdown(text, -1);
  g_autofree char *word = g_strconcat(" ", lower, " ", NULL);
  for (gsize i = 0; *text && i < n; i++) {
    if (strstr(words[i].words, word))
      return words[i].value;
  }
  return -1;
}

static uint32_t
find_right(const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS(RIGHTS); i++) {
    if (g_ascii_strcasecmp(RIGHTS[i].word, word) == 0)
      return RIGHTS[i].right;
  }
  return 0;
}

static uint32_t
read_rights(ListCells cells, uint32_t of_role, ReportRow *report)
{
  g_autofree char *text = list_plain(cells, FIELD_RIGHTS, report);
  g_auto(GStrv) words = g_strsplit_set(text, " ,;|/", -1);
  uint32_t rights = 0;
  if (*text == '\0')
    return of_role;
  for (char **word = words; *word; word++) {
    uint32_t right = find_right(*word);
    if (**word && !right)
      report_refuse(report, "unknown_right", "there is no right \"%s\"", *word);
    rights |= right;
  }
  return rights;
}

static int
read_limit(ListCells cells, Field field, int of_role, ReportRow *report)
{
  g_autofree char *text = list_plain(cells, field, report);
  int bp = of_role;
  if (*text && !cell_percent(text, &bp))
    report_refuse(report, "bad_percent", "\"%s\" is no percentage", text);
  return bp;
}

static Money
read_amount(ListCells cells, Field field, Money of_role, ReportRow *report)
{
  g_autofree char *text = list_plain(cells, field, report);
  Money amount = of_role;
  CellFault fault = *text ? cell_price(text, &amount) : CELL_OK;
  if (fault != CELL_OK)
    report_refuse(report, "bad_amount", "\"%s\" is no amount", text);
  return amount;
}

static Day
read_day(ListCells cells, Field field, ReportRow *report)
{
  g_autofree char *text = list_plain(cells, field, report);
  Day day = DAY_NONE;
  if (*text && cell_date(text, CELL_DATES_CLEAR, &day) != CELL_OK)
    report_refuse(report, "bad_date", "\"%s\" is no date", text);
  return day;
}

/* Several words, as in "western herbal". */
static int
read_scopes(ListCells cells, ReportRow *report)
{
  g_autofree char *text = list_plain(cells, FIELD_REG_SCOPE, report);
  g_auto(GStrv) words = g_strsplit_set(text, " ,;|/", -1);
  int scopes = 0;
  for (char **word = words; *word; word++) {
    int scope = **word ? find_word(SCOPES, G_N_ELEMENTS(SCOPES), *word) : 0;
    if (scope < 0)
      report_refuse(report, "unknown_scope", "\"%s\" is no scope", *word);
    else
      scopes |= scope;
  }
  return scopes;
}

/* Without a number there is none: nobody reviews by a half registration. */
static void
add_registration(ListCells cells, ReportRow *report, GString *json)
{
  g_autofree char *number = list_plain(cells, FIELD_REG_NUMBER, report);
  g_autofree char *kind_text = list_text(cells, FIELD_REG_KIND, report);
  int scopes = read_scopes(cells, report);
  Day from = read_day(cells, FIELD_REG_FROM, report);
  Day to = read_day(cells, FIELD_REG_TO, report);
  int kind = *kind_text ? find_word(KINDS, G_N_ELEMENTS(KINDS), kind_text)
                        : REGISTRATION_LICENSED;
  if (*number == '\0') {
    g_string_append(json, ",\"registration\":null");
    return;
  }
  if (kind < 0)
    report_refuse(report, "unknown_kind", "\"%s\" is no kind of pharmacist", kind_text);
  if (scopes == 0)
    report_refuse(report, "no_scope", "a registration says western, herbal or both");
  if (from != DAY_NONE && to != DAY_NONE && to < from)
    report_refuse(report, "bad_span", "the registration ends before it begins");
  g_string_append(json, ",\"registration\":{");
  list_add_text(json, "number", number);
  list_add_int(json, "kind", kind);
  list_add_int(json, "scopes", scopes);
  list_add_int(json, "from", from);
  list_add_int(json, "to", to);
  g_string_append_c(json, '}');
}

static bool
is_pin(const char *pin)
{
  gsize length = strlen(pin);
  return length >= LEAST_PIN && length <= LONGEST_PIN &&
         strspn(pin, "0123456789") == length;
}

/* One digit again and again, or digits in a row. */
static bool
is_weak(const char *pin)
{
  int step = pin[1] - pin[0];
  for (const char *p = pin + 1; p[1]; p++) {
    if (p[1] - p[0] != step)
      return false;
  }
  return step >= -1 && step <= 1;
}

static bool
hash_pin(const char *pin,
         const unsigned char *salt,
         int64_t ops,
         int64_t mem,
         char ret_hex[2 * PIN_BYTES + 1])
{
  unsigned char verifier[PIN_BYTES];
  bool is_done = crypto_pwhash(verifier,
                               sizeof verifier,
                               pin,
                               strlen(pin),
                               salt,
                               (unsigned long long)ops,
                               (size_t)mem,
                               crypto_pwhash_ALG_ARGON2ID13) == 0;
  sodium_bin2hex(ret_hex, 2 * PIN_BYTES + 1, verifier, sizeof verifier);
  sodium_memzero(verifier, sizeof verifier);
  return is_done;
}

/* Is it the PIN that the books have a verifier of? Then that one stays, and the same list
 * again changes nothing. */
static bool
is_kept_pin(Base *base, const char *number, const char *pin, bool *ret, GError **error)
{
  unsigned char salt[crypto_pwhash_SALTBYTES];
  char hex[2 * PIN_BYTES + 1];
  g_autofree char *json = NULL;
  g_autofree char *salt_hex = NULL;
  g_autofree char *verifier = NULL;
  int64_t ops = 0;
  int64_t mem = 0;
  size_t length = 0;
  *ret = false;
  if (!base || !publish_staff_pin(base, number, &json, error))
    return !base;
  if (!json)
    return true;
  if (!lookup_pin(base, json, &salt_hex, &verifier, &ops, &mem, error))
    return false;
  *ret = salt_hex && verifier && ops == PIN_OPS && mem == PIN_MEM &&
         sodium_hex2bin(
             salt, sizeof salt, salt_hex, strlen(salt_hex), NULL, &length, NULL) == 0 &&
         length == sizeof salt && hash_pin(pin, salt, ops, mem, hex) &&
         strcmp(hex, verifier) == 0;
  return true;
}

static bool
add_pin(const char *pin, GString *json)
{
  unsigned char salt[crypto_pwhash_SALTBYTES];
  char salt_hex[2 * sizeof salt + 1];
  char hex[2 * PIN_BYTES + 1];
  randombytes_buf(salt, sizeof salt);
  if (!hash_pin(pin, salt, PIN_OPS, PIN_MEM, hex))
    return false;
  sodium_bin2hex(salt_hex, sizeof salt_hex, salt, sizeof salt);
  g_string_append(json, ",\"pin\":{");
  list_add_text(json, "salt", salt_hex);
  list_add_text(json, "verifier", hex);
  list_add_int(json, "ops", PIN_OPS);
  list_add_int(json, "mem", PIN_MEM);
  g_string_append_c(json, '}');
  return true;
}

static bool
read_pin(StaffState *state,
         ListCells cells,
         const char *number,
         ReportRow *report,
         GString *json,
         GError **error)
{
  g_autofree char *pin = list_plain(cells, FIELD_PIN, report);
  bool is_kept = false;
  if (*pin == '\0') {
    if (list_has(cells, FIELD_PIN))
      report_remark(report, "no_pin", "no PIN: the old one stays, if there is one");
    g_string_append(json, ",\"pin\":null");
    return true;
  }
  if (!is_pin(pin)) {
    report_refuse(report, "bad_pin", "a PIN is %d to %d digits", LEAST_PIN, LONGEST_PIN);
    return true;
  }
  if (is_weak(pin))
    report_remark(report, "weak_pin", "this PIN is easily guessed");
  if (!is_kept_pin(state->base, number, pin, &is_kept, error))
    return false;
  if (is_kept)
    g_string_append(json, ",\"pin\":null");
  else if (!add_pin(pin, json))
    report_refuse(report, "no_memory", "there is not enough memory to keep a PIN");
  sodium_memzero(pin, strlen(pin));
  return true;
}

static bool
is_word(const char *text)
{
  return strlen(text) <= LONGEST && strspn(text,
                                           "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                           "abcdefghijklmnopqrstuvwxyz-") == strlen(text);
}

static void
compare(Seen *seen, const char *word, const char *what, ReportRow *report)
{
  const SeenRow *other = *word ? seen_find(seen, word) : NULL;
  const SeenRow row = {.line = report->line};
  if (other)
    report_refuse(report, what, "line %d has %s already", other->line, word);
  else if (*word)
    seen_put(seen, word, &row);
}

static void
add_person(ListCells cells, Role role, ReportRow *report, GString *json)
{
  const RoleBundle *bundle = role_bundle(role);
  g_autofree char *name = list_text(cells, FIELD_NAME, report);
  g_autofree char *active = list_text(cells, FIELD_ACTIVE, report);
  bool is_active = true;
  if (*name == '\0')
    report_refuse(report, "empty_name", "the name is missing");
  if (*active && !cell_yes_no(active, &is_active))
    report_refuse(report, "unclear_yes_no", "\"%s\" is neither yes nor no", active);
  list_add_text(json, "name", name);
  list_add_int(json, "role", role);
  list_add_int(json, "rights", read_rights(cells, bundle->rights, report));
  list_add_int(
      json,
      "discount_limit_bp",
      read_limit(cells, FIELD_DISCOUNT_LIMIT, bundle->discount_limit_bp, report));
  list_add_int(json,
               "price_limit_bp",
               read_limit(cells, FIELD_PRICE_LIMIT, bundle->price_limit_bp, report));
  list_add_int(json,
               "refund_limit",
               read_amount(cells, FIELD_REFUND_LIMIT, bundle->refund_limit, report));
  list_add_int(json,
               "count_limit",
               read_amount(cells, FIELD_COUNT_LIMIT, bundle->count_limit, report));
  add_registration(cells, report, json);
  list_add_bool(json, "active", is_active);
}

static bool
read_staff(
    gpointer data, ListCells cells, ReportRow *report, GString *json, GError **error)
{
  StaffState *state = data;
  g_autofree char *number = list_plain(cells, FIELD_NUMBER, report);
  g_autofree char *badge = list_plain(cells, FIELD_BADGE, report);
  g_autofree char *role_text = list_text(cells, FIELD_ROLE, report);
  int role = find_word(ROLES, G_N_ELEMENTS(ROLES), role_text);
  if (*number == '\0' || !is_word(number) || !is_word(badge))
    report_refuse(report,
                  "bad_number",
                  "a number or badge is at most %d letters and digits",
                  LONGEST);
  if (role < 0)
    report_refuse(report, "unknown_role", "\"%s\" is no role", role_text);
  if (!report->is_refused)
    compare(state->numbers, number, "number_again", report);
  if (!report->is_refused)
    compare(state->badges, badge, "badge_again", report);
  if (report->is_refused)
    return true;
  g_string_append_c(json, '{');
  list_add_text(json, "number", number);
  list_add_text(json, "badge", badge);
  add_person(cells, (Role)role, report, json);
  if (!report->is_refused && !read_pin(state, cells, number, report, json, error))
    return false;
  g_string_append_c(json, '}');
  return true;
}

static void
free_state(gpointer data)
{
  StaffState *state = data;
  seen_free(state->numbers);
  seen_free(state->badges);
  g_free(state);
}

ListReader *
staff_reader_new(const ImportJob *job, Base *base)
{
  StaffState *state = g_new0(StaffState, 1);
  *state = (StaffState){base, seen_new(), seen_new()};
  ListReader *reader = g_new0(ListReader, 1);
  *reader =
      (ListReader){.verb = "staff",
                   .max_rows = 1, /* a badge that is taken refuses one person only */
                   .read = read_staff,
                   .state = state,
                   .free_state = free_state};
  return reader;
}
