#include "tests/scene/powercut.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  sqlite3_int64 offset;
  int length; /* -1: truncated to @offset */
  guint8 *bytes;
} Change;

/* What all connections of this process see of one file. */
typedef struct {
  char *path;
  int users;
  GByteArray *view;
  GArray *unsynced; /* of Change, in order */
} Disk;

typedef struct {
  sqlite3_file base;
  Disk *disk;
  sqlite3_file *real;
} CutFile;

static sqlite3_vfs *below;
static sqlite3_vfs cutting;
static GHashTable *disks; /* path → Disk */
static GRecMutex lock;    /* the disk is one, threads are several */
static int cut_at, moments;
static GRand *chance;
static void (*last_words)(void);

static void
put_down(sqlite3_file *real, const Change *change)
{
  if (change->length < 0)
    real->pMethods->xTruncate(real, change->offset);
  else
    real->pMethods->xWrite(real, change->bytes, change->length, change->offset);
}

static void
forget_changes(Disk *disk)
{
  for (guint i = 0; i < disk->unsynced->len; i++)
    g_free(g_array_index(disk->unsynced, Change, i).bytes);
  g_array_set_size(disk->unsynced, 0);
}

static void
moment(CutFile *file)
{
  if (++moments != cut_at)
    return;
  if (last_words)
    last_words();
  /* A disk writes what it likes of what was not synced, whole or not at all. */
  for (guint i = 0; file && i < file->disk->unsynced->len; i++)
    if (g_rand_boolean(chance))
      put_down(file->real, &g_array_index(file->disk->unsynced, Change, i));
  _exit(137);
}

static int
cut_close(sqlite3_file *base)
{
  CutFile *file = (CutFile *)base;
  g_rec_mutex_lock(&lock);
  Disk *disk = file->disk;
  for (guint i = 0; i < disk->unsynced->len; i++)
    put_down(file->real, &g_array_index(disk->unsynced, Change, i));
  forget_changes(disk);
  if (--disk->users == 0)
    g_hash_table_remove(disks, disk->path);
  g_rec_mutex_unlock(&lock);
  return file->real->pMethods->xClose(file->real);
}

static int
cut_read(sqlite3_file *base, void *bytes, int length, sqlite3_int64 offset)
{
  Disk *disk = ((CutFile *)base)->disk;
  g_rec_mutex_lock(&lock);
  sqlite3_int64 size = disk->view->len;
  sqlite3_int64 have = CLAMP(size - offset, 0, length);
  if (have > 0)
    memcpy(bytes, disk->view->data + offset, have);
  g_rec_mutex_unlock(&lock);
  if (have == length)
    return SQLITE_OK;
  memset((char *)bytes + have, 0, length - have);
  return SQLITE_IOERR_SHORT_READ;
}

static void
remember(Disk *disk, const void *bytes, int length, sqlite3_int64 offset)
{
  Change change = {offset, length, length > 0 ? g_memdup2(bytes, length) : NULL};
  g_array_append_val(disk->unsynced, change);
}

static int
cut_write(sqlite3_file *base, const void *bytes, int length, sqlite3_int64 offset)
{
  CutFile *file = (CutFile *)base;
  g_rec_mutex_lock(&lock);
  moment(file);
  guint before = file->disk->view->len;
  if (offset + length > before) {
    g_byte_array_set_size(file->disk->view, offset + length);
    if (offset > before)
      memset(file->disk->view->data + before, 0, offset - before);
  }
  memcpy(file->disk->view->data + offset, bytes, length);
  remember(file->disk, bytes, length, offset);
  g_rec_mutex_unlock(&lock);
  return SQLITE_OK;
}

static int
cut_truncate(sqlite3_file *base, sqlite3_int64 size)
{
  CutFile *file = (CutFile *)base;
  g_rec_mutex_lock(&lock);
  moment(file);
  if (size < file->disk->view->len)
    g_byte_array_set_size(file->disk->view, size);
  remember(file->disk, NULL, -1, size);
  g_rec_mutex_unlock(&lock);
  return SQLITE_OK;
}

static int
cut_sync(sqlite3_file *base, int flags)
{
  CutFile *file = (CutFile *)base;
  g_rec_mutex_lock(&lock);
  moment(file);
  for (guint i = 0; i < file->disk->unsynced->len; i++)
    put_down(file->real, &g_array_index(file->disk->unsynced, Change, i));
  forget_changes(file->disk);
  g_rec_mutex_unlock(&lock);
  return SQLITE_OK;
}

static int
cut_size(sqlite3_file *base, sqlite3_int64 *size)
{
  g_rec_mutex_lock(&lock);
  *size = ((CutFile *)base)->disk->view->len;
  g_rec_mutex_unlock(&lock);
  return SQLITE_OK;
}

/* The rest goes to the real file as it is. */
#define REAL(base)              (((CutFile *)(base))->real)
#define PASS(base, method, ...) REAL(base)->pMethods->method(REAL(base), ##__VA_ARGS__)

static int
cut_lock(sqlite3_file *base, int kind)
{
  return PASS(base, xLock, kind);
}

static int
cut_unlock(sqlite3_file *base, int kind)
{
  return PASS(base, xUnlock, kind);
}

static int
cut_reserved(sqlite3_file *base, int *ret)
{
  return PASS(base, xCheckReservedLock, ret);
}

static int
cut_control(sqlite3_file *base, int what, void *arg)
{
  return what == SQLITE_FCNTL_SIZE_HINT ? SQLITE_OK : PASS(base, xFileControl, what, arg);
}

static int
cut_sector(sqlite3_file *base)
{
  return PASS(base, xSectorSize);
}

static int
cut_traits(sqlite3_file *base)
{
  return PASS(base, xDeviceCharacteristics);
}

static int
cut_shm_map(sqlite3_file *base, int page, int size, int extend, void volatile **ret)
{
  return PASS(base, xShmMap, page, size, extend, ret);
}

static int
cut_shm_lock(sqlite3_file *base, int offset, int n, int flags)
{
  return PASS(base, xShmLock, offset, n, flags);
}

static void
cut_shm_barrier(sqlite3_file *base)
{
  PASS(base, xShmBarrier);
}

static int
cut_shm_unmap(sqlite3_file *base, int remove)
{
  return PASS(base, xShmUnmap, remove);
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 2,
    .xClose = cut_close,
    .xRead = cut_read,
    .xWrite = cut_write,
    .xTruncate = cut_truncate,
    .xSync = cut_sync,
    .xFileSize = cut_size,
    .xLock = cut_lock,
    .xUnlock = cut_unlock,
    .xCheckReservedLock = cut_reserved,
    .xFileControl = cut_control,
    .xSectorSize = cut_sector,
    .xDeviceCharacteristics = cut_traits,
    .xShmMap = cut_shm_map,
    .xShmLock = cut_shm_lock,
    .xShmBarrier = cut_shm_barrier,
    .xShmUnmap = cut_shm_unmap,
};

static void
disk_free(gpointer data)
{
  Disk *disk = data;
  forget_changes(disk);
  g_array_unref(disk->unsynced);
  g_byte_array_unref(disk->view);
  g_free(disk->path);
  g_free(disk);
}

static Disk *
disk_of(const char *path, sqlite3_file *real)
{
  Disk *disk = g_hash_table_lookup(disks, path);
  if (!disk) {
    sqlite3_int64 size = 0;
    disk = g_new0(Disk, 1);
    disk->path = g_strdup(path);
    disk->view = g_byte_array_new();
    disk->unsynced = g_array_new(FALSE, FALSE, sizeof(Change));
    real->pMethods->xFileSize(real, &size);
    g_byte_array_set_size(disk->view, size);
    if (size > 0)
      real->pMethods->xRead(real, disk->view->data, (int)size, 0);
    g_hash_table_insert(disks, disk->path, disk);
  }
  disk->users++;
  return disk;
}

static int
cut_open(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *ret_flags)
{
  if (!path ||
      !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)))
    return below->xOpen(below, path, base, flags, ret_flags);
  CutFile *file = (CutFile *)base;
  *file = (CutFile){.real = (sqlite3_file *)(file + 1)};
  int rc = below->xOpen(below, path, file->real, flags, ret_flags);
  if (rc != SQLITE_OK)
    return rc;
  g_rec_mutex_lock(&lock);
  file->disk = disk_of(path, file->real);
  file->base.pMethods = &METHODS;
  g_rec_mutex_unlock(&lock);
  return SQLITE_OK;
}

static int
cut_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
  g_rec_mutex_lock(&lock);
  moment(NULL);
  g_rec_mutex_unlock(&lock);
  return below->xDelete(below, path, sync);
}

void
powercut_install(int n, guint32 seed, void (*last)(void))
{
  below = sqlite3_vfs_find(NULL);
  disks = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, disk_free);
  chance = g_rand_new_with_seed(seed);
  cut_at = n;
  last_words = last;
  cutting = *below;
  cutting.zName = "powercut";
  cutting.szOsFile = (int)sizeof(CutFile) + below->szOsFile;
  cutting.xOpen = cut_open;
  cutting.xDelete = cut_delete;
  sqlite3_vfs_register(&cutting, 1);
}

int
powercut_count(void)
{
  return moments;
}
