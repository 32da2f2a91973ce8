#include "app/answering.h"

#include <glib/gi18n.h>

#include "app/base/clock.h"
#include "app/finding.h"
#include "app/folder.h"
#include "app/scan.h"
#include "db/verify.h"
#include "drivers/decode.h"

static bool
in_json(const CommandLine *line)
{
  return command_option(line, "--json") != NULL;
}

/* Takes @error. */
static void
fail(CommandAnswer *answer, const char *what, GError *error)
{
  g_string_append_printf(answer->err, "%s: %s\n", what, error->message);
  g_error_free(error);
  answer->status = 3;
}

static Db *
open_reader(const CommandLine *line, const char *schema, GError **error)
{
  g_autofree char *folder = command_line_folder(line);
  g_autofree char *name = g_strconcat(schema, ".db", NULL);
  g_autofree char *path = folder_path(folder, name);
  return db_open(path, schema, DB_READER, error);
}

static void
open_object(GString *out)
{
  g_string_append(out, out->str[out->len - 1] == '}' ? ",\n{" : "{");
}

static void
field(GString *out, const char *key, const char *value)
{
  g_string_append(out, out->str[out->len - 1] == '{' ? "" : ",");
  command_json(out, key);
  g_string_append_c(out, ':');
  command_json(out, value);
}

static void
number_field(GString *out, const char *key, int64_t value)
{
  g_string_append(out, out->str[out->len - 1] == '{' ? "" : ",");
  command_json(out, key);
  g_string_append_printf(out, ":%" G_GINT64_FORMAT, value);
}

/* -- explain ------------------------------------------------------------------------ */

/* "key\tvalue" lines; the articles, of which there may be several, become an array. */
static void
explain_json(GString *out, const GPtrArray *lines)
{
  g_autoptr(GString) articles = g_string_new(NULL);
  open_object(out);
  for (guint i = 0; i < lines->len; i++) {
    g_auto(GStrv) parts = g_strsplit(lines->pdata[i], "\t", 2);
    g_autofree char *key = g_strdelimit(g_strdup(parts[0]), " -", '_');
    if (g_str_equal(key, "article")) {
      g_string_append(articles, articles->len ? "," : "");
      command_json(articles, parts[1]);
    } else {
      field(out, key, parts[1]);
    }
  }
  g_string_append_printf(out, ",\"article\":[%s]}", articles->str);
}

static void
explain_text(GString *out, const GPtrArray *lines)
{
  g_string_append(out, out->len ? "\n" : "");
  for (guint i = 0; i < lines->len; i++) {
    g_auto(GStrv) parts = g_strsplit(lines->pdata[i], "\t", 2);
    g_string_append_printf(out, "%-16s %s\n", parts[0], parts[1]);
  }
}

void
answering_explain(const CommandLine *line, CommandAnswer *answer)
{
  g_autoptr(Db) catalogue = open_reader(line, "catalogue", NULL);

  g_string_append(answer->out, in_json(line) ? "[" : "");
  for (guint i = 0; i < line->arguments->len; i++) {
    g_autofree char *code =
        g_strdelimit(g_strdup(line->arguments->pdata[i]), "^", '\x1d');
    g_autoptr(GPtrArray) lines =
        scan_explain(catalogue, code, strlen(code), clock_now_us());
    if (in_json(line))
      explain_json(answer->out, lines);
    else
      explain_text(answer->out, lines);
  }
  g_string_append(answer->out, in_json(line) ? "]\n" : "");
}

/* -- search ------------------------------------------------------------------------- */

static void
found_json(GString *out, const FoundArticle *found)
{
  const Product *p = found->product;
  const ProductUnit *unit = product_default_unit(p);
  g_autofree char *expiry = day_text(found->expiry);

  open_object(out);
  number_field(out, "id", p->id);
  field(out, "code", p->code);
  field(out, "name", p->generic_name);
  field(out, "trade_name", p->trade_name);
  field(out, "spec", p->spec);
  field(out, "maker", p->maker);
  field(out, "approval_no", p->approval_no);
  field(out, "unit", unit ? unit->name : NULL);
  if (unit && unit->has_price)
    number_field(out, "price_fen", unit->price);
  number_field(out, "on_hand_base", found->on_hand);
  field(out, "expiry", *expiry ? expiry : NULL);
  field(out, "shelf", p->shelf);
  g_string_append_c(out, '}');
}

static void
found_text(GString *out, const FoundArticle *found)
{
  const Product *p = found->product;
  const ProductUnit *unit = product_default_unit(p);
  g_autofree char *expiry = day_text(found->expiry);
  g_autofree char *price =
      unit && unit->has_price ? money_text(unit->price) : g_strdup("-");
  g_autofree char *on_hand = quantity_text(found->on_hand, unit ? unit->base : 1);

  g_string_append_printf(out,
                         "%s\t%s\t%s\t%s\t%s\t%s %s\t%s\t%s\n",
                         p->code,
                         p->generic_name,
                         p->spec,
                         p->maker,
                         price,
                         on_hand,
                         unit ? unit->name : "",
                         *expiry ? expiry : "-",
                         *p->shelf ? p->shelf : "-");
}

static int
max_found(const CommandLine *line)
{
  const char *text = command_option(line, "--max");
  gint64 max = FINDING_MAX;
  if (text)
    g_ascii_string_to_signed(text, 10, 1, 1000, &max, NULL);
  return (int)max;
}

static char *
joined(const GPtrArray *words)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf(text, "%s%s", i ? " " : "", (char *)words->pdata[i]);
  return g_string_free(text, FALSE);
}

void
answering_search(const CommandLine *line, CommandAnswer *answer)
{
  g_autofree char *text = joined(line->arguments);
  GError *error = NULL;
  g_autoptr(Db) catalogue = open_reader(line, "catalogue", &error);
  g_autoptr(Db) store = catalogue ? open_reader(line, "store", NULL) : NULL;
  g_autoptr(GPtrArray) found =
      catalogue ? finding_search(
                      catalogue, store, text, max_found(line), clock_now_us(), &error)
                : NULL;
  if (!found) {
    fail(answer, "catalogue.db", error);
    return;
  }
  g_string_append(answer->out, in_json(line) ? "[" : "");
  for (guint i = 0; i < found->len; i++) {
    if (in_json(line))
      found_json(answer->out, found->pdata[i]);
    else
      found_text(answer->out, found->pdata[i]);
  }
  g_string_append(answer->out, in_json(line) ? "]\n" : "");
  answer->status = found->len ? 0 : 1;
}

/* -- verify ------------------------------------------------------------------------- */

static void
say_finding(const CommandLine *line,
            CommandAnswer *answer,
            const char *check,
            int64_t rows,
            const char *wrong)
{
  if (wrong)
    answer->status = 1;
  if (in_json(line)) {
    open_object(answer->out);
    field(answer->out, "check", check);
    number_field(answer->out, "rows", rows);
    field(answer->out, "wrong", wrong);
    g_string_append_c(answer->out, '}');
  } else if (wrong) {
    g_string_append_printf(answer->out, "%s\t%s: %s\n", _("WRONG"), check, wrong);
  } else {
    g_string_append_printf(
        answer->out, "%s\t%s (%" G_GINT64_FORMAT ")\n", _("right"), check, rows);
  }
}

/* A file that is not there yet is no mistake of the books. */
static void
check_catalogue(const CommandLine *line, CommandAnswer *answer)
{
  g_autofree char *folder = command_line_folder(line);
  g_autofree char *path = folder_path(folder, "catalogue.db");
  g_autoptr(GError) error = NULL;

  if (!g_file_test(path, G_FILE_TEST_EXISTS))
    return;
  g_autoptr(Db) catalogue = db_open(path, "catalogue", DB_READER, &error);
  g_autofree char *wrong = catalogue ? db_integrity(catalogue) : g_strdup(error->message);
  say_finding(line, answer, "file catalogue.db", 1, wrong);
}

static void
check_store(const CommandLine *line, CommandAnswer *answer)
{
  GError *error = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(Db) store = open_reader(line, "store", &error);

  if (!store) {
    fail(answer, "store.db", error);
    return;
  }
  g_autofree char *wrong = db_integrity(store);
  say_finding(line, answer, "file store.db", 1, wrong);
  if (!verify_store(store, &findings, &error)) {
    fail(answer, "store.db", error);
    return;
  }
  for (guint i = 0; i < findings->len; i++) {
    const VerifyFinding *finding = findings->pdata[i];
    say_finding(line, answer, finding->check, finding->rows, finding->wrong);
  }
}

void
answering_verify(const CommandLine *line, CommandAnswer *answer)
{
  g_string_append(answer->out, in_json(line) ? "[" : "");
  check_store(line, answer);
  check_catalogue(line, answer);
  g_string_append(answer->out, in_json(line) ? "]\n" : "");
}

/* -- decode ------------------------------------------------------------------------- */

/* One line, whatever the code holds: FNC1 as ^, other control characters as \xNN. */
static char *
on_one_line(const char *text)
{
  GString *line = g_string_new(NULL);
  for (const guchar *c = (const guchar *)text; *c; c++) {
    if (*c == 0x1d)
      g_string_append_c(line, '^');
    else if (g_ascii_iscntrl((char)*c))
      g_string_append_printf(line, "\\x%02x", *c);
    else
      g_string_append_c(line, (char)*c);
  }
  return g_string_free(line, FALSE);
}

static void
say_code(const CommandLine *line,
         CommandAnswer *answer,
         const char *file,
         const DecodedCode *code)
{
  g_autofree char *text = g_utf8_make_valid(code->text, (gssize)code->length);
  if (in_json(line)) {
    open_object(answer->out);
    field(answer->out, "file", file);
    field(answer->out, "symbology", code->symbology);
    field(answer->out, "aim", code->aim);
    field(answer->out, "text", text);
    g_string_append_c(answer->out, '}');
  } else {
    g_autofree char *shown = on_one_line(text);
    g_string_append_printf(answer->out, "%s\t%s\t%s\n", file, code->symbology, shown);
  }
}

void
answering_decode(const CommandLine *line, CommandAnswer *answer)
{
  guint found = 0;
  g_string_append(answer->out, in_json(line) ? "[" : "");
  for (guint i = 0; i < line->arguments->len; i++) {
    const char *file = line->arguments->pdata[i];
    GError *error = NULL;
    g_autoptr(GPtrArray) codes = decode_file(file, &error);
    for (guint c = 0; codes && c < codes->len; c++, found++)
      say_code(line, answer, file, codes->pdata[c]);
    if (!codes)
      fail(answer, file, error);
  }
  g_string_append(answer->out, in_json(line) ? "]\n" : "");
  if (!found && answer->status == 0)
    answer->status = 1;
}
