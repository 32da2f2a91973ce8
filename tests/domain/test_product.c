#include "app/domain/product.h"

#include "tests/test.h"

static Product *
box_and_tablet(void)
{
  Product *product = product_new();
  product->id = 7;
  product->generic_name = g_strdup("阿莫西林胶囊");
  product->legal_class = CLASS_RX;
  product_add_unit(product, "盒", 24);
  ProductUnit *tablet = product_add_unit(product, "粒", 1);
  tablet->has_price = true;
  tablet->price = 90;
  tablet->price_source = g_strdup("shelf");
  return product;
}

static void
the_first_unit_is_the_default_until_another_is_marked(void)
{
  g_autoptr(Product) product = box_and_tablet();
  CU_ASSERT_STRING_EQUAL(product_default_unit(product)->name, "盒");
  ((ProductUnit *)product->units->pdata[0])->is_default = false;
  ((ProductUnit *)product->units->pdata[1])->is_default = true;
  CU_ASSERT_STRING_EQUAL(product_default_unit(product)->name, "粒");
  ((ProductUnit *)product->units->pdata[1])->is_default = false;
  CU_ASSERT_STRING_EQUAL(product_default_unit(product)->name, "盒");
}

static void
an_article_without_units_has_no_default(void)
{
  g_autoptr(Product) product = product_new();
  CU_ASSERT_PTR_NULL(product_default_unit(product));
  CU_ASSERT_PTR_NULL(product_next_unit(product, "盒"));
  CU_ASSERT_PTR_NULL(product_unit(product, "盒"));
}

static void
units_go_round_and_those_not_for_sale_are_passed_over(void)
{
  g_autoptr(Product) product = box_and_tablet();
  ProductUnit *strip = product_add_unit(product, "板", 12);
  CU_ASSERT_STRING_EQUAL(product_next_unit(product, "盒")->name, "粒");
  CU_ASSERT_STRING_EQUAL(product_next_unit(product, "板")->name, "盒");
  strip->sale_allowed = false;
  CU_ASSERT_STRING_EQUAL(product_next_unit(product, "粒")->name, "盒");
  CU_ASSERT_STRING_EQUAL(product_next_unit(product, "瓶")->name, "盒");
  ((ProductUnit *)product->units->pdata[1])->sale_allowed = false;
  CU_ASSERT_PTR_NULL(product_next_unit(product, "盒"));
}

static void
a_copy_shares_nothing(void)
{
  g_autoptr(Product) product = box_and_tablet();
  g_autoptr(Product) copy = product_copy(product);
  CU_ASSERT_EQUAL(copy->id, 7);
  CU_ASSERT_EQUAL(copy->legal_class, CLASS_RX);
  CU_ASSERT_STRING_EQUAL(copy->generic_name, product->generic_name);
  CU_ASSERT_PTR_NOT_EQUAL(copy->generic_name, product->generic_name);
  CU_ASSERT_PTR_NOT_EQUAL(copy->units, product->units);
  const ProductUnit *unit = product_unit(copy, "粒");
  CU_ASSERT_EQUAL(unit->price, 90);
  CU_ASSERT_STRING_EQUAL(unit->price_source, "shelf");
  CU_ASSERT_PTR_NOT_EQUAL(unit, product_unit(product, "粒"));
  CU_ASSERT_PTR_NULL(product_copy(NULL));
  product_free(NULL);
}

static void
medicines_are_the_classes_the_medicines_law_names(void)
{
  static const LegalClass MEDICINES[] = {
      CLASS_RX,
      CLASS_OTC_A,
      CLASS_OTC_B,
      CLASS_DUAL,
      CLASS_HERB,
      CLASS_HERB_TOXIC,
      CLASS_MEDICINE,
  };
  bool expected[N_CLASSES] = {false};
  for (gsize i = 0; i < G_N_ELEMENTS(MEDICINES); i++)
    expected[MEDICINES[i]] = true;
  for (int i = 0; i < N_CLASSES; i++)
    CU_ASSERT_EQUAL(legal_class_is_medicine((LegalClass)i), expected[i]);
}

TESTS("product",
      TEST(the_first_unit_is_the_default_until_another_is_marked),
      TEST(an_article_without_units_has_no_default),
      TEST(units_go_round_and_those_not_for_sale_are_passed_over),
      TEST(a_copy_shares_nothing),
      TEST(medicines_are_the_classes_the_medicines_law_names))
