import {
  childNodes,
  isFields,
  isNode,
  nodeFields,
  nodeKind,
  type SqlFields,
  type SqlNode,
  type SqlValue,
} from '@aegis/sql/parse';
import {
  aggregateFunctions,
  aggregateKinds,
  isBareFunction,
  isDateWord,
  queryKinds,
  takesWords,
} from './expression-kinds.js';
import { merged, nothing, type Origin, type Use, unresolved, usedAs } from './field.js';
import { dottedName, identifierName, identifierNames, isQuoted } from './names.js';
import { originOfAll, type Relation } from './relation.js';
import { isKnownColumn, resolveName, type Scope } from './scope.js';
import { starColumns } from './star.js';

type Read = (fields: SqlFields, scope: Scope, node: SqlNode) => Origin;

/** What the value of an expression is made of. A column alone is its own origin. */
export const originOf = (value: SqlValue, scope: Scope): Origin => {
  if (!isNode(value)) return usedAs(originOfParts(value, scope), 'TRANSFORMATION');
  const kind = nodeKind(value);
  if (queryKinds.has(kind)) return originOfQuery(value, scope);
  if (aggregateKinds.has(kind)) return originOfAggregate(nodeFields(value), scope);
  const read = Object.hasOwn(reads, kind) ? reads[kind] : undefined;
  return read
    ? read(nodeFields(value), scope, value)
    : usedAs(originOfParts(nodeFields(value), scope), 'TRANSFORMATION');
};

const originOfParts = (parts: SqlValue, scope: Scope): Origin =>
  merged([...childNodes(parts)].map((child) => originOf(child, scope)));

const originAs = (value: SqlValue, use: Use, scope: Scope): Origin =>
  usedAs(merged(nodesOf(value).map((node) => originOf(node, scope))), use);

const nodesOf = (value: SqlValue): readonly SqlNode[] => (isNode(value) ? [value] : [...childNodes(value)]);

const readColumn: Read = ({ name, table }, scope, node) => {
  const written = identifierName(name) ?? '';
  if (/^\$\d+$/.test(written)) return unresolved(`${written} is a position in a file`);
  const isBare = !isFields(table) && !isQuoted(name);
  if (isBare && isBareFunction(written) && !isKnownColumn(written, scope)) return nothing;
  return resolveName(dottedName(node) ?? [], scope);
};

const readDot: Read = ({ this: before }, scope, node) => {
  const names = dottedName(node);
  return names ? resolveName(names, scope) : originAs(before, 'TRANSFORMATION', scope);
};

const readInside: Read = ({ this: inside }, scope) => originOf(inside, scope);

const readCase: Read = ({ operand, whens, else_ }, scope) => {
  const branches = Array.isArray(whens) ? whens.filter(Array.isArray) : [];
  return merged([
    originAs(operand, 'CONDITIONAL', scope),
    ...branches.map(([condition]) => originAs(condition, 'CONDITIONAL', scope)),
    ...branches.map(([, result]) => originAs(result, 'TRANSFORMATION', scope)),
    originAs(else_, 'TRANSFORMATION', scope),
  ]);
};

const readIf: Read = ({ condition, this: tested, true_value, false_value }, scope) =>
  merged([
    originAs(condition ?? tested, 'CONDITIONAL', scope),
    originAs(true_value, 'TRANSFORMATION', scope),
    originAs(false_value, 'TRANSFORMATION', scope),
  ]);

const readNullIf = (value: SqlValue, compared: SqlValue, scope: Scope): Origin =>
  merged([originAs(value, 'TRANSFORMATION', scope), originAs(compared, 'CONDITIONAL', scope)]);

/** `decode(value, search, result, …, otherwise)` */
const readDecode = (parts: readonly SqlValue[], scope: Scope): Origin =>
  merged(
    parts.map((part, index) => {
      const isResult = index > 0 && (index % 2 === 0 || index === parts.length - 1);
      return originAs(part, isResult ? 'TRANSFORMATION' : 'CONDITIONAL', scope);
    }),
  );

const readFunction: Read = (fields, scope) => {
  const name = String(fields.name).toLowerCase();
  const parts = argumentsOf(fields, name, scope);
  if (name === 'nullif') return readNullIf(parts[0], parts.slice(1), scope);
  if (name === 'decode' && parts.length > 2) return readDecode(parts, scope);
  if (aggregateFunctions.has(name)) return originOfAggregate({ ...fields, args: parts }, scope);
  return usedAs(originOfParts(parts, scope), 'TRANSFORMATION');
};

const argumentsOf = ({ args }: SqlFields, name: string, scope: Scope): readonly SqlValue[] => {
  const all = Array.isArray(args) ? args : [];
  if (!takesWords(name) || all.some(isQuotedWord)) return all;
  return all.filter((argument, index) => !(isWordPlace(index, all.length) && isWord(argument, scope)));
};

/** `datediff(DAY, a, b)` and `date_diff(a, b, DAY)` */
const isWordPlace = (index: number, count: number): boolean =>
  count > 1 && (index === count - 1 || (index === 0 && count === 3));

const isQuotedWord = (argument: SqlValue): boolean => {
  const { literal_type: type, value } = isNode(argument) ? nodeFields(argument) : {};
  return type === 'string' && typeof value === 'string' && isDateWord(value);
};

const isWord = (argument: SqlValue, scope: Scope): boolean => {
  if (!isNode(argument) || nodeKind(argument) !== 'column') return false;
  const { name, table } = nodeFields(argument);
  const word = identifierName(name);
  if (word === undefined || isFields(table) || isQuoted(name) || !isDateWord(word)) return false;
  return !isKnownColumn(word, scope);
};

const originOfAggregate = ({ filter, order_by, ...parts }: SqlFields, scope: Scope): Origin =>
  merged([
    originAs(parts, 'AGGREGATION', scope),
    originAs(filter, 'CONDITIONAL', scope),
    originAs(order_by, 'SORT', scope),
  ]);

const readFilter: Read = ({ this: aggregate, expression }, scope) =>
  merged([originOf(aggregate, scope), originAs(expression, 'CONDITIONAL', scope)]);

const readWithinGroup: Read = ({ this: aggregate, order_by }, scope) =>
  merged([originOf(aggregate, scope), originAs(order_by, 'AGGREGATION', scope)]);

const readWindow: Read = ({ this: call, over, keep }, scope) =>
  merged([
    originAs([call, keep], 'TRANSFORMATION', scope),
    ...windowParts(over, scope).map((part) => originAs(part, 'WINDOW', scope)),
  ]);

const windowParts = (over: SqlValue, scope: Scope): readonly SqlValue[] => {
  if (!isFields(over)) return [];
  const name = identifierName(over.window_name);
  const base = name === undefined ? undefined : scope.windows?.get(name.toLowerCase());
  return [over.partition_by, over.order_by, ...(base ? windowParts(base, scope) : [])];
};

const readLambda: Read = ({ parameters, body }, scope) => {
  const names = identifierNames(parameters).map((name) => name.toLowerCase());
  return originAs(body, 'TRANSFORMATION', { ...scope, bound: new Set([...(scope.bound ?? []), ...names]) });
};

const originOfQuery = (query: SqlNode, scope: Scope): Origin => {
  const relation = scope.reader.readQuery(query, scope);
  return merged([originOfAll(relation.columns), ...rowsOf(relation)]);
};

/** Conditions of a sub-query decide about the one value that it gives. */
const rowsOf = ({ rows }: Relation): readonly Origin[] => rows;

const readExists: Read = ({ this: query }, scope) =>
  isNode(query) ? merged(rowsOf(scope.reader.readQuery(query, scope))) : nothing;

const readStar: Read = (fields, scope) => usedAs(originOfAll(starColumns(fields, scope, originOf)), 'TRANSFORMATION');

const reads: { readonly [kind: string]: Read } = {
  column: readColumn,
  dot: readDot,
  paren: readInside,
  alias: readInside,
  annotated: readInside,
  subquery: readInside,
  ordered: readInside,
  case: readCase,
  if_func: readIf,
  nvl2: readIf,
  null_if: ({ this: value, expression }, scope) => readNullIf(value, expression, scope),
  function: readFunction,
  filter: readFilter,
  within_group: readWithinGroup,
  window_function: readWindow,
  lambda: readLambda,
  exists: readExists,
  star: readStar,
  property_e_q: ({ right }, scope) => originOf(right, scope),
  named_argument: ({ value }, scope) => originOf(value, scope),
  parameter: (_, scope) =>
    scope.reader.parserName === 'snowflake' ? unresolved('it is a position in a file') : nothing,
};
