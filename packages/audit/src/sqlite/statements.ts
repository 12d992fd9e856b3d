export const insertRun = `
INSERT INTO runs (
  run_id, kind, status, started_at, finished_at, rules_file, warehouse, llm, total_cost_usd, summary_json, report_json
) VALUES (
  @run_id, @kind, @status, @started_at, @finished_at, @rules_file, @warehouse, @llm, @total_cost_usd, @summary_json,
  @report_json
)`;

export const updateRun = `
UPDATE runs
SET status = @status, finished_at = @finished_at, total_cost_usd = @total_cost_usd, summary_json = @summary_json,
    report_json = @report_json
WHERE run_id = @run_id`;

/** The first comparison lets the index find where the prefix starts. */
export const runIdsFrom = `
SELECT run_id FROM runs
WHERE run_id >= @prefix AND substr(run_id, 1, length(@prefix)) = @prefix
ORDER BY run_id LIMIT @limit`;

/** Without the reports, which may be large. */
export const latestRuns = `
SELECT run_id, kind, status, started_at, finished_at, rules_file, warehouse, llm, total_cost_usd, summary_json
FROM runs
WHERE @kind IS NULL OR kind = @kind
ORDER BY started_at DESC, rowid DESC LIMIT @limit`;

export const insertStep = `
INSERT INTO steps (run_id, node, "table", started_at, duration_ms, outcome, detail)
VALUES (@run_id, @node, @table, @started_at, @duration_ms, @outcome, @detail)`;

/** Gives the row back as stored: SQLite replaces what is not Unicode, and the chain speaks of what is stored. */
export const insertDecision = `
INSERT INTO decisions (
  run_id, node, rule_id, prompt, response, model, prompt_version, input_tokens, output_tokens, cost_usd, latency_ms,
  recorded_at
) VALUES (
  @run_id, @node, @rule_id, @prompt, @response, @model, @prompt_version, @input_tokens, @output_tokens, @cost_usd,
  @latency_ms, @recorded_at
) RETURNING *`;

/** By recording and not by rank, so that a common word need not be ranked over the whole history. */
export const decisionsWith = `
SELECT decisions.*
FROM decisions_fts JOIN decisions ON decisions.id = decisions_fts.rowid
WHERE decisions_fts MATCH @query
ORDER BY decisions_fts.rowid DESC LIMIT @limit`;

export const putMeasurement = `
INSERT INTO measurements (key, run_id, rule_id, measured_at, measured_at_ms, state_json, metric)
VALUES (@key, @run_id, @rule_id, @measured_at, @measured_at_ms, @state_json, @metric)
ON CONFLICT (key, run_id) DO UPDATE SET
  rule_id = excluded.rule_id, measured_at = excluded.measured_at, measured_at_ms = excluded.measured_at_ms,
  state_json = excluded.state_json, metric = excluded.metric`;

export const latestMeasurements = `
SELECT measurements.*
FROM measurements JOIN runs USING (run_id)
WHERE key = @key AND measured_at_ms < @beforeMs AND status <> 'running'
ORDER BY measured_at_ms DESC, id DESC LIMIT @limit`;

export const appendEvent = `
INSERT INTO chain (seq, run_id, kind, decision_id, payload_hash, previous_hash, hash)
VALUES (@seq, @run_id, @kind, @decision_id, @payload_hash, @previous_hash, @hash)`;

export const insertOperation = `
INSERT INTO operations (
  operation_id, run_id, kind, output, sql, parser_name, warehouse, user, changes_json, rows_affected, started_at,
  finished_at, duration_ms, error_code, error_message
) VALUES (
  @operation_id, @run_id, @kind, @output, @sql, @parser_name, @warehouse, @user, @changes_json, @rows_affected,
  @started_at, @finished_at, @duration_ms, @error_code, @error_message
)`;

export const operations = 'SELECT * FROM operations WHERE @runId IS NULL OR run_id = @runId ORDER BY id';

export const putCheckpoint = `
INSERT INTO checkpoints (scope, key, value) VALUES (@scope, @key, @value)
ON CONFLICT (scope, key) DO UPDATE SET value = excluded.value`;

export const checkpoint = 'SELECT value FROM checkpoints WHERE scope = @scope AND key = @key';

export const checkpointKeys = `
SELECT key FROM checkpoints
WHERE scope = @scope AND key >= @prefix AND substr(key, 1, length(@prefix)) = @prefix
ORDER BY key`;
