import { isFields, nodeFields, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { type Field, type Origin, unresolved } from './field.js';
import { endsWith, identifierName, identifierNames, isSameName } from './names.js';
import { type ColumnPart, isOpen, withoutNames } from './relation.js';
import type { Scope } from './scope.js';

/** How an expression is read; handed over because expressions hold stars. */
export type ReadExpression = (node: SqlValue, scope: Scope) => Origin;

/** The columns that `*` or `t.*` stands for, with what EXCEPT, REPLACE and RENAME make of them. */
export const starColumns = (star: SqlFields, scope: Scope, read: ReadExpression): readonly ColumnPart[] => {
  const written = identifierName(star.table);
  const all = written === undefined ? everything(scope) : columnsOf(written.split('.'), scope);
  const replaced = replace(withoutNames(all, identifierNames(star.except)), replacements(star, scope, read));
  return renamings(star).reduce(rename, replaced);
};

const columnsOf = (qualifier: readonly string[], scope: Scope): readonly ColumnPart[] => {
  for (let around: Scope | undefined = scope; around; around = around.outer) {
    const found = around.relations.filter(({ name }) => name.length > 0 && endsWith(name, qualifier));
    if (found.length > 0) return found.flatMap(({ columns }) => columns);
  }
  return [unknownColumns(`${qualifier.join('.')}.*`)];
};

/** Columns of which nothing is known, not even whose they are. */
export const unknownColumns = (of: string): ColumnPart => ({
  of,
  lookup: (name) => ({ name, sql: name, ...unresolved(`the columns of ${of} are not known`) }),
});

/** DuckDB leaves shared columns where the first table has them; the standard puts them in front. */
const everything = ({ relations, shared, reader }: Scope): readonly ColumnPart[] => {
  const names = shared.map(({ name }) => name);
  const own = relations.map(({ columns }) => columns);
  if (reader.parserName !== 'duckdb') return [...shared, ...withoutNames(own.flat(), names)];
  const [first = [], ...others] = own;
  const inPlace = first.map((part) => (isOpen(part) ? part : (sharedLike(part, shared) ?? part)));
  const missing = shared.filter(({ name }) => !inPlace.some((part) => !isOpen(part) && isSameName(part.name, name)));
  return [...withoutOpenNames(inPlace, names), ...missing, ...withoutNames(others.flat(), names)];
};

const sharedLike = ({ name }: Field, shared: readonly Field[]): Field | undefined =>
  shared.find((each) => isSameName(each.name, name));

const withoutOpenNames = (parts: readonly ColumnPart[], names: readonly string[]): readonly ColumnPart[] =>
  parts.flatMap((part) => (isOpen(part) ? withoutNames([part], names) : [part]));

const replacements = (star: SqlFields, scope: Scope, read: ReadExpression): readonly Field[] =>
  (Array.isArray(star.replace) ? star.replace : []).flatMap((replacement) => {
    const fields = isFields(replacement) && isFields(replacement.alias) ? replacement : undefined;
    const name = identifierName(fields?.alias);
    if (!fields || name === undefined) return [];
    return [{ name, sql: fields.this as SqlNode, ...read(fields.this, scope) }];
  });

const replace = (parts: readonly ColumnPart[], fields: readonly Field[]): readonly ColumnPart[] => {
  const names = fields.map(({ name }) => name);
  const inPlace = parts.map((part) => {
    const other = isOpen(part) ? undefined : sharedLike(part, fields);
    return other && !isOpen(part) ? { ...other, name: part.name } : part;
  });
  const missing = fields.filter(({ name }) => !parts.some((part) => !isOpen(part) && isSameName(part.name, name)));
  return [...withoutOpenNames(inPlace, names), ...missing];
};

const renamings = (star: SqlFields): readonly (readonly [string, string])[] =>
  (Array.isArray(star.rename) ? star.rename : []).flatMap((pair) => {
    const [from, to] = Array.isArray(pair) ? identifierNames(pair) : [];
    return from === undefined || to === undefined ? [] : [[from, to] as const];
  });

const rename = (parts: readonly ColumnPart[], [from, to]: readonly [string, string]): readonly ColumnPart[] =>
  parts.map((part) => {
    if (!isOpen(part)) return isSameName(part.name, from) ? { ...part, name: to } : part;
    return {
      of: part.of,
      lookup: (name) => (isSameName(name, from) ? undefined : part.lookup(isSameName(name, to) ? from : name)),
    };
  });

/** Whether a node is `*` or `t.*`. */
export const isStar = (node: SqlNode): boolean => 'star' in node && isFields(nodeFields(node));
