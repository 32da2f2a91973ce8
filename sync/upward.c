#include "sync/upward.h"

static void
confirm(Upward *up, int64_t seq)
{
  up->cursor = MAX(up->cursor, seq);
  if (seq <= up->confirmed)
    return;
  up->confirmed = seq;
  reminder_set(&up->acked, seq);
}

void
upward_roll_call(Upward *up)
{
  up->roll = up->oldest;
}

static void
go_back(Upward *up, int64_t seq)
{
  up->cursor = up->confirmed = seq;
  up->spent_at = -1;
  reminder_clear(&up->acked);
  reminder_set(&up->rewind, seq);
  upward_roll_call(up);
}

void
upward_fork(Upward *up, int64_t seq)
{
  if (up->forked)
    return;
  up->forked = true;
  reminder_set(&up->new_epoch, MAX(up->confirmed, seq - 1));
}

void
upward_doubt(Upward *up)
{
  up->cursor = up->confirmed;
  up->spent_at = -1;
  if (up->confirmed >= up->head)
    upward_fork(up, 0);
}

static void
repeat_what_is_not_written(Upward *up, int64_t acked, int64_t now_us)
{
  if (acked < up->confirmed)
    reminder_repeat(&up->acked, now_us);
  if (acked > up->confirmed)
    reminder_repeat(&up->rewind, now_us);
  if (up->forked)
    reminder_repeat(&up->new_epoch, now_us);
}

bool
upward_tell(
    Upward *up, int epoch, int oldest, int64_t head, int64_t acked, int64_t now_us)
{
  bool other = epoch != up->epoch;

  if (other)
    *up = (Upward){.epoch = epoch,
                   .cursor = acked,
                   .confirmed = acked,
                   .spent_at = -1,
                   .roll = oldest};
  up->oldest = oldest;
  up->head = head;
  /* An epoch that the hub knows further than we do must get no more events. It is still
   * the current one when the outbox names it although nothing of it is owed, or when it
   * grows. */
  if (up->spent_at >= 0 && (acked >= head || head > up->spent_at))
    upward_fork(up, 0);
  repeat_what_is_not_written(up, acked, now_us);
  return other;
}

bool
upward_owes(const Upward *up)
{
  return up->epoch != 0 && !up->forked && up->spent_at < 0 && up->cursor < up->head;
}

bool
upward_rolls(const Upward *up)
{
  return up->roll < up->epoch;
}

bool
upward_unsure(const Upward *up)
{
  return up->epoch != 0 && !up->forked && up->confirmed < up->head &&
         (up->cursor >= up->head || up->spent_at >= 0);
}

bool
upward_hub_has(Upward *up, int64_t seq, int64_t same)
{
  if (seq < up->confirmed) {
    go_back(up, seq);
    return false;
  }
  if (seq > up->head)
    up->spent_at = up->head;
  up->cursor = MIN(seq, up->head);
  confirm(up, MIN(same, up->head));
  return true;
}
