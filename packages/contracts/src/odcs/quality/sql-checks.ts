import { parenthesized, withoutEnd } from '@aegis/rules/conversion';
import type { Dialect } from '@aegis/spec';
import { sqlName } from '../../words/sql-names.js';
import { cannot, type Meaning, means } from '../promise.js';
import { labelOf, type Subject } from '../subject.js';
import { type Condition, conditionSql, readConditions } from './operators.js';

/** A query of one value that is held against conditions; it may read the table as `{table}`. */
export const comparedQuery = (query: string, conditions: readonly Condition[], dialect: Dialect): string => {
  const value = parenthesized(withoutEnd(query));
  const [only, ...others] = conditions;
  if (only?.kind === 'compare' && others.length === 0) return `select ${conditionSql(conditions, value, dialect)}`;
  return `select ${conditionSql(conditions, 'measured', dialect)} from (select ${value} as measured) as checked`;
};

const placeholders = /\$?\{\{?\s*(object|table|model|property|column|field)\s*\}?\}/gi;

/** A check in SQL: `${object}` is the scoped table, `${property}` the column. */
export const sqlCheck = (subject: Subject, check: { readonly [key: string]: unknown }, dialect: Dialect): Meaning => {
  const { query } = check;
  if (typeof query !== 'string' || query.trim() === '') return cannot('it has no query');
  const conditions = readConditions(check);
  if (typeof conditions === 'string') return cannot(conditions);
  const filled = fill(query, subject, dialect);
  if (filled === undefined) return cannot(`its query names a property, and ${labelOf(subject)} is an object`);
  return means({ type: 'custom_sql', query: comparedQuery(filled, conditions, dialect), expect: true });
};

const fill = (query: string, { column }: Subject, dialect: Dialect): string | undefined => {
  const isTable = (name: string): boolean => /^(object|table|model)$/i.test(name);
  const names = [...query.matchAll(placeholders)].map(([, name = '']) => name);
  if (column === undefined && names.some((name) => !isTable(name))) return undefined;
  return query.replaceAll(placeholders, (_whole, name: string) =>
    isTable(name) ? '{table}' : sqlName(column ?? '', dialect),
  );
};
