#include "app/domain/approval.h"

#include "tests/test.h"

#define ASKED G_GINT64_CONSTANT(1000000)

static ApprovalWish
discount(int64_t bp)
{
  return (ApprovalWish){.act = APPROVE_DISCOUNT,
                        .document = "0123456789abcdef0123456789abcdef",
                        .row = 1,
                        .number = bp,
                        .asked_us = ASKED};
}

static Staff
manager(uint32_t rights, int limit_bp)
{
  return (Staff){.number = (char *)"0101",
                 .rights = rights,
                 .discount_limit_bp = limit_bp,
                 .active = true};
}

static void
whoever_could_do_it_alone_may_approve_it(void)
{
  static const struct {
    uint32_t rights;
    int limit_bp;
    const char *asker;
    ApproverAnswer answer;
  } rows[] = {
      {RIGHT_LINE_DISCOUNT, 3000, "0312", APPROVER_MAY}, /* just the limit */
      {RIGHT_LINE_DISCOUNT, 2999, "0312", APPROVER_LIMIT},
      {RIGHT_SELL, 5000, "0312", APPROVER_HAS_NO_RIGHT},
      {RIGHT_LINE_DISCOUNT, 5000, "0101", APPROVER_IS_ASKER},
      {RIGHT_LINE_DISCOUNT, 3000, NULL, APPROVER_MAY},
  };
  ApprovalWish wish = discount(3000);
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Staff approver = manager(rows[i].rights, rows[i].limit_bp);
    CU_ASSERT_EQUAL(approval_judge(&wish, &approver, rows[i].asker), rows[i].answer);
  }
  Staff gone = manager(RIGHT_LINE_DISCOUNT, 5000);
  gone.active = false;
  CU_ASSERT_EQUAL(approval_judge(&wish, &gone, "0312"), APPROVER_HAS_NO_RIGHT);
}

static void
each_act_asks_for_its_own_right(void)
{
  static const Right rights[N_APPROVALS] = {
      0, RIGHT_LINE_DISCOUNT, RIGHT_VOID_TICKET, RIGHT_OPEN_DRAWER};
  for (int act = APPROVE_DISCOUNT; act < N_APPROVALS; act++) {
    ApprovalWish wish = {.act = (ApprovalAct)act};
    Staff able = manager(rights[act], 0);
    Staff unable = manager(~(uint32_t)rights[act], 0);
    CU_ASSERT_EQUAL(approval_judge(&wish, &able, "0312"), APPROVER_MAY);
    CU_ASSERT_EQUAL(approval_judge(&wish, &unable, "0312"), APPROVER_HAS_NO_RIGHT);
    CU_ASSERT_TRUE(*approval_act_word((ApprovalAct)act) != '\0');
  }
}

static void
it_covers_that_act_on_that_document_for_a_minute(void)
{
  Approval approval = {
      .wish = discount(3000), .approver = (char *)"0101", .granted_us = ASKED};
  ApprovalWish wish = discount(3000);
  CU_ASSERT_TRUE(approval_covers(&approval, &wish, ASKED + APPROVAL_US));
  CU_ASSERT_FALSE(approval_covers(&approval, &wish, ASKED + APPROVAL_US + 1));
  wish.number = 2500; /* less than what was approved is fine, more is not */
  CU_ASSERT_TRUE(approval_covers(&approval, &wish, ASKED));
  wish.number = 3001;
  CU_ASSERT_FALSE(approval_covers(&approval, &wish, ASKED));
  wish = discount(3000);
  wish.row = 0;
  CU_ASSERT_FALSE(approval_covers(&approval, &wish, ASKED));
  wish = discount(3000);
  wish.document[0] = 'f';
  CU_ASSERT_FALSE(approval_covers(&approval, &wish, ASKED));
  wish = discount(3000);
  wish.act = APPROVE_VOID;
  CU_ASSERT_FALSE(approval_covers(&approval, &wish, ASKED));
  Approval none = {.wish = discount(3000)};
  wish = discount(3000);
  CU_ASSERT_FALSE(approval_covers(&none, &wish, ASKED));
}

static void
a_reason_in_words_says_something_and_names_nobody(void)
{
  static const struct {
    const char *words;
    bool fit;
  } rows[] = {
      {"老顾客", true},
      {"box 123456 torn", true}, /* six digits may be a lot */
      {"call 1380013", false},   /* seven may be a telephone */
      {"１３８００１３", false}, /* in full width too */
      {"", false},
      {" .- ", false},
      {"a\nb", false},
      {NULL, false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    CU_ASSERT_EQUAL(approval_words_are_fit(rows[i].words), rows[i].fit);
  g_autofree char *most = g_strnfill(APPROVAL_LONGEST, 'x');
  g_autofree char *more = g_strnfill(APPROVAL_LONGEST + 1, 'x');
  CU_ASSERT_TRUE(approval_words_are_fit(most));
  CU_ASSERT_FALSE(approval_words_are_fit(more));
}

TESTS("approval",
      TEST(whoever_could_do_it_alone_may_approve_it),
      TEST(each_act_asks_for_its_own_right),
      TEST(it_covers_that_act_on_that_document_for_a_minute),
      TEST(a_reason_in_words_says_something_and_names_nobody))
