#include "db/audit_log.h"

#include "tests/db/shop.h"

static void
each_row_covers_the_one_before(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  CU_ASSERT_TRUE(audit_log_add(store, "0312", "drawer.open", "", "", 5, NULL));
  CU_ASSERT_TRUE(audit_log_add(store, NULL, "start", NULL, "数据", 6, NULL));
  unsigned char hash[CHAIN_BYTES];
  char expected[65];
  chain_begin(hash, AUDIT_LOG_CHAIN);
  audit_log_chain(hash, 1, 5, (const char *[]){"0312", "drawer.open", "", ""});
  audit_log_chain(hash, 2, 6, (const char *[]){"", "start", "", "数据"});
  chain_text(hash, expected);
  g_autofree char *seen =
      text(store, "SELECT lower(hex(hash)) FROM audit_log WHERE seq = 2");
  CU_ASSERT_STRING_EQUAL(seen, expected);
}

static void
text_moved_to_the_next_field_is_another_row(void)
{
  unsigned char a[CHAIN_BYTES], b[CHAIN_BYTES];
  chain_begin(a, "x");
  chain_begin(b, "x");
  audit_log_chain(a, 1, 1, (const char *[]){"ab", "c", "", ""});
  audit_log_chain(b, 1, 1, (const char *[]){"a", "bc", "", ""});
  CU_ASSERT_NOT_EQUAL(memcmp(a, b, CHAIN_BYTES), 0);
}

static void
an_entry_is_undone_with_its_deed(void)
{
  g_autoptr(Db) store = fixture_store(":memory:");
  {
    g_autoptr(DbWork) work = db_begin(store, NULL);
    CU_ASSERT_TRUE(audit_log_add(store, "0312", "price", "1001", "", 5, NULL));
  }
  CU_ASSERT_EQUAL(number(store, "SELECT count(*) FROM audit_log /* scan */"), 0);
}

TESTS("audit_log",
      TEST(each_row_covers_the_one_before),
      TEST(text_moved_to_the_next_field_is_another_row),
      TEST(an_entry_is_undone_with_its_deed))
