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
    {"staff add",
     "",
     "add a person, or change one",
     "With --pin a line with the PIN is read from standard input, so that nobody sees it "
     "in a list of processes. Without it the old PIN stays."},
    {"staff end", "", "a person may not sign in any more", NULL},
    {"staff list", "", "list the staff as JSON, without PINs", NULL},
    {ARTICLES,
     "FILE",
     "read a chain's own list of articles, row by row",
     "Each row is imported, imported with a remark, or refused with the reason and its "
     "line; --report writes them all. Encoding, separator and columns are found out. The "
     "columns, by any of their usual names in Chinese, English or French: code, barcode, "
     "std_code, generic_name, trade_name, spec, form, maker, approval_no, origin, class, "
     "special, unit, base, loose_unit, loose_price, loose_barcode, price, tax, storage, "
     "measure, near_days, insured, trace, active, mnemonics, rank. Needed: code and "
     "generic_name. The same list again changes nothing."},
    {STOCK,
     "FILE",
     "book what a list says is there: code, lot, expiry, qty, unit, shelf, state",
     "The difference to the books is booked, so that the same list again books nothing."},
    {PRICES, "FILE", "change shelf prices: code, unit, price, from, reason", NULL},
    {STAFF,
     "FILE",
     "read staff: number, name, role, pin, badge, rights, discount_limit, active",
     "PINs are kept as Argon2id verifiers and never shown."},
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
    {"--otc-a", "WORD", "store add", "class A OTC without a pharmacist: block or advise"},
    {"--store", "CODE", "till add", "the store it stands in"},
    {"--till", "CODE", "till add", "the till's code: 03"},
    {"--hours", "N", "till add", "how long the code is good (default 24)"},
    {"--store", "CODE", "till end", "the store it stands in"},
    {"--till", "CODE", "till end", "the till's code"},
    {"--store", "CODE", "books", "the store"},
    {"--number", "NUMBER", "staff add", "as typed to sign in: 0312"},
    {"--number", "NUMBER", "staff end", "as typed to sign in"},
    {"--name", "NAME", "staff add", "the person's name"},
    {"--role", "ROLE", "staff add", "clerk, pharmacist, quality or manager"},
    {"--badge", "CODE", "staff add", "what their badge says"},
    {"--rights", "WORDS", "staff add", "other rights than those of the role"},
    {"--limit", "PERCENT", "staff add", "the largest discount they may give alone"},
    {"--pin", NULL, "staff add", "read a PIN from standard input"},
    {"--registration", "NUMBER", "staff add", "their registration as a pharmacist"},
    {"--registration-kind", "WORD", "staff add", "licensed (default) or pharmacist"},
    {"--registration-scope", "WORD", "staff add", "western, herbal or both"},
    {"--registration-from", "DATE", "staff add", "its first day (default: no limit)"},
    {"--registration-to", "DATE", "staff add", "its last day (default: no limit)"},
    {"--report", "CSV", ARTICLES, "write what became of each row"},
    {"--encoding",
     "NAME",
     ARTICLES,
     "UTF-8, GB18030, Windows-1252, UTF-16 (else found out)"},
    {"--separator", "WORD", ARTICLES, "comma, tab or semicolon (else found out)"},
    {"--columns", "NAMES", ARTICLES, "code,barcode,-,price for a file without a header"},
    {"--skip", "N", ARTICLES, "lines before the first row"},
    {"--dry-run", NULL, ARTICLES, "judge, but write nothing"},
    {"--report", "CSV", STOCK, "write what became of each row"},
    {"--encoding",
     "NAME",
     STOCK,
     "UTF-8, GB18030, Windows-1252, UTF-16 (else found out)"},
    {"--separator", "WORD", STOCK, "comma, tab or semicolon (else found out)"},
    {"--columns", "NAMES", STOCK, "code,barcode,-,price for a file without a header"},
    {"--skip", "N", STOCK, "lines before the first row"},
    {"--dry-run", NULL, STOCK, "judge, but write nothing"},
    {"--report", "CSV", PRICES, "write what became of each row"},
    {"--encoding",
     "NAME",
     PRICES,
     "UTF-8, GB18030, Windows-1252, UTF-16 (else found out)"},
    {"--separator", "WORD", PRICES, "comma, tab or semicolon (else found out)"},
    {"--columns", "NAMES", PRICES, "code,barcode,-,price for a file without a header"},
    {"--skip", "N", PRICES, "lines before the first row"},
    {"--dry-run", NULL, PRICES, "judge, but write nothing"},
    {"--report", "CSV", STAFF, "write what became of each row"},
    {"--encoding",
     "NAME",
     STAFF,
     "UTF-8, GB18030, Windows-1252, UTF-16 (else found out)"},
    {"--separator", "WORD", STAFF, "comma, tab or semicolon (else found out)"},
    {"--columns", "NAMES", STAFF, "code,barcode,-,price for a file without a header"},
    {"--skip", "N", STAFF, "lines before the first row"},
    {"--dry-run", NULL, STAFF, "judge, but write nothing"},
    {"--profile", "NAME", ARTICLES, "bdpm-packs or bdpm-products"},
    {"--with", "FILE", ARTICLES, "bdpm-packs: the list of products, for their names"},
    {"--conditions", "FILE", ARTICLES, "bdpm: what needs a prescription"},
    {"--class", "CLASS", ARTICLES, "for articles without one"},
    {"--unit", "NAME", ARTICLES, "for articles without one (default 盒)"},
    {"--store", "CODE", STOCK, "the store whose stock it is"},
    {"--dates", "ORDER", STOCK, "dmy or mdy: what 01/02/2027 means"},
    {"--dates", "ORDER", PRICES, "dmy or mdy: what 01/02/2027 means"},
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
