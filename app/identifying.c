#include "app/identifying.h"

#include "app/cataloguing.h"
#include "app/sign_in.h"
#include "db/people_store.h"

Staff *
identifying_find(Till *till, const char *number_or_badge)
{
  Staff *staff = NULL;
  GError *error = NULL;

  if (!cataloguing_is_there(till))
    return NULL;
  if (!people_store_find(till->catalogue, number_or_badge, &staff, &error)) {
    cataloguing_failed(till, error);
    return NULL;
  }
  if (staff)
    return staff;
  g_autoptr(GPtrArray) anybody = sign_in_list(till);
  NoticeId id = anybody->len ? NOTICE_STAFF_UNKNOWN : NOTICE_NO_STAFF_YET;
  till_notice(till, (Notice){.kind = NOTICE_WARN, .id = id});
  return NULL;
}

bool
identifying_pin(Till *till, const Staff *staff, const char *pin)
{
  PinAnswer answer = PIN_LOCKED;
  int64_t wait_s = 0;
  GError *error = NULL;

  if (!people_store_check_pin(till->catalogue,
                              till->store,
                              till->seal,
                              staff,
                              pin,
                              till_now_us(till),
                              &answer,
                              &wait_s,
                              &error)) {
    till_failed(till, error);
    return false;
  }
  if (wait_s > 0)
    till_notice(
        till, (Notice){.kind = NOTICE_BLOCK, .id = NOTICE_PIN_LOCKED, .number = wait_s});
  else if (answer == PIN_WRONG)
    till_notice(till,
                (Notice){.kind = NOTICE_WARN,
                         .id = NOTICE_PIN_WRONG,
                         .number = people_store_tries_left(till->store, staff) + 1});
  return answer == PIN_RIGHT;
}
