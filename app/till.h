/* Till: the running terminal; the one thing every screen looks at.
 *
 * Screens read this struct and call verbs (scan_code(), checkout_set_quantity(),
 * pay_confirm(), …). A verb changes the till, keeps the change, and says what changed;
 * screens then look again, once per turn of the main loop. Nobody else writes to it. */
#pragma once

#include "app/domain/approval.h"
#include "app/domain/duty.h"
#include "app/domain/person.h"
#include "app/domain/rules.h"
#include "app/domain/sale.h"
#include "app/domain/tender.h"
#include "app/notice.h"
#include "db/db.h"
#include "db/seal.h"
#include "db/setting_store.h"
#include "db/shift_store.h"
#include "drivers/device.h"
#include "drivers/device_use.h"
#include "drivers/id_card.h"
#include "sync/sync.h"

typedef enum {
  TILL_SALE = 1 << 0,
  TILL_NOTICE = 1 << 1,
  TILL_STAFF = 1 << 2,
  TILL_PAYMENT = 1 << 3,
  TILL_HELD = 1 << 4,
  TILL_DEVICES = 1 << 5,
  TILL_SYNC = 1 << 6,
  TILL_PRINTING = 1 << 7,
  TILL_PAGE = 1 << 8,
  TILL_FOUND = 1 << 9, /* search results */
  TILL_CATALOGUE = 1 << 10,
  TILL_ASK = 1 << 11,
  TILL_DUTY = 1 << 12,
  TILL_EVERYTHING = (1 << 13) - 1
} TillPart;

/* What is open; decides what a scan means. Search opens under the scan box of the sale.
 */
typedef enum {
  PAGE_SIGN_IN,
  PAGE_SALE,
  PAGE_SEARCH,
  PAGE_PAYMENT,
  PAGE_HELD,
  PAGE_DEVICES,
  PAGE_SHIFT,
  PAGE_STAFF,
  PAGE_LOCK /* nothing else is reached from here; see app/locking.h */
} TillPage;

/* What another person, beside whoever is signed in, is asked for now (app/asking.h). */
typedef enum { ASK_NOTHING, ASK_APPROVAL, ASK_DUTY } TillAsk;

typedef struct Till Till;
typedef void (*TillWatch)(Till *till, TillPart changed, gpointer data);

/* The last finished sale: its change stays on screen until the next scan. */
typedef struct {
  char *number; /* owned (nullable) */
  Money due, given, change;
} LastSale;

struct Till {
  char *folder;       /* owned; where the databases, key and backups lie */
  Db *store;          /* owned; the writing connection of store.db; main thread only */
  Db *catalogue;      /* owned (nullable while it is rebuilt); a reading connection */
  Seal *seal;         /* owned */
  Identity *identity; /* owned (nullable): not enrolled */
  Sync *sync;         /* owned (nullable) */
  Device *device[N_DEVICE_USES]; /* owned (nullable) */

  TillPage page;
  Staff *staff;   /* owned (nullable): who is signed in */
  Staff *signing; /* owned (nullable): at sign-in, whose PIN is asked for */
  Shift shift;
  Sale *sale;           /* owned; what is being rung up now; never NULL */
  int chosen;           /* the row of the sale that keys act on; -1: none */
  Quantity typed_count; /* from "*3" before a scan; 0: none */
  Payment *payment;     /* owned (nullable): while the payment page is open */
  IdCard *card;         /* owned (nullable): read for this ticket (app/card_reading.h) */
  TillAsk ask;
  Staff *asked;      /* owned (nullable): who is at it, whose PIN is asked for */
  ApprovalWish wish; /* what was refused last and may be approved; APPROVE_NOTHING */
  Approval approval; /* given and not used yet */
  GPtrArray *duty;   /* owned (nullable); of Duty: who was said to be here */
  LastSale last;
  Notice notice;    /* for the message bar */
  GPtrArray *found; /* owned; of FoundArticle, what the search lists now */
  char *heard; /* owned (nullable): last scan on the devices page; acted on by nobody */
  GBytes *picture; /* owned (nullable): JPEG that the camera took when it was tried out */
  int printing_waits;            /* jobs waiting for paper */
  int labels_wait;               /* for the label printer */
  int held;                      /* tickets on hold */
  bool clock_is_trusted;         /* false once it was seen to go back (domain.md 2.0) */
  bool otc_a_without_pharmacist; /* as the store says; CN-PH-02 */
  SyncStatus sync_status;
  int64_t outbox_waiting;
  Money round_step;                               /* from the store's settings */
  char *store_name, *store_address, *store_phone; /* owned; may be "" */
  GBytes *logo; /* owned (nullable); the shop's picture, a PNG; heads its receipts */
  /*< private >*/
  GArray *watches;
  TillPart changed;
  guint idle, tick;
  struct Backroom *backroom; /* app/backroom.h */
};

typedef struct {
  const char *folder;
  const char *device[N_DEVICE_USES]; /* addresses; NULL: as in the settings, "": none */
  bool without_sync;
  bool without_usb; /* nothing that is plugged in is looked at or taken */
} TillOptions;

/* Opens the files of @options->folder (made when new), backs up and upgrades them, starts
 * devices and sync. @return (transfer full), or NULL: DB_ERROR_CORRUPT means that
 * store.db is damaged and was left untouched: offer till_restore(). */
Till *till_open(const TillOptions *options, GError **error);
void till_free(Till *till); /* closes everything in order; NULL is fine */

/* Puts the newest sound backup in place of a damaged store.db (which is kept, renamed).
 * Nothing of the till may be open. @ret_backup, @ret_kept: (nullable) (transfer full)
 * paths. */
bool till_restore(const char *folder,
                  const char *backup,
                  char **ret_backup,
                  char **ret_kept,
                  GError **error);

void till_watch(Till *till, TillWatch watch, gpointer data);
void till_unwatch(Till *till, gpointer data);
void till_changed(Till *till, TillPart part);
void till_settle(Till *till); /* tells now instead of at idle; for scripts and tests */

void till_open_page(Till *till, TillPage page); /* refused while money is taken */
/* Takes it. Newest of the highest kind wins; a verb clears what the last one said first.
 */
void till_notice(Till *till, Notice notice);
void till_clear_notice(Till *till);
/* A store call failed: tells it in the message bar and the log; takes @error. */
void till_failed(Till *till, GError *error);

Day till_today(const Till *till);
int64_t till_now_us(const Till *till);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Till, till_free)
