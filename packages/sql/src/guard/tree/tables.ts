import {
  isFields,
  isNode,
  nodeFields,
  nodeKind,
  type SqlFields,
  type SqlNode,
  type SqlValue,
} from '../../parse/index.js';
import { scopePlaceholder } from '../scope-placeholder.js';
import { nameOf, type Reading } from '../skeleton/reading.js';
import { lowerAscii } from '../text/words.js';
import { refuseUnreadable } from './refuse-unreadable.js';

/** The parts of a table's name without quotes, e.g. `['sales', 'orders']`. */
export type TableParts = readonly string[];

/** Names that common table expressions have defined at some place in the tree. */
type Defined = ReadonlySet<string>;

/**
 * The tables that a query reads and does not define itself, each once. Where engines disagree about what a name means,
 * such as a common table expression that reads a table of its own name, the table is listed.
 * @throws GuardError `out-of-scope` for system tables and files, `forbidden` for a definition that takes the name of `{table}`
 */
export const tablesOf = (root: SqlNode, reading: Reading): readonly TableParts[] => [
  ...new Map(referencesTo(root, reading).map(({ parts }) => [JSON.stringify(parts), parts])).values(),
];

/** One place where a table is read. */
export interface TableReference {
  readonly node: SqlNode;
  readonly parts: TableParts;
  /** Of each part, whether it was written in quotes, so that the engine takes it as it stands. */
  readonly areQuoted: readonly boolean[];
}

/** The same tables, at every place where they are read. @throws GuardError as {@link tablesOf} does */
export const referencesTo = (root: SqlNode, reading: Reading): readonly TableReference[] =>
  [...tablesIn(root, new Set(), reading)].map((node) => {
    const parts = partsOf(node, reading);
    refuseUnreadable(parts, node, reading);
    return { node, parts, areQuoted: quotesOf(node, reading) };
  });

function* tablesIn(value: SqlValue, defined: Defined, reading: Reading): Generator<SqlNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* tablesIn(item, defined, reading);
  } else if (isNode(value)) {
    if (nodeKind(value) === 'table' && !isDefined(value, defined, reading)) yield value;
    yield* tablesInFields(nodeFields(value), defined, reading);
  } else if (isFields(value)) yield* tablesInFields(value, defined, reading);
}

function* tablesInFields(
  { with: definitions, ...parts }: SqlFields,
  outer: Defined,
  reading: Reading,
): Generator<SqlNode> {
  refusePlaceholderAlias(parts, reading);
  let defined = outer;
  for (const definition of definitionsIn(definitions)) {
    refusePlaceholderAlias(definition, reading);
    const key = keyOf(definition.alias, reading);
    yield* tablesInDefinition(definition, defined, isRecursive(definitions) ? key : undefined, reading);
    defined = new Set([...defined, key]);
  }
  yield* tablesIn(Object.values(parts), defined, reading);
}

/** A recursive definition sees itself only in the part after its UNION, which is none that matches columns by name. */
function* tablesInDefinition(
  { this: body }: SqlFields,
  defined: Defined,
  self: string | undefined,
  reading: Reading,
): Generator<SqlNode> {
  const { right, by_name: byName, ...first } = isNode(body) && nodeKind(body) === 'union' ? nodeFields(body) : {};
  if (self === undefined || !isNode(right) || byName === true) return yield* tablesIn(body, defined, reading);
  yield* tablesInFields(first, defined, reading);
  yield* tablesIn(right, new Set([...defined, self]), reading);
}

const definitionsIn = (definitions: SqlValue): readonly SqlFields[] => {
  const ctes = isFields(definitions) ? definitions.ctes : [];
  return Array.isArray(ctes) ? ctes.filter(isFields) : [];
};

const isRecursive = (definitions: SqlValue): boolean => isFields(definitions) && definitions.recursive === true;

/** A name of several parts never means a definition, in one pair of quotes neither. */
const isDefined = (table: SqlNode, defined: Defined, reading: Reading): boolean => {
  const { name } = nodeFields(table);
  return namesOf(table, reading).length === 1 && defined.has(keyOf(name, reading));
};

/** Equal for definitions that are the same one to the engine. */
const keyOf = (identifier: SqlValue, reading: Reading): string => {
  const { name, isQuoted } = nameOf(identifier, reading) ?? { name: '', isQuoted: true };
  return isQuoted && reading.rules.tableCase === 'lower' ? name : lowerAscii(name);
};

/** The parts of the name of a table node. */
export const partsOf = (table: SqlNode, reading: Reading): TableParts =>
  namesOf(table, reading).map(({ name }) => name);

const quotesOf = (table: SqlNode, reading: Reading): readonly boolean[] =>
  namesOf(table, reading).map(({ isQuoted }) => isQuoted);

const namesOf = (table: SqlNode, reading: Reading) => {
  const { catalog, schema, name } = nodeFields(table);
  const names = [catalog, schema, name].flatMap((part) => nameOf(part, reading) ?? []);
  if (!reading.rules.quotesWholeNames) return names;
  return names.flatMap(({ name: whole, isQuoted }) => whole.split('.').map((part) => ({ name: part, isQuoted })));
};

const refusePlaceholderAlias = ({ alias }: SqlFields, reading: Reading): void => {
  if (nameOf(alias, reading)?.name.toLowerCase() !== scopePlaceholder) return;
  throw reading.refuse('forbidden', 'Nothing else can be named {table}.', 'Give it another name.');
};
