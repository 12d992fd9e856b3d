import type { Marks } from './score/score.js';

interface Least {
  readonly mark: keyof Marks;
  readonly percent: number;
}

/** Below this, something that worked is broken. Raised whenever the scores are; the goals are in `report.ts`. */
export const leastInCi: readonly Least[] = [
  { mark: 'table', percent: 94 },
  { mark: 'column', percent: 91 },
  { mark: 'kind', percent: 94 },
  { mark: 'segment', percent: 89 },
];

export const leastOfAll: readonly Least[] = [
  { mark: 'table', percent: 98 },
  { mark: 'column', percent: 97 },
  { mark: 'kind', percent: 97 },
  { mark: 'segment', percent: 96 },
];
