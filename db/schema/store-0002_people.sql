-- Who is the pharmacist here, and what managers ask about people.

-- FACTS: pharmacists who came and went at this till -------------------------------------------

CREATE TABLE duty (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  staff    TEXT NOT NULL CHECK (staff <> ''),
  here     INTEGER NOT NULL CHECK (here IN (0, 1)),  -- came, went
  place    INTEGER NOT NULL,                         -- DutyPlace
  go       INTEGER NOT NULL,                         -- DutyGo
  number   TEXT NOT NULL,                            -- registration, as it was then
  scopes   INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  at_us    INTEGER NOT NULL
) STRICT;
CREATE TRIGGER duty_stays BEFORE UPDATE ON duty
  BEGIN SELECT raise(ABORT, 'the duty log is never changed'); END;
CREATE TRIGGER duty_is_kept BEFORE DELETE ON duty
  BEGIN SELECT raise(ABORT, 'the duty log is never deleted'); END;

-- COPIES: what was said last about each pharmacist, here or at another till --------------------

CREATE TABLE duty_now (
  staff    TEXT NOT NULL PRIMARY KEY,
  here     INTEGER NOT NULL CHECK (here IN (0, 1)),
  place    INTEGER NOT NULL,
  go       INTEGER NOT NULL,
  till     TEXT NOT NULL,
  number   TEXT NOT NULL,
  scopes   INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  at_us    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When somebody was here last.
CREATE INDEX audit_log_sign_in ON audit_log (staff, at_us) WHERE action = 'sign.in';
