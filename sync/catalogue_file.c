#include "sync/catalogue_file.h"

#include <glib/gstdio.h>

#include "app/base/clock.h"
#include "db/catalogue_store.h"

static const char *const PARTS[] = {"-shm", "-wal", ""};

typedef struct {
  GArray *ids; /* owned; of int64_t */
  bool stocked;
} Mark;

struct CatalogueFile {
  char *path;      /* owned */
  char *next_path; /* owned; the one that is being fetched anew */
  const Seal *seal;
  Db *db;       /* owned (nullable) */
  Db *next;     /* owned (nullable) */
  GQueue marks; /* of Mark */
  bool damaged; /* seen while marking */
};

static void
mark_free(gpointer data)
{
  Mark *mark = data;
  g_array_unref(mark->ids);
  g_free(mark);
}

CatalogueFile *
catalogue_file_new(const char *path, const Seal *seal)
{
  CatalogueFile *file = g_new0(CatalogueFile, 1);

  file->path = g_strdup(path);
  file->next_path = g_strconcat(path, ".next", NULL);
  file->seal = seal;
  return file;
}

static void
close_both(CatalogueFile *file)
{
  g_clear_pointer(&file->next, db_close);
  g_clear_pointer(&file->db, db_close);
}

void
catalogue_file_free(CatalogueFile *file)
{
  if (!file)
    return;
  close_both(file);
  g_queue_clear_full(&file->marks, mark_free);
  g_free(file->path);
  g_free(file->next_path);
  g_free(file);
}

/* A file and its log only ever move together: a log that stays would be replayed into
 * whatever takes the file's name. @to: NULL removes. */
static void
move_file(const char *from, const char *to)
{
  for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++) {
    g_autofree char *part = g_strconcat(from, PARTS[i], NULL);
    g_autofree char *place = to && i > 0 ? g_strconcat(to, PARTS[i], NULL) : NULL;
    if (!g_file_test(part, G_FILE_TEST_EXISTS))
      continue;
    if ((place ? g_rename(part, place) : g_remove(part)) != 0)
      g_message("cannot move %s away", part);
  }
}

static bool
is_damage(const GError *error)
{
  return g_error_matches(error, DB_ERROR, DB_ERROR_CORRUPT) ||
         g_error_matches(error, DB_ERROR, DB_ERROR_NEWER);
}

static Db *
open_one(const char *path, GError **error)
{
  return db_open(path, "catalogue", DB_WRITER, error);
}

/* A fetch that was cut off by the end of the program goes on. */
static void
go_on_fetching(CatalogueFile *file)
{
  g_autoptr(GError) error = NULL;

  if (!g_file_test(file->next_path, G_FILE_TEST_EXISTS))
    return;
  file->next = open_one(file->next_path, &error);
  if (!file->next && is_damage(error))
    move_file(file->next_path, NULL);
}

static CatalogueState
set_aside(CatalogueFile *file)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *kept = g_strdup_printf(
      "%s.damaged-%" G_GINT64_FORMAT, file->path, clock_now_us() / G_USEC_PER_SEC);

  close_both(file);
  g_queue_clear_full(&file->marks, mark_free);
  file->damaged = false;
  move_file(file->path, kept);
  move_file(file->next_path, NULL);
  file->db = open_one(file->path, &error);
  if (error)
    g_message("a new catalogue cannot be begun: %s", error->message);
  return CATALOGUE_SET_ASIDE;
}

CatalogueState
catalogue_file_open(CatalogueFile *file)
{
  g_autoptr(GError) error = NULL;

  if (file->damaged)
    return set_aside(file);
  if (file->db)
    return CATALOGUE_OPEN;
  file->db = open_one(file->path, &error);
  if (file->db) {
    go_on_fetching(file);
    return CATALOGUE_OPEN;
  }
  if (is_damage(error))
    return set_aside(file);
  g_message("the catalogue cannot be opened: %s", error->message);
  return CATALOGUE_CLOSED;
}

bool
catalogue_file_is_open(const CatalogueFile *file)
{
  return file->db != NULL;
}

int64_t
catalogue_file_position(CatalogueFile *file)
{
  Db *db = file->next ? file->next : file->db;
  return db ? catalogue_store_position(db) : 0;
}

/* The old one goes first, with its log; a start between the two finds the new one by its
 * name and goes on with it. */
static CataloguePage
take_place(CatalogueFile *file)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *old = g_strconcat(file->path, ".old", NULL);

  close_both(file);
  g_queue_clear_full(&file->marks, mark_free);
  move_file(old, NULL);
  move_file(file->path, old);
  move_file(file->next_path, file->path);
  file->db = open_one(file->path, &error);
  if (error)
    g_message("the new catalogue cannot be opened: %s", error->message);
  move_file(old, NULL);
  return PAGE_COMPLETED;
}

static CataloguePage
judge(CatalogueFile *file, const GError *error)
{
  g_message("a page for the catalogue was refused: %s", error->message);
  if (g_error_matches(error, FEED_ERROR, FEED_ERROR_UNKNOWN_TYPE))
    return PAGE_TOO_NEW;
  if (!is_damage(error))
    return PAGE_REFUSED;
  set_aside(file);
  return PAGE_BROKE;
}

CataloguePage
catalogue_file_apply(CatalogueFile *file, GBytes *page, int64_t head)
{
  g_autoptr(GError) error = NULL;
  Db *db = file->next ? file->next : file->db;
  gsize length = 0;
  const char *text = g_bytes_get_data(page, &length);

  if (!db)
    return PAGE_REFUSED;
  if (!catalogue_store_apply(db, file->seal, text, length, NULL, &error))
    return judge(file, error);
  db_checkpoint_if_large(db);
  if (file->next && catalogue_store_position(db) >= head)
    return take_place(file);
  return PAGE_APPLIED;
}

bool
catalogue_file_renew(CatalogueFile *file)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer(&file->next, db_close);
  move_file(file->next_path, NULL);
  file->next = open_one(file->next_path, &error);
  if (error)
    g_message("the catalogue cannot be fetched anew: %s", error->message);
  return file->next != NULL;
}

static bool
write_mark(CatalogueFile *file, const Mark *mark)
{
  g_autoptr(GError) error = NULL;

  if (!file->db)
    return false;
  if (catalogue_store_mark_stocked(file->db,
                                   (const int64_t *)(void *)mark->ids->data,
                                   mark->ids->len,
                                   mark->stocked,
                                   &error))
    return true;
  g_message("what is on the shelf could not be noted: %s", error->message);
  file->damaged = is_damage(error);
  return false;
}

static void
write_marks(CatalogueFile *file)
{
  while (file->marks.length && write_mark(file, file->marks.head->data))
    mark_free(g_queue_pop_head(&file->marks));
}

void
catalogue_file_mark(CatalogueFile *file, GArray *ids, bool stocked)
{
  Mark *mark = g_new(Mark, 1);

  *mark = (Mark){ids, stocked};
  g_queue_push_tail(&file->marks, mark);
  write_marks(file);
}

void
catalogue_file_rest(CatalogueFile *file)
{
  write_marks(file);
  if (file->db)
    db_checkpoint_if_large(file->db);
}
