import { join } from 'node:path';
import type { RuleResult } from '@aegis/spec';
import type { Fault, FaultKind, Place } from '../faults/fault.js';
import { sourceFaults } from '../faults/source-faults.js';
import { stepFaults } from '../faults/step-faults.js';
import { clockOf } from '../pipeline/days.js';
import { randomOf } from '../random.js';
import type { Lab } from './lab.js';
import { lineageOf } from './lineage.js';
import type { Prepared } from './prepare.js';
import { type ProductAnswer, runProduct } from './product.js';
import { contradictions } from './verify.js';

/** A fault that is in the data as its truth says, and that at least one rule sees. */
export interface Scenario {
  readonly fault: Fault;
  readonly answer: ProductAnswer;
  readonly path: string;
  /** Faults that were drawn before and that no rule saw. */
  readonly invisible: number;
  /** Faults that were drawn before and changed nothing, e.g. a filter of a value that there is not. */
  readonly ineffective: number;
}

const mostAttempts = 40;

export const failingOf = ({ report }: ProductAnswer): readonly RuleResult[] =>
  report.results.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn' || outcome === 'error');

/** @throws Error when no fault of the kind is seen by any rule. */
export const scenarioOf = async (
  lab: Lab,
  folder: string,
  prepared: Prepared,
  kind: FaultKind,
  place: Place,
): Promise<Scenario> => {
  const { pipeline } = prepared;
  const sites = (place === 'source' ? sourceFaults : stepFaults)[kind](pipeline);
  const path = join(folder, `${pipeline.seed}-${kind}-${place}.duckdb`);
  const skipped = { invisible: 0, ineffective: 0 };
  const drawn = randomOf('fault', pipeline.seed, kind, place).shuffled(sites).slice(0, mostAttempts);
  for (const fault of drawn) {
    const tried = await attempt(lab, path, prepared, fault);
    if (typeof tried !== 'string') return { fault, answer: tried, path, ...skipped };
    skipped[tried] += 1;
  }
  throw new Error(
    `seed ${pipeline.seed}: no rule sees any of ${drawn.length} faults of the kind ${kind} in a ${place}`,
  );
};

const attempt = async (
  lab: Lab,
  path: string,
  { pipeline, style, rules, history, clean }: Prepared,
  fault: Fault,
): Promise<ProductAnswer | 'invisible' | 'ineffective'> => {
  const built = await lab.build(path, pipeline, pipeline.today, style, fault);
  const wrong = await contradictions(lab, pipeline, fault, { clean: clean.path, faulty: path });
  if (wrong.includes(`${fault.table} is the same`)) return 'ineffective';
  if (wrong.length > 0) throw new Error(`seed ${pipeline.seed}: ${fault.description}: ${wrong.join('; ')}`);
  const lineage = await lineageOf(pipeline, built.statements);
  const answer = await runProduct({ path, rules, now: clockOf(pipeline.today), history, lineage });
  return failingOf(answer).length === 0 ? 'invisible' : answer;
};
