import type { SqlFields, SqlNode } from '@aegis/sql/parse';
import { type Field, isSameOrigin, merged, nothing, type Origin, unresolved, usedAs } from './field.js';
import { endsWith, findNamed, isSameName } from './names.js';
import { type Found, findColumn, originOfAll, type Relation } from './relation.js';
import type { SchemaLookup, SqlTableName } from './types.js';

/** What one statement is read with. */
export interface Reader {
  readonly parserName: string;
  readonly schema: SchemaLookup;
  /** Base tables met so far, in order. */
  readonly tables: SqlTableName[];
  /** Changes of tables inside common table expressions. */
  readonly changes: Change[];
  readonly render: (node: SqlNode) => string;
  /** Reads a query inside another one, whose columns it may name. */
  readonly readQuery: (query: SqlNode, scope: Scope) => Relation;
}

export interface Change {
  readonly node: SqlNode;
  readonly scope: Scope;
}

/** Names of the select list, for the clauses that may use them. */
export interface Aliases {
  readonly fields: readonly Field[];
  /** Whether a column of the same name comes first, or cannot be told apart, or comes second. */
  readonly precedence: 'before-columns' | 'after-known-columns' | 'after-columns';
}

/** What names mean at one place of a statement. */
export interface Scope {
  readonly reader: Reader;
  readonly relations: readonly Relation[];
  /** Columns that `USING` or `NATURAL` made one of two. */
  readonly shared: readonly Field[];
  readonly ctes: ReadonlyMap<string, Relation>;
  readonly aliases?: Aliases | undefined;
  readonly windows?: ReadonlyMap<string, SqlFields> | undefined;
  /** Parameters of lambdas. */
  readonly bound?: ReadonlySet<string> | undefined;
  readonly outer?: Scope | undefined;
}

type Match =
  | { readonly kind: 'certain' | 'possible'; readonly origin: Field | Origin }
  | { readonly kind: 'unclear'; readonly reason: string }
  | { readonly kind: 'none' };

const none: Match = { kind: 'none' };

/** What a name, written with or without what qualifies it, is made of. */
export const resolveName = (parts: readonly string[], scope: Scope): Field | Origin => {
  const match = parts.length === 1 ? matchBare(parts[0] ?? '', scope) : matchDotted(parts, scope);
  if (match.kind === 'certain' || match.kind === 'possible') return match.origin;
  if (match.kind === 'unclear') return unresolved(match.reason);
  return unresolved(`no table in scope is known to have ${parts.join('.')}`);
};

/** Whether a name without a table certainly means a column here. */
export const isKnownColumn = (name: string, scope: Scope): boolean => matchBare(name, scope).kind === 'certain';

const matchBare = (name: string, scope: Scope): Match => {
  if (scope.bound?.has(name.toLowerCase())) return { kind: 'certain', origin: nothing };
  const [shared] = findNamed(scope.shared, name);
  const [alias] = findNamed(scope.aliases?.fields ?? [], name);
  const precedence = scope.aliases?.precedence;
  if (alias && precedence === 'before-columns') return { kind: 'certain', origin: alias };
  const match: Match = shared ? { kind: 'certain', origin: shared } : matchAmong(name, scope.relations);
  if (match.kind === 'certain' || match.kind === 'unclear') return aliasUnlessCertain(match, alias, scope);
  if (alias) return besideAlias(match, alias, precedence, name);
  if (match.kind === 'possible') return unlessNamed(unlessOuter(match, name, scope), name, scope);
  return matchElsewhere(name, scope);
};

const aliasUnlessCertain = (match: Match, alias: Field | undefined, scope: Scope): Match =>
  alias && match.kind === 'unclear' && scope.aliases?.precedence === 'after-known-columns'
    ? { kind: 'certain', origin: alias }
    : match;

const besideAlias = (
  match: Match,
  alias: Field,
  precedence: Aliases['precedence'] | undefined,
  name: string,
): Match => {
  if (match.kind !== 'possible' || precedence === 'after-known-columns') return { kind: 'certain', origin: alias };
  if (isSameOrigin(match.origin, alias)) return match;
  return { kind: 'unclear', reason: `${name} is either a column of a table of unknown columns or the alias` };
};

/** A name belongs to the innermost FROM that may have it, unless one further out certainly has it. */
const unlessOuter = (match: Match, name: string, scope: Scope): Match => {
  const outer = scope.outer && matchBare(name, scope.outer);
  if (outer?.kind !== 'certain' || match.kind !== 'possible' || isSameOrigin(outer.origin, match.origin)) return match;
  return { kind: 'unclear', reason: `${name} is either a column of the sub-query or of the query around it` };
};

/** `SELECT t FROM t` is a whole row, unless the table has a column of its own name. */
const unlessNamed = (match: Match, name: string, scope: Scope): Match =>
  match.kind === 'possible' && scope.relations.some((relation) => isSameName(relation.name.at(-1) ?? '', name))
    ? { kind: 'unclear', reason: `${name} is either a column or a whole row` }
    : match;

/** Further out, or the name of a relation as a value. */
const matchElsewhere = (name: string, scope: Scope): Match => {
  const relation = scope.relations.find((each) => isSameName(each.name.at(-1) ?? '', name));
  if (relation) return { kind: 'certain', origin: wholeValue(relation) };
  return scope.outer ? matchBare(name, scope.outer) : none;
};

const wholeValue = (relation: Relation): Origin =>
  relation.value ?? usedAs(originOfAll(relation.columns), 'TRANSFORMATION');

const matchAmong = (name: string, relations: readonly Relation[]): Match => {
  const found = relations.map((relation) => findColumn(relation, name));
  const certain = found.flatMap((each) => (each.kind === 'certain' ? [each.field] : []));
  const [only] = certain;
  if (only) return certain.length === 1 ? { kind: 'certain', origin: only } : ambiguous(name, relations);
  return matchPossible(name, relations, found);
};

const matchPossible = (name: string, relations: readonly Relation[], found: readonly Found[]): Match => {
  const unclear = found.some(({ kind }) => kind === 'ambiguous');
  const possible = found.flatMap((each) => (each.kind === 'possible' ? [each.field] : []));
  const [only] = possible;
  if (unclear || possible.length > 1) return ambiguous(name, relations);
  return only ? { kind: 'possible', origin: only } : none;
};

const ambiguous = (name: string, relations: readonly Relation[]): Match => {
  const candidates = relations.filter((relation) => findColumn(relation, name).kind !== 'none');
  const names = candidates.map((relation) => relation.name.join('.') || 'a sub-query');
  return { kind: 'unclear', reason: `${name} may be a column of ${names.join(' or ')}` };
};

/** `table.column`, `schema.table.column`, or a field inside a column of either form. */
const matchDotted = (parts: readonly string[], scope: Scope): Match => {
  for (let around: Scope | undefined = scope; around; around = around.outer) {
    for (let length = parts.length - 1; length > 0; length -= 1) {
      const relations = qualifiedBy(parts.slice(0, length), around.relations);
      const [relation] = relations;
      if (relations.length > 1) return ambiguous(parts[length] ?? '', relations);
      if (relation) return matchInside(relation, parts.slice(length));
    }
  }
  return asField(matchBare(parts[0] ?? '', scope));
};

const qualifiedBy = (qualifier: readonly string[], relations: readonly Relation[]): readonly Relation[] => {
  const named = relations.filter(({ name }) => name.length > 0 && endsWith(name, qualifier));
  if (named.length > 0) return named;
  return relations.filter(({ name, isTable }) => isTable && endsWith(qualifier, name));
};

const matchInside = (relation: Relation, [column = '', ...fields]: readonly string[]): Match => {
  const found = findColumn(relation, column);
  if (found.kind === 'ambiguous')
    return { kind: 'unclear', reason: `${column} may come from ${found.among.join(' or ')}` };
  if (found.kind === 'none') {
    if (relation.value) return { kind: 'certain', origin: usedAs(relation.value, 'TRANSFORMATION') };
    return { kind: 'unclear', reason: `${relation.name.join('.')} has no column ${column}` };
  }
  const match: Match = { kind: found.kind, origin: found.field };
  return fields.length > 0 ? asField(match) : match;
};

const asField = (match: Match): Match =>
  match.kind === 'certain' || match.kind === 'possible'
    ? { kind: match.kind, origin: usedAs(merged([match.origin]), 'TRANSFORMATION') }
    : match;
