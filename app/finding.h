/* finding: the article search under the scan box: names, prices, stock, shelf. */
#pragma once

#include "app/till.h"

typedef struct {
  Product *product; /* owned; with price in force and shelf */
  char *unit_name;  /* owned (nullable): when a code named the unit */
  Quantity on_hand; /* sellable here, base units */
  Day expiry;       /* of the lot that goes first; DAY_NONE */
} FoundArticle;
void found_article_free(FoundArticle *found);

/* More rows than a screen shows cost time at every key; another letter finds better. */
#define FINDING_MAX 24

/* Fills till->found (at most FINDING_MAX) for what is typed so far; "" empties it. */
void finding_type(Till *till, const char *text);
/* Lists @matches of a code that names several articles (of ProductMatch). */
void finding_show_matches(Till *till, GPtrArray *matches);
void finding_close(Till *till); /* back to the ticket */
/* Rows for `guitai search`, without a till's screen state (transfer full). */
GPtrArray *finding_search(
    Db *catalogue, Db *store, const char *text, int max, int64_t now_us, GError **error);
