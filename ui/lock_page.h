/* LockPage: the till waits for a PIN; the ticket stays where it was (app/locking). */
#pragma once

#include <gtk/gtk.h>

#include "app/till.h"

#define LOCK_TYPE_PAGE (lock_page_get_type())
G_DECLARE_FINAL_TYPE(LockPage, lock_page, LOCK, PAGE, GtkBox)

GtkWidget *lock_page_new(Till *till);
