import type { Lab } from '../run/lab.js';
import { isCalibrated, type Logic, type RuleSketch } from './sketch.js';

/** A rule as a rules file holds it. */
export interface RuleDocument {
  readonly metadata: { readonly id: string; readonly severity: string };
  readonly scope: { readonly table: string };
  readonly logic: Logic;
}

/** Gives every rule its bounds: what they measure in a clean file, and some more to both sides. */
export const calibrate = async (
  lab: Lab,
  sketches: readonly RuleSketch[],
  clean: string,
): Promise<readonly RuleDocument[]> => {
  const measured = await lab.ask({ clean }, `SELECT ${sketches.map(measureOf).join(', ')}`);
  return sketches.map((sketch, index) => document(sketch, Number(measured[0]?.[index])));
};

const measureOf = ({ table, logic }: RuleSketch): string =>
  isCalibrated(logic) ? `(SELECT (${logic.measure})::DOUBLE FROM the_clean.${table})` : 'NULL';

const document = ({ id, table, severity, logic }: RuleSketch, measured: number): RuleDocument => ({
  ...{ metadata: { id, severity }, scope: { table } },
  logic: isCalibrated(logic) ? logic.logic(bound(measured, -logic.below), bound(measured, logic.above)) : logic,
});

const bound = (measured: number, percent: number): string => (measured * (1 + percent / 100)).toFixed(4);
