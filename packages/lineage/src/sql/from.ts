import { isFields, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { rowsFrom, rowsOf } from './clause.js';
import { type Field, merged, type Origin, type RowOrigin, unresolved, usedAs } from './field.js';
import { identifierNames, isSameName } from './names.js';
import { closedFields, type Relation } from './relation.js';
import { resolveName, type Scope } from './scope.js';

/** What FROM offers so far, from left to right. */
export interface From {
  readonly relations: readonly Relation[];
  readonly shared: readonly Field[];
  readonly rows: readonly RowOrigin[];
}

export const emptyFrom: From = { relations: [], shared: [], rows: [] };

/** Reads one part of FROM; those to its left are in scope. */
export type ReadSource = (source: SqlNode, scope: Scope) => From;

export const scopeOf = (from: From, around: Scope): Scope => ({
  ...around,
  relations: from.relations,
  shared: from.shared,
  aliases: undefined,
});

export const beside = (left: From, right: From): From => ({
  relations: [...left.relations, ...right.relations],
  shared: [...left.shared, ...right.shared],
  rows: [...left.rows, ...right.rows],
});

/** FROM with one more join. */
export const joined = (left: From, join: SqlFields, scope: Scope, read: ReadSource): From => {
  const right = read(join.this as SqlNode, scopeOf(left, scope));
  const both = beside(left, right);
  const inside = scopeOf(both, scope);
  const names = sharedNames(join, left, right);
  const rows = [
    ...both.rows,
    ...rowsOf(join.on, 'JOIN', inside),
    ...rowsOf(join.match_condition, 'JOIN', inside),
    ...(names ?? []).flatMap((name) => keyRows(name, left, right, scope)),
    ...(names ? [] : rowsFrom('NATURAL JOIN', 'JOIN', unresolved('which columns NATURAL JOIN compares is not known'))),
  ];
  return { ...kept(String(join.kind), left, right, names ?? [], scope), rows };
};

/** Names of USING, or those that NATURAL finds; `undefined` where it cannot be told which. */
const sharedNames = (join: SqlFields, left: From, right: From): readonly string[] | undefined => {
  if (!String(join.kind).startsWith('Natural')) return identifierNames(join.using);
  const [here, there] = [left, right].map(({ relations }) => relations.map(closedFields));
  if (!here?.every(isKnown) || !there?.every(isKnown)) return undefined;
  const names = new Set(here.flat().map(({ name }) => name));
  return [...names].filter((name) => there.flat().some((field) => isSameName(field.name, name)));
};

const isKnown = (fields: readonly Field[] | undefined): fields is readonly Field[] => fields !== undefined;

const sideOrigin = (name: string, side: From, scope: Scope): Field | Origin =>
  resolveName([name], { ...scopeOf(side, scope), outer: undefined });

const keyRows = (name: string, left: From, right: From, scope: Scope): readonly RowOrigin[] =>
  rowsFrom(`USING (${name})`, 'JOIN', merged([sideOrigin(name, left, scope), sideOrigin(name, right, scope)]));

const kept = (kind: string, left: From, right: From, names: readonly string[], scope: Scope): Omit<From, 'rows'> => {
  if (/^(Left)?(Semi|Anti)$/.test(kind)) return left;
  if (/^Right(Semi|Anti)$/.test(kind)) return right;
  const shared = names.map((name) =>
    sharedField(name, kind, sideOrigin(name, left, scope), sideOrigin(name, right, scope)),
  );
  const others = [...left.shared, ...right.shared].filter(
    (field) => !names.some((name) => isSameName(name, field.name)),
  );
  return { relations: [...left.relations, ...right.relations], shared: [...others, ...shared] };
};

/** Both sides are equal where an inner join keeps a row, so that either one tells the value. */
const sharedField = (name: string, kind: string, left: Field | Origin, right: Field | Origin): Field => {
  if (/Full|Outer/.test(kind)) return { name, sql: name, ...usedAs(merged([left, right]), 'TRANSFORMATION') };
  const isRight = /Right/.test(kind) || (/Inner|^Natural$/.test(kind) && left.unresolved !== undefined);
  const side = isRight ? right : left;
  return { sql: name, ...side, name };
};

export const listOf = (value: SqlValue): readonly SqlFields[] => (Array.isArray(value) ? value.filter(isFields) : []);
