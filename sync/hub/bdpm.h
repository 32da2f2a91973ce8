/* Bdpm: the lists of the French public medicines database, which have no header and tell
 * of packs, products and prescribing conditions in three files joined by the CIS number.
 * Source of the columns: the database's own description of its files. */
#pragma once

#include "sync/hub/columns.h"
#include "sync/hub/report.h"

typedef struct Bdpm Bdpm;

/* @profile: "bdpm-packs" (CIS_CIP) or "bdpm-products" (CIS_bdpm). @with: (nullable) the
 * products, when packs are read; @conditions: (nullable) CIS_CPD: without it everything
 * is CLASS_MEDICINE, with it what needs a prescription is CLASS_RX. */
Bdpm *
bdpm_new(const char *profile, const char *with, const char *conditions, GError **error);
void bdpm_free(Bdpm *bdpm); /* NULL is fine */

guint bdpm_columns(const Bdpm *bdpm); /* that a row has */
/* @ret_cells: what stands for each field; borrowed until the next row. */
void bdpm_read(Bdpm *bdpm,
               const GPtrArray *row,
               ReportRow *report,
               const char *ret_cells[N_FIELDS]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bdpm, bdpm_free)
