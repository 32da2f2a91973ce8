/* publish_stock: what a list says is there becomes movements, lots and shelves of a
 * store. Inside a transaction. */
#pragma once

#include "sync/hub/base.h"
#include "sync/hub/reply.h"

/* @json: {"store":"0123","rows":[{"product","lot","expiry","location","qty","state",
 * "shelf":text or null}]}: qty is what is there; the difference to the books is booked as
 * an event of central (device 0), `receive` for a lot they do not know, else `count`.
 * → {"rows":[{"outcome":"new|changed|same","moved":base units}]}, or an outcome
 * "other_expiry": the books have this lot with another date; nothing was booked.
 * 404 when there is no such store. */
bool publish_stock(Base *base,
                   const char *json,
                   gsize length,
                   int64_t now_us,
                   Reply *reply,
                   GError **error);
