import type { LineageTrace, TracedColumnEdge, TracedDataset, TracedOperation } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { sitesBeyond, sitesOf } from './sites.js';
import { indexTrace, type TraceIndex } from './trace-index.js';

/** Tables that hand a column `x` on, by who is made from whom. */
const indexOf = (target: string, made: { readonly [output: string]: readonly string[] }): TraceIndex => {
  const names = [...new Set([target, ...Object.entries(made).flatMap(([output, inputs]) => [output, ...inputs])])];
  const datasets = names.map(
    (name): TracedDataset => ({
      ...{ id: name, name, table: { kind: 'named', parts: [name] }, columns: ['x'], distance: 0, isDropped: false },
      kind: 'table',
    }),
  );
  const operations = Object.entries(made).map(
    ([output, inputs]): TracedOperation => ({
      ...{ id: output, kind: 'create_table_as', name: output, output, inputs, sql: null, parserName: null },
      ...{ ranAt: null, rowsWritten: null },
    }),
  );
  const columns = Object.entries(made).flatMap(([output, inputs]) =>
    inputs.map(
      (input): TracedColumnEdge => ({
        ...{ from: { dataset: input, column: 'x' }, to: { dataset: output, column: 'x' } },
        ...{ type: 'DIRECT', subtype: 'IDENTITY', expression: null, operation: output },
      }),
    ),
  );
  const trace: LineageTrace = { target, datasets, operations, columns, gaps: [] };
  const index = indexTrace(trace);
  if (!index) throw new Error('no target');
  return index;
};

const waysIn = (index: TraceIndex) =>
  sitesOf(index, index.target, ['x']).map(({ dataset, child }) => [dataset.name, child?.dataset.name]);

describe('sites on the way up', () => {
  it('are there once for each table that they feed', () => {
    const index = indexOf('mart', { mart: ['eu', 'us'], eu: ['raw'], us: ['raw'], raw: ['landing'] });
    expect(waysIn(index)).toEqual([
      ['mart', undefined],
      ['eu', 'mart'],
      ['us', 'mart'],
      ['raw', 'eu'],
      ['raw', 'us'],
      ['landing', 'raw'],
    ]);
    expect(sitesBeyond(index, sitesOf(index, index.target, ['x']))).toEqual([]);
  });

  it('end where tables are made from each other', () => {
    expect(waysIn(indexOf('a', { a: ['b'], b: ['a'] }))).toEqual([
      ['a', undefined],
      ['b', 'a'],
      ['a', 'b'],
    ]);
  });

  it('are bounded, and tell that there are more', () => {
    const index = indexOf('mart', { mart: Array.from({ length: 60 }, (_, month) => `orders_${month}`) });
    const sites = sitesOf(index, index.target, ['x']);
    expect(sites).toHaveLength(40);
    expect(sitesBeyond(index, sites).map(({ dataset }) => dataset.name)).toEqual(['orders_39']);
  });
});
