import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '@duckdb/node-api';
import { machine } from '../report.js';
import { faultKinds, type Place, places } from './faults/fault.js';
import type { Chosen } from './options.js';
import type { CleanRun, FaultRun, RcaReport } from './report.js';
import { type Lab, openLab } from './run/lab.js';
import { type Prepared, prepare } from './run/prepare.js';
import type { ProductRun } from './run/product.js';
import { type Scenario, scenarioOf } from './run/scenario.js';
import { failingIn } from './score/failing.js';
import { scoreOf } from './score/score.js';

export interface Planned {
  readonly seed: number;
  /** Empty: the pipeline is only run clean. */
  readonly faults: readonly Chosen[];
}

/** Every kind once, at sources and in transformations by turns, so that two neighbouring seeds have all. */
export const everyKind = (seed: number): readonly Chosen[] =>
  faultKinds.map((kind, index) => ({ kind, place: places[(seed + index) % places.length] ?? 'source' }));

/** What a bench hears of a scenario beside its score, e.g. to keep the database. */
export type Seen = (scenario: Scenario, prepared: Prepared) => void;

interface BenchWith {
  /** Hears of a scenario beside its score. */
  readonly seen?: Seen | undefined;
  /** Default `auto`. */
  readonly baseline?: ProductRun['baseline'] | undefined;
}

/** Runs all that is planned; `say` hears of each pipeline. */
export const benchRca = async (
  plans: readonly Planned[],
  say: (message: string) => void,
  use: BenchWith = {},
): Promise<RcaReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-rca-'));
  const lab = await openLab();
  const runs: PipelineRuns[] = [];
  try {
    for (const plan of plans) {
      const pipelineRuns = await runsOf(lab, folder, plan, use);
      runs.push(pipelineRuns);
      say(summaryOf(plan, pipelineRuns));
    }
  } finally {
    lab.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    ...{ schema: 'aegis.dev/bench-rca/v1', ...machine(version()), baseline: use.baseline ?? 'auto' },
    clean: runs.map(({ clean }) => clean),
    faults: runs.flatMap(({ faults }) => faults),
    unseen: runs.flatMap(({ unseen }) => unseen),
  };
};

interface PipelineRuns {
  readonly clean: CleanRun;
  readonly faults: readonly FaultRun[];
  readonly unseen: RcaReport['unseen'];
}

const runsOf = async (
  lab: Lab,
  folder: string,
  { seed, faults }: Planned,
  { seen, baseline = 'auto' }: BenchWith,
): Promise<PipelineRuns> => {
  const prepared = await prepare(lab, folder, seed, baseline);
  const found: FaultRun[] = [];
  const unseen: { seed: number; kind: string; place: string }[] = [];
  for (const { kind, place } of faults) {
    const scenario = await scenarioOf(lab, folder, prepared, kind, place);
    if (!scenario) unseen.push({ seed, kind, place });
    const used = scenario ?? (await scenarioOf(lab, folder, prepared, kind, otherPlace(place)));
    if (!used) continue;
    seen?.(used, prepared);
    found.push(faultRun(prepared, used));
    rmSync(used.path, { force: true });
  }
  for (const { path } of prepared.files) rmSync(path, { force: true });
  return { clean: cleanRun(prepared), faults: found, unseen };
};

const otherPlace = (place: Place): Place => (place === 'source' ? 'transformation' : 'source');

const cleanRun = ({ pipeline, rules, cleanAnswer }: Prepared): CleanRun => ({
  ...{ seed: pipeline.seed, template: pipeline.template, rules: rules.length },
  tables: pipeline.sources.length + pipeline.steps.length,
  findings: failingIn(cleanAnswer.report).map(({ rule_id }) => rule_id),
  root_causes: cleanAnswer.report.results.filter(({ root_cause }) => root_cause !== null).length,
});

const faultRun = (prepared: Prepared, { fault, answer, invisible, ineffective }: Scenario): FaultRun => {
  const { pipeline, cleanAnswer } = prepared;
  const { kind, place, table, columns, segment, operation, description } = fault;
  const score = scoreOf(pipeline, fault, answer);
  const [queries, cleanQueries] = [answer, cleanAnswer].map(({ report }) => report.summary.queries);
  return {
    ...{ seed: pipeline.seed, template: pipeline.template, fault: `${kind}@${place}`, kind, place, description },
    truth: { table, columns, segment, operation },
    ...score,
    failing_rules: failingIn(answer.report).map(({ rule_id }) => rule_id),
    more_statements: (queries ?? 0) - (cleanQueries ?? 0),
    more_ms: Math.round(answer.milliseconds - cleanAnswer.milliseconds),
    ...{ invisible, ineffective },
  };
};

const summaryOf = ({ seed }: Planned, { clean, faults }: PipelineRuns): string => {
  const right = faults.filter(({ marks }) => marks.table).length;
  const findings = clean.findings.length === 0 ? 'clean run without findings' : `CLEAN RUN FINDS ${clean.findings}`;
  return `seed ${seed} (${clean.template}, ${clean.tables} tables, ${clean.rules} rules): ${right} of ${faults.length} tables right; ${findings}`;
};
