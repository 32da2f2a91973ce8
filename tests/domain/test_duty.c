#include "app/domain/duty.h"

#include "tests/test.h"

#define TODAY   20261122
#define NOW     G_GINT64_CONSTANT(1795311660000000)
#define HOUR_US (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)

static Duty
here(DutyPlace place, uint32_t scopes)
{
  return (Duty){.staff = (char *)"0205",
                .here = true,
                .place = place,
                .scopes = scopes,
                .valid_to = 20271231,
                .at_us = NOW - HOUR_US};
}

static void
who_came_is_here_until_they_go_or_their_day_is_over(void)
{
  Duty duty = here(DUTY_LOCAL, SCOPE_WESTERN);
  CU_ASSERT_TRUE(duty_counts(&duty, TODAY, NOW));
  CU_ASSERT_TRUE(duty_counts(&duty, TODAY, duty.at_us + DUTY_LONGEST_US));
  CU_ASSERT_FALSE(duty_counts(&duty, TODAY, duty.at_us + DUTY_LONGEST_US + 1));
  duty.here = false;
  CU_ASSERT_FALSE(duty_counts(&duty, TODAY, NOW));
}

static void
a_registration_that_ends_at_midnight_ends_the_duty(void)
{
  Duty duty = here(DUTY_LOCAL, SCOPE_WESTERN);
  duty.valid_to = TODAY;
  CU_ASSERT_TRUE(duty_counts(&duty, TODAY, NOW));
  CU_ASSERT_FALSE(duty_counts(&duty, TODAY + 1, NOW));
  duty.valid_to = DAY_NONE;
  CU_ASSERT_TRUE(duty_counts(&duty, TODAY + 1, NOW));
}

static void
scopes_add_up_and_those_from_afar_need_the_line(void)
{
  Duty western = here(DUTY_LOCAL, SCOPE_WESTERN),
       herbal = here(DUTY_REMOTE, SCOPE_HERBAL);
  g_autoptr(GPtrArray) list = g_ptr_array_new();
  CU_ASSERT_EQUAL(duty_scopes(list, true, TODAY, NOW), 0);
  CU_ASSERT_EQUAL(duty_scopes(NULL, true, TODAY, NOW), 0);
  g_ptr_array_add(list, &western);
  g_ptr_array_add(list, &herbal);
  CU_ASSERT_EQUAL(duty_scopes(list, true, TODAY, NOW), SCOPE_ANY);
  CU_ASSERT_EQUAL(duty_scopes(list, false, TODAY, NOW), SCOPE_WESTERN);
}

TESTS("duty",
      TEST(who_came_is_here_until_they_go_or_their_day_is_over),
      TEST(a_registration_that_ends_at_midnight_ends_the_duty),
      TEST(scopes_add_up_and_those_from_afar_need_the_line))
