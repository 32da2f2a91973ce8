-- catalogue.db: copies of what central owns; may be lost and fetched again. One writer (the
-- courier's thread). Money is fen, quantity base units, time us since 1970 UTC.

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

-- COPIES: articles --------------------------------------------------------------------------

-- Never removed, since sales refer to it by number; only active = 0 (sync.md R-DB5).
CREATE TABLE article (
  id             INTEGER PRIMARY KEY,
  place          INTEGER NOT NULL UNIQUE,            -- in lists, best first; see search_index
  code           TEXT NOT NULL,
  rank           INTEGER NOT NULL,                   -- 1 sells best; 0: unknown
  generic_name   TEXT NOT NULL,
  trade_name     TEXT NOT NULL,
  spec           TEXT NOT NULL,
  form           TEXT NOT NULL,
  maker          TEXT NOT NULL,
  approval_no    TEXT NOT NULL,
  origin         TEXT NOT NULL,
  legal_class    INTEGER NOT NULL,
  special        INTEGER NOT NULL,
  storage        INTEGER NOT NULL,
  measure        INTEGER NOT NULL,
  near_days      INTEGER NOT NULL,
  tax_bp         INTEGER NOT NULL,
  insured        INTEGER NOT NULL,
  trace_required INTEGER NOT NULL,
  active         INTEGER NOT NULL,
  ver            INTEGER NOT NULL,
  units          TEXT NOT NULL,                      -- JSON, as central sent it
  barcodes       TEXT NOT NULL,                      -- JSON, as central sent it
  initials       TEXT NOT NULL                       -- as indexed, with blanks between
) STRICT;

-- Every code that names an article: trade codes as 14 digits, national codes, the chain's
-- article numbers (unit ''). One code may name several.
CREATE TABLE code (
  code    TEXT NOT NULL COLLATE NOCASE,
  product INTEGER NOT NULL,
  unit    TEXT NOT NULL,
  PRIMARY KEY (code, product, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE price (
  product INTEGER NOT NULL,
  unit    TEXT NOT NULL,
  tier    TEXT NOT NULL,
  from_us INTEGER NOT NULL,
  to_us   INTEGER,                                   -- NULL: until further notice
  fen     INTEGER NOT NULL CHECK (fen >= 0),
  reason  TEXT NOT NULL,
  ver     INTEGER NOT NULL,
  PRIMARY KEY (product, unit, tier, from_us)
) STRICT, WITHOUT ROWID;

-- Articles that the store has at hand; also of some that central did not send yet.
CREATE TABLE stocked (product INTEGER PRIMARY KEY) STRICT;

-- Rowid is article.place. The words in it are made by search_text.c.
CREATE VIRTUAL TABLE search USING fts5 (
  words, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);

-- COPIES: staff -------------------------------------------------------------------------------

CREATE TABLE staff (
  number            TEXT NOT NULL PRIMARY KEY,
  id                INTEGER NOT NULL,
  name              TEXT NOT NULL,
  role              INTEGER NOT NULL,
  rights            INTEGER NOT NULL,
  discount_limit_bp INTEGER NOT NULL,
  active            INTEGER NOT NULL,
  badge             TEXT NOT NULL,                   -- '': none
  pin_salt          BLOB,
  pin_mark          BLOB,                            -- not central's verifier: its seal mark
  pin_ops           INTEGER NOT NULL,
  pin_mem           INTEGER NOT NULL,
  ver               INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_badge ON staff (badge) WHERE badge <> '';
