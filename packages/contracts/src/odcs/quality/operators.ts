import type { Dialect } from '@aegis/spec';
import { isMapping } from '../../source/values.js';
import { sqlLiteral } from '../../words/sql-names.js';

type Value = string | number | boolean;

/** What a measured value must be. All conditions of a check hold together. */
export type Condition =
  | { readonly kind: 'compare'; readonly operator: '=' | '<>' | '>' | '>=' | '<' | '<='; readonly value: Value }
  /** Not strictly between the two. */
  | { readonly kind: 'outside'; readonly low: number; readonly high: number };

const comparisons = {
  mustBe: '=',
  mustNotBe: '<>',
  mustBeGreaterThan: '>',
  mustBeGreaterOrEqualTo: '>=',
  mustBeGreaterThanOrEqualTo: '>=',
  mustBeLessThan: '<',
  mustBeLessOrEqualTo: '<=',
  mustBeLessThanOrEqualTo: '<=',
} as const;

/** The operators of a check, or what is wrong with them. `mustBeBetween` is exclusive: greater than one, less than the other. */
export const readConditions = (check: { readonly [key: string]: unknown }): readonly Condition[] | string => {
  const read = Object.entries(check).flatMap(([key, value]) => conditionsOf(key, value));
  const fault = read.find((each) => typeof each === 'string');
  if (fault !== undefined) return fault;
  return read.length === 0
    ? 'it does not say what the value must be'
    : read.filter((each): each is Condition => typeof each !== 'string');
};

const conditionsOf = (key: string, value: unknown): readonly (Condition | string)[] => {
  if (key === 'mustBeBetween' || key === 'mustNotBeBetween') return rangeOf(key, value);
  if (!Object.hasOwn(comparisons, key)) return [];
  const operator = comparisons[key as keyof typeof comparisons];
  const isOrder = operator !== '=' && operator !== '<>';
  if (typeof value === 'number' || (!isOrder && isSingle(value))) return [{ kind: 'compare', operator, value }];
  return [`${key} must be a ${isOrder ? 'number' : 'single value'}`];
};

const isSingle = (value: unknown): value is Value => ['string', 'number', 'boolean'].includes(typeof value);

const rangeOf = (key: string, value: unknown): readonly (Condition | string)[] => {
  const [low, high, ...more] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (typeof low !== 'number' || typeof high !== 'number' || more.length > 0 || low >= high)
    return [`${key} must be a list of two numbers, the smaller first`];
  if (key === 'mustNotBeBetween') return [{ kind: 'outside', low, high }];
  return [
    { kind: 'compare', operator: '>', value: low },
    { kind: 'compare', operator: '<', value: high },
  ];
};

/** Whole numbers that fit, both bounds inclusive; `undefined` where they are no single range. */
export interface WholeRange {
  readonly min: number;
  readonly max: number;
}

/** The counts that conditions allow, from 0 to infinity; `undefined` where there is a gap between them. */
export const allowedCounts = (conditions: readonly Condition[]): WholeRange | undefined => {
  let range: WholeRange = { min: 0, max: Number.POSITIVE_INFINITY };
  for (const condition of conditions) {
    const next = rangeOfCondition(condition);
    if (next === undefined) return undefined;
    range = { min: Math.max(range.min, next.min), max: Math.min(range.max, next.max) };
  }
  return range;
};

const rangeOfCondition = (condition: Condition): WholeRange | undefined => {
  if (condition.kind === 'outside' || typeof condition.value !== 'number') return undefined;
  const { operator, value } = condition;
  const unbounded = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  if (operator === '=') return { min: Math.ceil(value), max: Math.floor(value) };
  if (operator === '>') return { ...unbounded, min: Math.floor(value) + 1 };
  if (operator === '>=') return { ...unbounded, min: Math.ceil(value) };
  if (operator === '<') return { ...unbounded, max: Math.ceil(value) - 1 };
  return operator === '<=' ? { ...unbounded, max: Math.floor(value) } : undefined;
};

/** `> 2` or `>= 0.5`: from which share on a check fails; `undefined` where the conditions are no upper limit. */
export const upperLimit = (conditions: readonly Condition[]): string | undefined => {
  const [limit, ...more] = conditions.filter((each) => !isTrivial(each));
  if (limit?.kind !== 'compare' || typeof limit.value !== 'number' || more.length > 0) return undefined;
  if (limit.operator === '<') return `>= ${limit.value}`;
  return limit.operator === '<=' || (limit.operator === '=' && limit.value === 0) ? `> ${limit.value}` : undefined;
};

/** Whether no share and no count could break it. */
const isTrivial = (condition: Condition): boolean => {
  if (condition.kind === 'outside' || typeof condition.value !== 'number') return false;
  return condition.operator === '>' ? condition.value < 0 : condition.operator === '>=' && condition.value <= 0;
};

/** The conditions on an expression as SQL. */
export const conditionSql = (conditions: readonly Condition[], expression: string, dialect: Dialect): string =>
  conditions
    .map((condition) =>
      condition.kind === 'outside'
        ? `(${expression} <= ${condition.low} or ${expression} >= ${condition.high})`
        : `${expression} ${condition.operator} ${sqlLiteral(condition.value, dialect)}`,
    )
    .join(' and ');

/** The arguments of a check; some write them beside it. */
export const argumentsOf = (check: { readonly [key: string]: unknown }): { readonly [name: string]: unknown } => ({
  ...check,
  ...(isMapping(check.arguments) && check.arguments),
});
