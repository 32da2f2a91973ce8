/* folder: where a till lives: store.db, catalogue.db, device.key, backups/. One program
 * at a time may write there. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The folder of this user's till (transfer full): guitai in the XDG data folder. */
char *folder_default(void);
char *folder_path(const char *folder, const char *name); /* (transfer full) */
bool folder_make(const char *folder, GError **error);    /* only its owner may look in */

/* Alone with @folder: neither a till nor a command may have it open (DB_ERROR_BUSY).
 * @return a descriptor for folder_unlock(), or -1 with @error. */
int folder_lock(const char *folder, GError **error);
void folder_unlock(int lock);

/* A mark on disk: store.db is being, or was, put back from a backup; who opens it next
 * takes the next epoch and then takes the mark off. */
bool folder_mark_restored(const char *folder, GError **error);
bool folder_is_restored(const char *folder);
void folder_unmark_restored(const char *folder);
