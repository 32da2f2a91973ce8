/* A chain's own lists, with everything that is found in them: each row is imported,
 * imported with a remark, or refused, and all of them are accounted for. */
#include "sync/hub/import.h"

#include <string.h>

#include "tests/sync/import_desk.h"

/* One row of code, name, class and the one column that the test is about. */
static void
expect_cell(const char *column, const char *cell, const char *wanted)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  g_autofree char *header = g_strdup_printf("code,name,class,%s", column);
  g_autofree char *row = g_strdup_printf("1,阿莫西林胶囊,medicine,%s\n", cell);
  desk_articles(&desk, header, row);
  desk_expect(&desk, 2, wanted);
  desk_expect_all_accounted(&desk, 1);
}

static void
a_good_row_becomes_an_article_with_units_codes_and_prices(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(
      &desk,
      "商品编码,条码,通用名,商品名,规格,剂型,生产厂家,批准文号,类别,特殊管理,单位,"
      "包装数,零售价,拆零单位,拆零价,税率,储存条件,产地,销量排名,医保,追溯码,"
      "近效期天数,助记码",
      "100001,6901234567892,复方甘草片,珍牌,100片,片剂,安济制药,国药准字H99000001,"
      "处方药,复方甘草,瓶,100,12.00,片,0.20,13%,阴凉,,5,是,否,90,FFGCP;FGC\n");
  desk_expect(&desk, 2, "imported");
  desk_expect_article(&desk, "100001", "$.generic_name", "复方甘草片");
  desk_expect_article(&desk, "100001", "$.trade_name", "珍牌");
  desk_expect_article(&desk, "100001", "$.class", "1");
  desk_expect_article(&desk, "100001", "$.special", "3");
  desk_expect_article(&desk, "100001", "$.storage", "1");
  desk_expect_article(&desk, "100001", "$.measure", "0");
  desk_expect_article(&desk, "100001", "$.tax_bp", "1300");
  desk_expect_article(&desk, "100001", "$.near_days", "90");
  desk_expect_article(&desk, "100001", "$.insured", "1");
  desk_expect_article(&desk, "100001", "$.trace_required", "0");
  desk_expect_article(&desk, "100001", "$.active", "1");
  desk_expect_article(&desk, "100001", "$.mnemonics", "[\"ffgcp\",\"fgc\"]");
  desk_expect_article(&desk,
                      "100001",
                      "$.units",
                      "[{\"name\":\"瓶\",\"base\":100,\"sale\":true,\"default\":true},"
                      "{\"name\":\"片\",\"base\":1,\"sale\":true,\"default\":false}]");
  desk_expect_article(&desk,
                      "100001",
                      "$.barcodes",
                      "[{\"code\":\"06901234567892\",\"kind\":\"ean\",\"unit\":\"瓶\"}]");
  CU_ASSERT_EQUAL(number(desk.base, "SELECT rank FROM article"), 5);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT fen FROM price WHERE unit = '瓶'"), 1200);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT fen FROM price WHERE unit = '片'"), 20);
}

static void
the_same_list_again_changes_nothing(void)
{
  static const char HEADER[] = "code,name,class,price,rank";
  static const char ROWS[] = "1,a,rx,1.00,2\n2,b,rx,2.00,1\n3,c,rx,3.00,\n";
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk, HEADER, ROWS);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.new"), 3);
  int64_t changes = number(desk.base, "SELECT count(*) FROM feed");
  desk_articles(&desk, HEADER, ROWS);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.same"), 3);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.prices"), 0);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT count(*) FROM feed"), changes);
  desk_articles(&desk, HEADER, "1,a,rx,1.10,2\n2,b,rx,2.00,1\n3,c,rx,3.00,\n");
  CU_ASSERT_EQUAL(desk_count(&desk, "$.same"), 3);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.prices"), 1);
}

static void
barcodes_that_cannot_be_right_are_left_out_and_said(void)
{
  expect_cell("barcode", "6901234567892", "imported");
  expect_cell("barcode", "6901234567890", "remark bad_check_digit");
  expect_cell("barcode", "6.90123E+12", "remark scientific_notation");
  expect_cell("barcode", "69012", "remark bad_barcode_length");
  expect_cell("barcode", "国药准字H20013063", "remark approval_as_barcode");
  expect_cell("barcode", "81234567890123456789", "remark trace_code");
  expect_cell("barcode", "36000291452", "remark leading_zero_restored");
  expect_cell("barcode", "６９０１２３４５６７８９２", "remark cleaned");
  expect_cell("barcode",
              "\xe2\x80\x8b"
              "6901234567892",
              "imported");
  expect_cell("barcode", "6901234567892 6901234567892", "remark barcode_twice");
  expect_cell("std_code", "86902551000259", "imported");
  expect_cell("std_code", "6901234567892", "remark not_a_std_code");
}

static void
prices_that_cannot_be_right_are_found(void)
{
  expect_cell("price", "18.50", "imported");
  expect_cell("price", "", "remark no_price");
  expect_cell("price", "0", "remark zero_price");
  expect_cell("price", "0.00", "remark zero_price");
  expect_cell("price", "0.004", "remark zero_price");
  expect_cell("price", "-1", "refused negative_price");
  expect_cell("price", "\"1,234\"", "refused ambiguous_price");
  expect_cell("price", "999999999", "refused absurd_price");
  expect_cell("price", "60000", "remark high_price");
  expect_cell("price", "12.345", "remark price_rounded");
  expect_cell("price", "ask", "refused bad_price");
}

static void
texts_that_cannot_be_right_are_found(void)
{
  g_autofree char *long_text = g_strnfill(256, 'x');
  g_autofree char *long_code = g_strnfill(33, '1');
  expect_cell("maker", long_text, "refused too_long");
  expect_cell("maker",
              "安济\xe2\x80\x8b"
              "制药",
              "remark cleaned");
  expect_cell("maker", "  安济制药  ", "imported");
  expect_cell("maker", "安济制药\xc2\xa0", "remark cleaned");
  expect_cell("special", "whatever", "refused unknown_special");
  expect_cell("storage", "在盒子里", "remark unknown_storage");
  expect_cell("tax", "many", "remark bad_tax");
  expect_cell("tax", "0.13", "remark tax_as_fraction");
  expect_cell("insured", "perhaps", "remark unclear_yes_no");
  expect_cell("near_days", "soon", "remark bad_number");
  expect_cell("base", "1.5", "remark bad_number");
}

static void
codes_and_names_that_are_missing_refuse_the_row(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  g_autofree char *long_name = g_strnfill(256, 'n');
  g_autofree char *long_code = g_strnfill(33, '1');
  g_autofree char *rows = g_strdup_printf(",a,rx\n"
                                          "1,,rx\n"
                                          "2,\xe2\x80\x8b,rx\n"
                                          "3,%s,rx\n"
                                          "%s,a,rx\n"
                                          "6.9E+12,a,rx\n"
                                          "a b,a,rx\n"
                                          "药1,a,rx\n"
                                          "100.0,a,rx\n",
                                          long_name,
                                          long_code);
  desk_articles(&desk, "code,name,class", rows);
  desk_expect(&desk, 2, "refused no_code");
  desk_expect(&desk, 3, "refused empty_name");
  desk_expect(&desk, 4, "refused cleaned empty_name");
  desk_expect(&desk, 5, "refused too_long");
  desk_expect(&desk, 6, "refused bad_code");
  desk_expect(&desk, 7, "refused scientific_notation");
  desk_expect(&desk, 8, "refused bad_code");
  desk_expect(&desk, 9, "refused bad_code");
  desk_expect(&desk, 10, "remark decimal_tail");
  desk_expect_all_accounted(&desk, 9);
  CU_ASSERT_EQUAL(number(desk.base, "SELECT count(*) FROM article"), 1);
}

static void
classes_that_cannot_be_told_are_said_and_never_guessed(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk,
                "code,name,class,approval_no",
                "1,a,好药,国药准字H99000001\n"
                "2,b,,国药准字H99000002\n"
                "3,c,OTC,国药准字H99000003\n"
                "4,d,,国械注准20153640123\n"
                "5,e,非处方药甲类,国药准字H99000005\n");
  desk_expect(&desk, 2, "remark unknown_class");
  desk_expect(&desk, 3, "remark no_class");
  desk_expect(&desk, 4, "remark unclear_class");
  desk_expect(&desk, 5, "remark class_from_approval");
  desk_expect(&desk, 6, "imported");
  desk_expect_article(&desk, "1", "$.class", "0");
  desk_expect_article(&desk, "2", "$.class", "0");
  desk_expect_article(&desk, "3", "$.class", "2");
  desk_expect_article(&desk, "4", "$.class", "9");
}

static void
a_code_that_comes_twice_stands_once(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk,
                "code,name,class",
                "1,a,medicine\n"
                "1,a,medicine\n"
                "1,b,medicine\n"
                "A1,c,medicine\n"
                "a1,c,medicine\n"
                "2,,medicine\n"
                "2,d,medicine\n");
  desk_expect(&desk, 2, "imported");
  desk_expect(&desk, 3, "refused row_again");
  desk_expect(&desk, 4, "refused code_again");
  desk_expect(&desk, 5, "imported");
  desk_expect(&desk, 6, "refused code_again");
  desk_expect(&desk, 7, "refused empty_name");
  desk_expect(
      &desk, 8, "imported"); /* the refused row before it does not hold its code */
  desk_expect_all_accounted(&desk, 7);
  desk_expect_article(&desk, "1", "$.generic_name", "a");
}

static void
one_barcode_on_several_articles_is_allowed_and_said(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk,
                "code,name,class,barcode,unit,loose_unit,loose_barcode",
                "1,a,medicine,6901234567892,盒,片,\n"
                "2,b,medicine,6901234567892,盒,,\n"
                "3,a,medicine,6901234567892,片,,\n"
                "4,d,medicine,96385074,盒,片,96385074\n"
                "5,e,medicine,,盒,,036000291452\n");
  desk_expect(&desk, 2, "imported");
  desk_expect(&desk, 3, "remark barcode_shared");
  desk_expect(&desk, 4, "remark barcode_box_and_piece");
  desk_expect(&desk, 5, "remark barcode_box_and_piece");
  desk_expect(&desk, 6, "remark loose_barcode_without_unit");
  CU_ASSERT_EQUAL(
      number(desk.base,
             "SELECT count(*) FROM article_code WHERE code = '06901234567892'"),
      3);
  desk_expect_article(&desk, "4", "$.barcodes[0].unit", "盒");
  desk_expect_article(&desk, "4", "$.barcodes[1]", "nothing");
  /* In another list: the books know. */
  desk_articles(&desk, "code,name,class,barcode", "9,z,medicine,6901234567892\n");
  desk_expect(&desk, 2, "remark barcode_shared");
}

static void
approval_numbers_are_kept_whole(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk,
                "code,name,class,approval_no",
                "1,托莫西汀,rx,进口药品注册证H20110147\n"
                "2,愈酚维林,rx,国药准字H20110147\n"
                "3,愈酚维林,rx,国药准字H20110147\n"
                "4,别的药,rx,国药准字H20110147\n"
                "5,a,rx,６９０１２３４５６７８９２\n"
                "6,b,rx,H20000478\n"
                "7,c,rx,\n"
                "8,d,rx,国药准字 h20020002\n"
                "9,e,device_2,whatever\n");
  desk_expect(&desk, 2, "imported");
  desk_expect(&desk, 3, "remark approval_digits_shared");
  desk_expect(&desk, 4, "imported");
  desk_expect(&desk, 5, "remark approval_of_another");
  desk_expect(&desk, 6, "remark cleaned barcode_as_approval no_approval");
  desk_expect(&desk, 7, "remark approval_form");
  desk_expect(&desk, 8, "remark no_approval");
  desk_expect(&desk, 9, "imported");
  desk_expect(&desk, 10, "imported");
  desk_expect_article(&desk, "1", "$.approval_no", "进口药品注册证H20110147");
  desk_expect_article(&desk, "2", "$.approval_no", "国药准字H20110147");
  desk_expect_article(&desk, "5", "$.approval_no", "");
  desk_expect_article(&desk, "8", "$.approval_no", "国药准字H20020002");
}

static void
units_that_contradict_themselves_are_said(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk,
                "code,name,class,unit,base,loose_unit,loose_price,price",
                "1,a,medicine,片,100,片,,1.00\n"
                "2,b,medicine,盒,10,,0.50,3.00\n"
                "3,c,medicine,盒,10,片,3.00,3.00\n"
                "4,当归,herb,10g,,,,2.85\n"
                "5,黄芪,herb,10g,500,,,2.85\n"
                "6,d,medicine,瓶,1,瓶,,2.00\n");
  desk_expect(&desk, 2, "remark unit_same");
  desk_expect(&desk, 3, "remark loose_price_without_unit");
  desk_expect(&desk, 4, "remark loose_price_high");
  desk_expect(&desk, 5, "imported");
  desk_expect(&desk, 6, "remark base_differs");
  desk_expect(&desk, 7, "imported");
  desk_expect_article(&desk, "1", "$.units[0].base", "1");
  desk_expect_article(&desk, "4", "$.measure", "1");
  desk_expect_article(&desk, "4", "$.units[0].base", "10000");
  desk_expect_article(&desk, "5", "$.units[0].base", "10000");
}

static void
a_rank_that_comes_twice_is_the_first_ones(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk,
                "code,name,class,rank",
                "1,a,medicine,\n2,b,medicine,3\n3,c,medicine,3\n4,d,medicine,7\n");
  desk_expect(&desk, 4, "remark rank_again");
  g_autofree char *ranks =
      text(desk.base,
           "SELECT group_concat(code || ':' || rank, ' ') FROM (SELECT * FROM article"
           " ORDER BY code)");
  CU_ASSERT_STRING_EQUAL(ranks, "1:8 2:3 3:9 4:7");
}

static void
rows_that_cannot_be_read_are_refused_with_their_line(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk,
                "code,name,class",
                "1,\"a\nb\",medicine\n"
                "2,b\n"
                "3,c,medicine,,\n"
                "4,d,medicine,too much\n"
                "\n"
                "5,坏\xff,medicine\n"
                "6,\"e,medicine\n"
                "7,好好好好好好好好好好好好,medicine\n");
  desk_expect(&desk, 2, "imported");
  desk_expect(&desk, 4, "refused wrong_columns");
  desk_expect(&desk, 5, "imported");
  desk_expect(&desk, 6, "refused wrong_columns");
  desk_expect(&desk, 8, "refused invalid_bytes");
  desk_expect(&desk, 9, "refused bad_quotes");
  desk_expect(&desk, 10, "imported");
  desk_expect_all_accounted(&desk, 7);
  CU_ASSERT_EQUAL(desk_count(&desk, "$.blank_lines"), 1);
  desk_expect_article(&desk, "1", "$.generic_name", "a b");
}

static void
lists_of_other_encodings_and_separators_come_out_the_same(void)
{
  static const char TEXT[] = "编码;通用名;类别;价格\n1;阿莫西林胶囊;medicine;18,50\n";
  gsize length = 0;
  g_autofree char *gb = g_convert(TEXT, -1, "GB18030", "UTF-8", NULL, &length, NULL);
  g_auto(Desk) desk;
  desk_open(&desk);
  ImportJob job = desk_job(LIST_ARTICLES);
  CU_ASSERT_TRUE(desk_import(&desk, &job, TEXT, strlen(TEXT)));
  CU_ASSERT_EQUAL(desk_count(&desk, "$.new"), 1);
  CU_ASSERT_TRUE(desk_import(&desk, &job, gb, length));
  CU_ASSERT_EQUAL(desk_count(&desk, "$.same"), 1);
  g_autofree char *encoding = chain_store_field(desk.base, desk.json, "$.encoding");
  g_autofree char *separator = chain_store_field(desk.base, desk.json, "$.separator");
  CU_ASSERT_STRING_EQUAL(encoding, "GB18030");
  CU_ASSERT_STRING_EQUAL(separator, "semicolon");
  CU_ASSERT_EQUAL(number(desk.base, "SELECT fen FROM price"), 1850);
}

static void
columns_that_mean_nothing_are_listed(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  desk_articles(&desk, "code,name,class,wubi", "1,a,medicine,X\n");
  g_autofree char *left_out = chain_store_field(desk.base, desk.json, "$.left_out");
  CU_ASSERT_STRING_EQUAL(left_out, "[\"wubi\"]");
}

static void
a_list_without_known_columns_is_refused_whole(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  ImportJob job = desk_job(LIST_ARTICLES);
  CU_ASSERT_FALSE(desk_import(&desk, &job, "1,2\n3,4\n", 8));
  CU_ASSERT_FALSE(desk_import(&desk, &job, "", 0));
  CU_ASSERT_EQUAL(number(desk.base, "SELECT count(*) FROM article"), 0);
  job.columns = "code,name,class";
  CU_ASSERT_TRUE(desk_import(&desk, &job, "1,a,rx\n2,b,rx\n", 14));
  CU_ASSERT_EQUAL(desk_count(&desk, "$.new"), 2);
}

static void
a_trial_judges_and_writes_nothing(void)
{
  g_auto(Desk) desk;
  desk_open(&desk);
  ImportJob job = desk_job(LIST_ARTICLES);
  job.is_dry_run = true;
  static const char TEXT[] = "code,name,class,price\n1,a,medicine,0\n,b,rx,1\n";
  CU_ASSERT_TRUE(desk_import(&desk, &job, TEXT, strlen(TEXT)));
  desk_expect(&desk, 2, "remark zero_price");
  desk_expect(&desk, 3, "refused no_code");
  CU_ASSERT_EQUAL(number(desk.base, "SELECT count(*) FROM article"), 0);
}

TESTS("import",
      TEST(a_good_row_becomes_an_article_with_units_codes_and_prices),
      TEST(the_same_list_again_changes_nothing),
      TEST(barcodes_that_cannot_be_right_are_left_out_and_said),
      TEST(prices_that_cannot_be_right_are_found),
      TEST(texts_that_cannot_be_right_are_found),
      TEST(codes_and_names_that_are_missing_refuse_the_row),
      TEST(classes_that_cannot_be_told_are_said_and_never_guessed),
      TEST(a_code_that_comes_twice_stands_once),
      TEST(one_barcode_on_several_articles_is_allowed_and_said),
      TEST(approval_numbers_are_kept_whole),
      TEST(units_that_contradict_themselves_are_said),
      TEST(a_rank_that_comes_twice_is_the_first_ones),
      TEST(rows_that_cannot_be_read_are_refused_with_their_line),
      TEST(lists_of_other_encodings_and_separators_come_out_the_same),
      TEST(columns_that_mean_nothing_are_listed),
      TEST(a_list_without_known_columns_is_refused_whole),
      TEST(a_trial_judges_and_writes_nothing))
