import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openAuditStore } from '@aegis/audit';
import type { OperationRecord } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import type { Effects } from '../effects.js';
import { customers, rulesFile, testProject } from '../testing/test-project.js';
import { finishWithEvents } from '../testing/told-run.js';
import type { RunOptions } from './run-options.js';
import { type FinishedRun, runRules } from './run-rules.js';

const rules = rulesFile({ ids_unique: { table: 'customers.csv', logic: 'type: unique, column: id' } });

const reads = (name: string, from: object = { namespace: 'file', name: 'customers.csv' }) => ({
  ...{
    eventType: 'COMPLETE',
    eventTime: '2026-01-01T00:00:00Z',
    run: { runId: name },
    job: { namespace: 'etl', name },
  },
  inputs: [from],
  outputs: [{ namespace: 'duckdb', name }],
});

const downstream = ['a', 'b', 'c', 'd', 'e'].map((name) => JSON.stringify(reads(name))).join('\n');

const files = { 'customers.csv': customers, 'rules.yaml': rules, 'events.ndjson': downstream };

interface Run extends FinishedRun {
  readonly notes: readonly string[];
}

const run = async (options: Partial<RunOptions>, effects: Effects): Promise<Run> => {
  const { events, ...finished } = await finishWithEvents(
    runRules({ rules: ['rules.yaml'], llm: false, ...options }, effects),
  );
  return { ...finished, notes: events.flatMap((event) => (event.type === 'note' ? [event.message] : [])) };
};

/** A port of this machine that nothing listens on. */
const silentPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describe('lineage of a run', () => {
  it.each([
    ['the flag', { lineage: ['events.ndjson'] }, ''],
    ['a list in aegis.yaml', {}, 'lineage: [events.ndjson]'],
    ['aegis.yaml', {}, 'lineage: { sources: ["${env:EVENTS}"] }'],
  ])('raises the severity of what much is made from, by %s', async (_by, options, config) => {
    const effects = await testProject({ ...files, 'aegis.yaml': config });
    const finished = await run(options, { ...effects, env: { ...effects.env, EVENTS: 'events.ndjson' } });
    expect(finished.report.results[0]).toMatchObject({ severity: 'medium', effective_severity: 'high' });
    expect(finished.notes).toEqual([]);
  });

  it('counts dashboards too', async () => {
    const manifest = {
      metadata: { adapter_type: 'duckdb' },
      nodes: {
        'model.s.stg': {
          resource_type: 'model',
          relation_name: "'customers.csv'",
          depends_on: { nodes: [] },
          compiled_code: 'select 1 as id',
        },
      },
      exposures: Object.fromEntries(
        ['1', '2', '3', '4', '5'].map((name) => [
          `exposure.s.${name}`,
          { resource_type: 'exposure', name, depends_on: { nodes: ['model.s.stg'] } },
        ]),
      ),
    };
    const effects = await testProject({ ...files, 'manifest.json': JSON.stringify(manifest) });
    const finished = await run({ lineage: ['manifest.json'] }, effects);
    expect(finished.report.results[0]).toMatchObject({ effective_severity: 'high' });
  });

  it('finds tables by the names that aegis.yaml gives them', async () => {
    const elsewhere = ['a', 'b', 'c', 'd', 'e'].map((name) => reads(name, { namespace: 'crm', name: 'people' }));
    const config = 'lineage:\n  sources: [events.json]\n  names: { customers.csv: crm/people }\n';
    const effects = await testProject({ ...files, 'events.json': JSON.stringify(elsewhere), 'aegis.yaml': config });
    const finished = await run({}, effects);
    expect(finished.report.results[0]).toMatchObject({ effective_severity: 'high' });
    expect(finished.notes).toEqual([]);
  });

  it('goes on without a server that is down, and says so, here and in the report', async () => {
    const url = `http://127.0.0.1:${await silentPort()}/api/v1/lineage?nodeId=x`;
    const finished = await run({ lineage: [url, 'events.ndjson'] }, await testProject(files));
    expect(finished.notes).toEqual([`Lineage is missing a source: ${url} refused the connection.`]);
    expect(finished.report.notes).toEqual(finished.notes);
    expect(finished.report.results[0]).toMatchObject({ effective_severity: 'high' });
  });

  it('says what is wrong within a source', async () => {
    const effects = await testProject({ ...files, 'events.ndjson': `${downstream}\n{"a":\n{"b":1}` });
    expect((await run({ lineage: ['events.ndjson'] }, effects)).notes).toEqual([
      'Lineage is not complete: events.ndjson:6: half of an event (and 1 more, see aegis lineage show).',
    ]);
  });

  it('refuses a path that does not exist, with the one that was meant and where it was written', async () => {
    const effects = await testProject({ ...files, 'aegis.yaml': 'lineage:\n  - events.ndjsn\n' });
    await expect(run({ lineage: ['event.ndjson'] }, effects)).rejects.toMatchObject({
      code: 'config/not-found',
      display: 'the source of lineage event.ndjson does not exist\n  Did you mean "events.ndjson"?',
    });
    await expect(run({}, effects)).rejects.toMatchObject({
      display: 'aegis.yaml:2:5: the source of lineage events.ndjsn does not exist\n  Did you mean "events.ndjson"?',
    });
  });
});

describe('an operation log', () => {
  const record = (operationId: string, output: string): OperationRecord => ({
    ...{
      operationId,
      runId: 'load',
      sql: `CREATE TABLE ${output} AS SELECT * FROM 'customers.csv'`,
      parserName: 'duckdb',
    },
    ...{ warehouse: null, user: null, rowsAffected: null, durationMs: 1, error: null },
    ...{ startedAt: '2026-01-01T00:00:00.000Z', finishedAt: '2026-01-01T00:00:01.000Z' },
    changes: [
      { kind: 'create_table_as', output: [output], outputColumns: null, inputs: [['customers.csv']], columns: [] },
    ],
  });

  const withLog = async (): Promise<Effects> => {
    const effects = await testProject(files);
    const store = openAuditStore(join(effects.cwd, 'trail.db'));
    for (const name of ['a', 'b', 'c', 'd', 'e']) await store.recordOperation(record(name, `t_${name}`));
    await store.close();
    return effects;
  };

  it.each([['oplog'], ['trail.db']])('is a source of lineage: %s', async (source) => {
    const finished = await run({ lineage: [source], history: 'trail.db' }, await withLog());
    expect(finished.notes).toEqual([]);
    expect(finished.report.results[0]).toMatchObject({ effective_severity: 'high' });
  });

  it('that cannot be read is told, and the run goes on', async () => {
    const effects = await testProject({ ...files, 'other.db': 'no database at all' });
    const finished = await run({ lineage: ['other.db'], history: 'h.db' }, effects);
    expect(finished.notes).toEqual([expect.stringMatching(/^Lineage is missing a source: .*other\.db/)]);
    expect(finished.exitCode).toBe(1);
  });

  it('that does not exist is refused like any other path', async () => {
    await expect(run({ lineage: ['gone.db'] }, await testProject(files))).rejects.toMatchObject({
      code: 'config/not-found',
    });
  });
});

const linesOf = async (file: string) =>
  (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('OpenLineage events of a run', () => {
  it.each([
    ['the flag', { openlineage: 'out.ndjson' }, ''],
    ['aegis.yaml', {}, 'name: shop\nlineage: { export: out.ndjson }'],
  ])('are written by %s, without values of rows', async (_by, options, config) => {
    const effects = await testProject({ ...files, 'aegis.yaml': config });
    const env = { ...effects.env, OPENLINEAGE_PARENT_ID: 'airflow/dag/task/0190c0de-0000-7000-8000-000000000001' };
    await run({ ...options, samples: 'full' }, { ...effects, env });
    const events = await linesOf(join(effects.cwd, 'out.ndjson'));
    expect(events.map(({ eventType }) => eventType)).toEqual(['START', 'START', 'COMPLETE', 'COMPLETE']);
    expect(events[0].run.facets.parent.job).toEqual({ namespace: 'airflow', name: 'dag/task' });
    expect(events[2].inputs[0].inputFacets.dataQualityAssertions.assertions).toMatchObject([
      { assertion: 'unique', success: false },
    ]);
    expect(JSON.stringify(events)).not.toContain('example.com');
  });

  it('are added to those of earlier runs, and to no other file', async () => {
    const effects = await testProject(files);
    await run({ openlineage: 'out.ndjson' }, effects);
    await run({ openlineage: 'out.ndjson' }, effects);
    expect(await linesOf(join(effects.cwd, 'out.ndjson'))).toHaveLength(8);
    await expect(run({ openlineage: 'customers.csv' }, effects)).rejects.toMatchObject({ code: 'config/output' });
  });

  it('that nobody takes cost the run nothing but a note', async () => {
    const url = `http://127.0.0.1:${await silentPort()}`;
    const finished = await run({ openlineage: url }, await testProject(files));
    const note = `OpenLineage events were not delivered: ${url}/ refused the connection.`;
    expect([finished.exitCode, finished.notes]).toEqual([1, [note, note]]);
  });
});
