/* powercut: a disk that loses what was not synced. A SQLite VFS over the real one: writes
 * stay in memory until xSync; at the @n-th write, truncate, sync or delete of the process
 * the power goes: some of the unsynced writes (by chance) reach the disk, and the process
 * is gone. */
#pragma once

#include <glib.h>

/* Makes it the default VFS. @last: (nullable) called just before the end, e.g. to keep
 * what was printed. @n 0: never cut, only count. */
void powercut_install(int n, guint32 seed, void (*last)(void));
int powercut_count(void); /* moments so far */
