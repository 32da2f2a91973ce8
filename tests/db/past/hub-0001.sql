-- A hub's books of the first schema: a store, a clerk. Nobody is real.
INSERT INTO store (code, name, round_step, ver) VALUES ('0123', '和平路店', 10, 1);
PRAGMA user_version = 1;
