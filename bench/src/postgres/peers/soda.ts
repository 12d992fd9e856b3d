import { stringify } from 'yaml';
import { columns, shipDates } from './columns.js';
import type { Peer } from './peer.js';

const checks = (rows: number): readonly unknown[] => [
  ...columns.not_null.map((column) => `missing_count(${column}) = 0`),
  ...columns.between.map(([column, low, high]) => ({
    [`invalid_count(${column}) = 0`]: { 'valid min': low, 'valid max': high },
  })),
  { 'failed rows': { 'fail condition': `ship_date < date '${shipDates[0]}' or ship_date > date '${shipDates[1]}'` } },
  ...columns.accepted.map(([column, values]) => ({ [`invalid_count(${column}) = 0`]: { 'valid values': values } })),
  ...columns.matches.map(([column, pattern]) => ({ [`invalid_count(${column}) = 0`]: { 'valid regex': pattern } })),
  ...columns.mean.map(([column, low, high]) => `avg(${column}) between ${low} and ${high}`),
  'sum(unit_price) >= 0',
  'stddev(quantity) <= 20',
  `row_count = ${rows}`,
  'freshness(updated_at) < 3650d',
  'duplicate_count(line_id) = 0',
  'duplicate_count(tracking_number) = 0',
  'values in (order_id) must exist in orders (order_id)',
  'values in (part_id) must exist in parts (part_id)',
];

export const soda: Peer = {
  name: 'soda-core',
  program: 'soda',
  files: ({ dataSet, host, port, user, password, database }) => ({
    'configuration.yml': stringify({
      'data_source shop': {
        type: 'postgres',
        ...{ host, port, username: user, password, database, schema: 'public' },
      },
    }),
    'checks.yml': stringify({ 'checks for lines': checks(dataSet.rows) }),
  }),
  args: ['scan', '-d', 'shop', '-c', 'configuration.yml', '-srf', 'results.json', 'checks.yml'],
  judged: (_stdout, read) => {
    const { checks: judged } = JSON.parse(read('results.json')) as { checks: readonly { outcome: string | null }[] };
    if (judged.some(({ outcome }) => outcome === null)) throw new Error('soda-core could not judge every check');
    return { rules: judged.length, failed: judged.filter(({ outcome }) => outcome === 'fail').length };
  },
};
