#pragma once /* The sale behind tests/golden/receipt-*. */
#include "app/domain/receipt.h"

G_GNUC_UNUSED static const char *const WORDS[N_RECEIPT_WORDS] = {
    [RW_NUMBER] = "票号",
    [RW_TIME] = "时间",
    [RW_TILL] = "款台",
    [RW_CLERK] = "店员",
    [RW_LOT] = "批号",
    [RW_EXPIRY] = "有效期至",
    [RW_MAKER] = "厂家",
    [RW_DISCOUNT] = "优惠",
    [RW_ROUNDING] = "抹零",
    [RW_TOTAL] = "合计",
    [RW_PIECES] = "件",
    [RW_CHANGE] = "找零",
    [RW_GIVEN] = "实收",
    [RW_COPY] = "重印",
    [RW_NO_RETURN] = "药品除质量原因外，一经售出不退换",
    [RW_KEEP_RECEIPT] = "请保留小票作为凭证",
    [RW_HEALTH_FOOD] = "保健食品不能代替药物",
    [RW_PRICE] = "单价",
    [RW_QUANTITY] = "数量",
    [RW_AMOUNT] = "金额",
    [RW_TRAINING] = "练习，不作凭证",
    [RW_DUE] = "应收",
};
G_GNUC_UNUSED static const char *const TENDER_NAMES[] = {
    [TENDER_CASH] = "现金",
    [TENDER_CARD] = "银行卡",
    [TENDER_STORED] = "储值卡",
};

typedef struct {
  const char *name, *trade, *spec, *maker;
  LegalClass legal_class;
  Measure measure;
  const char *unit, *lot_no;
  Quantity base, quantity;
  Money price;
  Day expiry;
} Article;

G_GNUC_UNUSED static const Article AMOXICILLIN = {"阿莫西林胶囊",
                                                  "",
                                                  "0.25g×24粒",
                                                  "华北制药股份有限公司",
                                                  CLASS_RX,
                                                  MEASURE_COUNT,
                                                  "盒",
                                                  "230917",
                                                  1,
                                                  2,
                                                  1850,
                                                  20270831};
G_GNUC_UNUSED static const Article IBUPROFEN = {"布洛芬缓释胶囊",
                                                "芬必得",
                                                "0.3g×20粒",
                                                "中美天津史克制药有限公司",
                                                CLASS_OTC_A,
                                                MEASURE_COUNT,
                                                "盒",
                                                "2402A",
                                                20,
                                                20,
                                                2200,
                                                20261231};
G_GNUC_UNUSED static const Article ASTRAGALUS = {"炙黄芪",
                                                 NULL,
                                                 NULL,
                                                 "安国药材有限公司",
                                                 CLASS_HERB,
                                                 MEASURE_MASS,
                                                 "10g",
                                                 "H2409",
                                                 10000,
                                                 70000,
                                                 186,
                                                 DAY_NONE};
G_GNUC_UNUSED static const Article VITAMIN_C = {"维生素C泡腾片",
                                                "",
                                                "4g×13片",
                                                "养生堂药业有限公司",
                                                CLASS_HEALTH_FOOD,
                                                MEASURE_COUNT,
                                                "支",
                                                NULL,
                                                1,
                                                1,
                                                2690,
                                                DAY_NONE};
G_GNUC_UNUSED static const Article BAG = {
    "购物袋", "", "", "", CLASS_OTHER, MEASURE_COUNT, "pcs", NULL, 1, 3, 20, DAY_NONE};
static inline SaleLine *
ring(Sale *sale, const Article *article)
{
  g_autoptr(Product) product = product_new();
  product->id = sale->lines->len + 1;
  product->generic_name = g_strdup(article->name);
  product->trade_name = g_strdup(article->trade);
  product->spec = g_strdup(article->spec);
  product->maker = g_strdup(article->maker);
  product->legal_class = article->legal_class;
  product->measure = article->measure;
  ProductUnit *unit = product_add_unit(product, article->unit, article->base);
  unit->price = article->price;
  g_autoptr(Lot) lot = lot_new();
  lot->lot_no = g_strdup(article->lot_no);
  lot->expiry = article->expiry;
  return sale_add(sale, product, unit, article->quantity, article->lot_no ? lot : NULL);
}

static inline ReceiptFacts
facts_of(const Sale *sale, const Payment *payment)
{
  return (ReceiptFacts){.store_name = "和平路店",
                        .store_address = "和平路 12 号",
                        .store_phone = "010-6512 3344",
                        .till_code = "03",
                        .number = "0123-03-e1-000457",
                        .time = "2026-11-22 09:41",
                        .clerk = "0312 张三",
                        .sale = sale,
                        .round_step = 10,
                        .payment = payment,
                        .words = WORDS,
                        .tender_names = TENDER_NAMES};
}

static inline Sale *
golden_sale(void)
{
  Sale *sale = sale_new("0123456789abcdef0123456789abcdef", 0);
  ring(sale, &AMOXICILLIN);
  ring(sale, &IBUPROFEN)->discount = 200;
  ring(sale, &ASTRAGALUS);
  ring(sale, &VITAMIN_C);
  ring(sale, &BAG)->deleted = true;
  return sale;
}

static inline Payment *
golden_payment(void)
{
  Payment *payment = payment_new(9690);
  payment_add(payment, TENDER_STORED, 5000, "尾号 0417");
  payment_add(payment, TENDER_CASH, 10000, NULL);
  return payment;
}
