/* books: what central knows of a store, told as JSON or as text for people. */
#pragma once

#include "sync/hub/base.h"

/* {"store","name","events","sales","gross","discount","rounding","due","tax",
 *  "tenders":[{"kind","amount"}],
 *  "stock":[{"product","code","name","lot","expiry","location","qty"}],
 *  "tills":[{"till","device","epoch","seq"}],
 *  "exceptions":[{"device","epoch","seq","code","detail"}],
 *  "quarantined":[{"device","epoch","seq","code"}],"forks":n}
 * @ret_found: false when there is no store of this code. */
bool books_json(Base *base,
                const char *store_code,
                GString *ret_json,
                bool *ret_found,
                GError **error);
/* The same @json as lines to read. */
bool books_text(Base *base, const char *json, GString *ret_text, GError **error);
