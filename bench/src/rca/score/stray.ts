import type { Pipeline } from '../pipeline/pipeline.js';

/** Where an answer lies that names the wrong table, seen from the right one. */
export type Stray = 'nothing is said' | 'stops downstream of it' | 'goes past it, upstream' | 'is on another branch';

/** In the order of the page. */
export const strays: readonly Stray[] = [
  'nothing is said',
  'stops downstream of it',
  'goes past it, upstream',
  'is on another branch',
];

export const strayOf = (pipeline: Pipeline, truth: string, answer: string | null): Stray => {
  if (answer === null) return 'nothing is said';
  if (madeFrom(pipeline, answer).has(truth)) return 'stops downstream of it';
  return madeFrom(pipeline, truth).has(answer) ? 'goes past it, upstream' : 'is on another branch';
};

/** All tables that one is made from. */
const madeFrom = ({ steps }: Pipeline, table: string): ReadonlySet<string> => {
  const found = new Set([table]);
  for (const each of found)
    for (const { from, joins } of steps.find(({ output }) => output === each)?.selects ?? [])
      for (const input of [from, ...joins.map((join) => join.table)]) found.add(input);
  found.delete(table);
  return found;
};
