/* Articles, lots and tickets for the store tests. */
#pragma once

#include <string.h>

#include "app/domain/sale.h"
#include "app/domain/tender.h"
#include "db/inbox.h"
#include "db/sale_store.h"
#include "tests/db/fixture.h"

#define TODAY 20261122

static inline Product *
shop_article(int64_t id, const char *name, Money price)
{
  Product *product = product_new();
  product->id = id;
  product->code = g_strdup_printf("A%05d", (int)id);
  product->generic_name = g_strdup(name);
  product->trade_name = g_strdup("阿莫仙");
  product->spec = g_strdup("0.25g×24粒");
  product->form = g_strdup("胶囊剂");
  product->maker = g_strdup("珠海联邦制药");
  product->approval_no = g_strdup("国药准字H20013062");
  product->origin = g_strdup("");
  product->shelf = g_strdup("A1-3");
  product->legal_class = CLASS_OTC_A;
  product->storage = STORAGE_COOL;
  product->near_days = 90;
  product->tax_bp = 1300;
  product->insured = true;
  product->active = true;
  product->version = 17;
  ProductUnit *box = product_add_unit(product, "盒", 24);
  box->price = price;
  box->has_price = true;
  box->price_source = g_strdup("shelf");
  ProductUnit *piece = product_add_unit(product, "粒", 1);
  piece->sale_allowed = false;
  return product;
}

static inline Lot *
shop_lot(int64_t product_id, const char *lot_no)
{
  Lot *lot = lot_new();
  lot->product_id = product_id;
  lot->lot_no = g_strdup(lot_no);
  lot->expiry = 20271231;
  lot->location = g_strdup("A1-3");
  return lot;
}

/* 1 box of 1001 (lot L1, 12.80, 0.30 off), 2 of 1002 (no lot, 5.05 each), and a deleted
 * line; 22.60 altogether. @uid: 31 digits "0" and this one. */
static inline Sale *
shop_sale(char uid)
{
  g_autofree char *id = g_strdup_printf("%031d%c", 0, uid);
  g_autoptr(Product) first = shop_article(1001, "阿莫西林胶囊", 1280);
  g_autoptr(Product) second = shop_article(1002, "布洛芬\"缓释\"胶囊", 505);
  g_autoptr(Lot) lot = shop_lot(1001, "L1");
  Sale *sale = sale_new(id, NOON - 60 * 1000000);
  sale_add(sale, first, product_default_unit(first), 24, lot)->discount = 30;
  sale_add(sale, second, product_default_unit(second), 48, NULL);
  g_autoptr(Product) third = shop_article(1003, "板蓝根颗粒", 900);
  sale_add(sale, third, product_default_unit(third), 24, NULL)->deleted = true;
  return sale;
}

static inline bool
shop_sell(Db *store, const Sale *sale, char **ret_number, GError **error)
{
  g_autoptr(Payment) payment = payment_new(sale_totals(sale, 10).due);
  payment_add(payment, TENDER_CODE_PAY, 260, "4200…17");
  payment_add(payment, TENDER_CASH, 5000, NULL);
  SaleCommit commit = {.sale = sale,
                       .payment = payment,
                       .round_step = 10,
                       .staff_number = "0312",
                       .shift_id = 0,
                       .business_date = TODAY,
                       .now_us = NOON,
                       .receipt_kind = "receipt"};
  return sale_store_commit(store, &commit, ret_number, error);
}

/* The @n-th (from 1) sale of a test, kept; its number (transfer full). */
static inline char *
shop_sell_one(Db *store, char uid)
{
  char *sold = NULL;
  g_autoptr(Sale) sale = shop_sale(uid);
  g_autoptr(GError) error = NULL;
  if (!shop_sell(store, sale, &sold, &error))
    g_error("not sold: %s", error->message);
  return sold;
}

/* A page of @stream from @from with @changes (each with its "pos"), @n of them. */
static inline char *
shop_page(const char *stream, int from, int n, const char *changes)
{
  return g_strdup_printf("{\"stream\":\"%s\",\"from\":%d,\"to\":%d,\"head\":%d,"
                         "\"changes\":[%s],\"hub_time\":1}",
                         stream,
                         from,
                         from + n,
                         from + n,
                         changes);
}

/* Central delivers @qty base units of @product, lot @lot, as position @pos. */
static inline void
shop_deliver(Db *store, int pos, int product, const char *lot, int qty)
{
  g_autofree char *change = g_strdup_printf(
      "{\"pos\":%d,\"type\":\"movement\",\"op\":\"put\",\"key\":\"0/1/%d/1\",\"ver\":1,"
      "\"body\":{\"device\":0,\"epoch\":1,\"seq\":%d,\"n\":1,\"at\":1,\"product\":%d,"
      "\"lot\":\"%s\",\"expiry\":20271231,\"location\":\"A1-3\",\"qty\":%d,"
      "\"kind\":\"receive\",\"doc\":\"RK1\"}}",
      pos,
      pos,
      pos,
      product,
      lot,
      qty);
  g_autofree char *page = shop_page("store", pos - 1, 1, change);
  g_autoptr(GError) error = NULL;
  if (!inbox_apply(store, page, strlen(page), NULL, &error))
    g_error("not delivered: %s", error->message);
}
