import { expect, it } from 'vitest';
import { readCheckLine } from './check-line.js';

it.each([
  ['row_count > 0', { kind: 'metric', metric: 'row_count', args: [], passes: '> 0' }],
  ['missing_percent(email) < 5%', { kind: 'metric', metric: 'missing_percent', args: ['email'], passes: '< 5%' }],
  ['duplicate_count(a, "B c") = 0', { kind: 'metric', metric: 'duplicate_count', args: ['a', '"B c"'], passes: '= 0' }],
  ['avg(total)  between (1 and 5]', { kind: 'metric', metric: 'avg', args: ['total'], passes: 'between (1 and 5]' }],
  ['avg(total)', { kind: 'metric', metric: 'avg', args: ['total'], passes: undefined }],
  ['freshness(loaded_at) < 1d6h', { kind: 'metric', metric: 'freshness', args: ['loaded_at'], passes: '< 1d6h' }],
  ['freshness using loaded_at < 1d', { kind: 'metric', metric: 'freshness', args: ['loaded_at'], passes: '< 1d' }],
  [
    'values in (a, b) must exist in dim.customers (x, y)',
    { kind: 'reference', columns: ['a', 'b'], other: 'dim.customers', keys: ['x', 'y'], isForbidden: false },
  ],
  [
    'values in (a) must not exist in blocked (id)',
    { kind: 'reference', columns: ['a'], other: 'blocked', keys: ['id'], isForbidden: true },
  ],
  ['row_count same as raw_orders', { kind: 'same rows', other: 'raw_orders', source: undefined }],
  ['row_count same as raw_orders in lake', { kind: 'same rows', other: 'raw_orders', source: 'lake' }],
  ['schema', { kind: 'named', name: 'schema' }],
  ['failed rows', { kind: 'named', name: 'failed rows' }],
  ['change avg last 7 for row_count < 50', { kind: 'over time' }],
  ['anomaly detection for row_count', { kind: 'over time' }],
  ['row_count of orders', { kind: 'unknown' }],
  ['', { kind: 'unknown' }],
])('%s', (line, read) => {
  expect(readCheckLine(line)).toEqual(read);
});
