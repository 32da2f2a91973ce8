#include "app/domain/barcode.h"

#include <string.h>

#include "app/domain/gs1.h"
#include "app/domain/id_number.h"

#define GARBAGE_SHOWN 64

/* What was scanned, cleaned, before it has a meaning. */
typedef struct {
  const char *text;
  gsize n;
  bool is_digits;
  bool is_marked_gs1; /* by a symbology identifier or a separator */
  bool is_itf;        /* by a symbology identifier: what cartons carry */
  BarcodeContext context;
} Scan;

/* What a symbology identifier says. */
typedef struct {
  gsize length; /* of itself; 0: there is none */
  bool is_gs1, is_itf;
  gsize kept; /* characters that are the code itself, an add-on follows; 0: all */
  bool is_add_on;
} Symbology;

char
barcode_check_digit(const char *digits, int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++)
    sum += (digits[n - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  return (char)('0' + (10 - sum % 10) % 10);
}

static bool
are_digits(const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    if (!g_ascii_isdigit(text[i]))
      return false;
  }
  return true;
}

static bool
is_gtin_length(gsize n)
{
  return n == 8 || n == 12 || n == 13 || n == 14;
}

bool
barcode_to_gtin14(const char *digits, char ret_gtin[15])
{
  gsize n = strnlen(digits, 15);
  if (!is_gtin_length(n) || !are_digits(digits, n))
    return false;
  if (barcode_check_digit(digits, (int)n - 1) != digits[n - 1])
    return false;
  memset(ret_gtin, '0', 14 - n);
  memcpy(ret_gtin + 14 - n, digits, n + 1);
  return true;
}

static int
number_at(const char *digits, int n)
{
  int number = 0;
  for (int i = 0; i < n; i++)
    number = number * 10 + (digits[i] - '0');
  return number;
}

static bool
is_between(const Scan *scan, int least, int most)
{
  int first_two = number_at(scan->text, 2);
  return first_two >= least && first_two <= most;
}

static bool
looks_human(const char *text)
{
  int n = 0;
  while (*text == '(' && g_ascii_isdigit(text[1 + n]))
    n++;
  return n >= 2 && n <= 4 && text[1 + n] == ')';
}

static void
take_gs1_fields(Barcode *barcode, const GPtrArray *fields, BarcodeContext context)
{
  const char *gtin = gs1_value(fields, "01");
  /* A case or pallet names what it contains: of use where cases are taken in. */
  if (!gtin && context == BARCODE_IN_RECEIVING)
    gtin = gs1_value(fields, "02");
  if (gtin)
    g_strlcpy(barcode->gtin, gtin, sizeof barcode->gtin);
  barcode->lot = g_strdup(gs1_value(fields, "10"));
  barcode->serial = g_strdup(gs1_value(fields, "21"));
  const char *expiry = gs1_value(fields, "17");
  if (expiry) {
    barcode->expiry = gs1_day(expiry);
    barcode->expiry_is_month = g_str_has_suffix(expiry, "00");
  }
}

static bool
looks_like_trace(const Scan *scan)
{
  return scan->is_digits && scan->n == 20 && scan->text[0] == '8';
}

/* A trace code that was printed as GS1-128 is still one: no element string with a GTIN
 * is made of 20 digits of which the first is 8. */
static bool
read_gs1(const Scan *scan, Barcode *barcode)
{
  if (looks_like_trace(scan))
    return false;
  bool is_human = looks_human(scan->text);
  bool is_marked = scan->is_marked_gs1 || is_human;
  bool may_be_guessed = scan->n > 16 && g_str_has_prefix(scan->text, "01");
  if (!is_marked && !may_be_guessed)
    return false;

  Gs1Form form = is_human ? GS1_HUMAN : is_marked ? GS1_MARKED : GS1_UNMARKED;
  char bad_ai[5];
  g_autoptr(GPtrArray) fields = gs1_read(scan->text, form, bad_ai);
  if (!is_marked && (*bad_ai || fields->len == 0))
    return false;

  take_gs1_fields(barcode, fields, scan->context);
  if (!*bad_ai && !*barcode->gtin)
    g_strlcpy(bad_ai, "01", sizeof bad_ai);
  if (*bad_ai) {
    barcode->fault = BARCODE_BAD_FIELD;
    g_strlcpy(barcode->bad_field, bad_ai, sizeof barcode->bad_field);
    barcode->text = g_strdelimit(g_strdup(scan->text), "\x1d", ' ');
  } else if (form != GS1_UNMARKED) {
    barcode->text = gs1_to_text(fields);
  }
  return true;
}

static bool
read_trace(const Scan *scan, Barcode *barcode)
{
  if (!looks_like_trace(scan))
    return false;
  barcode->serial = g_strdup(scan->text);
  return true;
}

/* Real ones carry a right GTIN-14 check digit, so that the digit cannot tell a 本位码
 * from a carton: 86 and 12 more decide (domain.md 8.2), except where only cartons are
 * expected or the symbology is the one of cartons. */
static bool
looks_like_std_code(const Scan *scan)
{
  return scan->n == 14 && g_str_has_prefix(scan->text, "86") && !scan->is_itf;
}

static bool
read_std_code(const Scan *scan, Barcode *barcode)
{
  return looks_like_std_code(scan) && barcode_to_gtin14(scan->text, barcode->gtin);
}

static bool
is_instore(const Scan *scan)
{
  return scan->n == 13 && is_between(scan, 20, 29);
}

static bool
read_instore(const Scan *scan, Barcode *barcode)
{
  return scan->is_digits && is_instore(scan) &&
         barcode_to_gtin14(scan->text, barcode->gtin);
}

static bool
read_ean(const Scan *scan, Barcode *barcode)
{
  return !is_instore(scan) && barcode_to_gtin14(scan->text, barcode->gtin);
}

static bool
read_id_number(const Scan *scan, Barcode *barcode)
{
  if (id_number_check(scan->text, NULL, NULL) != ID_OK)
    return false;
  barcode->text = g_ascii_strup(scan->text, -1);
  return true;
}

/* WeChat, Alipay, UnionPay: lengths and leading digits as published (domain.md 8.1). */
static bool
read_pay_code(const Scan *scan, Barcode *barcode)
{
  if (!scan->is_digits || scan->n < 16 || scan->n > 24)
    return false;
  return (scan->n == 18 && is_between(scan, 10, 15)) || is_between(scan, 25, 30) ||
         (scan->n == 19 && is_between(scan, 62, 62));
}

static bool
is_lettered(const Scan *scan, char letter)
{
  return scan->text[0] == letter && scan->n >= 4 && scan->n <= 21 &&
         are_digits(scan->text + 1, scan->n - 1);
}

static bool
read_member(const Scan *scan, Barcode *barcode)
{
  return is_lettered(scan, 'M');
}

static bool
read_staff(const Scan *scan, Barcode *barcode)
{
  return is_lettered(scan, 'S');
}

static gsize
count_digits(const char *text)
{
  return strspn(text, "0123456789");
}

/* A receipt's number: 0123-03-e1-000457. */
static bool
read_ticket(const Scan *scan, Barcode *barcode)
{
  const char *p = scan->text;
  for (int part = 0; part < 2; part++) {
    gsize n = count_digits(p);
    if (n == 0 || p[n] != '-')
      return false;
    p += n + 1;
  }
  gsize epoch = *p == 'e' || *p == 'E' ? count_digits(p + 1) : 0;
  if (epoch == 0 || p[1 + epoch] != '-')
    return false;
  p += epoch + 2;
  return count_digits(p) == 6 && p[6] == '\0';
}

/* In the order in which a code is tried. To add a kind: its reader above, a row here, its
 * bit in the contexts that take it, a row in the test. */
static const struct {
  BarcodeKind kind;
  bool (*read)(const Scan *scan, Barcode *barcode);
} READERS[] = {
    {BARCODE_GS1, read_gs1},
    {BARCODE_TRACE, read_trace},
    {BARCODE_STD_CODE, read_std_code},
    {BARCODE_INSTORE, read_instore},
    {BARCODE_EAN, read_ean},
    {BARCODE_ID_NUMBER, read_id_number},
    {BARCODE_PAY_CODE, read_pay_code},
    {BARCODE_MEMBER, read_member},
    {BARCODE_TICKET, read_ticket},
    {BARCODE_STAFF, read_staff},
};

#define BIT(kind) (1u << (kind))
#define GOODS                                                                            \
  (BIT(BARCODE_GS1) | BIT(BARCODE_TRACE) | BIT(BARCODE_INSTORE) | BIT(BARCODE_EAN))

static const unsigned ACCEPTED[] = {
    [BARCODE_IN_SALE] = GOODS | BIT(BARCODE_STD_CODE) | BIT(BARCODE_MEMBER) |
                        BIT(BARCODE_TICKET) | BIT(BARCODE_STAFF),
    [BARCODE_IN_PAYMENT] = BIT(BARCODE_PAY_CODE),
    [BARCODE_IN_ID_BOX] = BIT(BARCODE_ID_NUMBER),
    [BARCODE_IN_COUNT] = GOODS,
    [BARCODE_IN_RECEIVING] = GOODS,
    [BARCODE_IN_SIGN_IN] = BIT(BARCODE_STAFF),
    [BARCODE_ANYWHERE] = ~0u,
};

static bool
read_as_one_of(const Scan *scan, unsigned kinds, Barcode *barcode)
{
  for (gsize i = 0; i < G_N_ELEMENTS(READERS); i++) {
    if (!(kinds & BIT(READERS[i].kind)) || !READERS[i].read(scan, barcode))
      continue;
    barcode->kind = READERS[i].kind;
    return true;
  }
  return false;
}

/* A code of the right shape for this place whose check digit is wrong. */
static bool
read_miskeyed(const Scan *scan, unsigned accepted, Barcode *barcode)
{
  if (scan->context == BARCODE_IN_ID_BOX &&
      id_number_check(scan->text, NULL, NULL) == ID_BAD_CHECK)
    barcode->kind = BARCODE_ID_NUMBER;
  else if (!(accepted & BIT(BARCODE_EAN)) || !scan->is_digits || !is_gtin_length(scan->n))
    return false;
  else if (barcode_to_gtin14(scan->text, barcode->gtin))
    return false;
  else if (is_instore(scan))
    barcode->kind = BARCODE_INSTORE;
  else
    barcode->kind = looks_like_std_code(scan) ? BARCODE_STD_CODE : BARCODE_EAN;
  barcode->fault = BARCODE_BAD_CHECK_DIGIT;
  return true;
}

static void
classify(const Scan *scan, Barcode *barcode)
{
  unsigned accepted = ACCEPTED[scan->context];
  if (read_as_one_of(scan, accepted, barcode))
    return;
  if (read_miskeyed(scan, accepted, barcode))
    return;
  if (read_as_one_of(scan, ~accepted, barcode))
    barcode->fault = BARCODE_WRONG_PLACE;
  else
    barcode->kind = BARCODE_TEXT;
}

/* Full-width forms are what an input method makes of digits. */
static gunichar
fold(gunichar c)
{
  if (c >= 0xFF01 && c <= 0xFF5E)
    return c - 0xFF01 + '!';
  return c == 0x3000 ? ' ' : c;
}

static bool
ends_a_scan(char c)
{
  return c == '\r' || c == '\n' || c == '\t';
}

/* @return the cleaned text, NULL when there is a byte that no code has. */
static char *
normalise(const char *bytes, gsize length)
{
  while (length > 0 && ends_a_scan(bytes[length - 1]))
    length--;
  if (!g_utf8_validate_len(bytes, length, NULL))
    return NULL;
  g_autoptr(GString) text = g_string_sized_new(length);
  for (const char *p = bytes; p < bytes + length; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (g_unichar_iscntrl(c) && c != GS1_SEPARATOR)
      return NULL;
    if (g_unichar_type(c) != G_UNICODE_FORMAT)
      g_string_append_unichar(text, fold(c));
  }
  return g_strdup(g_strstrip(text->str));
}

/* ISO/IEC 15424. EAN-13 with an add-on comes as one (]E3) or the add-on comes alone. */
static Symbology
read_symbology(const char *bytes, gsize length)
{
  static const char *const GS1[] = {"]C1", "]d2", "]Q3", "]e0", "]J1"};
  Symbology symbology = {0};
  if (length < 3 || bytes[0] != ']' || !g_ascii_isalpha(bytes[1]) ||
      !g_ascii_isalnum(bytes[2]))
    return symbology;
  for (gsize i = 0; i < G_N_ELEMENTS(GS1); i++)
    symbology.is_gs1 |= memcmp(bytes, GS1[i], 3) == 0;
  symbology.length = 3;
  symbology.is_itf = bytes[1] == 'I';
  symbology.kept = memcmp(bytes, "]E3", 3) == 0 ? 13 : 0;
  symbology.is_add_on = memcmp(bytes, "]E1", 3) == 0 || memcmp(bytes, "]E2", 3) == 0;
  return symbology;
}

/* A separator without a symbology identifier is believed where digits of an AI stand. */
static bool
begins_with_ai(const char *text)
{
  text += strspn(text, "\x1d");
  return g_ascii_isdigit(text[0]) && g_ascii_isdigit(text[1]);
}

/* Shown and logged, so never with bytes that could command a terminal or a printer. */
static Barcode
garbage(const char *bytes, gsize length)
{
  gsize n = MIN(length, GARBAGE_SHOWN);
  char *text = g_malloc0(n + 1);
  for (gsize i = 0; i < n; i++)
    text[i] = g_ascii_isprint(bytes[i]) ? bytes[i] : '?';
  return (Barcode){.kind = BARCODE_GARBAGE, .text = text};
}

Barcode
barcode_read(const char *bytes, gsize length, BarcodeContext context)
{
  if (length > BARCODE_MAX)
    return garbage(bytes, length);
  Symbology symbology = read_symbology(bytes, length);
  gsize prefix = symbology.length;
  bool is_empty = length == 0 || symbology.is_add_on;
  g_autofree char *text =
      is_empty ? g_strdup("") : normalise(bytes + prefix, length - prefix);
  if (!text)
    return garbage(bytes, length);
  if (symbology.kept && strlen(text) > symbology.kept && are_digits(text, strlen(text)))
    text[symbology.kept] = '\0';

  Barcode barcode = {0};
  bool has_separator = strchr(text, GS1_SEPARATOR) != NULL;
  if (has_separator && !symbology.is_gs1 && !begins_with_ai(text))
    return garbage(bytes, length);
  if (*text) {
    Scan scan = {.text = text, .n = strlen(text), .context = context};
    scan.is_digits = are_digits(scan.text, scan.n);
    scan.is_marked_gs1 = symbology.is_gs1 || has_separator;
    scan.is_itf = symbology.is_itf;
    classify(&scan, &barcode);
  }
  if (!barcode.text)
    barcode.text = g_steal_pointer(&text);
  return barcode;
}

void
barcode_clear(Barcode *barcode)
{
  g_free(barcode->text);
  g_free(barcode->lot);
  g_free(barcode->serial);
  *barcode = (Barcode){0};
}

static bool
fits_layout(const char *ean, const WeighedLayout *layout)
{
  int prefix = (int)strnlen(layout->prefix, sizeof layout->prefix);
  bool has_room = layout->item_digits >= 0 && layout->value_digits > 0 &&
                  layout->value_digits <= 9 &&
                  prefix + layout->item_digits + layout->value_digits <= 12;
  return prefix > 0 && has_room && strncmp(ean, layout->prefix, (gsize)prefix) == 0;
}

bool
barcode_weigh(Barcode *barcode, const WeighedLayout *layouts, int n)
{
  if (barcode->kind != BARCODE_INSTORE || barcode->fault != BARCODE_OK)
    return false;
  char *ean = barcode->gtin + 1;
  for (int i = 0; i < n; i++) {
    const WeighedLayout *layout = &layouts[i];
    if (!fits_layout(ean, layout))
      continue;
    int item_end = (int)strlen(layout->prefix) + layout->item_digits;
    barcode->kind = BARCODE_WEIGHED;
    barcode->value = number_at(ean + 12 - layout->value_digits, layout->value_digits);
    barcode->value_is_price = layout->is_price;
    memset(ean + item_end, '0', (gsize)(12 - item_end));
    ean[12] = barcode_check_digit(ean, 12);
    return true;
  }
  return false;
}
