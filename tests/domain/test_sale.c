#include "app/domain/sale.h"

#include "tests/test.h"

#define UID "0123456789abcdef0123456789abcdef"

static Product *
product_of(int64_t id, const char *unit, Quantity base, Money price)
{
  Product *product = product_new();
  product->id = id;
  product->tax_bp = 1300;
  ProductUnit *added = product_add_unit(product, unit, base);
  added->has_price = true;
  added->price = price;
  added->price_source = g_strdup("shelf");
  return product;
}

static SaleLine *
ring(Sale *sale, const Product *product, Quantity quantity, const Lot *lot)
{
  return sale_add(sale, product, product_default_unit(product), quantity, lot);
}

static void
an_empty_sale_costs_nothing(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 5);
  SaleTotals totals = sale_totals(sale, 10);
  CU_ASSERT_STRING_EQUAL(sale->uid, UID);
  CU_ASSERT_EQUAL(sale->begun_us, 5);
  CU_ASSERT_TRUE(sale_is_empty(sale));
  CU_ASSERT_EQUAL(totals.due, 0);
  CU_ASSERT_EQUAL(totals.lines, 0);
  CU_ASSERT_PTR_NULL(sale_line(sale, 0));
}

static void
the_same_article_joins_its_line(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 0);
  g_autoptr(Product) box = product_of(1, "盒", 24, 1850);
  SaleLine *line = ring(sale, box, 24, NULL);
  CU_ASSERT_PTR_EQUAL(ring(sale, box, 24, NULL), line);
  CU_ASSERT_EQUAL(sale->lines->len, 1);
  CU_ASSERT_EQUAL(line->quantity, 48);
  CU_ASSERT_EQUAL(sale_line_gross(line), 3700);
  CU_ASSERT_STRING_EQUAL(line->price_source, "shelf");
  CU_ASSERT_EQUAL(sale_position(sale, line), 0);
  CU_ASSERT_EQUAL(sale_position(sale, NULL), -1);
}

static void
another_unit_price_lot_or_a_discount_begins_a_line(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 0);
  g_autoptr(Product) box = product_of(1, "盒", 24, 1850);
  ProductUnit *loose = product_add_unit(box, "粒", 1);
  loose->price = 90;
  Lot lot_a = {.id = 1, .lot_no = (char *)"A"};
  Lot lot_b = {.id = 2, .lot_no = (char *)"B"};
  ring(sale, box, 24, &lot_a);
  ring(sale, box, 24, &lot_b);
  ring(sale, box, 24, NULL);
  sale_add(sale, box, loose, 3, &lot_a);
  CU_ASSERT_EQUAL(sale->lines->len, 4);
  sale_line(sale, 0)->discount = 100;
  ring(sale, box, 24, &lot_a);
  CU_ASSERT_EQUAL(sale->lines->len, 5);
  ((ProductUnit *)box->units->pdata[0])->price = 1900;
  ring(sale, box, 24, &lot_a);
  CU_ASSERT_EQUAL(sale->lines->len, 6);
}

static void
a_lot_known_by_number_only_is_told_apart_by_its_number(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 0);
  g_autoptr(Product) box = product_of(1, "盒", 1, 100);
  Lot lot_a = {.lot_no = (char *)"A"};
  Lot lot_b = {.lot_no = (char *)"B"};
  ring(sale, box, 1, &lot_a);
  ring(sale, box, 1, &lot_b);
  ring(sale, box, 1, &lot_a);
  CU_ASSERT_EQUAL(sale->lines->len, 2);
}

static void
a_deleted_line_stays_costs_nothing_and_is_not_joined(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 0);
  g_autoptr(Product) box = product_of(1, "盒", 1, 100);
  SaleLine *line = ring(sale, box, 3, NULL);
  line->deleted = true;
  CU_ASSERT_EQUAL(sale_line_gross(line), 0);
  CU_ASSERT_EQUAL(sale_line_net(line), 0);
  CU_ASSERT_EQUAL(sale_line_tax(line), 0);
  CU_ASSERT_TRUE(sale_is_empty(sale));
  ring(sale, box, 1, NULL);
  CU_ASSERT_EQUAL(sale->lines->len, 2);
  SaleTotals totals = sale_totals(sale, 1);
  CU_ASSERT_EQUAL(totals.lines, 1);
  CU_ASSERT_EQUAL(totals.pieces, 1);
  CU_ASSERT_EQUAL(totals.due, 100);
}

static void
gross_less_discount_less_rounding_is_due(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 0);
  g_autoptr(Product) box = product_of(1, "盒", 24, 1850);
  g_autoptr(Product) herb = product_of(2, "kg", 1000000, 2855);
  herb->measure = MEASURE_MASS;
  ring(sale, box, 48, NULL)->discount = 193;
  ring(sale, herb, 63000, NULL);
  SaleTotals totals = sale_totals(sale, 10);
  CU_ASSERT_EQUAL(totals.gross, 3880);
  CU_ASSERT_EQUAL(totals.discount, 193);
  CU_ASSERT_EQUAL(totals.rounding, 7);
  CU_ASSERT_EQUAL(totals.due, 3680);
  CU_ASSERT_EQUAL(totals.lines, 2);
  CU_ASSERT_EQUAL(totals.pieces, 3);
  /* 13 % in 35.07 is 4.0346, in 1.80 is 0.2071. */
  CU_ASSERT_EQUAL(totals.tax, 403 + 21);
}

static void
a_part_of_a_box_is_a_piece_too(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 0);
  g_autoptr(Product) box = product_of(1, "盒", 24, 1850);
  ring(sale, box, 36, NULL);
  CU_ASSERT_EQUAL(sale_totals(sale, 1).pieces, 2);
}

static void
a_discount_never_makes_a_line_negative(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 0);
  g_autoptr(Product) box = product_of(1, "盒", 1, 100);
  SaleLine *line = ring(sale, box, 5, NULL);
  line->discount = 450;
  line->quantity = 1;
  CU_ASSERT_EQUAL(sale_line_net(line), 0);
  SaleTotals totals = sale_totals(sale, 1);
  CU_ASSERT_EQUAL(totals.discount, 100);
  CU_ASSERT_EQUAL(totals.due, 0);
}

static void
a_full_sale_takes_no_new_line_but_still_counts_up(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 0);
  for (int i = 0; i < SALE_MAX_LINES; i++) {
    g_autoptr(Product) product = product_of(i + 1, "盒", 1, 100);
    CU_ASSERT_PTR_NOT_NULL(ring(sale, product, 1, NULL));
  }
  g_autoptr(Product) more = product_of(SALE_MAX_LINES + 1, "盒", 1, 100);
  CU_ASSERT_PTR_NULL(ring(sale, more, 1, NULL));
  g_autoptr(Product) known = product_of(1, "盒", 1, 100);
  CU_ASSERT_PTR_NOT_NULL(ring(sale, known, 1, NULL));
  CU_ASSERT_EQUAL(sale_totals(sale, 1).pieces, SALE_MAX_LINES + 1);
}

static void
what_is_taken_of_a_lot_is_added_over_boxes_and_pieces(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 0);
  g_autoptr(Product) box = product_of(1, "盒", 24, 1850);
  ProductUnit *loose = product_add_unit(box, "粒", 1);
  Lot lot = {.id = 9, .lot_no = (char *)"A"};
  ring(sale, box, 24, &lot);
  sale_add(sale, box, loose, 5, &lot);
  SaleLine *deleted = sale_add(sale, box, loose, 7, NULL);
  deleted->lot = lot_copy(&lot);
  deleted->deleted = true;
  CU_ASSERT_EQUAL(sale_takes_of_lot(sale, 1, 9), 29);
  CU_ASSERT_EQUAL(sale_takes_of_lot(sale, 1, 8), 0);
  CU_ASSERT_EQUAL(sale_takes_of_lot(sale, 2, 9), 0);
}

static void
a_line_keeps_the_article_as_it_was_when_scanned(void)
{
  g_autoptr(Sale) sale = sale_new(UID, 0);
  g_autoptr(Product) box = product_of(1, "盒", 1, 100);
  box->generic_name = g_strdup("旧名");
  SaleLine *line = ring(sale, box, 1, NULL);
  g_free(box->generic_name);
  box->generic_name = g_strdup("新名");
  CU_ASSERT_STRING_EQUAL(line->product->generic_name, "旧名");
}

TESTS("sale",
      TEST(an_empty_sale_costs_nothing),
      TEST(the_same_article_joins_its_line),
      TEST(another_unit_price_lot_or_a_discount_begins_a_line),
      TEST(a_lot_known_by_number_only_is_told_apart_by_its_number),
      TEST(a_deleted_line_stays_costs_nothing_and_is_not_joined),
      TEST(gross_less_discount_less_rounding_is_due),
      TEST(a_part_of_a_box_is_a_piece_too),
      TEST(a_discount_never_makes_a_line_negative),
      TEST(a_full_sale_takes_no_new_line_but_still_counts_up),
      TEST(what_is_taken_of_a_lot_is_added_over_boxes_and_pieces),
      TEST(a_line_keeps_the_article_as_it_was_when_scanned))
