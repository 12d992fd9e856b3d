import { displayTableName, type JudgeContext, type Measurements, type RuleType } from '@aegis/rules';
import { type JsonObject, type JsonValue, type Measurement, measurementKey, PlanError, type Rule } from '@aegis/spec';
import type { ExecuteOptions } from '../types.js';
import { counted, type Fact, listText } from './fact.js';

const mostRuns = 60;

/** What earlier runs of the rule measured tells: since when it fails, and what moved since it held. */
export const historyFacts = async (
  rule: Rule,
  measured: Measurements,
  options: ExecuteOptions & { readonly warehouse: string },
): Promise<readonly Fact[]> => {
  const past =
    (await options.history?.measurements(keyOf(rule, options), { before: options.now, limit: mostRuns })) ?? [];
  if (past.length === 0) return [];
  const type = options.types.get(rule.type);
  const outcomes = past.map((measurement, index) => judged(rule, type, measurement, past.slice(0, index), options));
  const last = outcomes.lastIndexOf('pass');
  const good = past[last];
  const failing = outcomes.length - last - 1;
  if (!good) return neverHeld(past, outcomes);
  return [sinceFact(good, past[last + 1], failing), ...movedFact(type, good, measured)];
};

const keyOf = (rule: Rule, { project, warehouse }: ExecuteOptions & { readonly warehouse: string }): string =>
  measurementKey({
    ...{ project, warehouse, ruleId: rule.id, definitionHash: rule.definitionHash },
    table: displayTableName(rule.scope.table),
  });

/** The outcome that a run had, or would have with the rule as it is. */
const judged = (
  rule: Rule,
  type: RuleType,
  { state, measuredAt }: Measurement,
  history: readonly Measurement[],
  options: ExecuteOptions,
): string => {
  try {
    return type.judge(state as Measurements, pastContext(rule, measuredAt, history, options)).outcome;
  } catch {
    return 'error';
  }
};

const pastContext = (
  { params, nulls, scope, failIf, warnIf }: Rule,
  now: string,
  history: readonly Measurement[],
  { timezone }: ExecuteOptions,
): JudgeContext<JsonObject> => ({
  ...{ params, nulls, now, failIf, warnIf, history, rows: [], timezone: scope.timezone ?? timezone },
  ...{ column: unknowable, userSql: unknowable, query: unknowable, relation: unknowable },
});

const unknowable = (): never => {
  throw new PlanError('internal', 'the past has no table to ask');
};

const neverHeld = (past: readonly Measurement[], outcomes: readonly string[]): readonly Fact[] => {
  const [first] = past;
  if (!first || outcomes.length < 2 || !outcomes.every((outcome) => outcome === 'fail' || outcome === 'warn'))
    return [];
  return [
    {
      kind: 'failing_since_history',
      sentence: `It failed in all ${counted(outcomes.length, 'earlier run')} that are known, back to ${moment(first.measuredAt)}.`,
      numbers: { failing_runs: outcomes.length, first_known_run: first.measuredAt },
    },
  ];
};

const sinceFact = (good: Measurement, bad: Measurement | undefined, failing: number): Fact => ({
  kind: 'began_in_history',
  sentence: bad
    ? `It last held in the run of ${moment(good.measuredAt)}, and failed in ${counted(failing, 'run')} between then and now.`
    : `It held in the run before, of ${moment(good.measuredAt)}.`,
  numbers: { last_good_run: good.measuredAt, failing_runs: failing },
});

const moment = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

interface Move {
  readonly name: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
  /** Relative to the value before. */
  readonly change: number;
}

const mostMoves = 3;
const leastChange = 0.001;

/** Of rules about whole tables: the figures that changed most since the rule held. */
const movedFact = (type: RuleType, good: Measurement, measured: Measurements): readonly Fact[] => {
  if (type.failingRows && type.unit !== 'table') return [];
  const moves = Object.entries(measured)
    .flatMap(([name, after]) => moveOf(name, good.state[name] ?? null, after) ?? [])
    .toSorted((left, right) => Math.abs(right.change) - Math.abs(left.change))
    .slice(0, mostMoves);
  if (moves.length === 0) return [];
  return [
    {
      kind: 'moved',
      sentence: `Since the run of ${moment(good.measuredAt)}, ${listText(moves.map(moveText))}.`,
      numbers: {
        last_good_run: good.measuredAt,
        before: Object.fromEntries(moves.map(({ name, before }) => [name, before])),
        after: Object.fromEntries(moves.map(({ name, after }) => [name, after])),
      },
    },
  ];
};

const moveOf = (name: string, before: JsonValue, after: JsonValue): Move | undefined => {
  if (before === null || after === null || name === 'sum_squares') return undefined;
  const [earlier, later] = [Number(before), Number(after)];
  if (Number.isFinite(earlier) && Number.isFinite(later)) {
    const change = (later - earlier) / Math.max(Math.abs(earlier), 1e-9);
    return Math.abs(change) < leastChange ? undefined : { name, before, after, change };
  }
  const isMoment = (value: JsonValue) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);
  return isMoment(before) && isMoment(after) ? { name, before, after, change: before === after ? 1e-6 : 1 } : undefined;
};

const moveText = ({ name, before, after, change }: Move): string => {
  const figure = words(name);
  if (before === after) return `${figure} stayed at ${figureText(after)}`;
  if (typeof after === 'string' && Number.isNaN(Number(after)))
    return `${figure} went from ${figureText(before)} to ${figureText(after)}`;
  const percent = 100 * change;
  const shown =
    Math.abs(percent) >= 1000 ? '' : ` (${percent > 0 ? '+' : '−'}${Number(Math.abs(percent).toPrecision(2))} %)`;
  return `${figure} went from ${figureText(before)} to ${figureText(after)}${shown}`;
};

/** `target.non_null` → `non null of the target`. */
const words = (name: string): string => {
  const [side, figure] = name.includes('.') ? name.split('.') : [undefined, name];
  const spoken = (figure ?? name).replaceAll('_', ' ');
  return side === undefined ? spoken : `${spoken} of the ${side}`;
};

const figureText = (value: JsonValue): string => {
  const number = Number(value);
  if (typeof value === 'string' && Number.isNaN(number)) return value.slice(0, 19).replace('T', ' ');
  return Number(number.toPrecision(7)).toLocaleString('en-US', { maximumFractionDigits: 6 });
};
