/* base: the hub's books, kept in an embedded SQLite file DIR/hub.db.
 *
 * The seam where another base (PostgreSQL) can come in: enrolment, push, apply, ledger,
 * stream, publish*, books and proof take a Base and are the only files that say SQL. One
 * thread owns a Base. One process writes; others may open it to read at any time. */
#pragma once

#include "db/db.h"

typedef struct Base Base;

/* @folder: made when missing (mode 0700) by a writer. @return (transfer full), NULL with
 * @error. */
Base *base_open(const char *folder, DbRole role, GError **error);
void base_close(Base *base);
Db *base_db(const Base *base); /* for the files of the base */

/* Is @text one JSON value, without a NUL inside? To be asked before any json_extract().
 */
bool base_is_json(Base *base, const char *text, gsize length, bool *ret, GError **error);

/* The text or number at @path ("$.code") of @json (transfer full); NULL when there is
 * none there, or @json is no JSON. */
char *base_json_text(Base *base, const char *json, gsize length, const char *path);

/* Call when nobody waits. */
void base_rest(Base *base);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Base, base_close)
