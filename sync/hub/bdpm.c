#include "sync/hub/bdpm.h"

#include <string.h>

#include "app/base/command.h"
#include "sync/hub/sheet.h"

typedef enum { PACK_CIS, PACK_CIP7, PACK_LABEL, PACK_STATUS, PACK_TRADE, PACK_DATE } Pack;
#define PACK_CIP13   6
#define PACK_REFUND  8
#define PACK_PRICE   9
#define PACK_PUBLIC  10 /* with the pharmacy's fee: what is paid */
#define PACK_COLUMNS 13

#define PRODUCT_CIS     0
#define PRODUCT_NAME    1
#define PRODUCT_FORM    2
#define PRODUCT_TRADE   6
#define PRODUCT_HOLDER  10
#define PRODUCT_COLUMNS 12

typedef struct {
  char *name, *form, *holder; /* owned */
} Product;

struct Bdpm {
  bool is_packs;
  GHashTable *products;    /* CIS → Product, both owned; NULL: not joined */
  GHashTable *prescribed;  /* set of CIS, owned; NULL: not known */
  char *approval, *naming; /* owned; of the row at hand */
};

static void
free_product(gpointer data)
{
  Product *product = data;
  g_free(product->name);
  g_free(product->form);
  g_free(product->holder);
  g_free(product);
}

void
bdpm_free(Bdpm *bdpm)
{
  if (!bdpm)
    return;
  g_clear_pointer(&bdpm->products, g_hash_table_unref);
  g_clear_pointer(&bdpm->prescribed, g_hash_table_unref);
  g_free(bdpm->approval);
  g_free(bdpm->naming);
  g_free(bdpm);
}

static bool
load_products(Bdpm *bdpm, const char *path, GError **error)
{
  const SheetOptions options = {.separator = '\t'};
  SheetRow row;
  g_autoptr(Sheet) sheet = sheet_open(path, &options, error);
  if (!sheet)
    return false;
  bdpm->products = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_product);
  while (sheet_next(sheet, &row)) {
    if (row.fault != SHEET_OK || row.cells->len != PRODUCT_COLUMNS)
      continue;
    Product *product = g_new0(Product, 1);
    product->name = g_strdup(row.cells->pdata[PRODUCT_NAME]);
    product->form = g_strdup(row.cells->pdata[PRODUCT_FORM]);
    product->holder = g_strdup(row.cells->pdata[PRODUCT_HOLDER]);
    g_hash_table_insert(bdpm->products, g_strdup(row.cells->pdata[PRODUCT_CIS]), product);
  }
  return true;
}

/* Lists I and II, narcotics, and whatever speaks of a prescription. */
static bool
is_prescription(const char *condition)
{
  g_autofree char *lower = g_utf8_strdown(condition, -1);
  if (strstr(lower, "non soumis"))
    return false;
  return g_str_has_prefix(lower, "liste i") || strstr(lower, "stupéfiant") ||
         strstr(lower, "prescription") || strstr(lower, "ordonnance");
}

static bool
load_conditions(Bdpm *bdpm, const char *path, GError **error)
{
  const SheetOptions options = {.separator = '\t'};
  SheetRow row;
  g_autoptr(Sheet) sheet = sheet_open(path, &options, error);
  if (!sheet)
    return false;
  bdpm->prescribed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  while (sheet_next(sheet, &row)) {
    if (row.fault == SHEET_OK && row.cells->len >= 2 &&
        is_prescription(row.cells->pdata[1]))
      g_hash_table_add(bdpm->prescribed, g_strdup(row.cells->pdata[0]));
  }
  return true;
}

Bdpm *
bdpm_new(const char *profile, const char *with, const char *conditions, GError **error)
{
  bool is_packs = strcmp(profile, "bdpm-packs") == 0;
  if (!is_packs && strcmp(profile, "bdpm-products") != 0) {
    g_set_error(error,
                COMMAND_ERROR,
                COMMAND_ERROR_ARGUMENT,
                "no profile %s; bdpm-packs, bdpm-products",
                profile);
    return NULL;
  }
  Bdpm *bdpm = g_new0(Bdpm, 1);
  bdpm->is_packs = is_packs;
  if ((!with || load_products(bdpm, with, error)) &&
      (!conditions || load_conditions(bdpm, conditions, error)))
    return bdpm;
  bdpm_free(bdpm);
  return NULL;
}

guint
bdpm_columns(const Bdpm *bdpm)
{
  return bdpm->is_packs ? PACK_COLUMNS : PRODUCT_COLUMNS;
}

static const char *
class_of(const Bdpm *bdpm, const char *cis)
{
  bool is_rx = bdpm->prescribed && g_hash_table_contains(bdpm->prescribed, cis);
  return is_rx ? "rx" : "medicine";
}

static void
name_pack(Bdpm *bdpm, const char *cis, ReportRow *report, const char **cells)
{
  const Product *product =
      bdpm->products ? g_hash_table_lookup(bdpm->products, cis) : NULL;
  if (product) {
    cells[FIELD_GENERIC_NAME] = product->name;
    cells[FIELD_FORM] = product->form;
    cells[FIELD_MAKER] = product->holder;
    return;
  }
  g_free(bdpm->naming);
  bdpm->naming = g_strdup_printf("CIS %s", cis);
  cells[FIELD_GENERIC_NAME] = bdpm->naming;
  report_remark(report,
                bdpm->products ? "unknown_product" : "named_by_number",
                "the pack's product %s %s",
                cis,
                bdpm->products ? "is not in the list of products"
                               : "is named in another list (--with)");
}

static void
read_pack(Bdpm *bdpm, const GPtrArray *row, ReportRow *report, const char **cells)
{
  const char *public_price = row->pdata[PACK_PUBLIC];
  const char *refund = row->pdata[PACK_REFUND];
  bool is_sold = !strstr(row->pdata[PACK_STATUS], "abrog") &&
                 !g_str_has_prefix(row->pdata[PACK_TRADE], "Arrêt");
  cells[FIELD_CODE] = row->pdata[PACK_CIP7];
  cells[FIELD_BARCODE] = row->pdata[PACK_CIP13];
  cells[FIELD_SPEC] = row->pdata[PACK_LABEL];
  cells[FIELD_PRICE] = *public_price ? public_price : row->pdata[PACK_PRICE];
  cells[FIELD_INSURED] = *refund ? "1" : "0";
  cells[FIELD_ACTIVE] = is_sold ? "1" : "0";
  name_pack(bdpm, row->pdata[PACK_CIS], report, cells);
}

static void
read_product(const GPtrArray *row, const char **cells)
{
  const char *trade = row->pdata[PRODUCT_TRADE];
  cells[FIELD_CODE] = row->pdata[PRODUCT_CIS];
  cells[FIELD_GENERIC_NAME] = row->pdata[PRODUCT_NAME];
  cells[FIELD_FORM] = row->pdata[PRODUCT_FORM];
  cells[FIELD_MAKER] = row->pdata[PRODUCT_HOLDER];
  cells[FIELD_ACTIVE] = g_str_has_prefix(trade, "Non") ? "0" : "1";
}

void
bdpm_read(Bdpm *bdpm,
          const GPtrArray *row,
          ReportRow *report,
          const char *ret_cells[N_FIELDS])
{
  const char *cis = row->pdata[0];
  for (int i = 0; i < N_FIELDS; i++)
    ret_cells[i] = NULL;
  if (bdpm->is_packs)
    read_pack(bdpm, row, report, ret_cells);
  else
    read_product(row, ret_cells);
  /* With its letters, so that it cannot be taken for a barcode of eight digits. */
  g_free(bdpm->approval);
  bdpm->approval = g_strdup_printf("CIS%s", cis);
  ret_cells[FIELD_APPROVAL_NO] = bdpm->approval;
  ret_cells[FIELD_CLASS] = class_of(bdpm, cis);
}
