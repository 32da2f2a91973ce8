/* catalogue_file: catalogue.db as the courier keeps it: its only writer, on one thread.
 *
 * It can be fetched again, so a damaged one is set aside (renamed, kept) and begun anew;
 * and one that no longer agrees with a restored hub is fetched anew *beside* the old one,
 * which serves the counter until the new one is complete and takes its place. */
#pragma once

#include "db/db.h"
#include "db/seal.h"

typedef struct CatalogueFile CatalogueFile;

/* @seal: borrowed. Opens nothing yet. */
CatalogueFile *catalogue_file_new(const char *path, const Seal *seal);
void catalogue_file_free(CatalogueFile *file);

typedef enum {
  CATALOGUE_OPEN,
  CATALOGUE_SET_ASIDE, /* it was damaged: a new one is begun; nothing is marked in it */
  CATALOGUE_CLOSED     /* cannot be opened now (disk full …); try again later */
} CatalogueState;

/* Does nothing when it is open already. */
CatalogueState catalogue_file_open(CatalogueFile *file);
bool catalogue_file_is_open(const CatalogueFile *file);
int64_t catalogue_file_position(CatalogueFile *file);

typedef enum {
  PAGE_APPLIED,
  PAGE_COMPLETED, /* … and the new file took the old one's place: open it again */
  PAGE_REFUSED,   /* nothing kept: it makes no sense, or the disk is full */
  PAGE_TOO_NEW,   /* nothing kept: carries something that must be understood and is not */
  PAGE_BROKE      /* the file is damaged: it was set aside */
} CataloguePage;

/* @head: the hub's newest position, as the page says. */
CataloguePage catalogue_file_apply(CatalogueFile *file, GBytes *page, int64_t head);

/* From now on pages go into a new file beside it, from position 0. */
bool catalogue_file_renew(CatalogueFile *file);

/* Articles that came to or went from the shelf; kept until they can be written. A file
 * that was begun anew must be told of all of them again. */
void catalogue_file_mark(CatalogueFile *file, GArray *ids, bool stocked); /* takes @ids */
/* What can wait until nothing else is to be done. */
void catalogue_file_rest(CatalogueFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CatalogueFile, catalogue_file_free)
