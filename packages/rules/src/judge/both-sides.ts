import type { JsonObject } from '@aegis/spec';
import type { ColumnUse, JudgeContext, Judgement, Measurements } from '../type/rule-type.js';
import { countOf } from './counts.js';
import { judgeViolations } from './judgement.js';

/** The columns that pair target and source, named by a param and, where the source calls them otherwise, by `source_` of it. */
export const pairingColumns = (
  param: 'columns' | 'key_columns',
  target: readonly string[],
  source: readonly string[] | undefined,
): readonly ColumnUse[] => [
  ...target.map((name, index) => ({ param: `${param}.${index}`, name, accepts: 'key' as const })),
  ...(source ?? target).map((name, index) => ({
    param: source ? `source_${param}.${index}` : `${param}.${index}`,
    name,
    relation: 'source' as const,
    accepts: 'key' as const,
  })),
];

/** What counts besides keys that one of the sides lacks. */
interface FurtherViolations {
  readonly failed: number;
  readonly observed: JsonObject;
  readonly expected: JsonObject;
}

const nothingElse: FurtherViolations = { failed: 0, observed: {}, expected: {} };

/** Judges what target and source lack of each other. Keys with a NULL are told of and not counted; two empty sides pass. */
export const judgeBothSides = (
  measured: Measurements,
  unit: 'rows' | 'keys',
  context: JudgeContext<unknown>,
  further: FurtherViolations = nothingElse,
): Judgement => {
  const { missing_in_target, missing_in_source, ...sides } = figuresOfSides(measured);
  const failed = missing_in_target + missing_in_source + further.failed;
  const rows = countOf(measured, 'rows_in_target');
  return judgeViolations(
    {
      ...{ unit, rowsChecked: rows, failed, rows: failed, values: null },
      keys: unit === 'keys' ? failed : null,
      outOf: Math.max(rows, sides.rows_in_source),
      judgesEmptyScope: true,
      observed: { missing_in_target, missing_in_source, ...further.observed, ...sides },
      expected: { missing_in_target_max: 0, missing_in_source_max: 0, ...further.expected },
    },
    context,
  );
};

const figuresOfSides = (measured: Measurements) => ({
  missing_in_target: countOf(measured, 'missing_in_target'),
  missing_in_source: countOf(measured, 'missing_in_source'),
  null_keys_in_target: countOf(measured, 'null_in_target'),
  null_keys_in_source: countOf(measured, 'null_in_source'),
  rows_in_source: countOf(measured, 'rows_in_source'),
});
