#include "tests/sync/import_desk.h"

#include <string.h>

void
desk_open(Desk *desk)
{
  *desk = (Desk){.folder = chain_store_folder()};
  desk->office = office_open(desk->folder, NULL);
  g_assert(desk->office);
  desk->base = office_base(desk->office);
  g_autofree char *answer = chain_store_do(
      desk->base, "store.put", "{\"code\":\"" STORE "\",\"name\":\"和平路店\"}");
}

void
desk_clear(Desk *desk)
{
  office_close(desk->office);
  g_free(desk->json);
  g_free(desk->report);
  chain_store_remove(desk->folder);
}

ImportJob
desk_job(ListKind kind)
{
  return (ImportJob){.kind = kind, .store_code = STORE, .now_us = NOON};
}

bool
desk_import(Desk *desk, const ImportJob *job, const char *bytes, gsize length)
{
  g_autofree char *path = g_build_filename(desk->folder, "list.csv", NULL);
  g_autofree char *report = g_build_filename(desk->folder, "report.csv", NULL);
  g_autoptr(GError) error = NULL;
  g_auto(ImportSummary) summary = {0};
  ImportJob wanted = *job;
  if (bytes) {
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, bytes, (gssize)length, NULL));
    wanted.path = path;
  }
  wanted.report_path = report;
  g_clear_pointer(&desk->json, g_free);
  g_clear_pointer(&desk->report, g_free);
  bool is_done = import_run(&wanted, desk->office, &summary, &error);
  desk->json = g_strdup(is_done ? summary.json : error->message);
  if (is_done)
    g_file_get_contents(report, &desk->report, NULL, NULL);
  return is_done;
}

void
desk_articles(Desk *desk, const char *header, const char *rows)
{
  g_autofree char *text = g_strconcat(header, "\n", rows, NULL);
  ImportJob job = desk_job(LIST_ARTICLES);
  if (!desk_import(desk, &job, text, strlen(text)))
    g_error("%s", desk->json);
}

char *
desk_verdict(const Desk *desk, int line)
{
  const SheetOptions options = {.separator = ','};
  g_autoptr(GBytes) bytes = g_bytes_new(desk->report, strlen(desk->report));
  g_autoptr(Sheet) sheet = sheet_new(bytes, &options, NULL);
  SheetRow row;
  while (sheet_next(sheet, &row)) {
    if (g_ascii_strtoll(row.cells->pdata[0], NULL, 10) != line)
      continue;
    const char *whats = row.cells->pdata[3];
    return g_strconcat(row.cells->pdata[1], *whats ? " " : "", whats, NULL);
  }
  return g_strdup("missing");
}

int64_t
desk_count(const Desk *desk, const char *path)
{
  g_autofree char *value = chain_store_field(desk->base, desk->json, path);
  return value ? g_ascii_strtoll(value, NULL, 10) : 0;
}

void
desk_expect_all_accounted(const Desk *desk, int64_t rows)
{
  const SheetOptions options = {.separator = ','};
  g_autoptr(GBytes) bytes = g_bytes_new(desk->report, strlen(desk->report));
  g_autoptr(Sheet) sheet = sheet_new(bytes, &options, NULL);
  SheetRow row;
  int64_t told = -1; /* the header */
  while (sheet_next(sheet, &row))
    told++;
  CU_ASSERT_EQUAL(told, rows);
  CU_ASSERT_EQUAL(desk_count(desk, "$.rows"), rows);
  CU_ASSERT_EQUAL(desk_count(desk, "$.imported") + desk_count(desk, "$.remark") +
                      desk_count(desk, "$.refused"),
                  rows);
  CU_ASSERT_EQUAL(desk_count(desk, "$.new") + desk_count(desk, "$.changed") +
                      desk_count(desk, "$.same"),
                  desk_count(desk, "$.imported") + desk_count(desk, "$.remark"));
}

char *
desk_article(const Desk *desk, const char *code, const char *path)
{
  g_auto(Query) q =
      query(base_db(desk->base),
            "SELECT json_extract(content, :path) FROM article WHERE code = :code");
  query_bind_text(&q, ":path", path);
  query_bind_text(&q, ":code", code);
  return query_next(&q) ? query_get_text(&q, 0) : NULL;
}

void
desk_expect(const Desk *desk, int line, const char *wanted)
{
  g_autofree char *said = desk_verdict(desk, line);
  CU_ASSERT_STRING_EQUAL(said, wanted);
  if (strcmp(said, wanted) != 0)
    g_printerr("line %d: expected %s, seen %s\n", line, wanted, said);
}

void
desk_expect_article(const Desk *desk,
                    const char *code,
                    const char *path,
                    const char *wanted)
{
  g_autofree char *value = desk_article(desk, code, path);
  CU_ASSERT_STRING_EQUAL(value ? value : "nothing", wanted);
  if (g_strcmp0(value, wanted) != 0)
    g_printerr("%s %s: expected %s, seen %s\n", code, path, wanted, value);
}
