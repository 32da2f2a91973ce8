#include "app/domain/gs1.h"

#include <string.h>

#include "app/domain/barcode.h"

static void
field_free(gpointer pointer)
{
  Gs1Field *field = pointer;
  g_free(field->value);
  g_free(field);
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

/* Two digits as a number; the caller knows that they are digits. */
static int
two(const char *digits)
{
  return (digits[0] - '0') * 10 + (digits[1] - '0');
}

Day
gs1_day(const char *yymmdd)
{
  if (strnlen(yymmdd, 6) < 6 || !are_digits(yymmdd, 6))
    return DAY_NONE;
  int year = two(yymmdd) + (two(yymmdd) >= 80 ? 1900 : 2000);
  int month = two(yymmdd + 2);
  int day = two(yymmdd + 4);
  if (day == 0)
    return day_end_of_month(year * 10000 + month * 100);
  return day_make(year, month, day);
}

static bool
has_right_check_digit(const char *value, int n)
{
  return n > 1 && barcode_check_digit(value, n - 1) == value[n - 1];
}

static bool
is_date_or_month(const char *value, int n)
{
  return n == 6 && gs1_day(value) != DAY_NONE;
}

static bool
is_date(const char *value, int n)
{
  return is_date_or_month(value, n) && two(value + 4) != 0;
}

static bool
is_long_date(const char *value, int n)
{
  int year = two(value) * 100 + two(value + 2);
  return n == 8 && day_make(year, two(value + 4), two(value + 6)) != DAY_NONE;
}

static bool
is_hour(const char *value, int n)
{
  return n == 2 && two(value) < 24;
}

static bool
is_sixtieth(const char *value, int n)
{
  return n == 2 && two(value) < 60;
}

static bool
is_hour_and_minute(const char *value, int n)
{
  return n == 4 && is_hour(value, 2) && is_sixtieth(value + 2, 2);
}

static bool
is_zero(const char *value, int n)
{
  for (int i = 0; i < n; i++) {
    if (value[i] != '0')
      return false;
  }
  return true;
}

static bool
is_not_zero(const char *value, int n)
{
  return !is_zero(value, n);
}

static bool
is_yes_or_no(const char *value, int n)
{
  return n == 1 && (*value == '0' || *value == '1');
}

static bool
has_no_leading_zero(const char *value, int n)
{
  return n == 1 || *value != '0';
}

static bool
is_winding(const char *value, int n)
{
  return n == 1 && strchr("019", *value);
}

static bool
is_hyphen(const char *value, int n)
{
  return n == 1 && *value == '-';
}

static bool
is_sex(const char *value, int n)
{
  return n == 1 && strchr("0129", *value);
}

static bool
is_piece_of_total(const char *value, int n)
{
  return n == 4 && two(value) > 0 && two(value) <= two(value + 2);
}

static bool
has_a_non_digit(const char *value, int n)
{
  return !are_digits(value, (gsize)n);
}

/* Names as in the dictionary. */
static const struct {
  const char *name;
  bool (*holds)(const char *value, int n);
} CHECKS[] = {
    {"csum", has_right_check_digit},
    {"yymmd0", is_date_or_month},
    {"yymmdd", is_date},
    {"yyyymmdd", is_long_date},
    {"hhmi", is_hour_and_minute},
    {"hh", is_hour},
    {"mi", is_sixtieth},
    {"ss", is_sixtieth},
    {"zero", is_zero},
    {"nonzero", is_not_zero},
    {"yesno", is_yes_or_no},
    {"nozeroprefix", has_no_leading_zero},
    {"winding", is_winding},
    {"hyphen", is_hyphen},
    {"iso5218", is_sex},
    {"pieceoftotal", is_piece_of_total},
    {"hasnondigit", has_a_non_digit},
};

/* @names: ",csum,nonzero" as the dictionary lists them, up to @end. */
static bool
passes_checks(const char *names, const char *end, const char *value, int n)
{
  while (names < end && *names == ',') {
    const char *name = names + 1;
    gsize length = strcspn(name, ",] ");
    for (gsize i = 0; i < G_N_ELEMENTS(CHECKS); i++) {
      bool is_this =
          strlen(CHECKS[i].name) == length && !memcmp(CHECKS[i].name, name, length);
      if (is_this && !CHECKS[i].holds(value, n))
        return false;
    }
    names = name + length;
  }
  return true;
}

static bool
may_hold(char type, char c)
{
  bool is_upper_or_digit = g_ascii_isdigit(c) || g_ascii_isupper(c);
  switch (type) {
  case 'N':
    return g_ascii_isdigit(c);
  case 'Y':
    return c && (is_upper_or_digit || strchr("#-/", c));
  case 'Z':
    return c && (g_ascii_isalnum(c) || strchr("-_=", c));
  default:
    return c && (g_ascii_isalnum(c) || strchr("!\"%&'()*+,-./:;<=>?_", c));
  }
}

/* One component of a rule: "[N..12],check". */
typedef struct {
  bool is_optional;
  bool is_open; /* 1 … length characters, else exactly length */
  char type;
  int length;
  const char *checks;
  const char *end;
} Component;

static Component
read_component(const char *text)
{
  Component component = {0};
  component.end = text + strcspn(text, " ");
  component.is_optional = *text == '[';
  text += component.is_optional;
  component.type = *text++;
  component.is_open = g_str_has_prefix(text, "..");
  text += component.is_open ? 2 : 0;
  for (; g_ascii_isdigit(*text); text++)
    component.length = component.length * 10 + (*text - '0');
  component.checks = *text == ']' ? text + 1 : text;
  return component;
}

/* @return the characters that the component takes of @value, 0 when it breaks the rule.
 */
static int
take(const Component *component, const char *value)
{
  int n = 0;
  while (n < component->length && may_hold(component->type, value[n]))
    n++;
  bool has_length = component->is_open ? n > 0 : n == component->length;
  if (!has_length || !passes_checks(component->checks, component->end, value, n))
    return 0;
  return n;
}

static bool
keeps_rule(const Gs1Rule *rule, const char *value)
{
  for (const char *text = rule->components; *text;) {
    Component component = read_component(text);
    if (!*value && component.is_optional)
      return true;
    int n = take(&component, value);
    if (n == 0)
      return false;
    value += n;
    text = component.end + strspn(component.end, " ");
  }
  return !*value;
}

/* The rule of the AI that @text begins with. AIs are free of prefixes of each other. */
static const Gs1Rule *
find_rule(const char *text)
{
  for (int i = 0; i < GS1_N_RULES; i++) {
    const Gs1Rule *rule = &GS1_RULES[i];
    gsize n = strlen(rule->first);
    bool is_in_range =
        strncmp(text, rule->first, n) >= 0 && strncmp(text, rule->last, n) <= 0;
    if (is_in_range && are_digits(text, n))
      return rule;
  }
  return NULL;
}

/* A value that is repeated must be the same. */
static bool
contradicts(const GPtrArray *fields, const Gs1Field *field)
{
  const char *earlier = gs1_value(fields, field->ai);
  return earlier && strcmp(earlier, field->value) != 0;
}

/* Adds the field whose AI stands at @ai and whose value at @value has @n characters. */
static bool
add_field(
    GPtrArray *fields, const Gs1Rule *rule, const char *ai, const char *value, gsize n)
{
  Gs1Field *field = g_new0(Gs1Field, 1);
  memcpy(field->ai, ai, strlen(rule->first));
  field->value = g_strndup(value, n);
  field->title = rule->title;
  if (!keeps_rule(rule, field->value) || contradicts(fields, field)) {
    field_free(field);
    return false;
  }
  g_ptr_array_add(fields, field);
  return true;
}

static void
copy_bad_ai(const char *text, char ret_bad_ai[5])
{
  const Gs1Rule *rule = find_rule(text);
  gsize n = strnlen(text, rule ? strlen(rule->first) : 4);
  for (gsize i = 0; i < n; i++)
    ret_bad_ai[i] = g_ascii_isgraph(text[i]) ? text[i] : '?';
  ret_bad_ai[MAX(n, 1)] = '\0';
  if (n == 0)
    ret_bad_ai[0] = '?';
}

static gsize
raw_value_length(const Gs1Rule *rule, const char *value)
{
  gsize n = strcspn(value, "\x1d");
  if (!rule->is_predefined)
    return n;
  return MIN(n, (gsize)read_component(rule->components).length);
}

static void
read_raw(GPtrArray *fields, const char *text, Gs1Form form, char ret_bad_ai[5])
{
  while (*text) {
    if (*text == GS1_SEPARATOR) {
      text++;
      continue;
    }
    const Gs1Rule *rule = find_rule(text);
    if (rule && !rule->is_predefined && form == GS1_UNMARKED)
      return;
    const char *value = text + (rule ? strlen(rule->first) : 0);
    gsize n = rule ? raw_value_length(rule, value) : 0;
    if (!rule || !add_field(fields, rule, text, value, n)) {
      copy_bad_ai(text, ret_bad_ai);
      return;
    }
    text = value + n;
  }
}

/* @return the rule of an AI in brackets at @text, NULL when there is none. */
static const Gs1Rule *
find_bracketed(const char *text)
{
  const Gs1Rule *rule = *text == '(' ? find_rule(text + 1) : NULL;
  return rule && text[1 + strlen(rule->first)] == ')' ? rule : NULL;
}

static void
read_human(GPtrArray *fields, const char *text, char ret_bad_ai[5])
{
  while (*text) {
    const Gs1Rule *rule = find_bracketed(text);
    const char *value = text + (rule ? strlen(rule->first) + 2 : 0);
    /* A value may hold brackets itself: only those around a known AI end it. */
    const char *end = value;
    while (rule && *end && !find_bracketed(end))
      end++;
    const char *ai = text + (*text == '(' ? 1 : 0);
    if (!rule || !add_field(fields, rule, ai, value, (gsize)(end - value))) {
      copy_bad_ai(ai, ret_bad_ai);
      return;
    }
    text = end;
  }
}

GPtrArray *
gs1_read(const char *text, Gs1Form form, char ret_bad_ai[5])
{
  GPtrArray *fields = g_ptr_array_new_with_free_func(field_free);
  ret_bad_ai[0] = '\0';
  if (form == GS1_HUMAN)
    read_human(fields, text, ret_bad_ai);
  else
    read_raw(fields, text, form, ret_bad_ai);
  return fields;
}

const char *
gs1_value(const GPtrArray *fields, const char *ai)
{
  for (guint i = 0; i < fields->len; i++) {
    const Gs1Field *field = fields->pdata[i];
    if (strcmp(field->ai, ai) == 0)
      return field->value;
  }
  return NULL;
}

char *
gs1_to_text(const GPtrArray *fields)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < fields->len; i++) {
    const Gs1Field *field = fields->pdata[i];
    g_string_append_printf(text, "(%s)%s", field->ai, field->value);
  }
  return g_string_free(text, FALSE);
}
