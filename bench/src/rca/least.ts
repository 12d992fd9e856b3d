import type { Marks } from './score/score.js';

interface Least {
  readonly mark: keyof Marks;
  readonly percent: number;
}

/** Below this, something that worked is broken. Raised whenever the scores are; the goals are in `report.ts`. */
export const leastInCi: readonly Least[] = [
  { mark: 'table', percent: 88 },
  { mark: 'column', percent: 90 },
  { mark: 'kind', percent: 85 },
  { mark: 'segment', percent: 75 },
];

export const leastOfAll: readonly Least[] = [
  { mark: 'table', percent: 88 },
  { mark: 'column', percent: 88 },
  { mark: 'kind', percent: 85 },
  { mark: 'segment', percent: 83 },
];
