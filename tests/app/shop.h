/* A shop to test at: real files in a folder of their own, simulated devices, a fixed
 * morning (2026-11-22 09:41 in Shanghai), a clerk, a manager, a pharmacist (0205, on duty
 * for an hour) and one whose registration has ended (0206), a dozen articles. */
#pragma once

#include <string.h>

#include "app/backroom.h"
#include "app/checkout.h"
#include "app/folder.h"
#include "app/pay.h"
#include "app/scan.h"
#include "app/settings.h"
#include "app/sign_in.h"
#include "app/till.h"
#include "db/query.h"
#include "drivers/sim/desk.h"
#include "tests/test.h"

#define MORNING_US G_GINT64_CONSTANT(1795311660000000)
#define HOUR_US    G_GINT64_CONSTANT(3600000000)

/* Articles. */
enum {
  RX_BOX = 1,    /* prescription */
  IBUPROFEN,     /* OTC A; 盒 of 20, loose 粒; lots B1 (3 boxes), B2 (5 boxes) */
  VITAMIN,       /* near its expiry: 2027-02-18, 5 pieces */
  HERB,          /* by the gram, 500 g */
  EXPIRED,       /* only an expired lot */
  TONIGHT,       /* its lot expires today */
  PLASTER_SMALL, /* these two share a code */
  PLASTER_LARGE,
  UNPRICED,
  RETIRED,   /* no longer on the list */
  EPHEDRINE, /* needs the buyer's name */
  LOCKED,    /* its lot is locked */
  NO_LOTS    /* health food of which no lot is on file */
};

typedef struct {
  char *folder; /* owned */
  Till *till;   /* owned */
} Shop;

/* Lets the main loop run until @condition, for at most 20 s. */
#define await(condition)                                                                 \
  do {                                                                                   \
    gint64 end_ = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;                          \
    while (!(condition) && g_get_monotonic_time() < end_)                                \
      if (!g_main_context_iteration(NULL, FALSE))                                        \
        g_thread_yield();                                                                \
    CU_ASSERT_TRUE(condition);                                                           \
  } while (0)

Shop shop_open(void); /* nobody is signed in; the printer is ready */
void shop_close(Shop *shop);
/* Tills opened from now on have no simulated devices but the bus that a test put in
 * libusb's place; else no bus at all. */
void shop_set_bus(bool on);
void shop_open_till(Shop *shop); /* on files that are there */
void shop_reopen(Shop *shop);    /* as after a power cut between two verbs */
void shop_set_clock(int64_t now_us);

void shop_sign_in(Shop *shop);                  /* the clerk, 0312 */
void shop_send_pharmacist_home(Shop *shop);     /* nobody is on duty any more */
void shop_type(Shop *shop, const char *text);   /* and Enter */
void shop_scan(Shop *shop, const char *twelve); /* digits without their check digit */
void shop_scan_article(Shop *shop, int id);
const char *shop_ean(int id); /* its twelve digits */
/* @twelve digits with their check digit. */
const char *shop_code(const char *twelve, char ret[14]);

int64_t shop_on_hand(Shop *shop, int id, const char *lot); /* base units on the books */
int64_t shop_sales(Shop *shop);                            /* kept in store.db */
