/* guitai-bench: how fast it is, beside what the raw parts can do. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/bench.h"

static const BenchEntry BENCHES[] = {
    {"barcode", "a trade code to its article, with units and price", bench_barcode},
    {"search", "one keystroke of a search", bench_search},
    {"sale", "a durable sale of five lines, quiet and beside a feed", bench_sale},
    {"feed", "changes of central's applied to the catalogue", bench_feed},
    {"balances", "the balances rebuilt from the movements", bench_balances},
    {"scan", "a scan until its line is painted", bench_scan},
    {"receipt", "a receipt composed, drawn, and its first byte sent", bench_receipt},
    {"devices",
     "devices on an emulated bus: a scan, a plug, a quiet counter",
     bench_devices},
    {"start", "a start of the till until it can be used, and its memory", bench_start},
    {"decode", "codes in frames and in real pictures, beside ZXing alone", bench_decode},
};

static void
help(void)
{
  g_print("Usage: guitai-bench NAME... [--rows N] [--folder DIR]\n\n"
          "Prints: metric, value, unit, floor, ratio, with tabs between.\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS(BENCHES); i++)
    g_print("  %-10s %s\n", BENCHES[i].name, BENCHES[i].says);
  g_print("  %-10s all of them\n\n"
          "  --rows N      articles (1000000)\n"
          "  --folder DIR  where the files are made, and kept for the next time\n",
          "all");
}

static bool
run(const char *name, const Bench *bench)
{
  bool found = false;
  for (gsize i = 0; i < G_N_ELEMENTS(BENCHES); i++)
    if (strcmp(name, BENCHES[i].name) == 0 || strcmp(name, "all") == 0) {
      BENCHES[i].run(bench);
      found = true;
    }
  if (!found)
    g_printerr("guitai-bench: no benchmark %s\n", name);
  return found;
}

static void
remove_folder(const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_remove(path);
  }
  g_rmdir(folder);
}

int
main(int argc, char **argv)
{
  int rows = 1000000;
  g_autofree char *folder = NULL;
  const GOptionEntry options[] = {
      {"rows", 0, 0, G_OPTION_ARG_INT, &rows, NULL, NULL},
      {"folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, NULL, NULL},
      {NULL}};
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_autoptr(GError) error = NULL;
  g_option_context_set_help_enabled(context, FALSE);
  g_option_context_add_main_entries(context, options, NULL);
  bool understood = g_option_context_parse(context, &argc, &argv, &error);
  if (!understood || argc < 2 || rows < 1000) {
    help();
    return 2;
  }
  g_autofree char *own = folder ? NULL : g_dir_make_tmp("guitai-bench-XXXXXX", &error);
  if (folder)
    g_mkdir_with_parents(folder, 0700);
  const Bench bench = {.folder = folder ? folder : own, .rows = rows};
  int failed = 0;
  for (int i = 1; i < argc; i++)
    failed += !run(argv[i], &bench);
  if (own)
    remove_folder(own);
  return failed ? 2 : 0;
}
