-- Pharmacists on duty, and what a store does while there is none.

-- 'block' or 'advise': class A OTC while no pharmacist is on duty (CN-PH-02).
ALTER TABLE store ADD COLUMN otc_a_when_absent TEXT NOT NULL DEFAULT 'block'
  CHECK (otc_a_when_absent IN ('block', 'advise'));

-- FACTS: who came and went, as tills told it.
CREATE TABLE duty (
  store    INTEGER NOT NULL,
  device   INTEGER NOT NULL,
  epoch    INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  staff    TEXT    NOT NULL CHECK (length(staff) BETWEEN 1 AND 16),
  here     INTEGER NOT NULL CHECK (here IN (0, 1)),
  place    INTEGER NOT NULL CHECK (place IN (0, 1)), -- here, from afar
  go       INTEGER NOT NULL,
  till     TEXT    NOT NULL,
  number   TEXT    NOT NULL,
  scopes   INTEGER NOT NULL CHECK (scopes >= 0),
  valid_to INTEGER NOT NULL,
  at       INTEGER NOT NULL, -- by the till's clock
  PRIMARY KEY (store, device, epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_of ON duty (staff, at);
