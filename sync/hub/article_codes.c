#include "sync/hub/article_codes.h"

#include <string.h>

#include "sync/hub/article_words.h"
#include "sync/hub/lookup.h"
#include "sync/hub/trade_code.h"

#define MAX_CODES 32 /* barcodes of one article */

/* Without blanks, letters in capitals; but whole, with its words (transfer full). */
static char *
bare_approval(ArticleDraft *draft)
{
  g_autofree char *plain = list_plain(draft->cells, FIELD_APPROVAL_NO, draft->report);
  g_autofree char *upper = g_ascii_strup(plain, -1);
  GString *out = g_string_new(upper);
  g_string_replace(out, " ", "", 0);
  return g_string_free(out, FALSE);
}

/* "H20110147" of 进口药品注册证H20110147: the letter and digits (transfer full); "" if
 * none. */
static char *
approval_digits(const char *approval)
{
  for (const char *p = approval; *p; p++) {
    gsize n = g_ascii_isalpha(*p) ? strspn(p + 1, "0123456789") : 0;
    if (n >= 8)
      return g_strndup(p, n + 1);
  }
  return g_strdup("");
}

/* The same number on another article, or the same digits behind other words. */
static void
compare_approval(ArticleDraft *draft)
{
  g_autofree char *digits = approval_digits(draft->approval);
  SeenRow row = {.line = draft->report->line,
                 .code = draft->code,
                 .name = draft->name,
                 .text = draft->approval};
  const SeenRow *same = seen_find(draft->state->approvals, draft->approval);
  const SeenRow *alike = *digits ? seen_find(draft->state->approvals, digits) : NULL;
  if (same && strcmp(same->name, draft->name) != 0)
    report_remark(draft->report,
                  "approval_of_another",
                  "%s is also the number of %s (line %d)",
                  draft->approval,
                  same->name,
                  same->line);
  if (!same && alike && strcmp(alike->text, draft->approval) != 0)
    report_remark(draft->report,
                  "approval_digits_shared",
                  "%s and %s (line %d) share their digits; they are kept apart",
                  draft->approval,
                  alike->text,
                  alike->line);
  seen_put(draft->state->approvals, draft->approval, &row);
  if (*digits)
    seen_put(draft->state->approvals, digits, &row);
}

static bool
is_barcode(const char *text)
{
  TradeCode code = trade_code_read(text);
  return code.verdict != TRADE_CODE_UNUSABLE;
}

void
article_codes_read_approval(ArticleDraft *draft)
{
  g_autofree char *approval = bare_approval(draft);
  if (*approval && is_barcode(approval)) {
    report_remark(draft->report,
                  "barcode_as_approval",
                  "%s is a barcode, not an approval number; left out",
                  approval);
    draft->approval = g_strdup("");
    return;
  }
  draft->approval = g_steal_pointer(&approval);
  if (*draft->approval && g_utf8_strlen(draft->approval, -1) > ARTICLE_MAX_TEXT)
    report_refuse(draft->report, "too_long", "the approval number is too long");
}

static bool
is_chinese_medicine(LegalClass legal_class)
{
  return legal_class == CLASS_RX || legal_class == CLASS_OTC_A ||
         legal_class == CLASS_OTC_B || legal_class == CLASS_DUAL;
}

void
article_codes_judge_approval(ArticleDraft *draft)
{
  if (*draft->approval)
    compare_approval(draft);
  if (!list_has(draft->cells, FIELD_APPROVAL_NO) ||
      !is_chinese_medicine(draft->legal_class))
    return;
  if (*draft->approval == '\0')
    report_remark(draft->report, "no_approval", "a medicine without approval number");
  else if (!words_is_approval(draft->approval))
    report_remark(draft->report,
                  "approval_form",
                  "%s has no form of an approval number",
                  draft->approval);
}

static bool
is_in(const GPtrArray *texts, const char *text)
{
  for (guint i = 0; i < texts->len; i++) {
    if (strcmp(texts->pdata[i], text) == 0)
      return true;
  }
  return false;
}

/* Another article of the list, or of the books, has this code too: that is allowed, and
 * the till asks which one is meant; but somebody should know. */
static bool
compare_barcode(ArticleDraft *draft, const char *gtin, const char *unit, GError **error)
{
  const SeenRow *other = seen_find(draft->state->barcodes, gtin);
  if (other && strcmp(other->code, draft->code) != 0) {
    bool is_piece =
        strcmp(other->name, draft->name) == 0 && strcmp(other->unit, unit) != 0;
    report_remark(draft->report,
                  is_piece ? "barcode_box_and_piece" : "barcode_shared",
                  "barcode %s is also on the %s of %s %s (line %d)",
                  gtin,
                  other->unit,
                  other->code,
                  other->name,
                  other->line);
    return true;
  }
  g_autoptr(GPtrArray) codes = NULL;
  if (!lookup_barcode(draft->state->base, gtin, &codes, error))
    return false;
  for (guint i = 0; i < codes->len; i++) {
    if (strcmp(codes->pdata[i], draft->code) == 0)
      continue;
    report_remark(draft->report,
                  "barcode_shared",
                  "barcode %s is also on article %s",
                  gtin,
                  (char *)codes->pdata[i]);
    break;
  }
  return true;
}

static bool
put_barcode(ArticleDraft *draft, const TradeCode *code, const char *unit, GError **error)
{
  if (!compare_barcode(draft, code->code, unit, error))
    return false;
  const SeenRow row = {.line = draft->report->line,
                       .code = draft->code,
                       .name = draft->name,
                       .unit = (char *)unit};
  seen_put(draft->state->barcodes, code->code, &row);
  g_ptr_array_add(draft->gtins, g_strdup(code->code));
  g_string_append(draft->barcodes, draft->barcodes->len > 1 ? ",{" : "{");
  list_add_text(draft->barcodes, "code", code->code);
  list_add_text(draft->barcodes, "kind", code->kind);
  list_add_text(draft->barcodes, "unit", unit);
  g_string_append_c(draft->barcodes, '}');
  return true;
}

static bool
read_barcode(
    ArticleDraft *draft, Field field, const char *text, const char *unit, GError **error)
{
  TradeCode code = trade_code_read(text);
  if (code.verdict == TRADE_CODE_OK && field == FIELD_STD_CODE &&
      strcmp(code.kind, "std") != 0)
    code = (TradeCode){TRADE_CODE_UNUSABLE, "", "", "not_a_std_code"};
  if (code.verdict == TRADE_CODE_UNUSABLE) {
    report_remark(draft->report, code.what, "%s %s left out", field_name(field), text);
    return true;
  }
  if (code.verdict == TRADE_CODE_ODD)
    report_remark(
        draft->report, code.what, "%s %s read as %s", field_name(field), text, code.code);
  if (is_in(draft->gtins, code.code)) {
    bool is_loose = field == FIELD_LOOSE_BARCODE;
    report_remark(draft->report,
                  is_loose ? "barcode_box_and_piece" : "barcode_twice",
                  is_loose
                      ? "barcode %s is on the pack and on its piece: kept for the pack"
                      : "barcode %s stands here twice",
                  code.code);
    return true;
  }
  return put_barcode(draft, &code, unit, error);
}

bool
article_codes_read(ArticleDraft *draft, Field field, const char *unit, GError **error)
{
  if (!list_has(draft->cells, field))
    return true;
  g_autoptr(GPtrArray) texts = trade_code_split(draft->cells[field]);
  if (field == FIELD_LOOSE_BARCODE && texts->len && *unit == '\0') {
    report_remark(draft->report,
                  "loose_barcode_without_unit",
                  "a loose barcode, but no loose unit; left out");
    return true;
  }
  for (guint i = 0; i < texts->len && draft->gtins->len < MAX_CODES; i++) {
    if (!read_barcode(draft, field, texts->pdata[i], unit, error))
      return false;
  }
  return true;
}
