#include "app/explaining.h"

#include "app/domain/id_number.h"
#include "db/product_store.h"

static const char *const KINDS[] = {
    [BARCODE_NONE] = "nothing",
    [BARCODE_TEXT] = "text to search for",
    [BARCODE_EAN] = "trade code",
    [BARCODE_INSTORE] = "in-store code",
    [BARCODE_WEIGHED] = "in-store code with a weight",
    [BARCODE_GS1] = "GS1 element string",
    [BARCODE_TRACE] = "trace code",
    [BARCODE_STD_CODE] = "national drug code",
    [BARCODE_MEMBER] = "member code",
    [BARCODE_STAFF] = "staff badge",
    [BARCODE_TICKET] = "receipt number",
    [BARCODE_PAY_CODE] = "payment code",
    [BARCODE_ID_NUMBER] = "resident ID number",
    [BARCODE_GARBAGE] = "garbage",
};

static const struct {
  BarcodeContext context;
  const char *key;
} CONTEXTS[] = {
    {BARCODE_IN_SALE, "in the sale"},
    {BARCODE_IN_PAYMENT, "in the payment"},
    {BARCODE_IN_ID_BOX, "in the ID box"},
    {BARCODE_IN_COUNT, "in a count"},
    {BARCODE_IN_RECEIVING, "in receiving"},
    {BARCODE_IN_SIGN_IN, "at sign-in"},
};

const char *
explaining_kind(BarcodeKind kind)
{
  return KINDS[kind];
}

static void
add(GPtrArray *lines, const char *key, const char *value)
{
  if (value && *value)
    g_ptr_array_add(lines, g_strdup_printf("%s\t%s", key, value));
}

static char *
outcome(const Barcode *barcode)
{
  const char *kind = KINDS[barcode->kind];
  switch (barcode->fault) {
  case BARCODE_BAD_CHECK_DIGIT:
    return g_strdup_printf("refused: %s with a wrong check digit", kind);
  case BARCODE_WRONG_PLACE:
    return g_strdup_printf("named, not used: %s", kind);
  case BARCODE_BAD_FIELD:
    return g_strdup_printf("refused: %s, field (%s) is wrong", kind, barcode->bad_field);
  default:
    break;
  }
  if (barcode->kind == BARCODE_GARBAGE)
    return g_strdup("refused: garbage");
  return g_strdup(kind);
}

static void
add_contexts(GPtrArray *lines, const char *bytes, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS(CONTEXTS); i++) {
    g_auto(Barcode) barcode = barcode_read(bytes, length, CONTEXTS[i].context);
    g_autofree char *said = outcome(&barcode);
    add(lines, CONTEXTS[i].key, said);
  }
}

static void
add_check_digit(GPtrArray *lines, const Barcode *barcode)
{
  gsize n = strlen(barcode->text);
  bool has_one = (n == 8 || n == 12 || n == 13 || n == 14) &&
                 strspn(barcode->text, "0123456789") == n;
  if (!has_one)
    return;
  char right = barcode_check_digit(barcode->text, (int)n - 1);
  g_autofree char *said =
      right == barcode->text[n - 1]
          ? g_strdup("right")
          : g_strdup_printf("wrong: %c, should be %c", barcode->text[n - 1], right);
  add(lines, "check digit", said);
}

static void
add_fields(GPtrArray *lines, const Barcode *barcode)
{
  g_autofree char *expiry = day_text(barcode->expiry);
  add(lines, "GTIN", barcode->gtin);
  add(lines, "lot", barcode->lot);
  add(lines, "expiry", expiry);
  add(lines, "serial", barcode->serial);
  add(lines, "wrong field", barcode->bad_field);
}

static void
add_article(GPtrArray *lines, const ProductMatch *match)
{
  const Product *p = match->product;
  const ProductUnit *unit =
      match->unit_name ? product_unit(p, match->unit_name) : product_default_unit(p);
  g_autofree char *price =
      unit && unit->has_price ? money_text(unit->price) : g_strdup("no price");
  g_autofree char *said = g_strdup_printf("%s %s %s, %s, %s per %s%s",
                                          p->code,
                                          p->generic_name,
                                          p->spec,
                                          p->maker,
                                          price,
                                          unit ? unit->name : "unit",
                                          p->active ? "" : ", taken off the list");
  add(lines, "article", said);
}

static void
add_articles(GPtrArray *lines, Db *catalogue, const Barcode *barcode, int64_t now_us)
{
  g_autoptr(GPtrArray) matches = NULL;
  g_autoptr(GError) error = NULL;

  if (!scan_find(catalogue, barcode, now_us, &matches, &error)) {
    add(lines, "article", error->message);
    return;
  }
  for (guint i = 0; i < matches->len; i++)
    add_article(lines, matches->pdata[i]);
  if (!matches->len)
    add(lines, "article", "none on file has this code");
}

static bool
may_name_an_article(const Barcode *barcode)
{
  return *barcode->gtin || barcode->kind == BARCODE_TEXT ||
         barcode->fault == BARCODE_BAD_CHECK_DIGIT;
}

/* -- what a number is made of -------------------------------------------------------- */

static bool
is_digits(const char *text, gsize from, gsize n)
{
  return strspn(text + from, "0123456789") >= n;
}

/* 17 digits and a digit or X: somebody's, also when a digit was mistyped. */
static bool
looks_personal(const Barcode *barcode)
{
  const char *text = barcode->text;
  return barcode->kind == BARCODE_ID_NUMBER ||
         (barcode->kind == BARCODE_TEXT && strlen(text) == 18 && is_digits(text, 0, 17) &&
          strchr("0123456789Xx", text[17]));
}

static void
add_id_number(GPtrArray *lines, const Barcode *barcode)
{
  static const char *const FAULTS[] = {
      [ID_OK] = "right: place, day of birth and check character",
      [ID_BAD_LENGTH] = "wrong: its length",
      [ID_BAD_CHARACTER] = "wrong: a character that is no digit",
      [ID_BAD_DATE] = "wrong: the day of birth",
      [ID_BAD_CHECK] = "wrong: the check character; a digit was mistyped",
      [ID_BAD_REGION] = "wrong: no province begins so",
  };
  if (looks_personal(barcode))
    add(lines, "ID number", FAULTS[id_number_check(barcode->text, NULL, NULL)]);
}

/* Lengths and first digits: domain.md 8.1. The same digits may be read in more than one
 * way, so each that fits is told. */
static void
add_payment(GPtrArray *lines, const char *text)
{
  static const struct {
    gsize least, most;
    int first, last;
    const char *who;
  } PAYERS[] = {
      {18, 18, 10, 15, "WeChat Pay (18 digits, 10-15)"},
      {16, 24, 25, 30, "Alipay (16-24 digits, 25-30)"},
      {19, 19, 62, 62, "UnionPay (19 digits, 62)"},
  };
  gsize n = strlen(text);

  for (gsize i = 0; i < G_N_ELEMENTS(PAYERS) && n >= 16 && is_digits(text, 0, n); i++) {
    int begins = (text[0] - '0') * 10 + text[1] - '0';
    if (n >= PAYERS[i].least && n <= PAYERS[i].most && begins >= PAYERS[i].first &&
        begins <= PAYERS[i].last)
      add(lines, "payment by", PAYERS[i].who);
  }
}

static void
add_drug_code(GPtrArray *lines, const Barcode *barcode)
{
  g_autofree char *said = NULL;

  if (barcode->kind == BARCODE_TRACE) {
    said = g_strdup_printf("%.7s", barcode->text);
    add(lines, "trace article", said);
  } else if (barcode->kind == BARCODE_STD_CODE) {
    said =
        g_strdup_printf("maker %.5s, article %.5s", barcode->text + 3, barcode->text + 8);
    add(lines, "drug code", said);
  }
}

/* 国药准字 and a letter with eight digits, as medicines are approved in China. */
static void
add_approval(GPtrArray *lines, const Barcode *barcode)
{
  static const char BEGINS[] = "国药准字";
  static const struct {
    char letter;
    const char *says;
  } LETTERS[] = {
      {'H', "chemical medicine"},
      {'Z', "traditional Chinese medicine"},
      {'S', "biological product"},
      {'J', "imported, packed in China"},
      {'T', "diagnostic reagent"},
      {'F', "excipient"},
      {'B', "health medicine"},
  };

  if (barcode->kind != BARCODE_TEXT || !g_str_has_prefix(barcode->text, BEGINS))
    return;
  const char *rest = barcode->text + strlen(BEGINS);
  bool is_whole = strlen(rest) == 9 && is_digits(rest, 1, 8);
  for (gsize i = 0; i < G_N_ELEMENTS(LETTERS); i++)
    if (is_whole && g_ascii_toupper(rest[0]) == LETTERS[i].letter) {
      add(lines, "approval number", LETTERS[i].says);
      return;
    }
  add(lines, "approval number", "wrong: a letter and eight digits should follow");
}

/* What support sends around must not carry anybody's ID number, nor a code that pays. */
static void
add_code(GPtrArray *lines, const Barcode *barcode)
{
  bool is_hidden = looks_personal(barcode) || barcode->kind == BARCODE_PAY_CODE;
  g_autofree char *shown =
      is_hidden ? id_number_mask(barcode->text) : g_strdup(barcode->text);
  add(lines, "code", shown);
}

GPtrArray *
scan_explain(Db *catalogue, const char *bytes, gsize length, int64_t now_us)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  g_auto(Barcode) barcode = barcode_read(bytes, length, BARCODE_IN_SALE);
  g_autofree char *size = g_strdup_printf("%" G_GSIZE_FORMAT, length);

  add_code(lines, &barcode);
  add(lines, "bytes", size);
  add(lines, "kind", KINDS[barcode.kind]);
  add_check_digit(lines, &barcode);
  add_fields(lines, &barcode);
  add_id_number(lines, &barcode);
  add_payment(lines, barcode.text ? barcode.text : "");
  add_drug_code(lines, &barcode);
  add_approval(lines, &barcode);
  add_contexts(lines, bytes, length);
  if (catalogue && may_name_an_article(&barcode) && !looks_personal(&barcode))
    add_articles(lines, catalogue, &barcode, now_us);
  return lines;
}
