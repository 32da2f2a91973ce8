#include "sync/hub/waiting.h"

struct Waiting {
  GPtrArray *waiters; /* of Waiter, owned; in no order */
  WaitingWake wake;
};

Waiting *
waiting_new(WaitingWake wake)
{
  Waiting *waiting = g_new0(Waiting, 1);
  waiting->waiters = g_ptr_array_new_with_free_func(g_free);
  waiting->wake = wake;
  return waiting;
}

void
waiting_free(Waiting *waiting)
{
  if (!waiting)
    return;
  g_ptr_array_unref(waiting->waiters);
  g_free(waiting);
}

static void
wake_at(Waiting *waiting, guint position)
{
  const Waiter *waiter = waiting->waiters->pdata[position];
  gpointer request = waiter->request;
  g_ptr_array_remove_index_fast(waiting->waiters, position);
  waiting->wake(request);
}

bool
waiting_add(Waiting *waiting, const Waiter *waiter)
{
  for (guint i = waiting->waiters->len; i-- > 0;) {
    const Waiter *other = waiting->waiters->pdata[i];
    if (other->device == waiter->device)
      wake_at(waiting, i);
  }
  if (waiting->waiters->len >= WAITING_MAX)
    return false;
  g_ptr_array_add(waiting->waiters, g_memdup2(waiter, sizeof *waiter));
  return true;
}

void
waiting_remove(Waiting *waiting, gpointer request)
{
  for (guint i = waiting->waiters->len; i-- > 0;) {
    const Waiter *waiter = waiting->waiters->pdata[i];
    if (waiter->request == request)
      g_ptr_array_remove_index_fast(waiting->waiters, i);
  }
}

void
waiting_tell(Waiting *waiting, int64_t store, int64_t head)
{
  for (guint i = waiting->waiters->len; i-- > 0;) {
    const Waiter *waiter = waiting->waiters->pdata[i];
    bool is_news = store == 0 ? head > waiter->cat_pos
                              : store == waiter->store && head > waiter->store_pos;
    if (is_news)
      wake_at(waiting, i);
  }
}

void
waiting_expire(Waiting *waiting, int64_t now_us)
{
  for (guint i = waiting->waiters->len; i-- > 0;) {
    const Waiter *waiter = waiting->waiters->pdata[i];
    if (waiter->until_us <= now_us)
      wake_at(waiting, i);
  }
}

void
waiting_wake_all(Waiting *waiting)
{
  waiting_expire(waiting, G_MAXINT64);
}

int
waiting_timeout_ms(const Waiting *waiting, int64_t now_us)
{
  int64_t soonest = G_MAXINT64;
  for (guint i = 0; i < waiting->waiters->len; i++) {
    const Waiter *waiter = waiting->waiters->pdata[i];
    soonest = MIN(soonest, waiter->until_us);
  }
  if (soonest == G_MAXINT64)
    return -1;
  return (int)CLAMP((soonest - now_us + 999) / 1000, 0, 60000);
}
