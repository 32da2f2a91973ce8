-- What central had sent to a till of the first schema. Nobody is real.
INSERT INTO cursor VALUES ('cat', 7);
INSERT INTO staff VALUES ('0312', 3, '张三', 0, 7, 500, 1, '90312', NULL, NULL, 2, 19922944, 4);
INSERT INTO staff VALUES ('0101', 1, '陈立', 3, 16383, 3000, 1, '', NULL, NULL, 2, 19922944, 1);
PRAGMA user_version = 1;
