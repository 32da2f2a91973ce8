/* Product: an article as central describes it, read-only at the till.
 * Field names follow domain.md 6.3; the class decides how it may be sold. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "app/domain/money.h"
#include "app/domain/quantity.h"

/* 处方药 甲类 乙类 双跨 饮片 毒性饮片 械I-III 保健食品 特医食品 化妆品 服务 其他.
 * Stored as these numbers: only append. */
typedef enum {
  CLASS_UNKNOWN, /* no class on file: may not be sold (CN-CLS-01) */
  CLASS_RX,
  CLASS_OTC_A,
  CLASS_OTC_B,
  CLASS_DUAL,
  CLASS_HERB,
  CLASS_HERB_TOXIC,
  CLASS_DEVICE_1,
  CLASS_DEVICE_2,
  CLASS_DEVICE_3,
  CLASS_HEALTH_FOOD,
  CLASS_FSMP,
  CLASS_COSMETIC,
  CLASS_SERVICE,
  CLASS_OTHER,
  CLASS_MEDICINE, /* a medicine of a country without the Chinese classes, no prescription
                   */
  N_CLASSES
} LegalClass;

/* Special groups (domain.md 2.2): the article needs a register or may not be sold at all.
 * Stored as these numbers: only append. */
typedef enum {
  SPECIAL_NONE,
  SPECIAL_EPHEDRINE, /* 含麻黄碱类复方制剂 */
  SPECIAL_PSY2,      /* 第二类精神药品 */
  SPECIAL_LICORICE,  /* 复方甘草片 */
  SPECIAL_FORBIDDEN, /* never at retail */
  N_SPECIALS
} SpecialGroup;

typedef enum { STORAGE_ROOM, STORAGE_COOL, STORAGE_COLD } Storage; /* <=30, <=20, 2-8 C */

/* One way of selling an article: the box of 24, the single tablet, 10 g. */
typedef struct {
  char *name;    /* owned; 盒, 片, g */
  Quantity base; /* base units in one, > 0 */
  bool sale_allowed;
  bool is_default; /* exactly one per product */
  bool has_price;
  Money price;        /* of one unit, from the price in force */
  char *price_source; /* owned (nullable); why this price: "shelf", "promotion 12" … */
} ProductUnit;

typedef struct {
  int64_t id;         /* central's number, never reused */
  char *code;         /* owned; the chain's article number, printed and spoken */
  char *generic_name; /* owned; 通用名 */
  char *trade_name;   /* owned, may be "" */
  char *spec;         /* owned; 0.25g×24粒 */
  char *form;         /* owned; 胶囊剂 */
  char *maker;        /* owned */
  char *approval_no;  /* owned; 国药准字H… */
  char *origin;       /* owned; herbs; may be "" */
  char *shelf;        /* owned; 货位 at this store; may be "" */
  LegalClass legal_class;
  SpecialGroup special;
  Storage storage;
  Measure measure;
  int near_days; /* days before expiry from which the customer is told; 0: 180 */
  int tax_bp;    /* 1300 = 13 % */
  bool insured;  /* 医保 */
  bool trace_required;
  bool active;
  int64_t version;  /* of central's feed */
  GPtrArray *units; /* owned; of ProductUnit, default first */
} Product;

Product *product_new(void); /* no units, all texts NULL until filled */
Product *product_copy(const Product *product);
void product_free(Product *product); /* NULL is fine */
/* The first unit added is the default; it may be sold and has no price until filled. */
ProductUnit *product_add_unit(Product *product, const char *name, Quantity base);
/* @return the default unit, or the first; NULL when it has none. */
const ProductUnit *product_default_unit(const Product *product);
/* @return the unit after @unit_name that may be sold, round and round; NULL when alone.
 */
const ProductUnit *product_next_unit(const Product *product, const char *unit_name);
const ProductUnit *product_unit(const Product *product, const char *unit_name);
bool legal_class_is_medicine(LegalClass legal_class);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Product, product_free)
