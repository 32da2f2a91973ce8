/* Approval: another person lets one act be done that its doer may not do alone
 * (domain.md 5.10): named, reasoned, for one document, once, for a minute. */
#pragma once

#include "app/domain/money.h"
#include "app/domain/person.h"

/* What may be approved. Stored by name (approval_act_word()). */
typedef enum {
  APPROVE_NOTHING,
  APPROVE_DISCOUNT, /* number: the share asked for, bp, rounded up */
  APPROVE_VOID,     /* a ticket; number 1: money was taken for it and given back */
  APPROVE_DRAWER,   /* the drawer without a sale */
  N_APPROVALS
} ApprovalAct;

/* Why. Stored: only append. */
typedef enum {
  REASON_NONE,
  REASON_GOODWILL,   /* the customer's complaint or custom */
  REASON_DAMAGED,    /* the pack */
  REASON_NEAR_END,   /* near its expiry */
  REASON_PRICE_SIGN, /* the shelf says otherwise */
  REASON_MISTAKE,    /* rung up wrong */
  REASON_CHANGE,     /* to give or fetch change */
  REASON_OTHER,      /* in words */
  N_REASONS
} ApprovalReason;

#define APPROVAL_US      (G_GINT64_CONSTANT(60) * G_USEC_PER_SEC)
#define APPROVAL_LONGEST 40 /* characters of a reason in words */

/* What somebody may not do alone, while another person is asked. */
typedef struct {
  ApprovalAct act;
  char document[33]; /* uid of the ticket; "": none */
  int row;           /* of the line, as a position; -1: the whole document */
  int64_t number;    /* how much; see ApprovalAct */
  int64_t asked_us;  /* monotonic */
} ApprovalWish;

typedef struct {
  ApprovalWish wish;
  char *approver; /* owned (nullable: none was given); staff number */
  ApprovalReason reason;
  char *words;        /* owned (nullable); REASON_OTHER */
  int64_t granted_us; /* monotonic */
} Approval;

typedef enum {
  APPROVER_MAY,
  APPROVER_IS_ASKER, /* nobody approves their own act */
  APPROVER_HAS_NO_RIGHT,
  APPROVER_LIMIT /* it is beyond their own limit */
} ApproverAnswer;

/* Whoever could do the act alone may approve it, but never their own. */
ApproverAnswer
approval_judge(const ApprovalWish *wish, const Staff *approver, const char *asker_number);
/* A reason in words says something and names nobody: no long number, not too long. */
bool approval_words_are_fit(const char *words);
/* The act of @wish at @now_us: that one, on that document, not more, not too late. */
bool approval_covers(const Approval *approval, const ApprovalWish *wish, int64_t now_us);
bool approval_is_late(int64_t since_us, int64_t now_us);
/* "discount", "void", "drawer": how records name it. */
const char *approval_act_word(ApprovalAct act);
void approval_clear(Approval *approval);
