#include "sync/catalogue_file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "db/query.h"
#include "tests/db/fixture.h"

#define ARTICLE(pos)                                                                     \
  "{\"pos\":" #pos ",\"type\":\"article\",\"op\":\"put\",\"key\":\"" #pos                \
  "\",\"ver\":1,\"body\":{\"id\":" #pos ",\"code\":\"A" #pos "\",\"rank\":" #pos         \
  ",\"generic_name\":\"板蓝根颗粒\",\"class\":3,\"active\":true,"                   \
  "\"units\":[{\"name\":\"盒\",\"base\":1,\"sale\":true,\"default\":true}],"            \
  "\"barcodes\":[],\"mnemonics\":[]}}"

typedef struct {
  char *folder, *path;
  CatalogueFile *file;
} Desk;

static void
desk_open(Desk *desk)
{
  desk->folder = fixture_folder();
  desk->path = g_build_filename(desk->folder, "catalogue.db", NULL);
  desk->file = catalogue_file_new(desk->path, NULL);
}

static void
desk_close(Desk *desk)
{
  catalogue_file_free(desk->file);
  g_free(desk->path);
  fixture_remove(desk->folder);
}

static CataloguePage
apply(Desk *desk, int from, int to, int head, const char *changes)
{
  g_autofree char *text = g_strdup_printf(
      "{\"stream\":\"cat\",\"from\":%d,\"to\":%d,\"head\":%d,\"changes\":[%s]}",
      from,
      to,
      head,
      changes);
  g_autoptr(GBytes) page = g_bytes_new(text, strlen(text));
  return catalogue_file_apply(desk->file, page, head);
}

static int64_t
articles(Db *db)
{
  return number(db, "SELECT count(*) FROM article /* scan */");
}

static bool
is_there(const Desk *desk, const char *ending)
{
  g_autofree char *path = g_strconcat(desk->path, ending, NULL);
  return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void
pages_are_applied_from_where_it_stands(void)
{
  Desk desk;

  desk_open(&desk);
  CU_ASSERT_EQUAL(apply(&desk, 0, 1, 1, ARTICLE(1)), PAGE_REFUSED); /* not open yet */
  CU_ASSERT_EQUAL(catalogue_file_open(desk.file), CATALOGUE_OPEN);
  CU_ASSERT_EQUAL(apply(&desk, 0, 1, 3, ARTICLE(1)), PAGE_APPLIED);
  CU_ASSERT_EQUAL(apply(&desk, 0, 1, 3, ARTICLE(1)), PAGE_REFUSED);
  CU_ASSERT_EQUAL(apply(&desk, 1, 3, 3, ARTICLE(2)), PAGE_REFUSED); /* half of it */
  CU_ASSERT_EQUAL(apply(&desk, 1, 2, 3, "{\"pos\""), PAGE_REFUSED);
  CU_ASSERT_EQUAL(apply(&desk,
                        1,
                        2,
                        2,
                        "{\"pos\":2,\"type\":\"moon\",\"op\":\"put\",\"key\":\"\","
                        "\"ver\":1,\"body\":{},\"must_understand\":true}"),
                  PAGE_TOO_NEW);
  CU_ASSERT_EQUAL(catalogue_file_position(desk.file), 1);
  CU_ASSERT_EQUAL(apply(&desk, 1, 2, 2, ARTICLE(2)), PAGE_APPLIED);
  CU_ASSERT_EQUAL(catalogue_file_position(desk.file), 2);
  desk_close(&desk);
}

static void
a_file_that_is_none_or_too_new_is_set_aside(void)
{
  for (int newer = 0; newer < 2; newer++) {
    Desk desk;
    desk_open(&desk);
    if (newer) {
      g_autoptr(Db) db = db_open(desk.path, "catalogue", DB_WRITER, NULL);
      CU_ASSERT_EQUAL(number(db, "PRAGMA user_version = 999"), -1);
    } else {
      CU_ASSERT_TRUE(g_file_set_contents(desk.path, "not a database at all", -1, NULL));
    }
    CU_ASSERT_EQUAL(catalogue_file_open(desk.file), CATALOGUE_SET_ASIDE);
    CU_ASSERT_EQUAL(catalogue_file_open(desk.file), CATALOGUE_OPEN);
    CU_ASSERT_EQUAL(catalogue_file_position(desk.file), 0);
    CU_ASSERT_EQUAL(apply(&desk, 0, 1, 1, ARTICLE(1)), PAGE_APPLIED);
    desk_close(&desk);
  }
}

/* Damage inside, behind a sound header. */
static void
scribble(const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &bytes, &length, NULL));
  memset(bytes + 4096, 0x5a, length - 4096);
  CU_ASSERT_TRUE(g_file_set_contents(path, bytes, (gssize)length, NULL));
}

static void
damage_that_is_met_while_writing_sets_the_file_aside(void)
{
  Desk desk;
  const int64_t id = 1;

  desk_open(&desk);
  catalogue_file_open(desk.file);
  apply(&desk, 0, 2, 2, ARTICLE(1) "," ARTICLE(2));
  catalogue_file_free(desk.file); /* moves the log into the file */
  scribble(desk.path);
  desk.file = catalogue_file_new(desk.path, NULL);
  GArray *ids = g_array_new(FALSE, FALSE, sizeof id);
  g_array_append_val(ids, id);
  CataloguePage met = PAGE_BROKE;
  if (catalogue_file_open(desk.file) == CATALOGUE_OPEN)
    met = apply(&desk, 2, 3, 3, ARTICLE(3));
  CU_ASSERT_EQUAL(met, PAGE_BROKE);
  CU_ASSERT_EQUAL(catalogue_file_position(desk.file), 0);
  CU_ASSERT_EQUAL(apply(&desk, 0, 1, 1, ARTICLE(1)), PAGE_APPLIED);
  catalogue_file_mark(desk.file, ids, true);
  desk_close(&desk);
}

/* The main loop still reads the old file when the new one takes its name. */
static void
a_renewed_catalogue_takes_the_old_ones_place_when_it_is_whole(void)
{
  Desk desk;

  desk_open(&desk);
  catalogue_file_open(desk.file);
  apply(&desk, 0, 1, 1, ARTICLE(1));
  Db *reader = db_open(desk.path, "catalogue", DB_READER, NULL);
  CU_ASSERT_EQUAL(articles(reader), 1);
  CU_ASSERT_TRUE(catalogue_file_renew(desk.file));
  CU_ASSERT_EQUAL(catalogue_file_position(desk.file), 0);
  CU_ASSERT_EQUAL(apply(&desk, 0, 2, 3, ARTICLE(1) "," ARTICLE(2)), PAGE_APPLIED);
  CU_ASSERT_EQUAL(articles(reader), 1);
  CU_ASSERT_EQUAL(apply(&desk, 2, 3, 3, ARTICLE(3)), PAGE_COMPLETED);
  CU_ASSERT_EQUAL(articles(reader), 1); /* the old one, as long as it is open */
  CU_ASSERT_EQUAL(apply(&desk, 3, 4, 4, ARTICLE(4)), PAGE_APPLIED);
  db_close(reader); /* must not take the new one's log with it */
  CU_ASSERT_TRUE(is_there(&desk, "-wal"));
  reader = db_open(desk.path, "catalogue", DB_READER, NULL);
  CU_ASSERT_EQUAL(articles(reader), 4);
  CU_ASSERT_EQUAL(apply(&desk, 4, 5, 5, ARTICLE(5)), PAGE_APPLIED);
  CU_ASSERT_EQUAL(articles(reader), 5);
  g_autofree char *complaint = db_integrity(reader);
  CU_ASSERT_PTR_NULL(complaint);
  db_close(reader);
  CU_ASSERT_FALSE(is_there(&desk, ".next"));
  CU_ASSERT_FALSE(is_there(&desk, ".old"));
  desk_close(&desk);
}

static void
a_renewal_that_was_cut_off_goes_on_at_the_next_start(void)
{
  Desk desk;

  desk_open(&desk);
  catalogue_file_open(desk.file);
  apply(&desk, 0, 1, 1, ARTICLE(1));
  catalogue_file_renew(desk.file);
  apply(&desk, 0, 1, 2, ARTICLE(1));
  catalogue_file_free(desk.file);
  desk.file = catalogue_file_new(desk.path, NULL);
  CU_ASSERT_EQUAL(catalogue_file_open(desk.file), CATALOGUE_OPEN);
  CU_ASSERT_EQUAL(catalogue_file_position(desk.file), 1);
  CU_ASSERT_EQUAL(apply(&desk, 1, 2, 2, ARTICLE(2)), PAGE_COMPLETED);
  CU_ASSERT_FALSE(is_there(&desk, ".next"));
  desk_close(&desk);
}

static void
marks_wait_until_they_can_be_written(void)
{
  Desk desk;
  const int64_t id = 7;
  GArray *ids = g_array_new(FALSE, FALSE, sizeof id);

  desk_open(&desk);
  g_array_append_val(ids, id);
  catalogue_file_mark(desk.file, ids, true); /* not open yet */
  catalogue_file_open(desk.file);
  catalogue_file_rest(desk.file);
  g_autoptr(Db) reader = db_open(desk.path, "catalogue", DB_READER, NULL);
  CU_ASSERT_EQUAL(number(reader, "SELECT product FROM stocked /* scan */"), 7);
  desk_close(&desk);
}

TESTS("catalogue_file",
      TEST(pages_are_applied_from_where_it_stands),
      TEST(a_file_that_is_none_or_too_new_is_set_aside),
      TEST(damage_that_is_met_while_writing_sets_the_file_aside),
      TEST(a_renewed_catalogue_takes_the_old_ones_place_when_it_is_whole),
      TEST(a_renewal_that_was_cut_off_goes_on_at_the_next_start),
      TEST(marks_wait_until_they_can_be_written))
