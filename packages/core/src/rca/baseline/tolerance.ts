/** What still counts as unchanged. */
export interface Tolerance {
  /** Rows, as a share of those that were there. */
  readonly rows: number;
  /** Of NULLs, or of rows that one value has: difference of shares. */
  readonly share: number;
  /** Of a mean, in standard deviations of what was there. */
  readonly mean: number;
  /** Standard errors that are left to chance. */
  readonly chance: number;
  /** Whether the rows are others than before, so that figures differ by chance. */
  readonly isResampled: boolean;
}

const chance = 6;

/** Rows that were there before: nothing should have changed them. */
export const keptRows: Tolerance = { rows: 0.005, share: 0.004, mean: 0.01, isResampled: false, chance };

/** A table that is delivered whole: rows come and go a little. */
export const deliveredRows: Tolerance = { rows: 0.05, share: 0.02, mean: 0.05, isResampled: false, chance };

/** The same, while nobody knows yet what changes from run to run. */
export const unprovenRows: Tolerance = { rows: 0.1, share: 0.1, mean: 0.25, isResampled: false, chance };

/** Other rows than before: only what no chance explains. */
export const otherRows: Tolerance = { rows: 0.4, share: 0.25, mean: 1, isResampled: true, chance };

export const scaled = ({ rows, share, mean, chance, isResampled }: Tolerance, by: number): Tolerance => ({
  ...{ rows: rows * by, share: share * by, mean: mean * by, chance: chance * by, isResampled },
});
