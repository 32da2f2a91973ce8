-- The hub's books. The store (or the stream) comes first in every key, nothing is ordered
-- by a sequence, and triggers only guard: so that the same tables can live in PostgreSQL.
-- Money is in fen, quantities in base units, times in UTC microseconds, dates yyyymmdd.

-- PAPERS: the chain's shops, tills and people. Changed by commands.

CREATE TABLE store (
  id          INTEGER PRIMARY KEY,
  code        TEXT    NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 16),
  name        TEXT    NOT NULL,
  address     TEXT    NOT NULL DEFAULT '',
  phone       TEXT    NOT NULL DEFAULT '',
  round_step  INTEGER NOT NULL CHECK (round_step IN (1, 10, 100)),
  central_seq INTEGER NOT NULL DEFAULT 0, -- of the last event central made for it
  ver         INTEGER NOT NULL
) STRICT;

CREATE TABLE device (
  id          INTEGER PRIMARY KEY CHECK (id > 0), -- 0 is central itself
  store       INTEGER NOT NULL REFERENCES store,
  till        TEXT    NOT NULL CHECK (length(till) BETWEEN 1 AND 8),
  epoch       INTEGER NOT NULL DEFAULT 0, -- given at the last enrolment; 0: never enrolled
  token_hash  BLOB UNIQUE,                -- SHA-256; the token itself is nowhere
  enrolled_at INTEGER,
  UNIQUE (store, till)
) STRICT;

-- One-time codes: SHA-256 of each; one per till at a time.
CREATE TABLE enrolment (
  device    INTEGER PRIMARY KEY REFERENCES device,
  code_hash BLOB    NOT NULL UNIQUE,
  expires   INTEGER NOT NULL
) STRICT;

CREATE TABLE article (
  id      INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again
  code    TEXT    NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 32),
  rank    INTEGER NOT NULL UNIQUE CHECK (rank > 0),
  name    TEXT    NOT NULL CHECK (length(name) > 0),
  ver     INTEGER NOT NULL,
  content TEXT    NOT NULL -- what the feed says of it, less id and rank
) STRICT;

CREATE TABLE article_code (
  code    TEXT    NOT NULL,
  article INTEGER NOT NULL REFERENCES article,
  unit    TEXT    NOT NULL,
  kind    TEXT    NOT NULL CHECK (kind IN ('ean', 'instore', 'std')),
  PRIMARY KEY (code, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_code_article ON article_code (article);

CREATE TABLE price (
  product INTEGER NOT NULL REFERENCES article,
  unit    TEXT    NOT NULL,
  tier    TEXT    NOT NULL CHECK (tier IN ('shelf')),
  since   INTEGER NOT NULL CHECK (since >= 0),
  until   INTEGER CHECK (until > since),
  fen     INTEGER NOT NULL CHECK (fen BETWEEN 1 AND 9999999999),
  reason  TEXT    NOT NULL DEFAULT '',
  ver     INTEGER NOT NULL,
  PRIMARY KEY (product, unit, tier, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  number  TEXT    NOT NULL UNIQUE CHECK (length(number) BETWEEN 1 AND 16),
  badge   TEXT UNIQUE,
  content TEXT    NOT NULL,
  pin     TEXT, -- {"salt","verifier","ops","mem"}; NULL: none given yet
  ver     INTEGER NOT NULL
) STRICT;

CREATE TABLE lot (
  store   INTEGER NOT NULL REFERENCES store,
  product INTEGER NOT NULL REFERENCES article,
  lot     TEXT    NOT NULL,
  expiry  INTEGER NOT NULL,
  state   INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
  ver     INTEGER NOT NULL,
  PRIMARY KEY (store, product, lot)
) STRICT, WITHOUT ROWID;

CREATE TABLE shelf (
  store    INTEGER NOT NULL REFERENCES store,
  product  INTEGER NOT NULL REFERENCES article,
  location TEXT    NOT NULL,
  ver      INTEGER NOT NULL,
  PRIMARY KEY (store, product)
) STRICT, WITHOUT ROWID;

-- FACTS: what the tills and central said happened. Only ever added to.

-- The gate of every effect: a row here is made once, and only with it the rows below.
CREATE TABLE inbox (
  store    INTEGER NOT NULL,
  device   INTEGER NOT NULL,
  epoch    INTEGER NOT NULL CHECK (epoch > 0),
  seq      INTEGER NOT NULL CHECK (seq > 0),
  hash     BLOB    NOT NULL CHECK (length(hash) = 32),
  type     TEXT    NOT NULL,
  v        INTEGER NOT NULL,
  at       INTEGER NOT NULL, -- by the till's clock
  received INTEGER NOT NULL, -- by ours
  body     BLOB    NOT NULL, -- the bytes that were hashed
  PRIMARY KEY (store, device, epoch, seq)
) STRICT;

-- Same place in the chain, other hash: what the second one said.
CREATE TABLE fork (
  store    INTEGER NOT NULL,
  device   INTEGER NOT NULL,
  epoch    INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  hash     BLOB    NOT NULL,
  type     TEXT    NOT NULL,
  received INTEGER NOT NULL,
  body     BLOB    NOT NULL,
  PRIMARY KEY (store, device, epoch, seq, hash)
) STRICT;

-- Nothing was made of this event; its bytes are in the inbox.
CREATE TABLE quarantine (
  store  INTEGER NOT NULL,
  device INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  code   TEXT    NOT NULL,
  detail TEXT    NOT NULL,
  PRIMARY KEY (store, device, epoch, seq)
) STRICT, WITHOUT ROWID;

-- It happened, and a person should look at it.
CREATE TABLE exception (
  store  INTEGER NOT NULL,
  device INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  code   TEXT    NOT NULL,
  detail TEXT    NOT NULL,
  PRIMARY KEY (store, device, epoch, seq, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale (
  store    INTEGER NOT NULL,
  device   INTEGER NOT NULL,
  epoch    INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  uid      TEXT    NOT NULL CHECK (length(uid) = 32),
  number   TEXT    NOT NULL CHECK (length(number) BETWEEN 1 AND 64),
  at       INTEGER NOT NULL,
  biz_date INTEGER NOT NULL,
  shift    INTEGER NOT NULL,
  staff    TEXT    NOT NULL,
  gross    INTEGER NOT NULL CHECK (abs(gross) < 1000000000000),
  discount INTEGER NOT NULL CHECK (abs(discount) < 1000000000000),
  rounding INTEGER NOT NULL CHECK (abs(rounding) < 1000000000000),
  due      INTEGER NOT NULL CHECK (abs(due) < 1000000000000),
  tax      INTEGER NOT NULL CHECK (abs(tax) < 1000000000000),
  PRIMARY KEY (store, device, epoch, seq),
  UNIQUE (store, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale_line (
  store        INTEGER NOT NULL,
  device       INTEGER NOT NULL,
  epoch        INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  n            INTEGER NOT NULL,
  product      INTEGER NOT NULL,
  name         TEXT    NOT NULL,
  unit         TEXT    NOT NULL,
  unit_base    INTEGER NOT NULL CHECK (unit_base BETWEEN 1 AND 1000000000000),
  qty          INTEGER NOT NULL CHECK (abs(qty) < 1000000000000),
  price        INTEGER NOT NULL CHECK (abs(price) < 1000000000000),
  price_source TEXT,
  discount     INTEGER NOT NULL CHECK (abs(discount) < 1000000000000),
  net          INTEGER NOT NULL CHECK (abs(net) < 1000000000000),
  tax          INTEGER NOT NULL CHECK (abs(tax) < 1000000000000),
  lot          TEXT,
  expiry       INTEGER,
  approver     TEXT,
  PRIMARY KEY (store, device, epoch, seq, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE tender (
  store     INTEGER NOT NULL,
  device    INTEGER NOT NULL,
  epoch     INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  kind      INTEGER NOT NULL, -- of TenderKind
  amount    INTEGER NOT NULL CHECK (abs(amount) < 1000000000000),
  given     INTEGER NOT NULL CHECK (abs(given) < 1000000000000),
  reference TEXT,
  PRIMARY KEY (store, device, epoch, seq, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE movement (
  store    INTEGER NOT NULL,
  device   INTEGER NOT NULL, -- 0: central
  epoch    INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  product  INTEGER NOT NULL,
  lot      TEXT    NOT NULL,
  expiry   INTEGER NOT NULL,
  location TEXT    NOT NULL,
  qty      INTEGER NOT NULL CHECK (qty <> 0 AND abs(qty) < 1000000000000),
  kind     TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 32),
  doc      TEXT    NOT NULL,
  PRIMARY KEY (store, device, epoch, seq, n)
) STRICT, WITHOUT ROWID;

-- What goes down. Stream 0 is "cat", any other a store's own. Positions have no gap.
CREATE TABLE feed (
  stream INTEGER NOT NULL,
  pos    INTEGER NOT NULL CHECK (pos > 0),
  type   TEXT    NOT NULL,
  op     TEXT    NOT NULL CHECK (op IN ('put', 'del')),
  key    TEXT    NOT NULL,
  ver    INTEGER NOT NULL,
  body   TEXT    NOT NULL,
  PRIMARY KEY (stream, pos)
) STRICT, WITHOUT ROWID;

-- FOLDS: follow from the facts; `guitai-hub verify` makes them again and compares.

CREATE TABLE feed_head (
  stream INTEGER PRIMARY KEY,
  pos    INTEGER NOT NULL
) STRICT;

CREATE TABLE chain (
  store  INTEGER NOT NULL,
  device INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  head   INTEGER NOT NULL,
  hash   BLOB    NOT NULL,
  PRIMARY KEY (store, device, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE balance (
  store    INTEGER NOT NULL,
  product  INTEGER NOT NULL,
  lot      TEXT    NOT NULL,
  expiry   INTEGER NOT NULL,
  location TEXT    NOT NULL,
  qty      INTEGER NOT NULL,
  PRIMARY KEY (store, product, lot, expiry, location)
) STRICT, WITHOUT ROWID;

-- The guards.

CREATE TRIGGER inbox_stays BEFORE UPDATE ON inbox BEGIN SELECT raise(ABORT, 'the inbox is only added to'); END;
CREATE TRIGGER inbox_keeps BEFORE DELETE ON inbox BEGIN SELECT raise(ABORT, 'the inbox is only added to'); END;
CREATE TRIGGER fork_stays BEFORE UPDATE ON fork BEGIN SELECT raise(ABORT, 'evidence stays'); END;
CREATE TRIGGER fork_keeps BEFORE DELETE ON fork BEGIN SELECT raise(ABORT, 'evidence stays'); END;
CREATE TRIGGER quarantine_stays BEFORE UPDATE ON quarantine BEGIN SELECT raise(ABORT, 'evidence stays'); END;
CREATE TRIGGER quarantine_keeps BEFORE DELETE ON quarantine BEGIN SELECT raise(ABORT, 'evidence stays'); END;
CREATE TRIGGER exception_stays BEFORE UPDATE ON exception BEGIN SELECT raise(ABORT, 'evidence stays'); END;
CREATE TRIGGER exception_keeps BEFORE DELETE ON exception BEGIN SELECT raise(ABORT, 'evidence stays'); END;
CREATE TRIGGER sale_stays BEFORE UPDATE ON sale BEGIN SELECT raise(ABORT, 'a sale is final'); END;
CREATE TRIGGER sale_keeps BEFORE DELETE ON sale BEGIN SELECT raise(ABORT, 'a sale is final'); END;
CREATE TRIGGER sale_line_stays BEFORE UPDATE ON sale_line BEGIN SELECT raise(ABORT, 'a sale is final'); END;
CREATE TRIGGER sale_line_keeps BEFORE DELETE ON sale_line BEGIN SELECT raise(ABORT, 'a sale is final'); END;
CREATE TRIGGER tender_stays BEFORE UPDATE ON tender BEGIN SELECT raise(ABORT, 'a sale is final'); END;
CREATE TRIGGER tender_keeps BEFORE DELETE ON tender BEGIN SELECT raise(ABORT, 'a sale is final'); END;
CREATE TRIGGER movement_stays BEFORE UPDATE ON movement BEGIN SELECT raise(ABORT, 'a movement is final'); END;
CREATE TRIGGER movement_keeps BEFORE DELETE ON movement BEGIN SELECT raise(ABORT, 'a movement is final'); END;
CREATE TRIGGER feed_stays BEFORE UPDATE ON feed BEGIN SELECT raise(ABORT, 'what was told stays told'); END;
CREATE TRIGGER feed_keeps BEFORE DELETE ON feed BEGIN SELECT raise(ABORT, 'what was told stays told'); END;
