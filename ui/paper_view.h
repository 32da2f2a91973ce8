/* PaperView: the paper as it comes out of the virtual printer. */
#pragma once

#include <gtk/gtk.h>

#include "app/counter.h"

#define PAPER_TYPE_VIEW (paper_view_get_type())
G_DECLARE_FINAL_TYPE(PaperView, paper_view, PAPER, VIEW, GtkBox)

void paper_view_show(PaperView *self, Counter *counter);
/* What @save draws (transfer full); NULL: it could not. */
GdkTexture *
paper_view_photograph(Counter *counter,
                      bool (*save)(Counter *counter, const char *path, GError **error));
