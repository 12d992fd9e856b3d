import type { LineageTrace, TracedColumnEdge, TracedDataset } from '@aegis/spec';
import { expect, it } from 'vitest';
import { indexTrace } from './trace-index.js';

const dataset = (name: string, columns: readonly string[] = []): TracedDataset => ({
  ...{ id: name, name, table: { kind: 'named', parts: [name] }, kind: 'table', columns, distance: 0, isDropped: false },
});

const edge = (from: string, to: string | null): TracedColumnEdge => ({
  ...{ from: { dataset: 'raw', column: from }, to: { dataset: 'mart', column: to } },
  ...{ type: 'DIRECT', subtype: 'IDENTITY', expression: null, operation: 'load' },
});

it('knows the columns that are read of a dataset, where the graph lists none', () => {
  const columns = [edge('id', 'id'), edge('ID', 'key'), edge('day', null)];
  const trace: LineageTrace = {
    ...{ target: 'mart', datasets: [dataset('mart'), dataset('raw')], operations: [], columns, gaps: [] },
  };
  const index = indexTrace(trace);
  expect(index?.dataset('raw')?.columns).toEqual(['id', 'day']);
  expect(index?.target.columns).toEqual(['id', 'key']);
  const listed = indexTrace({ ...trace, datasets: [dataset('mart'), dataset('raw', ['id', 'day', 'other'])] });
  expect(listed?.dataset('raw')?.columns).toEqual(['id', 'day', 'other']);
});
