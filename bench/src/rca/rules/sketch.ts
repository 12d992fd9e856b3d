import type { Severity } from '@aegis/spec';

export type Logic = { readonly type: string } & { readonly [param: string]: unknown };

/** Bounds that are taken from what an earlier, clean state measured. */
export interface Calibrated {
  /** An aggregate over the table. */
  readonly measure: string;
  /** How far from it a value may be, in percent of it. */
  readonly below: number;
  readonly above: number;
  readonly logic: (low: string, high: string) => Logic;
}

/** A rule of a pipeline before its bounds are known. */
export interface RuleSketch {
  readonly id: string;
  readonly table: string;
  readonly severity: Severity;
  readonly logic: Logic | Calibrated;
}

export const isCalibrated = (logic: Logic | Calibrated): logic is Calibrated => 'measure' in logic;
