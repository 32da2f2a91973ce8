/* Counter: a till's real files and its sync, with the little that the app does for them;
 * and the hub of its store behind a line. */
#pragma once

#include "db/db.h"
#include "db/seal.h"
#include "sync/hub/hub.h"
#include "sync/sync.h"
#include "tests/sync/line.h"

typedef struct {
  char *folder;
  Hub *hub; /* NULL: off */
  Line *line;
  char *codes[2]; /* with which tills 01 and 02 enrol */
  int published;
} Town;

/* A hub with store 0123, three articles, 2400 of article 1 on its shelf. */
void town_open(Town *town);
void town_close(Town *town);
void town_switch(Town *town,
                 bool on); /* the hub; the line leads to nobody when it is off */

/* A new article into the running hub's catalogue. */
void town_publish(Town *town);

/* Of the hub's books; @sql must answer one number. */
#define town_number(town, sql) town_ask(town, sql " /* scan */")
int64_t town_ask(const Town *town, const char *sql);

typedef struct {
  char *folder, *url, *token;
  int64_t store_id, device_id;
  Seal *seal;
  Db *store, *catalogue; /* @catalogue: a reader; (nullable) */
  Sync *sync;            /* NULL: stopped */
  SyncStatus status;
  int pages, refused, pages_to_lose; /* so many are not applied */
  int renewed, broken, forks, rewinds, again;
  int sold;
} Counter;

void counter_open(Counter *counter, Town *town, int till); /* 0, 1 */
void counter_close(Counter *counter);
void counter_start(Counter *counter);
void counter_stop(Counter *counter);
/* A box of article 1, lot L1; nudges. */
void counter_sell(Counter *counter);
char *counter_path(const Counter *counter, const char *name); /* (transfer full) */

#define counter_number(counter, sql) counter_ask((counter)->store, sql " /* scan */")
int64_t counter_ask(Db *db, const char *sql);

/* Turns the main loop until @is_so, for two minutes at most. */
bool counter_until(bool (*is_so)(gpointer data), gpointer data);

/* Nothing waits, all feeds are read, and both know the same stock as the hub. */
bool trade_is_settled(Town *town, Counter *counters, int n);
bool trade_settles(Town *town, Counter *counters, int n);
