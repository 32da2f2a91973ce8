#include "tests/scene/supply.h"

#include <string.h>

/* Words of an article step and the columns of the list they fill, in order. */
static const char *const COLUMNS[][2] = {
    {"spec", "spec"},        {"form", "form"},
    {"maker", "maker"},      {"approval", "approval_no"},
    {"class", "class"},      {"special", "special"},
    {"unit", "unit"},        {"base", "base"},
    {"price", "price"},      {"barcode", "barcode"},
    {"loose", "loose_unit"}, {"loose-price", "loose_price"},
    {"near", "near_days"},   {"storage", "storage"},
    {"brand", "trade_name"}, {"mnemonic", "mnemonics"},
    {"rank", "rank"},        {"measure", "measure"},
    {"active", "active"},    {"insured", "insured"},
};

#define CLASS_COLUMN 4

static void
append_field(GString *list, const char *value)
{
  g_autoptr(GString) field = g_string_new(value);
  g_string_replace(field, "\"", "\"\"", 0);
  g_string_append_printf(list, ",\"%s\"", field->str);
}

static const char *
word_after(const char *const *words, const char *name)
{
  for (int i = 0; words[i] && words[i + 1]; i += 2)
    if (g_str_equal(words[i], name))
      return words[i + 1];
  return "";
}

static bool
give_article(Stage *stage, const Step *step)
{
  const char *const *words = (const char *const *)step->words;
  if (!words[1] || !words[2])
    return stage_fail(stage, "say: article CODE NAME spec … class … price …");
  GString *list = stage->articles;
  if (list->len == 0) {
    g_string_append(list, "code,generic_name");
    for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
      g_string_append_printf(list, ",%s", COLUMNS[i][1]);
    g_string_append_c(list, '\n');
  }
  g_string_append(list, words[1]);
  append_field(list, words[2]);
  for (int k = 3; words[k]; k += 2) {
    bool known = false;
    for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
      known = known || g_str_equal(words[k], COLUMNS[i][0]);
    if (!known)
      return stage_fail(stage, "an article has no \"%s\"", words[k]);
  }
  for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++) {
    const char *value = word_after(words + 3, COLUMNS[i][0]);
    if (i == CLASS_COLUMN)
      value = *value == '\0' ? "甲类" : g_str_equal(value, "none") ? "" : value;
    append_field(list, value);
  }
  g_string_append_c(list, '\n');
  return true;
}

/* stock CODE lot L expires DATE count N shelf S */
static bool
give_stock(Stage *stage, const Step *step)
{
  const char *const *words = (const char *const *)step->words;
  if (!words[1])
    return stage_fail(stage, "say: stock CODE lot L expires DATE count N");
  if (stage->stock->len == 0)
    g_string_append(stage->stock, "code,lot,expiry,qty,unit,shelf,state\n");
  g_string_append(stage->stock, words[1]);
  append_field(stage->stock, word_after(words + 2, "lot"));
  append_field(stage->stock, word_after(words + 2, "expires"));
  append_field(stage->stock, word_after(words + 2, "count"));
  append_field(stage->stock, word_after(words + 2, "unit"));
  append_field(stage->stock, word_after(words + 2, "shelf"));
  append_field(stage->stock, word_after(words + 2, "state"));
  g_string_append_c(stage->stock, '\n');
  return true;
}

/* staff NUMBER NAME ROLE pin P badge B limit L registration R scope S until DAY */
static bool
give_staff(Stage *stage, const Step *step)
{
  const char *const *words = (const char *const *)step->words;
  if (!words[1] || !words[2] || !words[3])
    return stage_fail(stage, "say: staff NUMBER NAME ROLE pin P");
  if (stage->staff->len == 0)
    g_string_append(stage->staff,
                    "number,name,role,pin,badge,discount_limit,registration,"
                    "registration_scope,registration_to\n");
  g_string_append(stage->staff, words[1]);
  append_field(stage->staff, words[2]);
  append_field(stage->staff, words[3]);
  append_field(stage->staff, word_after(words + 4, "pin"));
  append_field(stage->staff, word_after(words + 4, "badge"));
  append_field(stage->staff, word_after(words + 4, "limit"));
  append_field(stage->staff, word_after(words + 4, "registration"));
  append_field(stage->staff, word_after(words + 4, "scope"));
  append_field(stage->staff, word_after(words + 4, "until"));
  g_string_append_c(stage->staff, '\n');
  return true;
}

static bool
import_file(Stage *stage, const char *what, const char *path)
{
  g_autofree char *hub = g_build_filename(stage->options->bin, "guitai-hub", NULL);
  g_autofree char *report = g_strdup_printf("%s/%s.report.csv", stage->folder, what);
  bool stock = g_str_equal(what, "stock");
  const char *argv[] = {hub,
                        "import",
                        what,
                        path,
                        "--data",
                        stage->hub_folder,
                        "--report",
                        report,
                        stock ? "--store" : NULL,
                        stage->store,
                        NULL};
  return stage_run(stage, argv, NULL);
}

static bool
import_list(Stage *stage, const char *what, GString *list)
{
  if (list->len == 0)
    return true;
  g_autofree char *path = g_strdup_printf("%s/%s.csv", stage->folder, what);
  bool good = g_file_set_contents(path, list->str, list->len, NULL) &&
              import_file(stage, what, path);
  g_string_truncate(list, 0);
  return good;
}

static bool
make_store(Stage *stage)
{
  if (g_file_test(stage->hub_folder, G_FILE_TEST_EXISTS))
    return true;
  g_autofree char *hub = g_build_filename(stage->options->bin, "guitai-hub", NULL);
  const char *argv[] = {hub,
                        "store",
                        "add",
                        "--code",
                        stage->store,
                        "--name",
                        "和平路店",
                        "--address",
                        "和平路 18 号",
                        "--phone",
                        "010-5550-0123",
                        "--data",
                        stage->hub_folder,
                        NULL};
  return stage_run(stage, argv, NULL);
}

bool
supply_import(Stage *stage)
{
  return make_store(stage) && import_list(stage, "articles", stage->articles) &&
         import_list(stage, "stock", stage->stock) &&
         import_list(stage, "staff", stage->staff);
}

/* Dates of the demo stock are days from today. */
static char *
stock_from_today(const char *path)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, NULL))
    return NULL;
  g_autoptr(GDateTime) today = g_date_time_new_now_local();
  g_autoptr(GString) list = g_string_new(NULL);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (int i = 0; lines[i] && *lines[i]; i++) {
    g_auto(GStrv) fields = g_strsplit(lines[i], ",", -1);
    if (fields[0] && fields[1] && fields[2] && fields[2][0] == '+') {
      g_autoptr(GDateTime) day =
          g_date_time_add_days(today, (int)g_ascii_strtoll(fields[2] + 1, NULL, 10));
      g_free(fields[2]);
      fields[2] = g_date_time_format(day, "%Y-%m-%d");
    }
    g_autofree char *line = g_strjoinv(",", fields);
    g_string_append_printf(list, "%s\n", line);
  }
  return g_string_free(g_steal_pointer(&list), FALSE);
}

bool
supply_demo(Stage *stage)
{
  const char *demo = stage->options->demo;
  g_autofree char *articles = g_build_filename(demo, "articles-cn.csv", NULL);
  g_autofree char *staff = g_build_filename(demo, "staff.csv", NULL);
  g_autofree char *stock = g_build_filename(demo, "stock.csv", NULL);
  g_autofree char *list = stock_from_today(stock);
  g_autofree char *dated = g_build_filename(stage->folder, "demo-stock.csv", NULL);
  return list && g_file_set_contents(dated, list, -1, NULL) && make_store(stage) &&
         import_file(stage, "staff", staff) && import_file(stage, "articles", articles) &&
         import_file(stage, "stock", dated);
}

bool
supply_has_arrived(Stage *stage)
{
  g_autofree char *path = g_build_filename(stage->folder, "stock.csv", NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, NULL))
    return true;
  g_auto(GStrv) lines = g_strsplit(g_strstrip(text), "\n", -1);
  char *last = lines[g_strv_length(lines) - 1];
  *strchrnul(last, ',') = '\0';
  g_autofree char *seen = NULL;
  return stage_ask(stage, &seen, "stock %s", last) &&
         g_ascii_strtoll(seen, NULL, 10) != 0;
}

bool
supply_do(Stage *stage, const Step *step, bool *ret_done)
{
  *ret_done = true;
  if (g_str_equal(step->words[0], "article"))
    return give_article(stage, step);
  if (g_str_equal(step->words[0], "stock"))
    return give_stock(stage, step);
  if (g_str_equal(step->words[0], "staff"))
    return give_staff(stage, step);
  const char *taken[9];
  if (step_is(step, "central sends it", taken))
    return supply_import(stage);
  *ret_done = false;
  return true;
}
