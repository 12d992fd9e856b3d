import { join } from 'node:path';
import type { Fault, FaultKind, Place } from '../faults/fault.js';
import { sourceFaults } from '../faults/source-faults.js';
import { stepFaults } from '../faults/step-faults.js';
import { clockOf } from '../pipeline/days.js';
import { randomOf } from '../random.js';
import { failingIn } from '../score/failing.js';
import type { Lab, RanStatement } from './lab.js';
import { lineageOf } from './lineage.js';
import type { Prepared } from './prepare.js';
import { type ProductAnswer, runProduct } from './product.js';
import { contradictions } from './verify.js';

/** A fault that is in the data as its truth says, and that at least one rule sees. */
export interface Scenario {
  readonly fault: Fault;
  readonly answer: ProductAnswer;
  readonly path: string;
  readonly statements: readonly RanStatement[];
  /** Faults that were drawn before and that no rule saw. */
  readonly invisible: number;
  /** Faults that were drawn before and changed nothing, e.g. a filter of a value that there is not. */
  readonly ineffective: number;
}

const mostAttempts = 40;

/** `undefined` where the pipeline has no fault of the kind that a rule sees. @throws Error when a fault is not as its truth says. */
export const scenarioOf = async (
  lab: Lab,
  folder: string,
  prepared: Prepared,
  kind: FaultKind,
  place: Place,
): Promise<Scenario | undefined> => {
  const { pipeline } = prepared;
  const sites = (place === 'source' ? sourceFaults : stepFaults)[kind](pipeline);
  const path = join(folder, `${pipeline.seed}-${kind}-${place}.duckdb`);
  const skipped = { invisible: 0, ineffective: 0 };
  const drawn = randomOf('fault', pipeline.seed, kind, place).shuffled(sites).slice(0, mostAttempts);
  for (const fault of drawn) {
    const tried = await attempt(lab, path, prepared, fault);
    if (typeof tried !== 'string') return { fault, ...tried, ...skipped };
    skipped[tried] += 1;
  }
  return undefined;
};

type Tried = Pick<Scenario, 'answer' | 'path' | 'statements'>;

const attempt = async (
  lab: Lab,
  path: string,
  { pipeline, style, rules, history, clean, baseline }: Prepared,
  fault: Fault,
): Promise<Tried | 'invisible' | 'ineffective'> => {
  const built = await lab.build(path, pipeline, pipeline.today, style, fault);
  const wrong = await contradictions(lab, pipeline, fault, { clean: clean.path, faulty: path });
  if (wrong.includes(`${fault.table} is the same`)) return 'ineffective';
  if (wrong.length > 0) throw new Error(`seed ${pipeline.seed}: ${fault.description}: ${wrong.join('; ')}`);
  const lineage = await lineageOf(pipeline, built);
  const answer = await runProduct({ path, rules, now: clockOf(pipeline.today), history, lineage, baseline });
  return failingIn(answer.report).length === 0 ? 'invisible' : { answer, path, statements: built.statements };
};
