import { resolve } from 'node:path';
import { bench } from './bench.js';
import { readOptions, usage } from './options.js';
import { renderReport, writeJson } from './report.js';

const run = async (argv: readonly string[]): Promise<void> => {
  if (argv.includes('--help')) {
    console.log(usage);
    return;
  }
  const options = readOptions(argv);
  const report = await bench(options, (message) => console.error(message));
  writeJson(resolve(import.meta.dirname, '..', options.output), report);
  console.log(renderReport(report));
};

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
