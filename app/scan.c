#include "app/scan.h"

#include "app/asking.h"
#include "app/cataloguing.h"
#include "app/checkout.h"
#include "app/finding.h"
#include "app/locking.h"
#include "app/minding.h"
#include "app/pay.h"
#include "app/ringing.h"
#include "app/settings.h"
#include "app/sign_in.h"
#include "db/product_store.h"

#define MAX_COUNT   99999
#define MAX_LAYOUTS 8
#define MG_PER_G    1000

static void
say(Till *till, NoticeId id, const char *what)
{
  till_notice(till, (Notice){.kind = NOTICE_WARN, .id = id, .what = g_strdup(what)});
}

static void
name_it(Till *till, const Barcode *barcode)
{
  till_notice(till,
              (Notice){.kind = NOTICE_WARN,
                       .id = NOTICE_CODE_WRONG_PLACE,
                       .barcode_kind = barcode->kind});
}

static bool
append_matches(
    Db *catalogue, const char *code, int64_t now_us, GPtrArray **matches, GError **error)
{
  if (*matches && (*matches)->len)
    return true;
  g_clear_pointer(matches, g_ptr_array_unref);
  return product_store_find_code(catalogue, code, now_us, matches, error);
}

bool
scan_find(Db *catalogue,
          const Barcode *barcode,
          int64_t now_us,
          GPtrArray **ret_matches,
          GError **error)
{
  g_autoptr(GPtrArray) matches = NULL;
  bool is_gs1 = barcode->kind == BARCODE_GS1;

  if (*barcode->gtin &&
      !append_matches(catalogue, barcode->gtin, now_us, &matches, error))
    return false;
  if (!is_gs1 && barcode->text &&
      !append_matches(catalogue, barcode->text, now_us, &matches, error))
    return false;
  if (!matches)
    matches = g_ptr_array_new_with_free_func((GDestroyNotify)product_match_free);
  *ret_matches = g_steal_pointer(&matches);
  return true;
}

/* What is weighed costs by weight: the price on its label tells how much it is, when it
 * tells it to the fen. */
static Quantity
weight_for(const ProductUnit *unit, Money price)
{
  if (!unit || !unit->has_price || unit->price <= 0)
    return 0;
  Quantity quantity =
      (Quantity)(((__int128)price * unit->base + unit->price / 2) / unit->price);
  return quantity_price(quantity, unit->price, unit->base) == price ? quantity : 0;
}

/* @return false: the article has no such value. */
static bool
take_value(const Barcode *barcode, const Product *product, RingingWish *wish)
{
  bool is_mass = product->measure == MEASURE_MASS;
  if (barcode->value_is_price && !is_mass)
    wish->price = barcode->value;
  else if (barcode->value_is_price)
    wish->quantity = weight_for(product_default_unit(product), barcode->value);
  else if (is_mass)
    wish->quantity = barcode->value * MG_PER_G;
  return wish->quantity > 0 || wish->price > 0;
}

static void
ring_up(Till *till, const Barcode *barcode, const ProductMatch *match)
{
  RingingWish wish = {
      .unit_name = match->unit_name,
      .lot_no = barcode->lot,
      .expiry = barcode->expiry,
  };
  if (barcode->kind == BARCODE_WEIGHED && !take_value(barcode, match->product, &wish)) {
    say(till, NOTICE_CODE_UNKNOWN, barcode->text);
    return;
  }
  finding_close(till);
  ringing_up(till, match->product, &wish);
}

static guint
count_active(const GPtrArray *matches)
{
  guint n = 0;
  for (guint i = 0; i < matches->len; i++)
    n += ((const ProductMatch *)matches->pdata[i])->product->active;
  return n;
}

/* Articles that were taken off the list do not make a code ambiguous: active ones are
 * first. */
static void
take_matches(Till *till, const Barcode *barcode, GPtrArray *matches)
{
  guint active = count_active(matches);
  if (active > 1) {
    finding_show_matches(till, matches);
    till_notice(
        till,
        (Notice){.kind = NOTICE_WARN, .id = NOTICE_SEVERAL_ARTICLES, .number = active});
    return;
  }
  ring_up(till, barcode, matches->pdata[0]);
}

static GPtrArray *
find_matches(Till *till, const Barcode *barcode)
{
  GPtrArray *matches = NULL;
  GError *error = NULL;
  if (!scan_find(till->catalogue, barcode, till_now_us(till), &matches, &error))
    cataloguing_failed(till, error);
  return matches;
}

static void
take_goods(Till *till, const Barcode *barcode)
{
  if (!cataloguing_is_there(till))
    return;
  g_autoptr(GPtrArray) matches = find_matches(till, barcode);
  if (!matches)
    return;
  if (matches->len)
    take_matches(till, barcode, matches);
  else if (barcode->fault == BARCODE_BAD_CHECK_DIGIT)
    say(till, NOTICE_CODE_BAD_CHECK, barcode->text);
  else
    say(till, NOTICE_CODE_UNKNOWN, barcode->text);
}

/* Letters, initials, characters: an article number as it stands, else a search. */
static void
take_text(Till *till, const Barcode *barcode, ScanSource source)
{
  if (!cataloguing_is_there(till))
    return;
  g_autoptr(GPtrArray) matches = find_matches(till, barcode);
  if (matches && matches->len) {
    take_matches(till, barcode, matches);
    return;
  }
  finding_type(till, barcode->text);
  if (till->found->len)
    return;
  if (source == SCAN_SCANNED)
    finding_close(till);
  say(till, NOTICE_NOTHING_FOUND, barcode->text);
}

/* "12" of "12*" and "*12". @return 0 when it is no count. */
static Quantity
read_count(const char *digits, gsize length)
{
  Quantity count = 0;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isdigit(digits[i]) || count > MAX_COUNT)
      return 0;
    count = count * 10 + (digits[i] - '0');
  }
  return count <= MAX_COUNT ? count : 0;
}

static void
count_next(Till *till, const char *digits, gsize length)
{
  Quantity count = read_count(digits, length);
  if (count == 0)
    say(till, NOTICE_BAD_QUANTITY, NULL);
  else
    till->typed_count = count;
  till_changed(till, TILL_SALE);
}

/* The numpad's grammar. @return false when @text is none of it. */
static bool
take_key(Till *till, const char *text)
{
  gsize n = strlen(text);
  bool begins = text[0] == '*', ends = n > 1 && text[n - 1] == '*';

  if (g_str_equal(text, "+"))
    checkout_step_quantity(till, 1);
  else if (g_str_equal(text, "-"))
    checkout_step_quantity(till, -1);
  else if (g_str_equal(text, "/"))
    checkout_next_unit(till);
  else if (begins)
    count_next(till, text + 1, n - 1);
  else if (ends && till->chosen < 0)
    count_next(till, text, n - 1);
  else if (ends) {
    g_autofree char *count = g_strndup(text, n - 1);
    checkout_set_quantity(till, count);
  }
  return begins || ends || (n == 1 && strchr("+-/", text[0]));
}

/* Setting "scale.codes": "21 5 5, 22 6 4 price": prefix, digits of the article, digits of
 * the weight in gram, or of the price in fen. */
static void
weigh(Till *till, Barcode *barcode)
{
  WeighedLayout layouts[MAX_LAYOUTS];
  int n = 0;
  g_autofree char *text = settings_text(till, "scale.codes");
  g_auto(GStrv) rows = g_strsplit(text, ",", MAX_LAYOUTS);

  for (guint i = 0; rows[i] && n < MAX_LAYOUTS; i++) {
    g_auto(GStrv) parts = g_strsplit(g_strstrip(rows[i]), " ", 4);
    guint length = g_strv_length(parts);
    if (length < 3)
      continue;
    g_strlcpy(layouts[n].prefix, parts[0], sizeof layouts[n].prefix);
    layouts[n].item_digits = (int)read_count(parts[1], strlen(parts[1]));
    layouts[n].value_digits = (int)read_count(parts[2], strlen(parts[2]));
    layouts[n].is_price = length == 4 && g_str_equal(parts[3], "price");
    n++;
  }
  barcode_weigh(barcode, layouts, n);
}

static void
take_in_sale(Till *till, Barcode *barcode, ScanSource source)
{
  switch (barcode->kind) {
  case BARCODE_TEXT:
    if (source == SCAN_SCANNED || !take_key(till, barcode->text))
      take_text(till, barcode, source);
    break;
  case BARCODE_INSTORE:
    weigh(till, barcode);
    take_goods(till, barcode);
    break;
  case BARCODE_EAN:
  case BARCODE_WEIGHED:
  case BARCODE_GS1:
  case BARCODE_STD_CODE:
    take_goods(till, barcode);
    break;
  default:
    name_it(till, barcode);
  }
}

static void
take_in_payment(Till *till, const Barcode *barcode, ScanSource source)
{
  Money amount;
  if (barcode->kind == BARCODE_PAY_CODE)
    pay_tender(till, TENDER_CODE_PAY, NULL);
  else if (source == SCAN_TYPED && money_parse(barcode->text, &amount))
    pay_tender(till, TENDER_CASH, barcode->text);
  else if (barcode->kind == BARCODE_TEXT)
    say(till, NOTICE_AMOUNT_BAD, NULL);
  else
    name_it(till, barcode);
}

static void
take_at_sign_in(Till *till, const Barcode *barcode, ScanSource source)
{
  bool is_badge = barcode->kind == BARCODE_STAFF;
  bool is_number = source == SCAN_TYPED || barcode->kind == BARCODE_TEXT;
  if (is_badge || is_number)
    sign_in_begin(till, is_badge ? barcode->text + 1 : barcode->text);
  else
    name_it(till, barcode);
}

/* Nothing that is scanned now gets anywhere, but a badge says who is here. */
static void
take_while_locked(Till *till, const Barcode *barcode)
{
  if (barcode->kind == BARCODE_STAFF)
    locking_begin(till, barcode->text + 1);
  else
    say(till, NOTICE_LOCKED, NULL);
}

/* Another person is asked for: what is scanned is taken for their badge. */
static void
take_while_asked(Till *till, const Barcode *barcode)
{
  asking_begin(till, barcode->kind == BARCODE_STAFF ? barcode->text + 1 : barcode->text);
}

static void
show_heard(Till *till, const Barcode *barcode)
{
  g_free(till->heard);
  till->heard = g_strdup(barcode->text);
  till_changed(till, TILL_DEVICES);
}

static BarcodeContext
context_of(TillPage page)
{
  switch (page) {
  case PAGE_SIGN_IN:
  case PAGE_LOCK:
    return BARCODE_IN_SIGN_IN;
  case PAGE_PAYMENT:
    return BARCODE_IN_PAYMENT;
  case PAGE_DEVICES:
    return BARCODE_ANYWHERE;
  default:
    return BARCODE_IN_SALE;
  }
}

static void
take(Till *till, Barcode *barcode, ScanSource source)
{
  switch (till->page) {
  case PAGE_SIGN_IN:
    take_at_sign_in(till, barcode, source);
    break;
  case PAGE_SALE:
  case PAGE_SEARCH:
    take_in_sale(till, barcode, source);
    break;
  case PAGE_PAYMENT:
    take_in_payment(till, barcode, source);
    break;
  case PAGE_DEVICES:
    show_heard(till, barcode);
    break;
  case PAGE_HELD:
  case PAGE_SHIFT:
  case PAGE_STAFF:
    name_it(till, barcode);
    break;
  case PAGE_LOCK: /* told apart before */
    break;
  }
}

void
scan_code(Till *till, const char *bytes, gsize length, ScanSource source)
{
  minding_begin_deed(till);
  bool asks = till->ask != ASK_NOTHING;
  g_auto(Barcode) barcode =
      barcode_read(bytes, length, asks ? BARCODE_IN_SIGN_IN : context_of(till->page));
  bool is_typed_amount = till->page == PAGE_PAYMENT || till->page == PAGE_SIGN_IN;

  if (barcode.kind == BARCODE_NONE)
    return;
  if (till->page == PAGE_LOCK) {
    take_while_locked(till, &barcode);
    return;
  }
  if (asks) {
    take_while_asked(till, &barcode);
    return;
  }
  if (barcode.kind == BARCODE_GARBAGE)
    say(till, length > BARCODE_MAX ? NOTICE_CODE_TOO_LONG : NOTICE_CODE_GARBAGE, NULL);
  else if (barcode.fault == BARCODE_BAD_FIELD)
    say(till, NOTICE_CODE_BAD_FIELD, barcode.bad_field);
  else if (barcode.fault == BARCODE_WRONG_PLACE &&
           !(is_typed_amount && source == SCAN_TYPED))
    name_it(till, &barcode);
  else
    take(till, &barcode, source);
}

bool
scan_beep(const Till *till, Beep *ret_beep)
{
  switch (till->notice.id) {
  case NOTICE_CODE_UNKNOWN:
  case NOTICE_NOTHING_FOUND:
    *ret_beep = BEEP_NOT_ON_FILE;
    return true;
  case NOTICE_CODE_WRONG_PLACE:
  case NOTICE_CODE_BAD_CHECK:
  case NOTICE_CODE_BAD_FIELD:
  case NOTICE_CODE_GARBAGE:
  case NOTICE_CODE_TOO_LONG:
  case NOTICE_SALE_FULL:
  case NOTICE_STAFF_UNKNOWN:
  case NOTICE_TENDER_NOT_HERE:
    *ret_beep = BEEP_REFUSED;
    return true;
  default:
    *ret_beep = BEEP_REFUSED;
    return till->notice.kind == NOTICE_BLOCK;
  }
}
