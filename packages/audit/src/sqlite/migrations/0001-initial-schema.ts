export const initialSchema = `
CREATE TABLE runs (
  run_id         TEXT PRIMARY KEY NOT NULL,
  kind           TEXT NOT NULL,
  status         TEXT NOT NULL CHECK (status IN ('running', 'completed', 'cancelled', 'incomplete')),
  started_at     TEXT NOT NULL,
  finished_at    TEXT,
  rules_file     TEXT,
  warehouse      TEXT NOT NULL,
  llm            TEXT,
  total_cost_usd REAL,
  summary_json   TEXT,
  report_json    TEXT
) STRICT;
CREATE INDEX runs_by_start ON runs (started_at);

CREATE TRIGGER runs_are_kept BEFORE DELETE ON runs
BEGIN SELECT RAISE(ABORT, 'runs are append-only'); END;
CREATE TRIGGER runs_start_once
BEFORE UPDATE OF run_id, kind, started_at, rules_file, warehouse, llm ON runs
BEGIN SELECT RAISE(ABORT, 'the start of a run cannot be changed'); END;
CREATE TRIGGER runs_complete_once BEFORE UPDATE ON runs WHEN OLD.status = 'completed'
BEGIN SELECT RAISE(ABORT, 'a completed run cannot be changed'); END;

CREATE TABLE steps (
  id          INTEGER PRIMARY KEY,
  run_id      TEXT NOT NULL REFERENCES runs (run_id),
  node        TEXT NOT NULL,
  "table"     TEXT,
  started_at  TEXT NOT NULL,
  duration_ms REAL NOT NULL,
  outcome     TEXT NOT NULL,
  detail      TEXT
) STRICT;
CREATE INDEX steps_by_run ON steps (run_id);

CREATE TABLE decisions (
  id             INTEGER PRIMARY KEY,
  run_id         TEXT NOT NULL REFERENCES runs (run_id),
  node           TEXT NOT NULL,
  rule_id        TEXT,
  prompt         TEXT NOT NULL,
  response       TEXT NOT NULL,
  model          TEXT NOT NULL,
  prompt_version TEXT,
  input_tokens   INTEGER NOT NULL,
  output_tokens  INTEGER NOT NULL,
  cost_usd       REAL,
  latency_ms     REAL NOT NULL,
  recorded_at    TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_by_run ON decisions (run_id);

CREATE TRIGGER decisions_are_kept BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

CREATE VIRTUAL TABLE decisions_fts USING fts5 (
  prompt, response, content = 'decisions', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
-- Rows of decisions never change or go, so that an insert is all that the index has to follow.
CREATE TRIGGER decisions_are_indexed AFTER INSERT ON decisions
BEGIN INSERT INTO decisions_fts (rowid, prompt, response) VALUES (NEW.id, NEW.prompt, NEW.response); END;

CREATE TABLE measurements (
  id             INTEGER PRIMARY KEY,
  key            TEXT NOT NULL,
  run_id         TEXT NOT NULL REFERENCES runs (run_id),
  rule_id        TEXT NOT NULL,
  measured_at    TEXT NOT NULL,
  measured_at_ms INTEGER NOT NULL,
  state_json     TEXT NOT NULL,
  metric         REAL,
  UNIQUE (key, run_id)
) STRICT;
CREATE INDEX measurements_by_time ON measurements (key, measured_at_ms);

CREATE TABLE chain (
  seq           INTEGER PRIMARY KEY,
  run_id        TEXT NOT NULL REFERENCES runs (run_id),
  kind          TEXT NOT NULL CHECK (kind IN ('start', 'decision', 'finish')),
  decision_id   INTEGER REFERENCES decisions (id),
  payload_hash  TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash          TEXT NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER chain_is_kept BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'the chain is append-only'); END;
CREATE TRIGGER chain_stays BEFORE UPDATE ON chain
BEGIN SELECT RAISE(ABORT, 'the chain is append-only'); END;

CREATE TABLE checkpoints (
  scope TEXT NOT NULL,
  key   TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT;
`;
