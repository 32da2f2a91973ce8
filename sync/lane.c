#include "sync/lane.h"

#define EARLY_US (5 * (int64_t)G_USEC_PER_SEC)

void
lane_asked(Lane *lane, const EngineAction *action, int64_t now_us)
{
  lane->busy = true;
  lane->ask = action->ask;
  lane->epoch = action->epoch;
  lane->from = action->ask == ASK_FEED ? action->from : action->seq;
  lane->store_position = action->store_position;
  lane->cat_position = action->cat_position;
  lane->asked_us = now_us;
}

EngineOutcome
lane_hello_worth(const EngineAnswer *answer)
{
  switch (answer->verdict) {
  case HUB_REFUSED:
    return ANSWER_REFUSED;
  case HUB_GAP:
    return ANSWER_GARBAGE;
  default:
    return answer->seq < 0 ? ANSWER_GARBAGE : ANSWER_GOOD;
  }
}

EngineOutcome
lane_wait_worth(const Lane *lane, const EngineEvent *event)
{
  bool news = event->answer.store_head > lane->store_position ||
              event->answer.cat_head > lane->cat_position;
  bool early = event->now_us - lane->asked_us < EARLY_US;
  return early && !news ? ANSWER_GARBAGE : ANSWER_GOOD;
}

bool
lane_heads_went_back(const Lane *asked, const EngineAnswer *answer)
{
  return (answer->cat_head != HEAD_UNTOLD && answer->cat_head < asked->cat_position) ||
         (answer->store_head != HEAD_UNTOLD &&
          answer->store_head < asked->store_position);
}
