import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { decision, operation, report, runStart } from '../__fixtures__/records.js';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { openAuditStore } from '../open-audit-store.js';
import { initialSchema } from './migrations/0001-initial-schema.js';

/** Programs read these tables: a red pin asks for a decision (a migration and a changeset), not for an edit. */
const pinned = {
  chain: ['seq', 'run_id', 'kind', 'decision_id', 'payload_hash', 'previous_hash', 'hash'],
  checkpoints: ['scope', 'key', 'value'],
  decisions: [
    'id',
    'run_id',
    'node',
    'rule_id',
    'prompt',
    'response',
    'model',
    'prompt_version',
    'input_tokens',
    'output_tokens',
    'cost_usd',
    'latency_ms',
    'recorded_at',
  ],
  decisions_fts: ['prompt', 'response'],
  measurements: ['id', 'key', 'run_id', 'rule_id', 'measured_at', 'measured_at_ms', 'state_json', 'metric'],
  operations: [
    ...['id', 'operation_id', 'run_id', 'kind', 'output', 'sql', 'parser_name', 'warehouse', 'user', 'changes_json'],
    ...['rows_affected', 'started_at', 'finished_at', 'duration_ms', 'error_code', 'error_message'],
  ],
  runs: [
    'run_id',
    'kind',
    'status',
    'started_at',
    'finished_at',
    'rules_file',
    'warehouse',
    'llm',
    'total_cost_usd',
    'summary_json',
    'report_json',
  ],
  steps: ['id', 'run_id', 'node', 'table', 'started_at', 'duration_ms', 'outcome', 'detail'],
};

describe('the schema', () => {
  let path: string;
  const query = <Row>(sql: string): readonly Row[] => {
    const database = new Database(path, { readonly: true });
    const rows = database.prepare<[], Row>(sql).all();
    database.close();
    return rows;
  };

  beforeEach(async () => {
    path = join(temporaryFolder(), 'history.db');
    const store = openAuditStore(path);
    await store.startRun(runStart('r1', { rulesFiles: ['a.yaml', 'b.yaml'], llm: 'ollama/llama3.2' }));
    await store.recordDecision('r1', decision());
    await store.recordOperation(operation('o1'));
    await store.finishRun('r1', report('r1'));
    await store.close();
  });

  it('has the tables and columns that programs read', () => {
    const tables = query<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'decisions_fts_*' ORDER BY name`,
    );
    const columns = tables.map(({ name }) => [
      name,
      query<{ name: string }>(`SELECT name FROM pragma_table_info('${name}') ORDER BY cid`).map(
        (column) => column.name,
      ),
    ]);
    expect(Object.fromEntries(columns)).toEqual(pinned);
  });

  it('has version 2', () => {
    expect(query('PRAGMA user_version')).toEqual([{ user_version: 2 }]);
  });

  it('brings a trail of version 1 up to date and keeps what it holds', async () => {
    const old = join(temporaryFolder(), 'old.db');
    const database = new Database(old);
    database.exec(`${initialSchema}; PRAGMA application_id = 1097164649; PRAGMA user_version = 1`);
    database.exec(`INSERT INTO runs (run_id, kind, status, started_at, warehouse)
                   VALUES ('r0', 'run', 'running', '2024-01-01T00:00:00Z', 'duckdb')`);
    database.close();
    const store = openAuditStore(old);
    await store.recordOperation(operation('o1'));
    expect((await store.listRuns()).map(({ runId }) => runId)).toEqual(['r0']);
    expect(await store.operations()).toEqual([operation('o1')]);
    await store.close();
  });

  it('shows an operation as one row that SQL can read', () => {
    const [row] = query<Record<string, string>>('SELECT * FROM operations');
    expect(row).toMatchObject({ run_id: 'load-1', kind: 'create_table_as', output: 'totals', user: 'ana' });
  });

  it('shows a run as one row that SQL can read', () => {
    const [run] = query<Record<string, string>>('SELECT * FROM runs');
    expect(run).toMatchObject({ run_id: 'r1', kind: 'run', llm: 'ollama/llama3.2', rules_file: '["a.yaml","b.yaml"]' });
    expect(query(`SELECT report_json ->> 'status' AS status FROM runs`)).toEqual([{ status: 'completed' }]);
  });

  it('follows decisions with the full-text index', () => {
    expect(query(`SELECT rowid FROM decisions_fts WHERE decisions_fts MATCH 'nightly'`)).toEqual([{ rowid: 1 }]);
  });

  it.each([
    `UPDATE decisions SET response = 'x'`,
    'DELETE FROM decisions',
    `UPDATE chain SET hash = 'x'`,
    'DELETE FROM chain',
    'DELETE FROM runs',
    `UPDATE operations SET sql = 'x'`,
    'DELETE FROM operations',
    `UPDATE runs SET started_at = 'x'`,
    'UPDATE runs SET total_cost_usd = 0',
  ])('refuses %s', (sql) => {
    const database = new Database(path);
    expect(() => database.exec(sql)).toThrow(/append-only|cannot be changed/);
    database.close();
  });
});
