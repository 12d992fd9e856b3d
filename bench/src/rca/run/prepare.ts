import { join } from 'node:path';
import { memoryAuditStore } from '@aegis/audit';
import { compileRules } from '@aegis/rules';
import type { History, Rule } from '@aegis/spec';
import { addDays, clockOf } from '../pipeline/days.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { Style } from '../pipeline/render-step.js';
import { calibrate } from '../rules/calibrate.js';
import { pipelineOf, styleOf } from '../templates/index.js';
import type { Built, Lab } from './lab.js';
import { lineageOf } from './lineage.js';
import { type ProductAnswer, type ProductRun, runProduct } from './product.js';

/** A pipeline that ran well until today, with rules that were set yesterday. */
export interface Prepared {
  readonly pipeline: Pipeline;
  readonly style: Style;
  readonly rules: readonly Rule[];
  readonly history: History;
  readonly clean: Built;
  /** All that was built, to be removed. */
  readonly files: readonly Built[];
  readonly baseline: ProductRun['baseline'];
  /** Today's run on today's clean data. */
  readonly cleanAnswer: ProductAnswer;
}

/** Days before today that are run, so that there is a history. */
const earlierDays = [-3, -2, -1] as const;

export const prepare = async (
  lab: Lab,
  folder: string,
  seed: number,
  baseline: ProductRun['baseline'],
): Promise<Prepared> => {
  const [pipeline, style] = [pipelineOf(seed), styleOf(seed)];
  const buildOn = (days: number) =>
    lab.build(join(folder, `clean-${seed}${days}.duckdb`), pipeline, addDays(pipeline.today, days), style);
  const earlier = [await buildOn(-3), await buildOn(-2), await buildOn(-1)];
  const documents = await calibrate(lab, pipeline.rules, earlier.at(-1)?.path ?? '');
  const { rules } = compileRules(documents);
  const history = memoryAuditStore();
  for (const [index, built] of earlier.entries()) {
    const now = clockOf(addDays(pipeline.today, earlierDays[index] ?? 0));
    const lineage = await lineageOf(pipeline, built);
    await runProduct({ path: built.path, rules, now, history, audit: history, lineage, baseline });
  }
  const clean = await buildOn(0);
  const lineage = await lineageOf(pipeline, clean);
  const cleanAnswer = await runProduct({
    path: clean.path,
    rules,
    now: clockOf(pipeline.today),
    history,
    lineage,
    baseline,
  });
  return { pipeline, style, rules, history, clean, baseline, files: [...earlier, clean], cleanAnswer };
};
