#include "app/domain/lot.h"

Lot *
lot_new(void)
{
  return g_new0(Lot, 1);
}

Lot *
lot_copy(const Lot *lot)
{
  if (!lot)
    return NULL;
  Lot *copy = g_memdup2(lot, sizeof *lot);
  copy->lot_no = g_strdup(lot->lot_no);
  copy->location = g_strdup(lot->location);
  return copy;
}

void
lot_free(Lot *lot)
{
  if (!lot)
    return;
  g_free(lot->lot_no);
  g_free(lot->location);
  g_free(lot);
}

bool
lot_may_be_sold(const Lot *lot, Day today)
{
  return lot->state == LOT_SELLABLE && (lot->expiry == DAY_NONE || lot->expiry >= today);
}

/* @return < 0 when @a expires before @b; no expiry is last. */
static int
compare_expiry(const Lot *a, const Lot *b)
{
  Day day_a = a->expiry == DAY_NONE ? G_MAXINT32 : a->expiry;
  Day day_b = b->expiry == DAY_NONE ? G_MAXINT32 : b->expiry;
  return (day_a > day_b) - (day_a < day_b);
}

/* With stock the first to expire goes out; without, the books lag behind a fresh
 * delivery, so that the last to expire is the likeliest in hand. */
static bool
goes_before(const Lot *lot, const Lot *best)
{
  bool has_stock = lot->on_hand > 0;
  if (has_stock != (best->on_hand > 0))
    return has_stock;
  int order = compare_expiry(lot, best);
  if (order != 0)
    return has_stock ? order < 0 : order > 0;
  return g_strcmp0(lot->lot_no, best->lot_no) < 0;
}

const Lot *
lot_first_out(const GPtrArray *lots, Day today)
{
  const Lot *best = NULL;
  for (guint i = 0; i < lots->len; i++) {
    const Lot *lot = lots->pdata[i];
    if (lot_may_be_sold(lot, today) && (!best || goes_before(lot, best)))
      best = lot;
  }
  return best;
}

int
lot_days_left(const Lot *lot, Day today)
{
  return lot->expiry == DAY_NONE ? G_MAXINT : day_until(today, lot->expiry);
}
