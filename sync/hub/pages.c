#include "sync/hub/pages.h"

#define ARTICLES "import articles"
#define STOCK    "import stock"
#define PRICES   "import prices"
#define STAFF    "import staff"

static const CommandVerb VERBS[] = {
    {"serve", "", "serve the tills of the chain until SIGTERM", NULL},
    {"store add", "", "make a store, or change what is known of it", NULL},
    {"store list", "", "list stores and their tills as JSON", NULL},
    {"till add",
     "",
     "print a one-time code with which a till enrols",
     "The code is good once and for a day (--hours). A till that is enrolled already "
     "gets "
     "a new life: its old token ends and it numbers on in the next epoch."},
    {"till end", "", "end a till's token: it may not speak any more", NULL},
    {"till list", "", "list stores and their tills as JSON", NULL},
    {"staff list", "", "list the staff as JSON, without PINs", NULL},
    {"books", "", "what central knows of a store: sales, money, stock", NULL},
    {"verify", "", "prove the books: chains, balances, streams", NULL},
    {NULL, NULL, NULL, NULL}};

static const CommandOption OPTIONS[] = {
    {"--data", "DIR", NULL, "the hub's folder (default: guitai-hub in the user's data)"},
    {"--json", NULL, NULL, "answer as JSON"},
    {"--port", "PORT", "serve", "port (default 8790; 0: any, printed)"},
    {"--bind", "ADDRESS", "serve", "address to listen on (default 127.0.0.1)"},
    {"--code", "CODE", "store add", "the store's code: 0123"},
    {"--name", "NAME", "store add", "its name"},
    {"--address", "TEXT", "store add", "its address"},
    {"--phone", "TEXT", "store add", "its telephone"},
    {"--round", "FEN", "store add", "round sums down to 1, 10 (default) or 100 fen"},
    {"--store", "CODE", "till add", "the store it stands in"},
    {"--till", "CODE", "till add", "the till's code: 03"},
    {"--hours", "N", "till add", "how long the code is good (default 24)"},
    {"--store", "CODE", "till end", "the store it stands in"},
    {"--till", "CODE", "till end", "the till's code"},
    {"--store", "CODE", "books", "the store"},
    {NULL, NULL, NULL, NULL}};

static const CommandSection SECTIONS[] = {
    {"FILES",
     "DIR/hub.db holds the books, DIR/hub.lock is held by the one process that writes "
     "them, DIR/hub.serving (readable by its owner only) tells commands how to reach a "
     "running server: what writes is done by it, so that commands work at any time."},
    {"EXIT STATUS", "0: done. 1: it failed, or verify found a fault. 2: not understood."},
    {NULL, NULL}};

const CommandPage HUB_PAGE = {
    .program = "guitai-hub",
    .summary = "the central stock service of a chain of pharmacies",
    .description = "Keeps the books of all stores: takes in what tills sold and moved, "
                   "gives out articles, prices, staff and stock.",
    .verbs = VERBS,
    .options = OPTIONS,
    .sections = SECTIONS};
