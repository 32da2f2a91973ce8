/* Names, codes and packs that nobody here made up; read where they lie, never copied. */
#include <gio/gio.h>
#include <string.h>

#include "app/domain/barcode.h"
#include "app/domain/pinyin.h"
#include "tests/real_data.h"
#include "tests/test.h"

/* @return (nullable) the file's bytes, unpacked when its name ends in .gz. */
static char *
read_real(const char *name)
{
  g_autofree char *path = real_data(name);
  if (!path) {
    REAL_DATA_MISSING();
    return NULL;
  }
  g_autoptr(GFile) file = g_file_new_for_path(path);
  g_autoptr(GFileInputStream) packed = g_file_read(file, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(packed);
  g_autoptr(GInputStream) stream = G_INPUT_STREAM(g_steal_pointer(&packed));
  if (g_str_has_suffix(name, ".gz")) {
    g_autoptr(GConverter) unzip =
        G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
    GInputStream *plain = g_converter_input_stream_new(stream, unzip);
    g_object_unref(stream);
    stream = plain;
  }
  g_autoptr(GOutputStream) text = g_memory_output_stream_new_resizable();
  g_output_stream_splice(text, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  gsize length = g_memory_output_stream_get_data_size(G_MEMORY_OUTPUT_STREAM(text));
  const char *bytes = g_memory_output_stream_get_data(G_MEMORY_OUTPUT_STREAM(text));
  return g_strndup(bytes, length);
}

/* "AMXLJN[nr]" → "amxljnnr": lists keep brackets and dashes that nobody types. */
static char *
letters_and_digits(const char *text)
{
  GString *kept = g_string_new(NULL);
  for (; *text; text++) {
    if (g_ascii_isalnum(*text))
      g_string_append_c(kept, g_ascii_tolower(*text));
  }
  return g_string_free(kept, FALSE);
}

static bool
is_among(const GPtrArray *initials, const char *wanted)
{
  for (guint i = 0; i < initials->len; i++) {
    if (strcmp(initials->pdata[i], wanted) == 0)
      return true;
  }
  return false;
}

static void
initials_agree_with_a_hospitals_own_list(void)
{
  g_autofree char *text = read_real("cn_outpatient_catalog/outpatient_catalog.csv");
  g_auto(GStrv) rows = g_strsplit_set(text ? text : "", "\n", -1);
  int all = 0, found = 0;
  for (char **row = rows; *row && row[1]; row++) {
    g_auto(GStrv) cells = g_strsplit(*row, ",", 4);
    if (row == rows || strchr(*row, '"') || g_strv_length(cells) < 4)
      continue;
    g_autoptr(GPtrArray) initials = pinyin_initials(cells[1]);
    g_autofree char *wanted = letters_and_digits(cells[2]);
    all++;
    found += is_among(initials, wanted);
  }
  /* The rest are names that the list spells without their Roman or Greek figures. */
  CU_ASSERT_TRUE(found * 100 >= all * 98);
  CU_ASSERT_TRUE(!text || all > 1000);
}

static void
no_character_of_an_official_name_lacks_a_reading(void)
{
  g_autofree char *text = read_real("cn_pharmacopoeia_names/chp2020_names_zh_en.csv");
  g_auto(GStrv) rows = g_strsplit_set(text ? text : "", "\n", -1);
  for (char **row = rows; *row && **row; row++) {
    char *name = *row;
    name[strcspn(name, ",")] = '\0';
    glong characters = 0;
    for (const char *p = name; *p; p = g_utf8_next_char(p))
      characters += g_unichar_get_script(g_utf8_get_char(p)) == G_UNICODE_SCRIPT_HAN;
    g_autoptr(GPtrArray) initials = pinyin_initials(name);
    CU_ASSERT_TRUE(characters == 0 || initials->len > 0);
    if (initials->len > 0)
      CU_ASSERT_TRUE(g_utf8_strlen(initials->pdata[0], -1) >= characters);
  }
}

static void
real_standard_codes_are_told_from_cartons(void)
{
  g_autofree char *text = read_real("cn_retail_catalog/nmpa_standard_code_sample.csv");
  g_auto(GStrv) rows = g_strsplit_set(text ? text : "", "\n", -1);
  for (char **row = rows; *row && **row; row++) {
    char *code = strrchr(*row, ',');
    if (row == rows || !code)
      continue;
    g_auto(Barcode) barcode = barcode_read(code + 1, strlen(code + 1), BARCODE_IN_SALE);
    CU_ASSERT_EQUAL(barcode.kind, BARCODE_STD_CODE);
    CU_ASSERT_EQUAL(barcode.fault, BARCODE_OK);
  }
}

static void
every_french_pack_has_a_code_that_reads_as_one(void)
{
  g_autofree char *text = read_real("fr_bdpm/CIS_CIP_bdpm.txt.gz");
  g_auto(GStrv) rows = g_strsplit_set(text ? text : "", "\n", -1);
  int packs = 0;
  for (char **row = rows; *row && **row; row++) {
    g_auto(GStrv) cells = g_strsplit(*row, "\t", 8);
    CU_ASSERT_EQUAL_FATAL(g_strv_length(cells), 8);
    g_auto(Barcode) barcode = barcode_read(cells[6], strlen(cells[6]), BARCODE_IN_SALE);
    CU_ASSERT_EQUAL(barcode.kind, BARCODE_EAN);
    CU_ASSERT_EQUAL(barcode.fault, BARCODE_OK);
    packs++;
  }
  CU_ASSERT_TRUE(!text || packs > 20000);
}

TESTS("real_names",
      TEST(initials_agree_with_a_hospitals_own_list),
      TEST(no_character_of_an_official_name_lacks_a_reading),
      TEST(real_standard_codes_are_told_from_cartons),
      TEST(every_french_pack_has_a_code_that_reads_as_one))
