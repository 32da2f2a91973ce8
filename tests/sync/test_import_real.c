/* Real lists: each row of them is accounted for. */
#include "tests/real_data.h"
#include "tests/sync/import_desk.h"

/* Imports a file of the real lists; @return false when they are not here. */
static bool
import_real(Desk *desk, ImportJob *job, const char *relative)
{
  g_autofree char *path = real_data(relative);
  if (!path) {
    REAL_DATA_MISSING();
    return false;
  }
  job->path = path;
  if (!desk_import(desk, job, NULL, 0))
    g_error("%s", desk->json);
  return true;
}

static void
every_row_of_the_outpatient_catalogue_is_accounted_for(void)
{
  g_auto(Desk) desk;
  ImportJob job = desk_job(LIST_ARTICLES);
  desk_open(&desk);
  job.default_class = "rx";
  if (!import_real(&desk, &job, "cn_outpatient_catalog/outpatient_catalog.csv"))
    return;
  desk_expect_all_accounted(&desk, 1284);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.refused"), 0);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT count(*) FROM article"), 1284);
  CU_ASSERT_TRUE(desk_count(&desk, "$.whats.approval_digits_shared") > 0);
  desk_expect_article(&desk, "0010010001", "$.approval_no", "国药准字H44021351");
}

static void
every_pack_of_the_french_list_is_accounted_for(void)
{
  g_auto(Desk) desk;
  ImportJob job = desk_job(LIST_ARTICLES);
  g_autofree char *products = real_data("fr_bdpm/CIS_bdpm.txt.gz");
  desk_open(&desk);
  job.profile = "bdpm-packs";
  job.with = products;
  if (!import_real(&desk, &job, "fr_bdpm/CIS_CIP_bdpm.txt.gz"))
    return;
  desk_expect_all_accounted(&desk, 20899);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.refused"), 0);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.whats.no_price"), 20899 - 13543);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.prices"), 13543);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT count(DISTINCT code) FROM article_code"),
                  20899);
  desk_expect_article(
      &desk, "4949729", "$.generic_name", "ANASTROZOLE ACCORD 1 mg, comprimé pelliculé");
  desk_expect_article(&desk, "4949729", "$.barcodes[0].code", "03400949497294");
  CU_ASSERT_EQUAL(number(desk.base,
                         "SELECT fen FROM price JOIN article a ON a.id = product"
                         " WHERE a.code = '4949729'"),
                  2536);
}

static void
every_product_of_the_french_list_is_accounted_for(void)
{
  g_auto(Desk) desk;
  ImportJob job = desk_job(LIST_ARTICLES);
  desk_open(&desk);
  job.profile = "bdpm-products";
  if (!import_real(&desk, &job, "fr_bdpm/CIS_bdpm.txt.gz"))
    return;
  desk_expect_all_accounted(&desk, 15848);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.refused"), 0);
  g_autofree char *encoding = chain_store_field(desk.base, desk.json, "$.encoding");
  CU_ASSERT_STRING_EQUAL(encoding, "Windows-1252");
  desk_expect_article(&desk, "62869109", "$.form", "capsule molle");
  desk_expect_article(&desk, "61266250", "$.maker", "PHARMA DEVELOPPEMENT");
}

TESTS("import_real",
      TEST(every_row_of_the_outpatient_catalogue_is_accounted_for),
      TEST(every_pack_of_the_french_list_is_accounted_for),
      TEST(every_product_of_the_french_list_is_accounted_for))
