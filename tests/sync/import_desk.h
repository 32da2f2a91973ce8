/* What tests of imports begin with: a chain's office, lists as text, what became of them.
 */
#pragma once

#include "sync/hub/import.h"
#include "tests/sync/chain_store.h"

typedef struct {
  char *folder;
  Office *office;
  Base *base;   /* the office's */
  char *json;   /* owned; the last import's summary */
  char *report; /* owned; its report, with the header's line */
} Desk;

void desk_open(Desk *desk); /* with store 0123 */
void desk_clear(Desk *desk);

ImportJob desk_job(ListKind kind);
/* Reads @bytes as a file; what is missing in @job is filled in. @return false with a
 * failure of the whole list, its message in desk->json. */
bool desk_import(Desk *desk, const ImportJob *job, const char *bytes, gsize length);
/* Articles, with the header's line before @rows. */
void desk_articles(Desk *desk, const char *header, const char *rows);

/* Line @line of the list in the report: "remark no_price cleaned" (transfer full). */
char *desk_verdict(const Desk *desk, int line);
/* A number of the last summary: "$.refused". */
int64_t desk_count(const Desk *desk, const char *path);
/* Do imported, remark and refused add up to the rows, and to the report's lines? */
void desk_expect_all_accounted(const Desk *desk, int64_t rows);
/* Of article @code in the books: "$.class" (transfer full) (nullable). */
char *desk_article(const Desk *desk, const char *code, const char *path);

void desk_expect(const Desk *desk, int line, const char *wanted);
void desk_expect_article(const Desk *desk,
                         const char *code,
                         const char *path,
                         const char *wanted);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Desk, desk_clear)
