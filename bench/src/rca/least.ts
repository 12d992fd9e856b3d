import type { Marks } from './score/score.js';

interface Least {
  readonly mark: keyof Marks;
  readonly percent: number;
}

/** Below this, something that worked is broken. Raised whenever the scores are; the goals are in `report.ts`. */
export const leastInCi: readonly Least[] = [
  { mark: 'table', percent: 70 },
  { mark: 'column', percent: 60 },
  { mark: 'kind', percent: 65 },
  { mark: 'segment', percent: 70 },
];

export const leastOfAll: readonly Least[] = leastInCi;
