export const operations = `
CREATE TABLE operations (
  id            INTEGER PRIMARY KEY,
  operation_id  TEXT NOT NULL UNIQUE,
  run_id        TEXT NOT NULL,
  kind          TEXT NOT NULL,
  output        TEXT,
  sql           TEXT NOT NULL,
  parser_name   TEXT NOT NULL,
  warehouse     TEXT,
  user          TEXT,
  changes_json  TEXT NOT NULL,
  rows_affected TEXT,
  started_at    TEXT NOT NULL,
  finished_at   TEXT NOT NULL,
  duration_ms   REAL NOT NULL,
  error_code    TEXT,
  error_message TEXT
) STRICT;
CREATE INDEX operations_by_run ON operations (run_id);

CREATE TRIGGER operations_are_kept BEFORE DELETE ON operations
BEGIN SELECT RAISE(ABORT, 'operations are append-only'); END;
CREATE TRIGGER operations_stay BEFORE UPDATE ON operations
BEGIN SELECT RAISE(ABORT, 'operations are append-only'); END;
`;
