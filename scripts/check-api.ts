import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { apiReport, publishedEntries } from './api/api-report.js';
import { readWorkspace } from './architecture/workspace.js';
import { run } from './command.js';
import { root } from './root.js';
import { withTemporaryFolder } from './temporary-folder.js';

const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } });

const folder = join(root, 'api');
const entries = publishedEntries(readWorkspace(root));
const surplus = existsSync(folder)
  ? readdirSync(folder).filter((name) => !entries.some(({ reportName }) => reportName === name))
  : [];

const update = async (scratch: string): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  for (const entry of entries) writeFileSync(join(folder, entry.reportName), apiReport(root, entry, scratch));
  for (const name of surplus) rmSync(join(folder, name));
  console.log(`${entries.length} reports in api/, ${surplus.length} removed`);
};

const check = async (scratch: string): Promise<void> => {
  const changed: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.reportName);
    const report = apiReport(root, entry, scratch);
    if (existsSync(path) && readFileSync(path, 'utf8') === report) continue;
    changed.push(entry.reportName);
    writeFileSync(join(scratch, entry.reportName), report);
    const args = [
      'diff',
      '--no-index',
      '--no-color',
      existsSync(path) ? path : '/dev/null',
      join(scratch, entry.reportName),
    ];
    console.log((await run('git', args, { cwd: root })).stdout);
  }
  for (const name of surplus) console.log(`api/${name} belongs to no entry`);
  if (changed.length + surplus.length === 0) return console.log(`${entries.length} entries, no change`);
  console.error('The public API changed. If that is meant, run: pnpm api:update, and read VERSIONING.md');
  process.exitCode = 1;
};

await withTemporaryFolder('aegis-api', values.update ? update : check);
