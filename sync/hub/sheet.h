/* Sheet: a list as people export it: any of its encodings and separators, quoted fields
 * with newlines in them, gzip or not. Rows come one by one, with their physical line; a
 * row that cannot be read is a row too, with its fault. */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

#include "sync/hub/encoding.h"

#define SHEET_MAX_SIZE  1073741824 /* bytes, unpacked */
#define SHEET_MAX_QUOTE 65536      /* bytes in one quoted field */

typedef enum {
  SHEET_OK,
  SHEET_BAD_BYTES, /* not of the file's encoding, or a NUL */
  SHEET_BAD_QUOTES /* a quote that does not end, or ends in the middle of a field */
} SheetFault;

typedef struct {
  int line; /* physical, of its first character, from 1 */
  SheetFault fault;
  GPtrArray *cells; /* of const char *; owned by the sheet, until the next row */
} SheetRow;

typedef struct {
  const char *encoding; /* NULL: guess */
  char separator;       /* 0: guess among , TAB ; */
  int skip;             /* lines before the first row */
} SheetOptions;

typedef struct Sheet Sheet;

Sheet *sheet_open(const char *path, const SheetOptions *options, GError **error);
/* @bytes as they lie in a file. */
Sheet *sheet_new(GBytes *bytes, const SheetOptions *options, GError **error);
void sheet_free(Sheet *sheet); /* NULL is fine */

/* @return false at the end. Blank lines are no rows: they are counted. */
bool sheet_next(Sheet *sheet, SheetRow *ret_row);
void sheet_rewind(Sheet *sheet);

Encoding sheet_encoding(const Sheet *sheet);
char sheet_separator(const Sheet *sheet);
int sheet_blank_lines(const Sheet *sheet); /* seen so far */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)
