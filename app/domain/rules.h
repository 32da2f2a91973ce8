/* Rules: may this be done, and what must be done first? Pure: facts in, verdict out.
 *
 * A verdict is an answer, not an error: being refused is a normal day in a pharmacy.
 * One table; each rule is a small predicate with an id from domain.md 2. */
#pragma once

#include <stdbool.h>

#include "app/domain/person.h"
#include "app/domain/sale.h"

typedef enum {
  VERDICT_PASS,
  VERDICT_RECORD,
  VERDICT_WARN,
  VERDICT_GATE,
  VERDICT_BLOCK
} Verdict;

/* What clears a GATE. */
typedef enum { ACT_NONE, ACT_REVIEW, ACT_ID, ACT_MANAGER, ACT_TRACE } RuleAct;

typedef enum {
  EVENT_LINE_ADD,
  EVENT_LINE_CHANGE,
  EVENT_TENDER_OPEN,
  EVENT_COMMIT,
  EVENT_DUTY_COME, /* @staff comes as a pharmacist */
  EVENT_REVIEW     /* @staff reviews a prescription for @product (nullable) */
} RuleEvent;

/* Everything a rule may look at; gathered once by the verb that asks. Fields that an
 * event does not know are 0/NULL. */
typedef struct {
  RuleEvent event;
  const Product *product; /* LINE_*; NULL: the line's */
  const ProductUnit
      *unit;            /* (nullable); LINE_ADD: the unit asked for; NULL: the default */
  const SaleLine *line; /* (nullable); LINE_CHANGE; each line in turn at TENDER_OPEN */
  const Lot *lot;       /* (nullable); the lot this is about; NULL: the line's */
  bool has_any_lot;     /* lots are on file; with no @lot: none of them may be sold */
  const Sale *sale;
  const Staff *staff;
  Day today;
  Money new_discount; /* LINE_CHANGE: the discount asked for */
  bool clock_is_trusted;
  /* PharmacyScope bits of the pharmacists on duty, here or in reach; 0: none. */
  uint32_t pharmacist_is_here;
  bool otc_a_without_pharmacist; /* parameter ph.otc_a_when_absent is ADVISE */
} RuleFacts;

/* Messages a rule may give; worded by ui/words. Only append. */
typedef enum {
  RULE_NONE,
  RULE_NO_CLASS, /* CN-CLS-01 */
  RULE_NOT_ACTIVE,
  RULE_FORBIDDEN, /* CN-SP-07 */
  RULE_NO_PRICE,
  RULE_LOT_EXPIRED,    /* CN-ST-03 */
  RULE_LOT_LOCKED,     /* CN-ST-05, -06 */
  RULE_NEAR_EXPIRY,    /* CN-ST-04 */
  RULE_RX_REVIEW,      /* CN-RX-01 */
  RULE_REAL_NAME,      /* CN-SP-01 */
  RULE_DISCOUNT_LIMIT, /* CN-MN-04 */
  RULE_NO_RIGHT,
  RULE_CLOCK_BACK,          /* domain.md 2.0 */
  RULE_NO_GOOD_LOT,         /* lots are on file, all expired or locked; CN-ST-13 */
  RULE_UNIT_NOT_SOLD,       /* the code stands on a unit that is not sold by itself */
  RULE_NO_PHARMACIST,       /* CN-PH-01 */
  RULE_NO_PHARMACIST_OTC_A, /* CN-PH-02: BLOCK, or WARN by parameter */
  RULE_NOT_REGISTERED,      /* CN-PH-04, as the next three */
  RULE_REGISTRATION_NOT_YET,
  RULE_REGISTRATION_EXPIRED,
  RULE_REGISTRATION_SCOPE,
  N_RULES
} RuleMessage;

typedef struct {
  Verdict verdict;
  RuleAct act; /* what would clear a GATE */
  RuleMessage message;
  const char *rule_id; /* static; "CN-ST-03"; NULL on PASS */
  /* For the sentence: of an expiry the days left, negative when past; DISCOUNT_LIMIT: the
   * limit in bp; LOT_LOCKED: the LotState; REGISTRATION_…: its day; else 0. */
  int64_t number;
} RuleAnswer;

/* The strictest answer of all rules for @facts->event; the first of equals. A deleted
 * line passes. Nobody signed in (@staff NULL) may sell nothing. */
RuleAnswer rules_judge(const RuleFacts *facts);

/* All answers of at least @least, strictest first, into @ret (at most @max).
 * @return how many. */
int rules_judge_all(const RuleFacts *facts, Verdict least, RuleAnswer *ret, int max);
