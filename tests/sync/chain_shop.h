/* A shop of one till, and what the books say of what it pushes. */
#pragma once

#include "tests/sync/chain_store.h"

/* One till of a store that sells three articles, and nothing pushed yet. */
typedef struct {
  char *folder;
  Base *base;
  TillSide side;
} Shop;

void shop_open(Shop *shop);
void shop_clear(Shop *shop);

/* "exception oversell": of the @i-th event of an answer. */
void shop_expect(const Shop *shop, const char *answer, int i, const char *wanted);
/* Do its books prove themselves? */
void shop_expect_sound(const Shop *shop);
/* So many base units of article 1, lot L1, on shelf R-1. */
void shop_stock(const Shop *shop, int base_units);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shop, shop_clear)
