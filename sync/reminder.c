#include "sync/reminder.h"

void
reminder_set(Reminder *reminder, int64_t seq)
{
  *reminder = (Reminder){.due = true, .seq = seq};
}

void
reminder_clear(Reminder *reminder)
{
  *reminder = (Reminder){0};
}

void
reminder_repeat(Reminder *reminder, int64_t now_us)
{
  if (now_us - reminder->told_us >= REMINDER_GAP_US)
    reminder->due = true;
}

bool
reminder_take(Reminder *reminder, int64_t now_us)
{
  if (!reminder->due)
    return false;
  reminder->due = false;
  reminder->told_us = now_us;
  return true;
}
