import { z } from 'zod';
import { ownValue } from '../source/values.js';
import type { SqlWords } from '../words/sql-words.js';

/** Rows that an expectation is about, as SQL; `reason` where it cannot be said. */
export type RowCondition =
  | { readonly kind: 'all' }
  | { readonly kind: 'sql'; readonly sql: string }
  | { readonly kind: 'unknown'; readonly reason: string };

const columnSchema = z.object({ name: z.string() });

const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.object({ type: z.literal('nullity'), column: columnSchema, is_null: z.boolean() }),
    z.object({ type: z.literal('comparison'), column: columnSchema, operator: z.string(), parameter: z.unknown() }),
    z.object({ type: z.enum(['and', 'or']), conditions: z.array(conditionSchema).min(1) }),
  ]),
);

type Condition =
  | { readonly type: 'nullity'; readonly column: { readonly name: string }; readonly is_null: boolean }
  | Comparison
  | { readonly type: 'and' | 'or'; readonly conditions: readonly Condition[] };

interface Comparison {
  readonly type: 'comparison';
  readonly column: { readonly name: string };
  readonly operator: string;
  readonly parameter?: unknown;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * `row_condition` of an expectation: an object (1.x), a text in the words of Great Expectations, or one of Spark, which is
 * SQL. Text for pandas is Python.
 */
export const rowCondition = (condition: unknown, parser: unknown, words: SqlWords): RowCondition => {
  if (isAbsent(condition)) return { kind: 'all' };
  if (typeof condition === 'string') return ofText(condition.trim(), parser, words);
  const parsed = conditionSchema.safeParse(condition);
  const sql = parsed.success ? conditionSql(parsed.data, words) : undefined;
  return sql === undefined ? { kind: 'unknown', reason: 'its row_condition is not understood' } : { kind: 'sql', sql };
};

const conditionSql = (condition: Condition, words: SqlWords): string | undefined => {
  if (condition.type === 'nullity') return nullity(words.name(condition.column.name), condition.is_null);
  if (condition.type === 'comparison') return comparison(condition, words);
  const parts = condition.conditions.map((part) => conditionSql(part, words));
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.length === 1 ? parts[0] : parts.map((part) => `(${part})`).join(` ${condition.type} `);
};

const nullity = (sql: string, isNull: boolean): string => `${sql} is ${isNull ? '' : 'not '}null`;

const operators: { readonly [operator: string]: string } = {
  '==': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const comparison = ({ column, operator, parameter }: Comparison, words: SqlWords): string | undefined => {
  if (operator === 'IN' || operator === 'NOT_IN') {
    const values = Array.isArray(parameter) ? words.literals(parameter) : undefined;
    const isEmpty = values === undefined || values.length === 0;
    return isEmpty
      ? undefined
      : `${words.name(column.name)} ${operator === 'IN' ? 'in' : 'not in'} (${values.join(', ')})`;
  }
  const [sign, value] = [ownValue(operators, operator), words.literal(parameter)];
  return sign === undefined || value === undefined ? undefined : `${words.name(column.name)} ${sign} ${value}`;
};

/** `col("status") == "paid"`, `col("paid_at").notNull()`: the whole language of the parser. */
const written =
  /^col\((["'])(?<name>[^"']+)\1\)(?:(?<notNull>\.notNull\(\))|\s*(?<operator>==|!=|<=|>=|<|>)\s*(?<value>.+))$/;

const ofText = (text: string, parser: unknown, words: SqlWords): RowCondition => {
  if (parser === 'spark') return { kind: 'sql', sql: text };
  const { name, notNull, operator = '', value = '' } = written.exec(text)?.groups ?? {};
  if (name === undefined) return { kind: 'unknown', reason: `its row_condition is written for ${parserName(parser)}` };
  const sql =
    notNull === undefined
      ? comparison({ type: 'comparison', column: { name }, operator, parameter: writtenValue(value) }, words)
      : nullity(words.name(name), false);
  return sql === undefined ? { kind: 'unknown', reason: 'its row_condition is not understood' } : { kind: 'sql', sql };
};

const parserName = (parser: unknown): string =>
  typeof parser === 'string' ? `the parser ${parser}` : 'no parser that is named';

/** A quoted text or a number; anything else is no value. */
const writtenValue = (text: string): unknown => {
  const [, , quoted] = /^(["'])(.*)\1$/.exec(text.trim()) ?? [];
  if (quoted !== undefined) return /["'\\]/.test(quoted) ? undefined : quoted;
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
};
