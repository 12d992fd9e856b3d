import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Report, RuleResult } from '@aegis/spec';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { openLineage } from '../../node/open-lineage.js';
import { fixtures, hasFixtures, noFixtures } from '../../testing/fixtures.js';
import { folderOf } from '../../testing/folder-of.js';
import { graphOf } from '../../testing/graph-of.js';
import type { OpenLineageEvent } from './event.js';
import { runFinished, runStarted } from './run-events.js';
import { uuidOf } from './uuid.js';

const result = (more: Partial<RuleResult> = {}): RuleResult => ({
  ...{
    rule_id: 'ids_there',
    rule_type: 'not_null',
    description: 'Ids are there.',
    owner: null,
    tags: [],
    table: 'orders',
  },
  ...{ columns: ['id'], outcome: 'fail', severity: 'high', effective_severity: 'high', escalated: false },
  ...{ model_severity: null, rows_checked: 10, rows_failed: 2, unit: 'rows', failed_percent: 20, failed_by: null },
  ...{ rows_sampled: null, observed: { nulls: 2, newest: 'SECRET', max: 4711 }, expected: { fail_if: 'rows > 0' } },
  ...{ sample: [{ id: 'SECRET' }], notes: [], error: null, duration_ms: 1, statements: 1, bytes_scanned: null },
  ...{ consistency: 'per statement', warehouse: 'main', location: null, diagnosis: null, root_cause: null },
  remediation: null,
  ...more,
});

const report = (results: readonly RuleResult[], status: Report['status'] = 'completed'): Report => ({
  ...{ schema: 'aegis.dev/report/v1', run_id: '20260115-120000-9f3a1c', status, now: '2026-01-15T12:00:00Z' },
  ...{ started_at: '2026-01-15T12:00:00Z', finished_at: '2026-01-15T12:00:05Z', duration_ms: 5000 },
  ...{ rules_files: [], warehouses: ['main'], llm: null, results, notes: [] },
  summary: {
    ...{ total_rules: results.length, passed: 0, warned: 0, failed: 1, errored: 0, not_applicable: 0, pass_rate: 0 },
    severity_breakdown: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
    ...{ queries: 1, bytes_scanned: null, llm_calls: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0 },
  },
  reconciliation: { pairs_checked: 0, pairs_passed: 0, pairs_failed: 0, details: [] },
});

const outcomes = (['pass', 'warn', 'fail', 'error', 'not_applicable'] as const).map((outcome) =>
  result({ rule_id: outcome, outcome }),
);

const lineage = async () => {
  const folder = await folderOf({ 'x.sql': 'create table orders as select o.id from raw o where o.kind = 1;' });
  return (await openLineage(['x.sql'], { cwd: folder })).graph;
};

const wholeRun = async (): Promise<readonly OpenLineageEvent[]> => {
  const parent = { namespace: 'airflow', name: 'dag.task', runId: uuidOf('task') };
  const options = { graph: await lineage(), namespaces: { main: 'duckdb://shop' }, parent };
  const finished = report([...outcomes, result({ table: 'data/items.csv' })]);
  return [
    runStarted({ runId: finished.run_id, startedAt: finished.started_at }, options),
    ...runFinished(finished, options),
  ];
};

describe('events of a run', () => {
  it('begin and end it, with a run for each table within it', async () => {
    const events = await wholeRun();
    const [started, ...others] = events;
    const ended = others.at(-1);
    expect(started).toMatchObject({
      eventType: 'START',
      eventTime: '2026-01-15T12:00:00Z',
      job: { namespace: 'aegis', name: 'aegis run' },
    });
    expect(ended).toMatchObject({
      eventType: 'COMPLETE',
      run: { runId: started?.run.runId, facets: { parent: { job: { name: 'dag.task' } } } },
    });
    expect(events.map(({ eventType, job }) => `${eventType} ${job.name}`)).toEqual([
      'START aegis run',
      ...['START aegis run.orders', 'COMPLETE aegis run.orders'],
      ...['START aegis run.data/items.csv', 'COMPLETE aegis run.data/items.csv'],
      'COMPLETE aegis run',
    ]);
    for (const child of others.slice(0, -1))
      expect(child.run.facets.parent).toMatchObject({ run: { runId: started?.run.runId }, job: { name: 'aegis run' } });
  });

  it.each([
    ['completed', 'COMPLETE'],
    ['cancelled', 'ABORT'],
    ['incomplete', 'FAIL'],
  ] as const)('say of one that is %s: %s', (status, eventType) => {
    expect(runFinished(report([result()], status)).map((event) => event.eventType)).toEqual([
      'START',
      eventType,
      eventType,
    ]);
  });

  it('tell every rule with its outcome, and those that were judged as assertions', async () => {
    const [, , orders] = await wholeRun();
    expect(orders?.run.facets.test).toMatchObject({
      tests: [
        { name: 'pass', status: 'pass', severity: 'error' },
        { name: 'warn', status: 'fail', severity: 'warn' },
        { name: 'fail', status: 'fail', severity: 'error' },
        { name: 'error', status: 'skip' },
        { name: 'not_applicable', status: 'skip' },
      ],
    });
    expect(orders?.inputs[0]?.inputFacets).toMatchObject({
      dataQualityAssertions: {
        assertions: [
          { assertion: 'not_null', column: 'id', success: true, name: 'pass' },
          { success: false, severity: 'warn', name: 'warn' },
          { success: false, name: 'fail', actual: '{"rows_checked":10,"rows_failed":2,"failed_percent":20,"nulls":2}' },
        ],
      },
      dataQualityMetrics: { rowCount: 10, columnMetrics: { id: { nullCount: 2 } } },
    });
  });

  it('name tables as lineage does, with what their columns are made from', async () => {
    const [, , orders, , file] = await wholeRun();
    expect(orders?.inputs).toMatchObject([
      {
        ...{ namespace: 'duckdb://shop', name: 'orders' },
        facets: {
          schema: { fields: [{ name: 'id' }] },
          columnLineage: {
            fields: {
              id: {
                inputFields: [{ name: 'raw', field: 'id', transformations: [{ type: 'DIRECT', subtype: 'IDENTITY' }] }],
              },
            },
            dataset: [{ name: 'raw', field: 'kind', transformations: [{ type: 'INDIRECT', subtype: 'FILTER' }] }],
          },
        },
      },
    ]);
    expect(file?.inputs).toMatchObject([{ namespace: 'file', name: 'data/items.csv' }]);
  });

  it('hold no value of a row', async () => {
    expect(JSON.stringify(await wholeRun())).not.toMatch(/SECRET|4711/);
  });

  it('are read back as lineage', async () => {
    const graph = await graphOf(...(await wholeRun()));
    expect(graph.problems).toEqual([]);
    expect(graph.operationCount).toBe(3);
  });

  it('have the members that the specification requires, everywhere', async () => {
    for (const event of await wholeRun()) {
      expect(event).toMatchObject({
        eventTime: expect.stringMatching(/Z$/),
        producer: expect.stringMatching(/^https:/),
        schemaURL: expect.stringMatching(/^https:/),
      });
      expect(event.run.runId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      const facets = [
        event.run.facets,
        event.job.facets,
        ...event.inputs.flatMap((input) => [input.facets, input.inputFacets]),
      ];
      for (const facet of facets.flatMap((each) => Object.values(each)))
        expect(facet).toMatchObject({ _producer: expect.any(String), _schemaURL: expect.stringMatching(/^https:/) });
    }
  });
});

const schemas = fixtures('openlineage', (name) => name.startsWith('spec-'));

describe('the published schemas', () => {
  it('accept every event and every facet of it', async ({ skip }) => {
    if (!hasFixtures) skip(noFixtures);
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    const ids = new Map(
      schemas.map((file) => {
        const schema = JSON.parse(readFileSync(file, 'utf8'));
        ajv.addSchema(schema);
        return [basename(file), String(schema.$id)];
      }),
    );
    const accepts = (file: string, value: unknown, at = ''): void => {
      const validate = ajv.getSchema(`${ids.get(`spec-${file}.json`)}${at}`);
      expect(validate?.(value) ? [] : (validate?.errors ?? 'no such schema')).toEqual([]);
    };
    for (const event of await wholeRun()) {
      accepts('OpenLineage', event, '#/$defs/RunEvent');
      accepts('TestRunFacet', event.run.facets);
      for (const { facets, inputFacets } of event.inputs) {
        accepts('SchemaDatasetFacet', facets);
        accepts('ColumnLineageDatasetFacet', facets);
        accepts('DataQualityAssertionsDatasetFacet', inputFacets);
        accepts('DataQualityMetricsInputDatasetFacet', inputFacets);
      }
    }
  });
});
