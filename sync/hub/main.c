/* guitai-hub: the central stock service of a chain, and the commands that look after it.
 */
#include <gio/gio.h>
#include <glib-unix.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "app/base/clock.h"
#include "app/base/command.h"
#include "sync/hub/books.h"
#include "sync/hub/enrolment.h"
#include "sync/hub/hire.h"
#include "sync/hub/hub.h"
#include "sync/hub/import.h"
#include "sync/hub/office.h"
#include "sync/hub/pages.h"
#include "sync/hub/proof.h"
#include "sync/hub/publish_staff.h"

typedef struct {
  const CommandLine *line;
  const char *folder;
} Job;

static const char *
option(const Job *job, const char *name)
{
  return command_option(job->line, name);
}

/* UTF-8, whatever the locale: others read it too. */
static void
say(const char *text)
{
  fputs(text, stdout);
}

static bool
usage(GError **error, const char *text)
{
  g_set_error_literal(error, COMMAND_ERROR, COMMAND_ERROR_ARGUMENT, text);
  return false;
}

static bool
needs(const Job *job, const char *const *names, GError **error)
{
  for (; *names; names++) {
    if (!option(job, *names)) {
      g_set_error(error,
                  COMMAND_ERROR,
                  COMMAND_ERROR_ARGUMENT,
                  "%s needs %s",
                  job->line->verb->name,
                  *names);
      return false;
    }
  }
  return true;
}

/* ,"name":"value" for each option that was given; numbers stay numbers. */
static void
add_field(GString *json, const char *name, const char *value)
{
  if (!value)
    return;
  if (json->len > 1)
    g_string_append_c(json, ',');
  g_string_append_printf(json, "\"%s\":", name);
  command_json(json, value);
}

static bool
add_number(GString *json, const char *name, const char *value, GError **error)
{
  gint64 number = 0;
  if (!value)
    return true;
  if (!g_ascii_string_to_signed(value, 10, 0, 100000, &number, NULL))
    return usage(error, "this must be a number");
  if (json->len > 1)
    g_string_append_c(json, ',');
  g_string_append_printf(json, "\"%s\":%" G_GINT64_FORMAT, name, number);
  return true;
}

static gboolean
on_signal(gpointer data)
{
  g_main_loop_quit(data);
  return G_SOURCE_REMOVE;
}

static void
raise_file_limit(void)
{
  struct rlimit files = {0};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= files.rlim_max)
    return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

static bool
serve(const Job *job, GError **error)
{
  const char *port = option(job, "--port");
  const char *address = option(job, "--bind");
  gint64 number = 8790;
  if (port && !g_ascii_string_to_signed(port, 10, 0, 65535, &number, NULL))
    return usage(error, "--port is a number up to 65535");
  raise_file_limit();
  g_autoptr(Hub) hub = hub_start(job->folder, address, (int)number, error);
  if (!hub)
    return false;
  address = address ? address : "127.0.0.1";
  bool is_6 = strchr(address, ':') != NULL;
  g_print("listening on http://%s%s%s:%d\n",
          is_6 ? "[" : "",
          address,
          is_6 ? "]" : "",
          hub_port(hub));
  fflush(stdout);
  g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
  g_unix_signal_add(SIGTERM, on_signal, loop);
  g_unix_signal_add(SIGINT, on_signal, loop);
  g_main_loop_run(loop);
  return true;
}

/* Does it, and tells the answer on standard output when asked for --json. */
static bool
wish(const Job *job, const char *verb, const GString *json, char **ret, GError **error)
{
  g_autoptr(Office) office = office_open(job->folder, error);
  if (!office || !office_do(office, verb, json->str, ret, error))
    return false;
  if (option(job, "--json")) {
    say(*ret);
    say("\n");
  }
  return true;
}

static bool
store_add(const Job *job, GError **error)
{
  static const char *const NEEDED[] = {"--code", "--name", NULL};
  g_autoptr(GString) json = g_string_new("{");
  g_autofree char *answer = NULL;
  if (!needs(job, NEEDED, error) ||
      !add_number(json, "round_step", option(job, "--round"), error))
    return false;
  add_field(json, "code", option(job, "--code"));
  add_field(json, "name", option(job, "--name"));
  add_field(json, "address", option(job, "--address"));
  add_field(json, "phone", option(job, "--phone"));
  add_field(json, "otc_a_when_absent", option(job, "--otc-a"));
  g_string_append_c(json, '}');
  return wish(job, "store.put", json, &answer, error);
}

static GString *
till_wish(const Job *job, GError **error)
{
  static const char *const NEEDED[] = {"--store", "--till", NULL};
  g_autoptr(GString) json = g_string_new("{");
  if (!needs(job, NEEDED, error) ||
      !add_number(json, "hours", option(job, "--hours"), error))
    return NULL;
  add_field(json, "store", option(job, "--store"));
  add_field(json, "till", option(job, "--till"));
  g_string_append_c(json, '}');
  return g_steal_pointer(&json);
}

static bool
till_add(const Job *job, GError **error)
{
  g_autoptr(GString) json = till_wish(job, error);
  g_autofree char *answer = NULL;
  if (!json || !wish(job, "till.put", json, &answer, error))
    return false;
  /* {"code":"XXXXX-XXXXX",… */
  g_auto(GStrv) words = g_strsplit(answer, "\"", 5);
  if (!option(job, "--json"))
    g_print("%s\n", g_strv_length(words) > 3 ? words[3] : "");
  return true;
}

static bool
till_end(const Job *job, GError **error)
{
  g_autoptr(GString) json = till_wish(job, error);
  g_autofree char *answer = NULL;
  return json && wish(job, "till.end", json, &answer, error);
}

static bool
list_stores(const Job *job, GError **error)
{
  g_autoptr(Base) base = base_open(job->folder, DB_READER, error);
  g_autoptr(GString) json = g_string_new(NULL);
  if (!base || !enrolment_list(base, json, error))
    return false;
  say(g_string_append_c(json, '\n')->str);
  return true;
}

static bool
list_staff(const Job *job, GError **error)
{
  g_autoptr(Base) base = base_open(job->folder, DB_READER, error);
  g_autoptr(GString) json = g_string_new(NULL);
  if (!base || !publish_staff_list(base, json, error))
    return false;
  say(g_string_append_c(json, '\n')->str);
  return true;
}

/* The first line of standard input. */
static void
read_pin(char *ret, int size)
{
  if (!fgets(ret, size, stdin))
    *ret = '\0';
  ret[strcspn(ret, "\r\n")] = '\0';
}

static bool
add_staff(const Job *job, GError **error)
{
  static const char *const NEEDED[] = {"--number", "--name", "--role", NULL};
  char pin[64] = "";
  g_autofree char *answer = NULL;
  g_autofree char *refusal = NULL;
  if (!needs(job, NEEDED, error))
    return false;
  if (option(job, "--pin"))
    read_pin(pin, sizeof pin);
  const char *const cells[N_FIELDS] = {
      [FIELD_NUMBER] = option(job, "--number"),
      [FIELD_NAME] = option(job, "--name"),
      [FIELD_ROLE] = option(job, "--role"),
      [FIELD_BADGE] = option(job, "--badge"),
      [FIELD_RIGHTS] = option(job, "--rights"),
      [FIELD_DISCOUNT_LIMIT] = option(job, "--limit"),
      [FIELD_REG_NUMBER] = option(job, "--registration"),
      [FIELD_REG_KIND] = option(job, "--registration-kind"),
      [FIELD_REG_SCOPE] = option(job, "--registration-scope"),
      [FIELD_REG_FROM] = option(job, "--registration-from"),
      [FIELD_REG_TO] = option(job, "--registration-to"),
      [FIELD_PIN] = option(job, "--pin") ? pin : NULL,
  };
  g_autoptr(Office) office = office_open(job->folder, error);
  bool is_done = office && hire_person(office, cells, &answer, &refusal, error);
  sodium_memzero(pin, sizeof pin);
  if (refusal)
    return usage(error, refusal);
  if (is_done && option(job, "--json")) {
    say(answer);
    say("\n");
  }
  return is_done;
}

static bool
end_staff(const Job *job, GError **error)
{
  static const char *const NEEDED[] = {"--number", NULL};
  g_autoptr(GString) json = g_string_new("{");
  g_autofree char *answer = NULL;
  if (!needs(job, NEEDED, error))
    return false;
  add_field(json, "number", option(job, "--number"));
  g_string_append_c(json, '}');
  return wish(job, "staff.end", json, &answer, error);
}

static bool
books(const Job *job, GError **error)
{
  static const char *const NEEDED[] = {"--store", NULL};
  bool is_found = false;
  if (!needs(job, NEEDED, error))
    return false;
  g_autoptr(Base) base = base_open(job->folder, DB_READER, error);
  g_autoptr(GString) json = g_string_new(NULL);
  g_autoptr(GString) text = g_string_new(NULL);
  if (!base || !books_json(base, option(job, "--store"), json, &is_found, error))
    return false;
  if (!is_found)
    return usage(error, "there is no store of this code");
  if (option(job, "--json")) {
    say(g_string_append_c(json, '\n')->str);
    return true;
  }
  if (!books_text(base, json->str, text, error))
    return false;
  say(text->str);
  return true;
}

static void
print_finding(const Finding *finding, bool is_json, bool is_first)
{
  if (!is_json) {
    g_autofree char *text = g_strdup_printf("%s\t%s\t%" G_GINT64_FORMAT "\t%s\n",
                                            finding->wrong ? "WRONG" : "ok",
                                            finding->check,
                                            finding->rows,
                                            finding->wrong ? finding->wrong : "");
    say(text);
    return;
  }
  g_autoptr(GString) wrong = g_string_new(NULL);
  command_json(wrong, finding->wrong);
  g_autofree char *text =
      g_strdup_printf("%s{\"check\":\"%s\",\"rows\":%" G_GINT64_FORMAT ",\"wrong\":%s}",
                      is_first ? "" : ",",
                      finding->check,
                      finding->rows,
                      wrong->str);
  say(text);
}

static bool
verify(const Job *job, GError **error)
{
  g_autoptr(GArray) findings = NULL;
  g_autoptr(Base) base = base_open(job->folder, DB_READER, error);
  bool is_json = option(job, "--json") != NULL;
  bool is_sound = true;
  if (!base || !proof_find(base, &findings, error))
    return false;
  if (is_json)
    say("[");
  for (guint i = 0; i < findings->len; i++) {
    const Finding *finding = &g_array_index(findings, Finding, i);
    print_finding(finding, is_json, i == 0);
    is_sound = is_sound && !finding->wrong;
  }
  if (is_json)
    say("]\n");
  if (!is_sound)
    g_set_error(error, DB_ERROR, DB_ERROR_CORRUPT, "the books do not prove themselves");
  return is_sound;
}

static bool
read_sheet_options(const Job *job, SheetOptions *ret, GError **error)
{
  const char *separator = option(job, "--separator");
  const char *skip = option(job, "--skip");
  gint64 lines = 0;
  ret->encoding = option(job, "--encoding");
  if (skip && !g_ascii_string_to_signed(skip, 10, 0, 1000, &lines, NULL))
    return usage(error, "--skip is a number of lines");
  ret->skip = (int)lines;
  if (!separator)
    return true;
  ret->separator = strcmp(separator, "comma") == 0       ? ','
                   : strcmp(separator, "tab") == 0       ? '\t'
                   : strcmp(separator, "semicolon") == 0 ? ';'
                                                         : '\0';
  return ret->separator || usage(error, "--separator is comma, tab or semicolon");
}

static bool
read_dates(const Job *job, CellDates *ret, GError **error)
{
  const char *dates = option(job, "--dates");
  *ret = CELL_DATES_CLEAR;
  if (!dates)
    return true;
  *ret = strcmp(dates, "mdy") == 0 ? CELL_DATES_MDY : CELL_DATES_DMY;
  return strcmp(dates, "mdy") == 0 || strcmp(dates, "dmy") == 0 ||
         usage(error, "--dates is dmy or mdy");
}

/* A trial needs no folder, and makes none. */
static bool
open_for(const Job *job, const ImportJob *wanted, Office **ret, GError **error)
{
  g_autofree char *path = g_build_filename(job->folder, "hub.db", NULL);
  if (wanted->is_dry_run && !g_file_test(path, G_FILE_TEST_EXISTS))
    return true;
  *ret = office_open(job->folder, error);
  return *ret != NULL;
}

static bool
import(const Job *job, ListKind kind, GError **error)
{
  static const char *const NEEDED[] = {"--store", NULL};
  g_autoptr(Office) office = NULL;
  g_auto(ImportSummary) summary = {0};
  int64_t now_us = clock_now_us();
  ImportJob wanted = {.kind = kind,
                      .path = command_argument(job->line, 0),
                      .report_path = option(job, "--report"),
                      .store_code = option(job, "--store"),
                      .columns = option(job, "--columns"),
                      .profile = option(job, "--profile"),
                      .with = option(job, "--with"),
                      .conditions = option(job, "--conditions"),
                      .default_class = option(job, "--class"),
                      .default_unit = option(job, "--unit"),
                      .is_dry_run = option(job, "--dry-run") != NULL,
                      .now_us = now_us,
                      .utc_offset_s = clock_utc_offset_s(now_us)};
  if (!wanted.path)
    return usage(error, "which file?");
  if ((kind == LIST_STOCK && !needs(job, NEEDED, error)) ||
      !read_sheet_options(job, &wanted.sheet, error) ||
      !read_dates(job, &wanted.dates, error) || !open_for(job, &wanted, &office, error) ||
      !import_run(&wanted, office, &summary, error))
    return false;
  say(option(job, "--json") ? summary.json : summary.text);
  if (option(job, "--json"))
    say("\n");
  return true;
}

static bool
import_articles(const Job *job, GError **error)
{
  return import(job, LIST_ARTICLES, error);
}

static bool
import_stock(const Job *job, GError **error)
{
  return import(job, LIST_STOCK, error);
}

static bool
import_prices(const Job *job, GError **error)
{
  return import(job, LIST_PRICES, error);
}

static bool
import_staff(const Job *job, GError **error)
{
  return import(job, LIST_STAFF, error);
}

static const struct {
  const char *verb;
  bool (*run)(const Job *job, GError **error);
} RUNS[] = {
    {"import articles", import_articles},
    {"import stock", import_stock},
    {"import prices", import_prices},
    {"import staff", import_staff},
    {"serve", serve},
    {"store add", store_add},
    {"store list", list_stores},
    {"till add", till_add},
    {"till end", till_end},
    {"till list", list_stores},
    {"staff add", add_staff},
    {"staff end", end_staff},
    {"staff list", list_staff},
    {"books", books},
    {"verify", verify},
};

static bool
run(const CommandLine *line, GError **error)
{
  const char *folder = command_option(line, "--data");
  g_autofree char *otherwise =
      g_build_filename(g_get_user_data_dir(), "guitai-hub", NULL);
  const Job job = {line, folder ? folder : otherwise};
  for (guint i = 0; i < G_N_ELEMENTS(RUNS); i++) {
    if (strcmp(RUNS[i].verb, line->verb->name) == 0)
      return RUNS[i].run(&job, error);
  }
  return usage(error, "this command does nothing");
}

/* --help, --man and --version, which need no folder. @return true when it was one. */
static bool
tell_about(const CommandLine *line)
{
  g_autofree char *text = NULL;
  if (command_option(line, "--version"))
    text = g_strdup("guitai-hub " GUITAI_VERSION "\n");
  else if (command_option(line, "--man"))
    text = command_man(&HUB_PAGE, NULL);
  else if (command_option(line, "--help") && line->verb)
    text = command_help_for(&HUB_PAGE, NULL, line->verb->name);
  else if (command_option(line, "--help") || !line->verb)
    text = command_help(&HUB_PAGE, NULL);
  if (text)
    say(text);
  return text != NULL;
}

int
main(int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_auto(CommandLine) line = {0};
  g_log_writer_default_set_use_stderr(TRUE);
  clock_take_shift();
  if (!command_read(&HUB_PAGE, argc, argv, &line, &error)) {
    g_printerr("guitai-hub: %s; see guitai-hub --help\n", error->message);
    return 2;
  }
  if (tell_about(&line))
    return 0;
  if (sodium_init() < 0) {
    g_printerr("guitai-hub: this machine gives no random numbers\n");
    return 1;
  }
  if (run(&line, &error))
    return 0;
  g_printerr("guitai-hub: %s\n", error->message);
  return error->domain == COMMAND_ERROR ? 2 : 1;
}
