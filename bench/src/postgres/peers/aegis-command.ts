import { join } from 'node:path';
import { documentsFor, now } from '../../rules.js';
import type { Peer } from './peer.js';

const script = join(import.meta.dirname, '..', '..', '..', '..', 'packages', 'cli', 'dist', 'bin.js');

/** The built command, as a process like the others. */
export const aegisCommand: Peer = {
  name: 'aegis run',
  program: process.execPath,
  files: ({ dataSet, host, port, user, password, database }) => ({
    'aegis.yaml': JSON.stringify({
      warehouses: {
        shop: { type: 'postgres', ...{ host, port: Number(port), user, database, password: '${file:.password}' } },
      },
      audit: { path: 'history.db' },
    }),
    'rules.yaml': JSON.stringify({ rules: documentsFor(dataSet, 'native') }),
    '.password': password,
  }),
  args: [script, 'run', 'rules.yaml', '--no-llm', '--quiet', '--now', now, '--output-json', 'report.json'],
  judged: (_stdout, read) => {
    const { summary } = JSON.parse(read('report.json')) as { summary: { total_rules: number; failed: number } };
    return { rules: summary.total_rules, failed: summary.failed };
  },
};
