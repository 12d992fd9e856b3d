import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { benchRca, everyKind, type Planned, type Seen } from './bench-rca.js';
import { type RcaBenchOptions, readOptions, usage, withoutBaseline } from './options.js';
import { pagePath, scoresPage } from './publish.js';
import { renderScenario } from './render-scenario.js';
import { type RcaReport, renderReport } from './report.js';

const bench = resolve(import.meta.dirname, '..', '..');

const run = async (argv: readonly string[]): Promise<void> => {
  if (argv.includes('--help')) {
    console.log(usage);
    return;
  }
  const options = readOptions(argv);
  const file = resolve(bench, options.output);
  if (options.publish) publish(file);
  else await measure(options, file);
};

/** The scores without a baseline stand beside the others, where there are any. */
const publish = (file: string): void => {
  const beside = withoutBaseline(file);
  const without = existsSync(beside) ? readReport(beside) : undefined;
  writeFileSync(resolve(bench, '..', pagePath), scoresPage(readReport(file), without));
};

const measure = async (options: RcaBenchOptions, file: string): Promise<void> => {
  const report = await benchRca(planned(options), (message) => console.error(message), {
    seen: seenBy(options),
    baseline: options.baseline,
  });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(renderReport(report));
};

const planned = ({ seeds, cleanSeeds, fault }: RcaBenchOptions): readonly Planned[] => [
  ...seeds.map((seed) => ({ seed, faults: fault ? [fault] : everyKind(seed) })),
  ...cleanSeeds.map((seed) => ({ seed, faults: [] })),
];

const seenBy =
  ({ fault, keep }: RcaBenchOptions): Seen =>
  (scenario, prepared) => {
    if (keep !== undefined) copyFileSync(scenario.path, resolve(keep));
    if (fault) console.log(renderScenario(scenario, prepared));
  };

const readReport = (file: string): RcaReport => JSON.parse(readFileSync(file, 'utf8'));

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
