/* ListReader: what differs between lists: how one row becomes a wish to the hub. */
#pragma once

#include "sync/hub/import.h"

/* A row: the cells by field, as they stand in the file; NULL: no such column. */
typedef const char *const *ListCells;

typedef struct ListReader ListReader;
struct ListReader {
  const char *verb; /* of admin.h */
  char *head;       /* owned (nullable); members of the request before "rows" */
  guint max_rows;   /* of one request */
  /* Judges the row and, unless it refuses it in @report, appends its JSON object. */
  bool (*read)(
      gpointer state, ListCells cells, ReportRow *report, GString *json, GError **error);
  gpointer state; /* owned */
  void (*free_state)(gpointer state);
};
void list_reader_free(ListReader *reader); /* NULL is fine */

/* The cell without blanks and invisible characters around it (transfer full); "" when the
 * column is missing. A remark `cleaned` when more than blanks was taken away. */
char *list_text(ListCells cells, Field field, ReportRow *report);
/* The same with full-width forms as ASCII: for codes and numbers. */
char *list_plain(ListCells cells, Field field, ReportRow *report);
bool list_has(ListCells cells, Field field); /* the column is there */
/* An article's code; refused when it is none. (transfer full). */
char *list_code(ListCells cells, ReportRow *report);
/* CELL_OK sets @ret_fen, also to 0. What is wrong with it is said in @report: `no_price`,
 * `zero_price` as remarks, the rest refuses the row. @return true when there is a price
 * above 0. */
bool list_price(ListCells cells, Field field, ReportRow *report, Money *ret_fen);

/* ,"name":"text" without the comma after an opening brace. */
void list_add_text(GString *json, const char *name, const char *text);
void list_add_int(GString *json, const char *name, int64_t number);
void list_add_bool(GString *json, const char *name, bool value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ListReader, list_reader_free)
