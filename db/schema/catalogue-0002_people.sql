-- Limits and registrations of people.

ALTER TABLE staff ADD COLUMN price_limit_bp INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN refund_limit   INTEGER NOT NULL DEFAULT 0; -- fen
ALTER TABLE staff ADD COLUMN count_limit    INTEGER NOT NULL DEFAULT 0; -- fen
ALTER TABLE staff ADD COLUMN reg_kind       INTEGER NOT NULL DEFAULT 0; -- RegistrationKind
ALTER TABLE staff ADD COLUMN reg_number     TEXT    NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN reg_scopes     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN reg_from       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN reg_to         INTEGER NOT NULL DEFAULT 0;

-- Central may have sent these before this till could keep them: it reads the stream again.
-- Articles and prices that are here already stay as they are.
UPDATE staff SET ver = 0;
UPDATE cursor SET pos = 0;
