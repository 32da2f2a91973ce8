#include "app/domain/product.h"

static void
unit_free(gpointer pointer)
{
  ProductUnit *unit = pointer;
  g_free(unit->name);
  g_free(unit->price_source);
  g_free(unit);
}

Product *
product_new(void)
{
  Product *product = g_new0(Product, 1);
  product->units = g_ptr_array_new_with_free_func(unit_free);
  return product;
}

static void
copy_texts(Product *copy, const Product *product)
{
  copy->code = g_strdup(product->code);
  copy->generic_name = g_strdup(product->generic_name);
  copy->trade_name = g_strdup(product->trade_name);
  copy->spec = g_strdup(product->spec);
  copy->form = g_strdup(product->form);
  copy->maker = g_strdup(product->maker);
  copy->approval_no = g_strdup(product->approval_no);
  copy->origin = g_strdup(product->origin);
  copy->shelf = g_strdup(product->shelf);
}

Product *
product_copy(const Product *product)
{
  if (!product)
    return NULL;
  Product *copy = product_new();
  GPtrArray *units = copy->units;
  *copy = *product;
  copy->units = units;
  copy_texts(copy, product);
  for (guint i = 0; i < product->units->len; i++) {
    const ProductUnit *from = product->units->pdata[i];
    ProductUnit *unit = g_memdup2(from, sizeof *from);
    unit->name = g_strdup(from->name);
    unit->price_source = g_strdup(from->price_source);
    g_ptr_array_add(units, unit);
  }
  return copy;
}

void
product_free(Product *product)
{
  if (!product)
    return;
  g_free(product->code);
  g_free(product->generic_name);
  g_free(product->trade_name);
  g_free(product->spec);
  g_free(product->form);
  g_free(product->maker);
  g_free(product->approval_no);
  g_free(product->origin);
  g_free(product->shelf);
  g_ptr_array_unref(product->units);
  g_free(product);
}

ProductUnit *
product_add_unit(Product *product, const char *name, Quantity base)
{
  g_assert(base > 0);
  ProductUnit *unit = g_new0(ProductUnit, 1);
  unit->name = g_strdup(name);
  unit->base = base;
  unit->sale_allowed = true;
  unit->is_default = product->units->len == 0;
  g_ptr_array_add(product->units, unit);
  return unit;
}

const ProductUnit *
product_default_unit(const Product *product)
{
  for (guint i = 0; i < product->units->len; i++) {
    const ProductUnit *unit = product->units->pdata[i];
    if (unit->is_default)
      return unit;
  }
  return product->units->len > 0 ? product->units->pdata[0] : NULL;
}

static int
unit_position(const Product *product, const char *unit_name)
{
  for (guint i = 0; i < product->units->len; i++) {
    const ProductUnit *unit = product->units->pdata[i];
    if (g_strcmp0(unit->name, unit_name) == 0)
      return (int)i;
  }
  return -1;
}

const ProductUnit *
product_next_unit(const Product *product, const char *unit_name)
{
  int n = (int)product->units->len;
  int from = unit_position(product, unit_name);
  for (int step = 1; step <= n; step++) {
    int position = (from + step) % n;
    const ProductUnit *unit = product->units->pdata[position];
    if (unit->sale_allowed && position != from)
      return unit;
  }
  return NULL;
}

const ProductUnit *
product_unit(const Product *product, const char *unit_name)
{
  int position = unit_position(product, unit_name);
  return position >= 0 ? product->units->pdata[position] : NULL;
}

bool
legal_class_is_medicine(LegalClass legal_class)
{
  switch (legal_class) {
  case CLASS_RX:
  case CLASS_OTC_A:
  case CLASS_OTC_B:
  case CLASS_DUAL:
  case CLASS_HERB:
  case CLASS_HERB_TOXIC:
  case CLASS_MEDICINE:
    return true;
  default:
    return false;
  }
}
