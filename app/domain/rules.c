#include "app/domain/rules.h"

#define DEFAULT_NEAR_DAYS 180
#define FULL_BP           10000

#define ON_ADD    (1u << EVENT_LINE_ADD)
#define ON_CHANGE (1u << EVENT_LINE_CHANGE)
#define ON_PAY    (1u << EVENT_TENDER_OPEN | 1u << EVENT_COMMIT)
#define ON_REVIEW (1u << EVENT_DUTY_COME | 1u << EVENT_REVIEW)
#define ALWAYS    (ON_ADD | ON_CHANGE | ON_PAY)

static const RuleAnswer PASS = {VERDICT_PASS, ACT_NONE, RULE_NONE, NULL, 0};

static RuleAnswer
block(RuleMessage message, const char *rule_id, int64_t number)
{
  return (RuleAnswer){VERDICT_BLOCK, ACT_NONE, message, rule_id, number};
}

static RuleAnswer
gate(RuleAct act, RuleMessage message, const char *rule_id, int64_t number)
{
  return (RuleAnswer){VERDICT_GATE, act, message, rule_id, number};
}

static const Product *
article(const RuleFacts *facts)
{
  if (facts->product)
    return facts->product;
  return facts->line ? facts->line->product : NULL;
}

static const Lot *
lot_in_question(const RuleFacts *facts)
{
  if (facts->lot)
    return facts->lot;
  return facts->line ? facts->line->lot : NULL;
}

/* What needs a prescription by law or by its group. @return the rule, NULL when none. */
static const char *
prescription_rule(const Product *product)
{
  if (product->special == SPECIAL_PSY2)
    return "CN-SP-05";
  if (product->special == SPECIAL_LICORICE)
    return "CN-SP-06";
  if (product->legal_class == CLASS_HERB_TOXIC)
    return "CN-SP-08";
  if (product->legal_class != CLASS_RX)
    return NULL;
  return product->special == SPECIAL_EPHEDRINE ? "CN-SP-02" : "CN-RX-01";
}

/* What needs the buyer's name in a register. @return the rule, NULL when none. */
static const char *
register_rule(const Product *product)
{
  switch (product->special) {
  case SPECIAL_EPHEDRINE:
    return "CN-SP-01";
  case SPECIAL_PSY2:
    return "CN-SP-05";
  case SPECIAL_LICORICE:
    return "CN-SP-06";
  default:
    return NULL;
  }
}

static RuleAnswer
seller_has_the_right(const RuleFacts *facts)
{
  return staff_may(facts->staff, RIGHT_SELL) ? PASS : block(RULE_NO_RIGHT, "GT-RIGHT", 0);
}

static RuleAnswer
article_has_a_class(const RuleFacts *facts)
{
  const Product *product = article(facts);
  bool lacks = product && product->legal_class == CLASS_UNKNOWN;
  return lacks ? block(RULE_NO_CLASS, "CN-CLS-01", 0) : PASS;
}

static RuleAnswer
article_is_active(const RuleFacts *facts)
{
  const Product *product = article(facts);
  return product && !product->active ? block(RULE_NOT_ACTIVE, "GT-ACTIVE", 0) : PASS;
}

static RuleAnswer
article_is_not_forbidden(const RuleFacts *facts)
{
  const Product *product = article(facts);
  bool forbidden = product && product->special == SPECIAL_FORBIDDEN;
  return forbidden ? block(RULE_FORBIDDEN, "CN-SP-07", 0) : PASS;
}

/* A price of nothing is a hole in the price list, not a gift. */
static RuleAnswer
article_has_a_price(const RuleFacts *facts)
{
  const Product *product = article(facts);
  if (!product)
    return PASS;
  bool priced;
  if (facts->line) {
    priced = facts->line->price > 0;
  } else {
    const ProductUnit *unit = facts->unit ? facts->unit : product_default_unit(product);
    priced = unit && unit->has_price && unit->price > 0;
  }
  return priced ? PASS : block(RULE_NO_PRICE, "GT-PRICE", 0);
}

static RuleAnswer
unit_is_for_sale(const RuleFacts *facts)
{
  bool kept_back = facts->unit && !facts->unit->sale_allowed;
  return kept_back ? block(RULE_UNIT_NOT_SOLD, "GT-UNIT", 0) : PASS;
}

static RuleAnswer
lot_is_on_file_and_good(const RuleFacts *facts)
{
  bool none_good = article(facts) && !lot_in_question(facts) && facts->has_any_lot;
  return none_good ? block(RULE_NO_GOOD_LOT, "CN-ST-13", 0) : PASS;
}

static RuleAnswer
lot_is_not_expired(const RuleFacts *facts)
{
  const Lot *lot = lot_in_question(facts);
  bool expired = lot && lot->expiry != DAY_NONE && lot->expiry < facts->today;
  return expired ? block(RULE_LOT_EXPIRED, "CN-ST-03", lot_days_left(lot, facts->today))
                 : PASS;
}

static RuleAnswer
lot_is_not_locked(const RuleFacts *facts)
{
  const Lot *lot = lot_in_question(facts);
  if (!lot || lot->state == LOT_SELLABLE)
    return PASS;
  const char *rule_id = lot->state == LOT_RECALLED ? "CN-ST-06" : "CN-ST-05";
  return block(RULE_LOT_LOCKED, rule_id, lot->state);
}

/* Asked of a lot that is being chosen; said once is enough. */
static RuleAnswer
customer_is_told_a_near_expiry(const RuleFacts *facts)
{
  const Product *product = article(facts);
  const Lot *lot = facts->lot;
  if (!product || !lot || lot->expiry == DAY_NONE)
    return PASS;
  int near_days = product->near_days > 0 ? product->near_days : DEFAULT_NEAR_DAYS;
  int left = lot_days_left(lot, facts->today);
  if (left < 0 || left > near_days)
    return PASS;
  return (RuleAnswer){VERDICT_WARN, ACT_NONE, RULE_NEAR_EXPIRY, "CN-ST-04", left};
}

/* Which registration a prescription for @product asks for. */
static uint32_t
scope_of(const Product *product)
{
  if (!product)
    return SCOPE_ANY;
  bool is_herb =
      product->legal_class == CLASS_HERB || product->legal_class == CLASS_HERB_TOXIC;
  return is_herb ? SCOPE_HERBAL : SCOPE_WESTERN;
}

static RuleAnswer
pharmacist_is_here_for_prescriptions(const RuleFacts *facts)
{
  const Product *product = article(facts);
  bool alone = product && prescription_rule(product) &&
               !(facts->pharmacist_is_here & scope_of(product));
  return alone ? block(RULE_NO_PHARMACIST, "CN-PH-01", 0) : PASS;
}

/* The law of many provinces; a parameter, since others only advise it (domain.md 0.3). */
static RuleAnswer
pharmacist_is_here_for_class_a(const RuleFacts *facts)
{
  const Product *product = article(facts);
  bool alone = product && product->legal_class == CLASS_OTC_A &&
               !prescription_rule(product) && !facts->pharmacist_is_here;
  if (!alone)
    return PASS;
  if (!facts->otc_a_without_pharmacist)
    return block(RULE_NO_PHARMACIST_OTC_A, "CN-PH-02", 0);
  bool is_said = facts->event != EVENT_LINE_ADD;
  return is_said ? PASS
                 : (RuleAnswer){
                       VERDICT_WARN, ACT_NONE, RULE_NO_PHARMACIST_OTC_A, "CN-PH-02", 0};
}

static RuleAnswer
reviewer_has_the_right(const RuleFacts *facts)
{
  return staff_may(facts->staff, RIGHT_REVIEW_RX) ? PASS
                                                  : block(RULE_NO_RIGHT, "GT-RIGHT", 0);
}

static RuleAnswer
reviewer_is_registered(const RuleFacts *facts)
{
  if (!facts->staff)
    return block(RULE_NOT_REGISTERED, "CN-PH-04", 0);
  const Registration *registration = &facts->staff->registration;
  switch (registration_state(registration, scope_of(article(facts)), facts->today)) {
  case REGISTRATION_VALID:
    return PASS;
  case REGISTRATION_NOT_YET:
    return block(RULE_REGISTRATION_NOT_YET, "CN-PH-04", registration->from);
  case REGISTRATION_EXPIRED:
    return block(RULE_REGISTRATION_EXPIRED, "CN-PH-04", registration->to);
  case REGISTRATION_OUT_OF_SCOPE:
    return block(RULE_REGISTRATION_SCOPE, "CN-PH-04", 0);
  default:
    return block(RULE_NOT_REGISTERED, "CN-PH-04", 0);
  }
}

/* A registration is as good as the clock that it is judged by. */
static RuleAnswer
reviewer_has_a_good_clock(const RuleFacts *facts)
{
  return facts->clock_is_trusted ? PASS : block(RULE_CLOCK_BACK, "GT-CLOCK", 0);
}

static RuleAnswer
prescription_is_reviewed(const RuleFacts *facts)
{
  const Product *product = article(facts);
  const char *rule_id = product ? prescription_rule(product) : NULL;
  return rule_id ? gate(ACT_REVIEW, RULE_RX_REVIEW, rule_id, 0) : PASS;
}

static RuleAnswer
buyer_is_in_the_register(const RuleFacts *facts)
{
  const Product *product = article(facts);
  const char *rule_id = product ? register_rule(product) : NULL;
  return rule_id ? gate(ACT_ID, RULE_REAL_NAME, rule_id, 0) : PASS;
}

static RuleAnswer
clock_can_be_trusted(const RuleFacts *facts)
{
  const Product *product = article(facts);
  bool needs_clock = product && (prescription_rule(product) || register_rule(product));
  bool back = needs_clock && !facts->clock_is_trusted;
  return back ? block(RULE_CLOCK_BACK, "GT-CLOCK", 0) : PASS;
}

static RuleAnswer
discounter_has_the_right(const RuleFacts *facts)
{
  bool asked = facts->new_discount > 0;
  if (!asked || staff_may(facts->staff, RIGHT_LINE_DISCOUNT))
    return PASS;
  return gate(ACT_MANAGER, RULE_NO_RIGHT, "GT-RIGHT", 0);
}

static RuleAnswer
discount_is_within_the_limit(const RuleFacts *facts)
{
  if (!facts->line || !facts->staff || facts->new_discount <= 0)
    return PASS;
  Money gross = sale_line_gross(facts->line);
  if (facts->new_discount > gross)
    return block(RULE_DISCOUNT_LIMIT, "CN-MN-04", FULL_BP);
  int64_t limit_bp = facts->staff->discount_limit_bp;
  bool above = (__int128)facts->new_discount * FULL_BP > (__int128)gross * limit_bp;
  return above ? gate(ACT_MANAGER, RULE_DISCOUNT_LIMIT, "CN-MN-04", limit_bp) : PASS;
}

/* To add a rule: write its function above, name it here in the order of telling, word its
 * message in ui/words, test it in tests/domain/test_rules.c. */
static const struct {
  unsigned events;
  RuleAnswer (*judge)(const RuleFacts *facts);
} RULES[] = {
    {ALWAYS, seller_has_the_right},
    {ALWAYS, article_is_not_forbidden},
    {ALWAYS, article_has_a_class},
    {ALWAYS, article_is_active},
    {ON_ADD, unit_is_for_sale},
    {ALWAYS, article_has_a_price},
    {ALWAYS, lot_is_not_expired},
    {ALWAYS, lot_is_not_locked},
    {ON_ADD, lot_is_on_file_and_good},
    {ON_ADD | ON_PAY, clock_can_be_trusted},
    {ON_ADD | ON_PAY, pharmacist_is_here_for_prescriptions},
    {ON_ADD | ON_PAY, pharmacist_is_here_for_class_a},
    {ON_REVIEW, reviewer_has_the_right},
    {ON_REVIEW, reviewer_is_registered},
    {ON_REVIEW, reviewer_has_a_good_clock},
    {ON_PAY, prescription_is_reviewed},
    {ON_PAY, buyer_is_in_the_register},
    {ON_CHANGE, discounter_has_the_right},
    {ON_CHANGE, discount_is_within_the_limit},
    {ON_ADD | ON_CHANGE, customer_is_told_a_near_expiry},
};

static RuleAnswer
judge_one(gsize rule, const RuleFacts *facts)
{
  bool is_moot = facts->line && facts->line->deleted;
  if (is_moot || !(RULES[rule].events & 1u << facts->event))
    return PASS;
  return RULES[rule].judge(facts);
}

RuleAnswer
rules_judge(const RuleFacts *facts)
{
  RuleAnswer strictest = PASS;
  for (gsize i = 0; i < G_N_ELEMENTS(RULES); i++) {
    RuleAnswer answer = judge_one(i, facts);
    if (answer.verdict > strictest.verdict)
      strictest = answer;
  }
  return strictest;
}

int
rules_judge_all(const RuleFacts *facts, Verdict least, RuleAnswer *ret, int max)
{
  RuleAnswer answers[G_N_ELEMENTS(RULES)];
  for (gsize i = 0; i < G_N_ELEMENTS(RULES); i++)
    answers[i] = judge_one(i, facts);

  int n = 0;
  for (int verdict = VERDICT_BLOCK; verdict >= (int)least && verdict > VERDICT_PASS;
       verdict--) {
    for (gsize i = 0; i < G_N_ELEMENTS(RULES) && n < max; i++) {
      if ((int)answers[i].verdict == verdict)
        ret[n++] = answers[i];
    }
  }
  return n;
}
