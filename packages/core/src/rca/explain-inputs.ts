import type { MadeColumn } from './conclude.js';
import { isChange } from './conclude.js';
import { type Case, extended, type Finding, type Symptom } from './finding.js';
import { notNull } from './synthetic-rule.js';

/** What an expression reads may be the cause of what it makes: tested as far as inputs can be tested alone. */
export const explainInputs = async (
  symptom: Symptom,
  { edges }: MadeColumn,
  context: Case,
): Promise<Finding | undefined> => {
  for (const { from } of edges.filter(isChange)) {
    const dataset = context.index.dataset(from.dataset);
    const rule = dataset && notNull(dataset, from.column, context.lab);
    if (!dataset || !rule) continue;
    const [reading] = await context.lab.judge(dataset, [rule]);
    if (reading?.status !== 'fails') continue;
    return context.follow({ dataset, rule, reading, path: extended(symptom.path, [dataset.name]) });
  }
  return undefined;
};
