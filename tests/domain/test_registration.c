#include "app/domain/registration.h"

#include "tests/test.h"

#define TODAY 20261122

static Registration
western(Day from, Day to)
{
  return (Registration){.kind = REGISTRATION_LICENSED,
                        .number = (char *)"211220001234",
                        .scopes = SCOPE_WESTERN,
                        .from = from,
                        .to = to};
}

static void
first_and_last_day_count(void)
{
  static const struct {
    Day from, to;
    RegistrationState state;
  } rows[] = {
      {20261122, 20261122, REGISTRATION_VALID},
      {20261123, 20281231, REGISTRATION_NOT_YET},
      {20200101, 20261121, REGISTRATION_EXPIRED},
      {DAY_NONE, DAY_NONE, REGISTRATION_VALID},
      {DAY_NONE, 20261121, REGISTRATION_EXPIRED},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Registration registration = western(rows[i].from, rows[i].to);
    CU_ASSERT_EQUAL(registration_state(&registration, SCOPE_WESTERN, TODAY),
                    rows[i].state);
  }
}

static void
nobody_reviews_without_one_or_outside_its_scope(void)
{
  Registration none = {0};
  Registration registration = western(DAY_NONE, DAY_NONE);
  CU_ASSERT_EQUAL(registration_state(&none, SCOPE_ANY, TODAY), REGISTRATION_MISSING);
  CU_ASSERT_EQUAL(registration_state(&registration, SCOPE_HERBAL, TODAY),
                  REGISTRATION_OUT_OF_SCOPE);
  CU_ASSERT_EQUAL(registration_state(&registration, SCOPE_ANY, TODAY),
                  REGISTRATION_VALID);
}

static void
its_end_is_told_ninety_days_ahead(void)
{
  static const struct {
    Day to;
    bool soon;
  } rows[] = {{20270220, true},   /* 90 days */
              {20270221, false},  /* 91 */
              {20261122, true},   /* its last day */
              {20261121, false},  /* it is past: no longer a warning */
              {DAY_NONE, false}}; /* no end */
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Registration registration = western(DAY_NONE, rows[i].to);
    CU_ASSERT_EQUAL(registration_ends_soon(&registration, TODAY), rows[i].soon);
  }
  Registration open = western(DAY_NONE, DAY_NONE);
  CU_ASSERT_EQUAL(registration_days_left(&open, TODAY), G_MAXINT);
}

TESTS("registration",
      TEST(first_and_last_day_count),
      TEST(nobody_reviews_without_one_or_outside_its_scope),
      TEST(its_end_is_told_ninety_days_ahead))
