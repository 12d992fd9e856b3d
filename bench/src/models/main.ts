import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { finishRun, runRules } from '@aegis/project';
import { type Effects, SecretRegistry } from '@aegis/project/program';
import type { Report } from '@aegis/spec';
import { failingProject } from './failing-project.js';
import { startVendor } from './vendor.js';

const usage = `pnpm bench:models [--rules N] [--latency MS] [--output FILE]

What a model costs beside a run, and how long the run waits for it: a server of the Chat Completions protocol on this
machine answers every call after --latency milliseconds (200), for --rules failing rules (50), at 4, 8 and 16 calls at once.`;

interface Figures {
  readonly concurrency: number;
  readonly calls: number;
  readonly callsPerRule: number;
  readonly inputTokensPerRule: number;
  readonly outputTokensPerRule: number;
  readonly costPerRuleUsd: number | null;
  readonly mostAtOnce: number;
  readonly wallSeconds: number;
  /** The same run with `--no-llm`. */
  readonly withoutModelSeconds: number;
  /** What the calls would take one after the other, and at the best with so many at once. */
  readonly sumSeconds: number;
  readonly boundSeconds: number;
}

const measure = async (rules: number, latencyMs: number, concurrency: number): Promise<Figures> => {
  const vendor = await startVendor(latencyMs);
  const project = await failingProject(rules, { baseURL: vendor.baseURL, concurrency });
  try {
    const { seconds: withoutModelSeconds } = await timedRun(project.directory, false);
    const { summary, seconds: wallSeconds } = await timedRun(project.directory, undefined);
    if (summary.failed !== rules) throw new Error(`${summary.failed} of ${rules} rules failed`);
    const calls = vendor.calls();
    return {
      ...{ concurrency, calls, wallSeconds, withoutModelSeconds, mostAtOnce: vendor.mostAtOnce() },
      callsPerRule: calls / rules,
      inputTokensPerRule: summary.input_tokens / rules,
      outputTokensPerRule: summary.output_tokens / rules,
      costPerRuleUsd: summary.cost_usd === null ? null : summary.cost_usd / rules,
      sumSeconds: (calls * latencyMs) / 1000,
      boundSeconds: (Math.ceil(calls / concurrency) * latencyMs) / 1000,
    };
  } finally {
    await Promise.all([vendor.close(), project.remove()]);
  }
};

const timedRun = async (cwd: string, llm: false | undefined) => {
  const started = performance.now();
  const { summary } = await run(cwd, llm);
  return { summary, seconds: (performance.now() - started) / 1000 };
};

const run = async (cwd: string, llm: false | undefined): Promise<Report> => {
  const effects: Effects = {
    ...{ cwd, env: {}, now: () => new Date(), secrets: new SecretRegistry() },
    importFrom: (specifier) => import(specifier),
  };
  return (await finishRun(runRules({ rules: ['rules.yaml'], llm }, effects))).report;
};

const row = (figures: Figures): string =>
  `| ${[
    figures.concurrency,
    figures.calls,
    figures.callsPerRule.toFixed(1),
    Math.round(figures.inputTokensPerRule),
    Math.round(figures.outputTokensPerRule),
    figures.costPerRuleUsd === null ? 'unknown' : figures.costPerRuleUsd.toFixed(6),
    figures.mostAtOnce,
    figures.wallSeconds.toFixed(2),
    figures.withoutModelSeconds.toFixed(2),
    figures.boundSeconds.toFixed(2),
    figures.sumSeconds.toFixed(2),
  ].join(' | ')} |`;

const header = [
  '| at once | calls | calls a rule | tokens in a rule | tokens out a rule | USD a rule | seen at once | wall s | without a model s | bound s | one by one s |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
];

const main = async (argv: readonly string[]): Promise<void> => {
  const { values } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    options: {
      rules: { type: 'string', default: '50' },
      latency: { type: 'string', default: '200' },
      output: { type: 'string', default: 'results/models.json' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const [rules, latencyMs] = [Number(values.rules), Number(values.latency)];
  if (!(Number.isInteger(rules) && rules > 0 && latencyMs >= 0)) throw new Error(usage);
  const measured: Figures[] = [];
  // The first run of a process also loads what it runs.
  await measure(1, 0, 1);
  for (const concurrency of [4, 8, 16]) measured.push(await measure(rules, latencyMs, concurrency));
  await writeFile(join(import.meta.dirname, '../..', values.output), `${JSON.stringify(measured, null, 2)}\n`);
  console.log(`${rules} failing rules, ${latencyMs} ms a call, prices of gpt-4o-mini.\n`);
  console.log([...header, ...measured.map(row)].join('\n'));
};

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
