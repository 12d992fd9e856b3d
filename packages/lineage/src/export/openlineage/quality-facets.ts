import type { JsonObject, JsonValue, Outcome, RuleResult } from '@aegis/spec';
import { facetOf } from './event.js';

/** Rules that were judged, as assertions about their table. */
export const assertionsFacet = (results: readonly RuleResult[]): JsonObject => {
  const judged = results.filter(({ outcome }) => outcome !== 'error' && outcome !== 'not_applicable');
  return {
    dataQualityAssertions: facetOf('1-1-0/DataQualityAssertionsDatasetFacet', { assertions: judged.map(assertion) }),
  };
};

const assertion = (result: RuleResult): JsonObject => ({
  ...{ assertion: result.rule_type, success: result.outcome === 'pass', name: result.rule_id },
  ...(result.columns.length === 1 && result.columns[0] !== undefined && { column: result.columns[0] }),
  ...told(result),
});

const told = (result: RuleResult): JsonObject => ({
  severity: result.outcome === 'warn' ? 'warn' : 'error',
  ...(result.description !== null && { description: result.description }),
  ...{ expected: JSON.stringify(result.expected), actual: JSON.stringify(counts(result)) },
});

/** Whole numbers only: what else was observed may be a value of a row. */
const counts = ({ rows_checked, rows_failed, failed_percent, observed }: RuleResult): JsonObject => ({
  ...{ rows_checked, rows_failed, failed_percent },
  ...Object.fromEntries(Object.entries(observed).filter(([name, value]) => isCount(name, value))),
});

const countNames =
  /^(?:nulls|rows|keys|values|surplus|distinct|violations|groups|outliers)$|(?:^|_)(?:rows|keys|nulls|values|percent|count|seconds)$|^missing_in_/;

const isCount = (name: string, value: JsonValue): boolean => typeof value === 'number' && countNames.test(name);

/** How many rows were looked at, and the NULLs of columns where a rule counted them. */
export const metricsFacet = (results: readonly RuleResult[]): JsonObject => {
  const rows = results.flatMap(({ rows_checked }) => rows_checked ?? []);
  const nulls = results.flatMap(({ columns: [column, ...others], observed }) =>
    column !== undefined && others.length === 0 && typeof observed.nulls === 'number'
      ? [[column, { nullCount: observed.nulls }] as const]
      : [],
  );
  if (rows.length === 0 && nulls.length === 0) return {};
  return {
    dataQualityMetrics: facetOf('1-0-3/DataQualityMetricsInputDatasetFacet', {
      ...(rows.length > 0 && { rowCount: Math.max(...rows) }),
      columnMetrics: Object.fromEntries(nulls),
    }),
  };
};

const statuses: { readonly [outcome in Outcome]: string } = {
  pass: 'pass',
  warn: 'fail',
  fail: 'fail',
  error: 'skip',
  not_applicable: 'skip',
};

/** Every rule, also those that could not be judged. */
export const testFacet = (results: readonly RuleResult[]): JsonObject => ({
  test: facetOf('1-0-1/TestRunFacet', {
    tests: results.map((result) => ({
      ...{ name: result.rule_id, status: statuses[result.outcome], type: result.rule_type },
      ...told(result),
    })),
  }),
});
