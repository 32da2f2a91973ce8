#include "sync/downward.h"

int64_t
downward_next(const Downward *down)
{
  return down->applying ? down->page_to : down->position;
}

bool
downward_wants(const Downward *down)
{
  if (down->moving || (down->applying && !down->ahead))
    return false;
  return down->head == HEAD_UNTOLD || downward_next(down) < down->head;
}

void
downward_learn(Downward *down, int64_t head)
{
  down->head = MAX(down->head, head);
}

PageVerdict
downward_page(Downward *down, int64_t asked_from, int64_t from, int64_t to, int64_t head)
{
  if (down->applying || down->moving || asked_from != down->position)
    return PAGE_OVERTAKEN;
  if (from != asked_from || to < from)
    return PAGE_SENSELESS;
  if (head < from)
    return PAGE_BEHIND;
  if (head < to || (to == from && head > to))
    return PAGE_SENSELESS;
  down->head = head;
  down->stopped = false;
  if (to == from)
    return PAGE_EMPTY;
  down->page_to = to;
  down->applying = down->page_due = true;
  return PAGE_TAKEN;
}

bool
downward_applied(Downward *down, int64_t position)
{
  bool forward = position > down->position;

  down->applying = down->page_due = false;
  down->position = position;
  return forward;
}

void
downward_stopped(Downward *down)
{
  down->applying = down->page_due = false;
  down->stopped = true;
}

void
downward_go_back(Downward *down)
{
  if (down->position == 0 || down->moving)
    return;
  down->moving = true;
  reminder_set(&down->back, 0);
}

void
downward_moved(Downward *down, int64_t position)
{
  *down = (Downward){.ahead = down->ahead, .position = position, .head = down->head};
}
