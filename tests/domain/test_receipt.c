#include "app/domain/receipt.h"

#include <string.h>

#include "tests/golden_receipt.h"
#include "tests/test.h"

static char *
receipt_text(const ReceiptFacts *facts, int columns)
{
  g_autoptr(Document) paper = receipt_compose(facts);
  return document_to_text(paper, columns);
}

static void
a_receipt_reads_the_same_on_every_paper(void)
{
  g_autoptr(Sale) sale = golden_sale();
  g_autoptr(Payment) payment = golden_payment();
  ReceiptFacts facts = facts_of(sale, payment);

  static const int COLUMNS[] = {48, 42, 32};
  for (gsize i = 0; i < G_N_ELEMENTS(COLUMNS); i++) {
    g_autofree char *here = g_path_get_dirname(__FILE__);
    g_autofree char *path =
        g_strdup_printf("%s/../golden/receipt-%d.txt", here, COLUMNS[i]);
    g_autofree char *golden = NULL;
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &golden, NULL, NULL));
    g_autofree char *text = receipt_text(&facts, COLUMNS[i]);
    CU_ASSERT_STRING_EQUAL(text, golden);
  }
}

static bool
has_row(const char *text, const char *row)
{
  g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
  for (char **p = rows; *p; p++) {
    if (strcmp(g_strstrip(*p), row) == 0)
      return true;
  }
  return false;
}

static void
what_the_law_wants_stands_on_it(void)
{
  g_autoptr(Sale) sale = sale_new("0123456789abcdef0123456789abcdef", 0);
  ring(sale, &AMOXICILLIN);
  g_autoptr(Payment) payment = payment_new(3700);
  payment_add(payment, TENDER_CARD, 3700, NULL);
  ReceiptFacts facts = facts_of(sale, payment);
  g_autofree char *text = receipt_text(&facts, 48);
  static const char *const CONTENT[] = {
      "和平路店",
      "03",
      "0123-03-e1-000457",
      "2026-11-22 09:41",
      "0312 张三",
      "阿莫西林胶囊",
      "0.25g×24粒",
      "华北制药股份有限公司",
      "230917",
      "2027-08-31",
      "2盒",
      "18.50",
      "37.00",
      "银行卡",
      "药品除质量原因外，一经售出不退换",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CONTENT); i++)
    CU_ASSERT_PTR_NOT_NULL(strstr(text, CONTENT[i]));
}

static void
what_does_not_apply_takes_no_row(void)
{
  g_autoptr(Sale) sale = sale_new("0123456789abcdef0123456789abcdef", 0);
  ring(sale, &BAG);
  g_autoptr(Payment) payment = payment_new(60);
  payment_add(payment, TENDER_CARD, 60, NULL);
  ReceiptFacts facts = facts_of(sale, payment);
  facts.store_address = "";
  facts.store_phone = NULL;
  g_autofree char *text = receipt_text(&facts, 48);
  static const char *const ABSENT[] = {
      "厂家",
      "批号",
      "有效期至",
      "优惠",
      "抹零",
      "找零",
      "药品除质量原因外",
      "保健食品",
      "重印",
      "练习",
      "和平路 12 号",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(ABSENT); i++)
    CU_ASSERT_PTR_NULL(strstr(text, ABSENT[i]));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "3 pcs"));
  CU_ASSERT_TRUE(has_row(text, "购物袋"));
  CU_ASSERT_TRUE(has_row(text, "请保留小票作为凭证"));
}

static void
only_the_first_print_of_a_cash_sale_opens_the_drawer(void)
{
  static const struct {
    TenderKind kind;
    int copy;
    bool is_training, opens;
  } CASES[] = {
      {TENDER_CASH, 0, false, true},
      {TENDER_CASH, 1, false, false},
      {TENDER_CASH, 0, true, false},
      {TENDER_CARD, 0, false, false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    g_autoptr(Sale) sale = sale_new("0123456789abcdef0123456789abcdef", 0);
    ring(sale, &BAG);
    g_autoptr(Payment) payment = payment_new(60);
    payment_add(payment, CASES[i].kind, 60, NULL);
    ReceiptFacts facts = facts_of(sale, payment);
    facts.copy = CASES[i].copy;
    facts.is_training = CASES[i].is_training;
    g_autoptr(Document) paper = receipt_compose(&facts);
    CU_ASSERT_EQUAL(paper->open_drawer, CASES[i].opens);
    CU_ASSERT_STRING_EQUAL(paper->title, "receipt 0123-03-e1-000457");
  }
}

static void
a_copy_and_a_training_receipt_say_so_at_the_head(void)
{
  g_autoptr(Sale) sale = sale_new("0123456789abcdef0123456789abcdef", 0);
  ring(sale, &BAG);
  g_autoptr(Payment) payment = payment_new(60);
  payment_add(payment, TENDER_CASH, 60, NULL);
  ReceiptFacts facts = facts_of(sale, payment);
  facts.copy = 2;
  g_autofree char *copy = receipt_text(&facts, 32);
  CU_ASSERT_TRUE(g_str_has_prefix(copy, "             重印 2\n"));
  facts.copy = 0;
  facts.is_training = true;
  g_autofree char *training = receipt_text(&facts, 32);
  CU_ASSERT_TRUE(g_str_has_prefix(training, "         练习，不作凭证\n"));
  CU_ASSERT_TRUE(g_str_has_suffix(training, "\n         练习，不作凭证\n"));
}

static void
exact_cash_has_change_of_nothing(void)
{
  g_autoptr(Sale) sale = sale_new("0123456789abcdef0123456789abcdef", 0);
  ring(sale, &BAG);
  g_autoptr(Payment) payment = payment_new(60);
  payment_add(payment, TENDER_CASH, 60, NULL);
  ReceiptFacts facts = facts_of(sale, payment);
  g_autofree char *text = receipt_text(&facts, 32);
  CU_ASSERT_TRUE(has_row(text, "现金                        0.60"));
  CU_ASSERT_TRUE(has_row(text, "找零                        0.00"));
}

TESTS("receipt",
      TEST(a_receipt_reads_the_same_on_every_paper),
      TEST(what_the_law_wants_stands_on_it),
      TEST(what_does_not_apply_takes_no_row),
      TEST(only_the_first_print_of_a_cash_sale_opens_the_drawer),
      TEST(a_copy_and_a_training_receipt_say_so_at_the_head),
      TEST(exact_cash_has_change_of_nothing))
