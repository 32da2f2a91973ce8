/* FoundList: what the search found, under the scan box: a list of articles, and beside it
 * what is known of the chosen one. The keys stay with the scan box. */
#pragma once

#include <gtk/gtk.h>

#include "app/finding.h"

#define UI_TYPE_FOUND_LIST (found_list_get_type())
G_DECLARE_FINAL_TYPE(FoundList, found_list, UI, FOUND_LIST, GtkBox)

/* Signal "taken": an article was touched or clicked twice. */
void found_list_show(FoundList *self, const Till *till); /* chooses the first */
void found_list_move(FoundList *self, int rows);
/* (nullable), borrowed from the till. */
const FoundArticle *found_list_chosen(FoundList *self);
bool found_list_was_moved(FoundList *self); /* since the last show */
