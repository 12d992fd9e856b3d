import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { columns, newestAfter, shipDates } from './columns.js';
import type { Peer } from './peer.js';

export const greatExpectations: Peer = {
  name: 'great_expectations',
  program: 'python',
  files: ({ dataSet, host, port, user, password, database }) => ({
    'validate.py': readFileSync(join(import.meta.dirname, 'great-expectations.py'), 'utf8'),
    'settings.json': JSON.stringify({
      url: `postgresql+psycopg2://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`,
      columns: { ...columns, between: [...columns.between, ['ship_date', ...shipDates]] },
      rows: dataSet.rows,
      newest_after: newestAfter,
    }),
  }),
  args: ['validate.py', 'settings.json'],
  judged: (stdout) => {
    const { rules, failed, errors } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    if (errors > 0) throw new Error(`great_expectations could not judge ${errors} rules`);
    return { rules, failed };
  },
};
