#include "sync/hub/trade_code.h"

#include <string.h>

#include "app/domain/barcode.h"
#include "sync/hub/cell.h"

bool
trade_code_is_approval(const char *text)
{
  static const char *const WORDS[] = {"准字",
                                      "注册证",
                                      "注册标准",
                                      "械注",
                                      "械备",
                                      "健注",
                                      "健字",
                                      "食健",
                                      "妆",
                                      "备字",
                                      "许可"};
  for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++) {
    if (strstr(text, WORDS[i]))
      return true;
  }
  /* H20013063, Z10940066: a letter and eight digits */
  return g_ascii_isalpha(text[0]) && strspn(text + 1, "0123456789") == 8;
}

static bool
are_digits(const char *text)
{
  return *text && strspn(text, "0123456789") == strlen(text);
}

/* 6.90123E+12: the digits that a spreadsheet did not show are gone. */
static bool
is_scientific(const char *text)
{
  gsize digits = strspn(text, "0123456789.,");
  return digits > 0 && g_ascii_toupper(text[digits]) == 'E' && text[digits + 1] != '\0' &&
         strspn(text + digits + 1, "+-0123456789") == strlen(text + digits + 1);
}

/* 'digits and ="digits": how a spreadsheet is made to keep them (transfer full). */
static char *
unwrap(const char *text, bool *ret_odd)
{
  gsize length = strlen(text);
  if (g_str_has_prefix(text, "=\"") && length > 3 && text[length - 1] == '"') {
    *ret_odd = true;
    return g_strndup(text + 2, length - 3);
  }
  if (*text == '\'') {
    *ret_odd = true;
    return g_strdup(text + 1);
  }
  return g_strdup(text);
}

static TradeCode
unusable(const char *what)
{
  return (TradeCode){TRADE_CODE_UNUSABLE, "", "", what};
}

static const char *
kind_of(const char *gtin14)
{
  if (g_str_has_prefix(gtin14, "86"))
    return "std";
  int first_two = (gtin14[1] - '0') * 10 + gtin14[2] - '0';
  return gtin14[0] == '0' && first_two >= 20 && first_two <= 29 ? "instore" : "ean";
}

static TradeCode
read_digits(const char *digits, const char *oddity)
{
  TradeCode code = {*oddity ? TRADE_CODE_ODD : TRADE_CODE_OK, "", "", oddity};
  gsize n = strlen(digits);
  g_autofree char *with_zero = g_strconcat("0", digits, NULL);
  if (n == 20 && digits[0] == '8')
    return unusable("trace_code");
  if (barcode_to_gtin14(digits, code.code)) {
    code.kind = kind_of(code.code);
    return code;
  }
  /* UPC-A and EAN-8 that begin with 0 lose it in a spreadsheet. */
  if ((n == 11 || n == 7) && barcode_to_gtin14(with_zero, code.code)) {
    code = (TradeCode){TRADE_CODE_ODD, "", "ean", "leading_zero_restored"};
    barcode_to_gtin14(with_zero, code.code);
    return code;
  }
  bool is_right_length = n == 8 || n == 12 || n == 13 || n == 14;
  return unusable(is_right_length ? "bad_check_digit" : "bad_barcode_length");
}

TradeCode
trade_code_read(const char *text)
{
  bool is_odd = false;
  g_autofree char *plain = cell_plain(text, &is_odd);
  g_autofree char *bare = unwrap(plain, &is_odd);
  gsize length = strlen(bare);
  if (trade_code_is_approval(bare))
    return unusable("approval_as_barcode");
  if (length > 2 && strcmp(bare + length - 2, ".0") == 0) {
    bare[length - 2] = '\0';
    return are_digits(bare) ? read_digits(bare, "decimal_tail")
                            : unusable("not_a_barcode");
  }
  if (are_digits(bare))
    return read_digits(bare, is_odd ? "cleaned" : "");
  return unusable(is_scientific(bare) ? "scientific_notation" : "not_a_barcode");
}

GPtrArray *
trade_code_split(const char *cell)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *clean = cell_clean(cell, NULL);
  g_autoptr(GString) text = g_string_new(clean);
  if (is_scientific(clean)) {
    g_ptr_array_add(codes, g_steal_pointer(&clean));
    return codes;
  }
  g_string_replace(text, "、", " ", 0);
  g_string_replace(text, "，", " ", 0);
  g_string_replace(text, "；", " ", 0);
  g_auto(GStrv) parts = g_strsplit_set(text->str, " ;/|,", -1);
  for (char **part = parts; *part; part++) {
    if (**part)
      g_ptr_array_add(codes, g_strdup(*part));
  }
  return codes;
}
