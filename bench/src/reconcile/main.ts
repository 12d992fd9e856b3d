import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { benchReconcile } from './bench-reconcile.js';
import { readOptions, usage } from './options.js';
import { renderReport } from './report.js';

const run = async (argv: readonly string[]): Promise<void> => {
  if (argv.includes('--help')) {
    console.log(usage);
    return;
  }
  const options = readOptions(argv);
  const report = await benchReconcile(options, (message) => console.error(message));
  const file = resolve(import.meta.dirname, '..', '..', options.output);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(renderReport(report));
};

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
