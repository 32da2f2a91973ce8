#include "app/finding.h"

#include "app/base/clock.h"
#include "app/cataloguing.h"
#include "db/product_store.h"
#include "db/search_index.h"
#include "db/stock_store.h"

void
found_article_free(FoundArticle *found)
{
  if (!found)
    return;
  product_free(found->product);
  g_free(found->unit_name);
  g_free(found);
}

static void
set_shelf(Product *product, Db *store)
{
  g_autofree char *shelf = stock_store_shelf(store, product->id);
  if (!*shelf && *product->shelf)
    return;
  g_free(product->shelf);
  product->shelf = g_steal_pointer(&shelf);
}

/* What this store has of it; a store that cannot be read shows as nothing at hand. */
static void
look_on_shelf(FoundArticle *found, Db *store, Day today)
{
  g_autoptr(GPtrArray) lots = NULL;
  g_autoptr(GError) error = NULL;

  if (!stock_store_lots(store, found->product->id, &lots, &error)) {
    g_message("stock: %s", error->message);
    return;
  }
  for (guint i = 0; i < lots->len; i++) {
    const Lot *lot = lots->pdata[i];
    found->on_hand += lot_may_be_sold(lot, today) ? lot->on_hand : 0;
  }
  const Lot *first = lot_first_out(lots, today);
  found->expiry = first && first->on_hand > 0 ? first->expiry : DAY_NONE;
  set_shelf(found->product, store);
}

/* Takes @product. */
static FoundArticle *
found_article_new(Product *product, const char *unit_name, Db *store, Day today)
{
  FoundArticle *found = g_new0(FoundArticle, 1);
  found->product = product;
  found->unit_name = g_strdup(unit_name);
  if (store)
    look_on_shelf(found, store, today);
  return found;
}

GPtrArray *
finding_search(
    Db *catalogue, Db *store, const char *text, int max, int64_t now_us, GError **error)
{
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GPtrArray) found =
      g_ptr_array_new_with_free_func((GDestroyNotify)found_article_free);
  Day today = day_at(now_us, clock_utc_offset_s(now_us));

  if (!search_index_find(catalogue, store, text, max, &ids, error))
    return NULL;
  for (guint i = 0; i < ids->len; i++) {
    Product *product = NULL;
    if (!product_store_find(
            catalogue, g_array_index(ids, int64_t, i), now_us, &product, error))
      return NULL;
    if (product)
      g_ptr_array_add(found, found_article_new(product, NULL, store, today));
  }
  return g_steal_pointer(&found);
}

static void
show(Till *till, GPtrArray *found)
{
  g_ptr_array_unref(till->found);
  till->found = found;
  till_changed(till, TILL_FOUND);
}

void
finding_close(Till *till)
{
  g_ptr_array_set_size(till->found, 0);
  till_changed(till, TILL_FOUND);
  if (till->page == PAGE_SEARCH)
    till_open_page(till, PAGE_SALE);
}

void
finding_type(Till *till, const char *text)
{
  GError *error = NULL;
  bool is_here = till->page == PAGE_SALE || till->page == PAGE_SEARCH;

  if (!is_here || !till->catalogue)
    return;
  if (!*text) {
    finding_close(till);
    return;
  }
  GPtrArray *found = finding_search(
      till->catalogue, till->store, text, FINDING_MAX, till_now_us(till), &error);
  if (!found) {
    cataloguing_failed(till, error);
    return;
  }
  show(till, found);
  till_open_page(till, PAGE_SEARCH);
}

void
finding_show_matches(Till *till, GPtrArray *matches)
{
  GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)found_article_free);
  for (guint i = 0; i < matches->len && i < FINDING_MAX; i++) {
    const ProductMatch *match = matches->pdata[i];
    g_ptr_array_add(found,
                    found_article_new(product_copy(match->product),
                                      match->unit_name,
                                      till->store,
                                      till_today(till)));
  }
  show(till, found);
  till_open_page(till, PAGE_SEARCH);
}
