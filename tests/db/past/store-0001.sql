-- What a till of the first schema kept: one shift, one sale on the books, who was here. Nobody is real.
INSERT INTO setting (key, value) VALUES ('store.name', '和平路店'), ('store.round_step', '10');
INSERT INTO cursor VALUES ('store', 3);
INSERT INTO lockout VALUES ('staff:0312', 2, 0);
INSERT INTO shift (number, business_date, opened_us, opened_by, float_fen, first_sale) VALUES (1, 20261122, 1795311660000000, '0312', 0, 1);
INSERT INTO lot VALUES (2, 'B1', 20280331, 0);
INSERT INTO movement VALUES (0, 1, 1, 1, 0, 2, 'B1', 20280331, 'A-01', 60, 'receive', 'RK1');
INSERT INTO balance (product, lot_no, location, qty) VALUES (2, 'B1', 'A-01', 60);
INSERT INTO audit_log VALUES (1, 1795311660000000, '0312', 'sign.in', '', '', zeroblob(32));
PRAGMA user_version = 1;
