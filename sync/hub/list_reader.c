#include "sync/hub/list_reader.h"

#include <string.h>

#include "app/base/command.h"

#define MAX_CODE   32
#define HIGH_PRICE 5000000 /* fen: seldom true in a shop */

void
list_reader_free(ListReader *reader)
{
  if (!reader)
    return;
  if (reader->free_state)
    reader->free_state(reader->state);
  g_free(reader->head);
  g_free(reader);
}

static void
remark_cleaned(Field field, ReportRow *report)
{
  report_remark(report,
                "cleaned",
                "invisible or full-width characters taken out of %s",
                field_name(field));
}

char *
list_text(ListCells cells, Field field, ReportRow *report)
{
  bool is_odd = false;
  if (!cells[field])
    return g_strdup("");
  char *text = cell_clean(cells[field], &is_odd);
  if (is_odd)
    remark_cleaned(field, report);
  return text;
}

char *
list_plain(ListCells cells, Field field, ReportRow *report)
{
  bool is_odd = false;
  if (!cells[field])
    return g_strdup("");
  char *text = cell_plain(cells[field], &is_odd);
  if (is_odd)
    remark_cleaned(field, report);
  return text;
}

bool
list_has(ListCells cells, Field field)
{
  return cells[field] != NULL;
}

static bool
is_printable_ascii(const char *text)
{
  for (; *text; text++) {
    if (!g_ascii_isgraph(*text))
      return false;
  }
  return true;
}

static bool
is_scientific(const char *code)
{
  gsize n = strspn(code, "0123456789.");
  return n > 1 && strchr(code, '.') && g_ascii_toupper(code[n]) == 'E' &&
         code[n + 1] == '+';
}

char *
list_code(ListCells cells, ReportRow *report)
{
  char *code = list_plain(cells, FIELD_CODE, report);
  gsize length = strlen(code);
  if (length > 2 && strcmp(code + length - 2, ".0") == 0 &&
      strspn(code, "0123456789") == length - 2) {
    code[length - 2] = '\0';
    report_remark(report, "decimal_tail", "the code ended in .0");
  }
  if (*code == '\0')
    report_refuse(report, "no_code", "the code is missing");
  else if (is_scientific(code))
    report_refuse(
        report, "scientific_notation", "a spreadsheet has rounded the code %s", code);
  else if (strlen(code) > MAX_CODE || !is_printable_ascii(code))
    report_refuse(report,
                  "bad_code",
                  "a code is at most %d letters, digits and signs without blanks",
                  MAX_CODE);
  return code;
}

static void
say_price_fault(CellFault fault, Field field, const char *text, ReportRow *report)
{
  const char *name = field_name(field);
  switch (fault) {
  case CELL_NEGATIVE:
    report_refuse(report, "negative_price", "the %s %s is below zero", name, text);
    break;
  case CELL_AMBIGUOUS:
    report_refuse(report,
                  "ambiguous_price",
                  "the %s %s can be read as thousands or as a fraction",
                  name,
                  text);
    break;
  case CELL_TOO_LARGE:
    report_refuse(report, "absurd_price", "the %s %s is beyond all measure", name, text);
    break;
  default:
    report_refuse(report, "bad_price", "the %s \"%s\" is no amount", name, text);
  }
}

bool
list_price(ListCells cells, Field field, ReportRow *report, Money *ret_fen)
{
  const char *name = field_name(field);
  Money fen = 0;
  if (!list_has(cells, field))
    return false;
  g_autofree char *text = cell_clean(cells[field], NULL);
  CellFault fault = cell_price(text, &fen);
  if (fault == CELL_EMPTY) {
    report_remark(report, "no_price", "no %s: not for sale until it has one", name);
    return false;
  }
  if (fault != CELL_OK && fault != CELL_ROUNDED) {
    say_price_fault(fault, field, text, report);
    return false;
  }
  if (fen == 0) {
    report_remark(
        report, "zero_price", "the %s is zero: not for sale until it has one", name);
    return false;
  }
  if (fault == CELL_ROUNDED)
    report_remark(report, "price_rounded", "the %s %s was rounded to fen", name, text);
  if (fen >= HIGH_PRICE)
    report_remark(report, "high_price", "the %s %s is uncommonly high", name, text);
  *ret_fen = fen;
  return true;
}

static void
add_name(GString *json, const char *name)
{
  if (json->len && json->str[json->len - 1] != '{')
    g_string_append_c(json, ',');
  g_string_append_printf(json, "\"%s\":", name);
}

void
list_add_text(GString *json, const char *name, const char *text)
{
  add_name(json, name);
  command_json(json, text);
}

void
list_add_int(GString *json, const char *name, int64_t number)
{
  add_name(json, name);
  g_string_append_printf(json, "%" G_GINT64_FORMAT, number);
}

void
list_add_bool(GString *json, const char *name, bool value)
{
  add_name(json, name);
  g_string_append(json, value ? "true" : "false");
}
