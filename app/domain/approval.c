#include "app/domain/approval.h"

#include <string.h>

#define LONGEST_NUMBER 6 /* digits; longer ones may be a phone or an identity number */

static const struct {
  const char *word;
  Right right;
} ACTS[N_APPROVALS] = {
    [APPROVE_NOTHING] = {"", 0},
    [APPROVE_DISCOUNT] = {"discount", RIGHT_LINE_DISCOUNT},
    [APPROVE_VOID] = {"void", RIGHT_VOID_TICKET},
    [APPROVE_DRAWER] = {"drawer", RIGHT_OPEN_DRAWER},
};

ApproverAnswer
approval_judge(const ApprovalWish *wish, const Staff *approver, const char *asker_number)
{
  if (g_strcmp0(approver->number, asker_number) == 0)
    return APPROVER_IS_ASKER;
  bool is_refund = wish->act == APPROVE_VOID && wish->number > 0;
  if (!staff_may(approver, ACTS[wish->act].right) ||
      (is_refund && !staff_may(approver, RIGHT_REFUND)))
    return APPROVER_HAS_NO_RIGHT;
  bool beyond =
      wish->act == APPROVE_DISCOUNT && wish->number > approver->discount_limit_bp;
  return beyond ? APPROVER_LIMIT : APPROVER_MAY;
}

bool
approval_words_are_fit(const char *words)
{
  int digits = 0;
  bool says = false;
  if (!words || !g_utf8_validate(words, -1, NULL) ||
      g_utf8_strlen(words, -1) > APPROVAL_LONGEST)
    return false;
  for (const char *at = words; *at; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);
    says = says || g_unichar_isalnum(character);
    digits = g_unichar_isdigit(character) ? digits + 1 : 0;
    if (digits > LONGEST_NUMBER || g_unichar_iscntrl(character))
      return false;
  }
  return says;
}

bool
approval_is_late(int64_t since_us, int64_t now_us)
{
  return now_us - since_us > APPROVAL_US;
}

bool
approval_covers(const Approval *approval, const ApprovalWish *wish, int64_t now_us)
{
  const ApprovalWish *given = &approval->wish;
  return approval->approver && given->act == wish->act &&
         strcmp(given->document, wish->document) == 0 && given->row == wish->row &&
         wish->number <= given->number && !approval_is_late(approval->granted_us, now_us);
}

const char *
approval_act_word(ApprovalAct act)
{
  return ACTS[act].word;
}

void
approval_clear(Approval *approval)
{
  g_free(approval->approver);
  g_free(approval->words);
  *approval = (Approval){0};
}
