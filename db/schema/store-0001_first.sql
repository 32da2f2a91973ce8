-- store.db: what this till must never lose. One writer (the main thread), synced at each
-- commit. Money is fen, quantity base units, time us since 1970 UTC, days yyyymmdd (0: none).
-- Ids of events, sales and epochs: epoch << 32 | number, so that a range of ids is an epoch.

-- PAPERS: this till ---------------------------------------------------------------------

CREATE TABLE setting (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE identity (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  store_id   INTEGER NOT NULL,
  device_id  INTEGER NOT NULL CHECK (device_id > 0),
  epoch      INTEGER NOT NULL REFERENCES epoch,
  store_code TEXT NOT NULL,
  till_code  TEXT NOT NULL,
  hub_url    TEXT NOT NULL,
  token      BLOB NOT NULL                           -- sealed with the device's key
) STRICT;

-- Each life of this file (sync.md 1.2): numbers and event ids are contiguous within one.
CREATE TABLE epoch (
  epoch  INTEGER PRIMARY KEY CHECK (epoch BETWEEN 1 AND 65535),
  device INTEGER NOT NULL,
  acked  INTEGER NOT NULL DEFAULT 0 CHECK (acked >= 0), -- central has all up to this seq
  -- Central holds other events than ours after this one (a fork); ours got new numbers in
  -- a later epoch. NULL: no such thing happened.
  moved_after INTEGER CHECK (moved_after >= 0)
) STRICT;

-- How far a stream of central's was applied here.
CREATE TABLE cursor (
  stream TEXT NOT NULL PRIMARY KEY,
  pos    INTEGER NOT NULL CHECK (pos >= 0)
) STRICT, WITHOUT ROWID;

-- Changes of a kind that this Guitai does not know yet, as they came.
CREATE TABLE raw_change (
  pos  INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  op   TEXT NOT NULL,
  key  TEXT NOT NULL,
  ver  INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Wrong PINs in a row, of one person ("staff:0312") and of the whole till ("till").
CREATE TABLE lockout (
  subject  TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  until_us INTEGER NOT NULL                          -- by lock_clock, not by the wall
) STRICT, WITHOUT ROWID;

-- A clock that only goes forward: it adds what the wall clock advanced since it was looked
-- at. Setting the wall clock back neither shortens a wait nor makes it last for ever.
CREATE TABLE lock_clock (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  lock_us INTEGER NOT NULL,
  seen_us INTEGER NOT NULL
) STRICT;

CREATE TABLE shift (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  number        INTEGER NOT NULL CHECK (number > 0), -- of the business date
  business_date INTEGER NOT NULL,
  opened_us     INTEGER NOT NULL,
  opened_by     TEXT NOT NULL,
  float_fen     INTEGER NOT NULL CHECK (float_fen >= 0),
  first_sale    INTEGER NOT NULL,                    -- its sales have ids from here on
  closed_us     INTEGER,
  closed_by     TEXT,
  UNIQUE (business_date, number)
) STRICT;
CREATE UNIQUE INDEX shift_open ON shift (closed_us IS NULL) WHERE closed_us IS NULL;

-- PAPERS: tickets on hold, with all that is needed to go on without the catalogue ---------

CREATE TABLE held_ticket (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,        -- never used again
  uid      TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
  label    TEXT NOT NULL,
  staff    TEXT NOT NULL,
  held_us  INTEGER NOT NULL,
  begun_us INTEGER NOT NULL,
  due      INTEGER NOT NULL                          -- before rounding
) STRICT;

CREATE TABLE held_line (
  ticket INTEGER NOT NULL REFERENCES held_ticket ON DELETE CASCADE,
  n      INTEGER NOT NULL,
  -- the article as it was when scanned
  product INTEGER NOT NULL, code TEXT NOT NULL, generic_name TEXT NOT NULL,
  trade_name TEXT NOT NULL, spec TEXT NOT NULL, form TEXT NOT NULL, maker TEXT NOT NULL,
  approval_no TEXT NOT NULL, origin TEXT NOT NULL, legal_class INTEGER NOT NULL,
  special INTEGER NOT NULL, measure INTEGER NOT NULL, tax_bp INTEGER NOT NULL,
  version INTEGER NOT NULL,
  -- the line
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)), -- stays on record, costs nothing
  unit TEXT NOT NULL, unit_base INTEGER NOT NULL CHECK (unit_base > 0),
  qty INTEGER NOT NULL CHECK (qty > 0),              -- base units
  price INTEGER NOT NULL, price_source TEXT NOT NULL,
  discount INTEGER NOT NULL CHECK (discount >= 0), discount_reason INTEGER NOT NULL,
  approver TEXT NOT NULL, oversold INTEGER NOT NULL,
  -- its lot; all empty: none
  lot_no TEXT NOT NULL, expiry INTEGER NOT NULL, location TEXT NOT NULL,
  -- what only a ticket in work needs
  shelf TEXT NOT NULL, storage INTEGER NOT NULL, near_days INTEGER NOT NULL,
  insured INTEGER NOT NULL, trace_required INTEGER NOT NULL, active INTEGER NOT NULL,
  lot_chosen INTEGER NOT NULL,
  lot_id INTEGER,                                    -- NULL: the line has no lot
  lot_state INTEGER NOT NULL, lot_on_hand INTEGER NOT NULL,
  PRIMARY KEY (ticket, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_unit (
  ticket INTEGER NOT NULL,
  line   INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  name   TEXT NOT NULL,
  base   INTEGER NOT NULL,
  sale_allowed INTEGER NOT NULL, is_default INTEGER NOT NULL, has_price INTEGER NOT NULL,
  price  INTEGER NOT NULL,
  price_source TEXT,
  PRIMARY KEY (ticket, line, n),
  FOREIGN KEY (ticket, line) REFERENCES held_line ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- PAPERS: what waits for paper --------------------------------------------------------------

CREATE TABLE print_job (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  subject  TEXT NOT NULL,                            -- the receipt's number
  copy     INTEGER NOT NULL CHECK (copy >= 0),
  tries    INTEGER NOT NULL DEFAULT 0,
  made_us  INTEGER NOT NULL,
  state    INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)), -- waits, out, given up
  done_us  INTEGER
) STRICT;
CREATE INDEX print_job_waiting ON print_job (id) WHERE state = 0;

-- COPIES: what central says about this store ------------------------------------------------

CREATE TABLE lot (
  product INTEGER NOT NULL,
  lot_no  TEXT NOT NULL,                             -- '': goods without a lot
  expiry  INTEGER NOT NULL,
  state   INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5), -- LotState
  PRIMARY KEY (product, lot_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE shelf (
  product  INTEGER PRIMARY KEY,
  location TEXT NOT NULL
) STRICT;

-- FACTS: stock ------------------------------------------------------------------------------

-- Every change of stock in this store, whoever made it; (device, epoch, seq) is the event,
-- device 0 central itself.
CREATE TABLE movement (
  device   INTEGER NOT NULL,
  epoch    INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  at_us    INTEGER NOT NULL,
  product  INTEGER NOT NULL,
  lot_no   TEXT NOT NULL,
  expiry   INTEGER NOT NULL,
  location TEXT NOT NULL,
  qty      INTEGER NOT NULL CHECK (qty <> 0),        -- base units; below 0: left the store
  kind     TEXT NOT NULL CHECK (kind <> ''),
  doc      TEXT NOT NULL,
  PRIMARY KEY (device, epoch, seq, n)
) STRICT, WITHOUT ROWID;

-- Sums of the above, kept beside them; rebuilt and compared by stock_store_check().
CREATE TABLE balance (
  id       INTEGER PRIMARY KEY,
  product  INTEGER NOT NULL,
  lot_no   TEXT NOT NULL,
  location TEXT NOT NULL,
  qty      INTEGER NOT NULL,
  UNIQUE (product, lot_no, location)
) STRICT;

-- FACTS: sales ------------------------------------------------------------------------------

CREATE TABLE sale (
  id            INTEGER PRIMARY KEY,                 -- epoch << 32 | its number, gapless
  uid           TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
  seq           INTEGER NOT NULL,                    -- of its event in the same epoch
  number        TEXT NOT NULL,                       -- as printed
  sold_us       INTEGER NOT NULL,
  business_date INTEGER NOT NULL,
  shift         INTEGER NOT NULL,
  staff         TEXT NOT NULL,
  gross         INTEGER NOT NULL,
  discount      INTEGER NOT NULL CHECK (discount >= 0),
  rounding      INTEGER NOT NULL CHECK (rounding >= 0),
  due           INTEGER NOT NULL CHECK (due = gross - discount - rounding),
  tax           INTEGER NOT NULL,
  round_step    INTEGER NOT NULL CHECK (round_step > 0),
  begun_us      INTEGER NOT NULL
) STRICT;

CREATE TABLE sale_line (
  sale INTEGER NOT NULL REFERENCES sale,
  n    INTEGER NOT NULL,
  net  INTEGER NOT NULL,                             -- what was paid for it
  tax  INTEGER NOT NULL,                             -- in the net
  -- the article as it was when scanned
  product INTEGER NOT NULL, code TEXT NOT NULL, generic_name TEXT NOT NULL,
  trade_name TEXT NOT NULL, spec TEXT NOT NULL, form TEXT NOT NULL, maker TEXT NOT NULL,
  approval_no TEXT NOT NULL, origin TEXT NOT NULL, legal_class INTEGER NOT NULL,
  special INTEGER NOT NULL, measure INTEGER NOT NULL, tax_bp INTEGER NOT NULL,
  version INTEGER NOT NULL,
  -- the line
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)), -- stays on record, costs nothing
  unit TEXT NOT NULL, unit_base INTEGER NOT NULL CHECK (unit_base > 0),
  qty INTEGER NOT NULL CHECK (qty > 0),              -- base units
  price INTEGER NOT NULL, price_source TEXT NOT NULL,
  discount INTEGER NOT NULL CHECK (discount >= 0), discount_reason INTEGER NOT NULL,
  approver TEXT NOT NULL, oversold INTEGER NOT NULL,
  -- its lot; all empty: none
  lot_no TEXT NOT NULL, expiry INTEGER NOT NULL, location TEXT NOT NULL,
  PRIMARY KEY (sale, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE tender (
  sale      INTEGER NOT NULL REFERENCES sale,
  n         INTEGER NOT NULL,
  kind      INTEGER NOT NULL,                        -- TenderKind
  amount    INTEGER NOT NULL,
  given     INTEGER NOT NULL,
  reference TEXT NOT NULL,
  PRIMARY KEY (sale, n)
) STRICT, WITHOUT ROWID;

-- FACTS: what central must hear, frozen with the fact it tells of ------------------------

CREATE TABLE outbox (
  id    INTEGER PRIMARY KEY,                         -- epoch << 32 | seq
  type  TEXT NOT NULL,
  at_us INTEGER NOT NULL,
  body  TEXT NOT NULL,                               -- never serialised again
  hash  BLOB NOT NULL CHECK (length(hash) = 32)      -- chained, see outbox.h
) STRICT;

-- FACTS: who did what ------------------------------------------------------------------------

CREATE TABLE audit_log (
  seq     INTEGER PRIMARY KEY,
  at_us   INTEGER NOT NULL,
  staff   TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,
  hash    BLOB NOT NULL CHECK (length(hash) = 32)    -- chained, see audit_log.h
) STRICT;

-- Facts are never rewritten: a mistake is put right by a new fact.
CREATE TRIGGER movement_stays BEFORE UPDATE ON movement
  BEGIN SELECT raise(ABORT, 'a stock movement is never changed'); END;
CREATE TRIGGER movement_is_kept BEFORE DELETE ON movement
  BEGIN SELECT raise(ABORT, 'a stock movement is never deleted'); END;
CREATE TRIGGER sale_stays BEFORE UPDATE ON sale
  BEGIN SELECT raise(ABORT, 'a sale is never changed'); END;
CREATE TRIGGER sale_is_kept BEFORE DELETE ON sale
  BEGIN SELECT raise(ABORT, 'a sale is never deleted'); END;
CREATE TRIGGER sale_line_stays BEFORE UPDATE ON sale_line
  BEGIN SELECT raise(ABORT, 'a sale line is never changed'); END;
CREATE TRIGGER sale_line_is_kept BEFORE DELETE ON sale_line
  BEGIN SELECT raise(ABORT, 'a sale line is never deleted'); END;
CREATE TRIGGER tender_stays BEFORE UPDATE ON tender
  BEGIN SELECT raise(ABORT, 'a tender is never changed'); END;
CREATE TRIGGER tender_is_kept BEFORE DELETE ON tender
  BEGIN SELECT raise(ABORT, 'a tender is never deleted'); END;
CREATE TRIGGER outbox_stays BEFORE UPDATE ON outbox
  BEGIN SELECT raise(ABORT, 'an event is never changed'); END;
CREATE TRIGGER outbox_is_kept BEFORE DELETE ON outbox
  BEGIN SELECT raise(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER audit_log_stays BEFORE UPDATE ON audit_log
  BEGIN SELECT raise(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_log_is_kept BEFORE DELETE ON audit_log
  BEGIN SELECT raise(ABORT, 'the audit log is never deleted'); END;
CREATE TRIGGER closed_shift_stays BEFORE UPDATE ON shift WHEN old.closed_us IS NOT NULL
  BEGIN SELECT raise(ABORT, 'a closed shift is never changed'); END;
CREATE TRIGGER shift_is_kept BEFORE DELETE ON shift
  BEGIN SELECT raise(ABORT, 'a shift is never deleted'); END;
