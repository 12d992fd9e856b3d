import { lowerAscii } from './lower-ascii.js';

type Group = Readonly<Record<string, unknown>>;

/**
 * The tables in a tree of DuckDB's own parser that no definition around them hides, and the functions that FROM calls.
 * `undefined` for a tree that tells an error.
 */
export const relationsInTree = (tree: unknown): readonly string[] | undefined => {
  if (!isGroup(tree) || tree.error === true || !Array.isArray(tree.statements)) return undefined;
  return [...relationsIn(tree.statements, new Set())];
};

function* relationsIn(value: unknown, defined: ReadonlySet<string>): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* relationsIn(item, defined);
  if (!isGroup(value)) return;
  const name = relationOf(value);
  if (name !== undefined && !defined.has(name)) yield name;
  const { cte_map: definitions, ...others } = value;
  let known = defined;
  for (const { key, value: definition } of entriesOf(definitions)) {
    yield* relationsIn(definition, known);
    known = new Set([...known, key]);
  }
  yield* ofOthers(others, known);
}

/** A recursive definition names itself, and its second part sees it. */
function* ofOthers(others: Group, known: ReadonlySet<string>): Generator<string> {
  const self = others.type === 'RECURSIVE_CTE_NODE' ? lower(others.cte_name) : undefined;
  for (const [part, value] of Object.entries(others)) {
    yield* relationsIn(value, part === 'right' && self !== undefined ? new Set([...known, self]) : known);
  }
}

const relationOf = (group: Group): string | undefined => {
  if (group.type === 'BASE_TABLE')
    return [group.catalog_name, group.schema_name, group.table_name].filter(Boolean).map(lower).join('.');
  if (group.type !== 'TABLE_FUNCTION' || !isGroup(group.function)) return undefined;
  return `${lower(group.function.function_name)}()`;
};

const entriesOf = (definitions: unknown): readonly { readonly key: string; readonly value: unknown }[] => {
  const map = isGroup(definitions) ? definitions.map : [];
  return Array.isArray(map) ? map.filter(isGroup).map(({ key, value }) => ({ key: lower(key), value })) : [];
};

const lower = (name: unknown): string => lowerAscii(String(name));

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
