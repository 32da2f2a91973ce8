#include "tests/domain/rules_shop.h"

/* CN-PH-01: whose registration covers it must be on duty, here or in reach. */
static void
prescriptions_stop_while_no_pharmacist_is_here(void)
{
  static const struct {
    LegalClass legal_class;
    SpecialGroup special;
    uint32_t here;
    bool stops;
  } rows[] = {
      {CLASS_RX, SPECIAL_NONE, 0, true},
      {CLASS_RX, SPECIAL_NONE, SCOPE_WESTERN, false},
      {CLASS_RX, SPECIAL_NONE, SCOPE_HERBAL, true},
      {CLASS_RX, SPECIAL_NONE, SCOPE_ANY, false},
      {CLASS_HERB_TOXIC, SPECIAL_NONE, SCOPE_WESTERN, true},
      {CLASS_HERB_TOXIC, SPECIAL_NONE, SCOPE_HERBAL, false},
      {CLASS_OTC_A, SPECIAL_PSY2, 0, true},
      {CLASS_OTC_B, SPECIAL_LICORICE, 0, true},
      {CLASS_OTC_B, SPECIAL_NONE, 0, false},
      {CLASS_HERB, SPECIAL_NONE, 0, false},
      {CLASS_DEVICE_2, SPECIAL_NONE, 0, false},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Shop shop;
    shop_open(&shop, EVENT_LINE_ADD);
    shop.product->legal_class = rows[i].legal_class;
    shop.product->special = rows[i].special;
    shop.facts.pharmacist_is_here = rows[i].here;
    if (rows[i].stops)
      expect(&shop, VERDICT_BLOCK, RULE_NO_PHARMACIST, "CN-PH-01");
    else
      expect_pass(&shop);
    shop_close(&shop);
  }
}

static void
a_pharmacist_who_left_before_payment_stops_it(void)
{
  static const RuleEvent paying[] = {EVENT_TENDER_OPEN, EVENT_COMMIT};
  for (gsize i = 0; i < G_N_ELEMENTS(paying); i++) {
    Shop shop;
    shop_open(&shop, paying[i]);
    shop.product->legal_class = CLASS_RX;
    shop.facts.pharmacist_is_here = 0;
    expect(&shop, VERDICT_BLOCK, RULE_NO_PHARMACIST, "CN-PH-01");
    shop_close(&shop);
  }
}

/* CN-PH-02 */
static void
class_a_otc_without_a_pharmacist_stops_or_is_advised_by_parameter(void)
{
  static const struct {
    RuleEvent event;
    uint32_t here;
    bool advise;
    Verdict verdict;
  } rows[] = {
      {EVENT_LINE_ADD, 0, false, VERDICT_BLOCK},
      {EVENT_LINE_ADD, 0, true, VERDICT_WARN},
      {EVENT_LINE_ADD, SCOPE_HERBAL, false, VERDICT_PASS}, /* any pharmacist will do */
      {EVENT_LINE_ADD, SCOPE_WESTERN, true, VERDICT_PASS},
      {EVENT_TENDER_OPEN, 0, false, VERDICT_BLOCK},
      {EVENT_TENDER_OPEN, 0, true, VERDICT_PASS}, /* said when it was scanned */
      {EVENT_COMMIT, 0, false, VERDICT_BLOCK},
      {EVENT_LINE_CHANGE, 0, false, VERDICT_PASS},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Shop shop;
    shop_open(&shop, rows[i].event);
    shop.product->legal_class = CLASS_OTC_A;
    shop.facts.pharmacist_is_here = rows[i].here;
    shop.facts.otc_a_without_pharmacist = rows[i].advise;
    bool passes = rows[i].verdict == VERDICT_PASS;
    expect(&shop,
           rows[i].verdict,
           passes ? RULE_NONE : RULE_NO_PHARMACIST_OTC_A,
           passes ? NULL : "CN-PH-02");
    shop_close(&shop);
  }
}

/* CN-PH-04 */
static void
only_a_valid_registration_comes_on_duty_and_reviews(void)
{
  static const struct {
    uint32_t rights;
    Registration registration;
    LegalClass legal_class; /* EVENT_REVIEW */
    RuleMessage on_coming, on_review;
  } rows[] = {
      {RIGHT_REVIEW_RX,
       {REGISTRATION_LICENSED, NULL, SCOPE_WESTERN, 20230101, TODAY},
       CLASS_RX,
       RULE_NONE,
       RULE_NONE},
      {RIGHT_REVIEW_RX,
       {REGISTRATION_PHARMACIST, NULL, SCOPE_WESTERN, 0, 0},
       CLASS_HERB,
       RULE_NONE,
       RULE_REGISTRATION_SCOPE},
      {RIGHT_REVIEW_RX,
       {REGISTRATION_LICENSED, NULL, SCOPE_ANY, 20230101, TODAY - 1},
       CLASS_RX,
       RULE_REGISTRATION_EXPIRED,
       RULE_REGISTRATION_EXPIRED},
      {RIGHT_REVIEW_RX,
       {REGISTRATION_LICENSED, NULL, SCOPE_ANY, TODAY + 1, 0},
       CLASS_RX,
       RULE_REGISTRATION_NOT_YET,
       RULE_REGISTRATION_NOT_YET},
      {RIGHT_REVIEW_RX,
       {REGISTRATION_NONE, NULL, SCOPE_ANY, 0, 0},
       CLASS_RX,
       RULE_NOT_REGISTERED,
       RULE_NOT_REGISTERED},
      {RIGHT_SELL,
       {REGISTRATION_LICENSED, NULL, SCOPE_ANY, 0, 0},
       CLASS_RX,
       RULE_NO_RIGHT,
       RULE_NO_RIGHT},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Product) product = product_new();
    product->legal_class = rows[i].legal_class;
    Staff staff = {
        .rights = rows[i].rights, .active = true, .registration = rows[i].registration};
    RuleFacts facts = {.event = EVENT_DUTY_COME,
                       .staff = &staff,
                       .today = TODAY,
                       .clock_is_trusted = true};
    CU_ASSERT_EQUAL(rules_judge(&facts).message, rows[i].on_coming);
    facts.event = EVENT_REVIEW;
    facts.product = product;
    CU_ASSERT_EQUAL(rules_judge(&facts).message, rows[i].on_review);
    facts.clock_is_trusted = false; /* an expiry cannot be judged by a wrong clock */
    CU_ASSERT_EQUAL(rules_judge(&facts).verdict, VERDICT_BLOCK);
  }
}

TESTS("rules_people",
      TEST(prescriptions_stop_while_no_pharmacist_is_here),
      TEST(a_pharmacist_who_left_before_payment_stops_it),
      TEST(class_a_otc_without_a_pharmacist_stops_or_is_advised_by_parameter),
      TEST(only_a_valid_registration_comes_on_duty_and_reviews))
