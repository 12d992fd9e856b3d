import {
  isAbsent,
  isFields,
  isNode,
  nodeFields,
  nodeKind,
  type SqlFields,
  type SqlNode,
  type SqlValue,
} from '../../parse/index.js';
import { whyRefused } from '../functions/index.js';
import { markOf, nameOf, type Reading } from '../skeleton/reading.js';
import { refusePart } from '../skeleton/refuse-part.js';
import { words } from '../text/words.js';
import {
  actionShapes,
  changeShapes,
  mergeVerbs,
  type PartRule,
  queryScalarShapes,
  queryShapes,
  type Shape,
  type Shapes,
  scalarShapes,
  silentParts,
  sourceShapes,
} from './grammar.js';
import { refusedEmptySelect, refusedKind, refusedPart } from './refused-kinds.js';

interface Checker {
  readonly reading: Reading;
  /** What may stand where a value is computed. */
  readonly scalars: Shapes;
  readonly isQuery: boolean;
}

/** Where a node stands decides which kinds are allowed. */
type Place = 'expressions' | 'sources' | 'query' | 'change' | 'actions';

/** @throws GuardError unless every node computes a value from one row, with functions of the list */
export const checkExpression = (node: SqlNode, reading: Reading): void =>
  checkNode(node, 'expressions', { reading, scalars: scalarShapes, isQuery: false });

/** @throws GuardError unless every node belongs to a SELECT that only reads tables and calls functions of the list */
export const checkQuery = (node: SqlNode, reading: Reading): void =>
  checkNode(node, 'query', { reading, scalars: queryScalarShapes, isQuery: true });

/** @throws GuardError unless it is an UPDATE, DELETE, INSERT or MERGE whose every part a query could hold */
export const checkChange = (node: SqlNode, reading: Reading): void =>
  checkNode(node, 'change', { reading, scalars: queryScalarShapes, isQuery: true });

const checkNode = (node: SqlNode, place: Place, checker: Checker): void => {
  const kind = nodeKind(node);
  const shapes = shapesAt(place, checker);
  const shape = Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
  const isOutOfPlace = place !== 'expressions' && !checker.isQuery;
  if (!shape || isOutOfPlace) throw refusedKind(node, checker.isQuery, checker.reading);
  if (kind === 'function' || kind === 'aggregate_function') checkCall(node, place, checker);
  checkFields(nodeFields(node), shape, node, checker);
  if (kind === 'literal') checkLiteral(node, checker);
  if (kind === 'cast') checkCastOperand(node, checker);
  if (kind === 'select' && isAbsent(nodeFields(node).expressions)) throw refusedEmptySelect(checker.reading);
};

const shapesAt = (place: Place, { scalars }: Checker): Shapes =>
  ({
    ...{ expressions: scalars, sources: sourceShapes, query: queryShapes },
    ...{ change: changeShapes, actions: actionShapes },
  })[place];

const checkFields = (fields: SqlFields, shape: Shape, node: SqlNode, checker: Checker): void => {
  for (const [part, value] of Object.entries(fields)) {
    if (isAbsent(value) || silentParts.has(part)) continue;
    const rule = Object.hasOwn(shape, part) ? shape[part] : undefined;
    if (rule === undefined) throw refusedPart(part, node, checker.reading);
    checkPart(value, rule, node, checker);
  }
};

const checkPart = (value: SqlValue, rule: PartRule, node: SqlNode, checker: Checker): void => {
  if (isAbsent(value)) return;
  if (Array.isArray(value)) for (const item of value) checkPart(item, rule, node, checker);
  else if (typeof rule === 'object') checkGroup(value, rule, node, checker);
  else if (rule === 'names') checkName(value, node, checker);
  else if (rule === 'type') checkType(value, node, checker);
  else if (rule === 'assignments') checkPart(value, isNode(value) ? 'expressions' : 'names', node, checker);
  else if (rule === 'constants') checkConstant(value, node, checker);
  else if (rule === 'actions') checkAction(value, node, checker);
  else if (rule === 'verbs') checkVerb(value, node, checker);
  else if (isNode(value)) checkNode(value, rule, checker);
  else throw refusedPart(nodeKind(node), node, checker.reading);
};

/** Names and values stand side by side in what a MERGE does. */
const checkAction = (value: SqlValue, node: SqlNode, checker: Checker): void => {
  if (!isNode(value)) throw refusedPart(nodeKind(node), node, checker.reading);
  const kind = nodeKind(value);
  if (kind === 'identifier') checkName(nodeFields(value), node, checker);
  else checkNode(value, Object.hasOwn(actionShapes, kind) ? 'actions' : 'expressions', checker);
};

const checkVerb = (value: SqlValue, node: SqlNode, { reading }: Checker): void => {
  if (mergeVerbs.has(value)) return;
  throw refusePart(
    reading,
    'forbidden',
    node,
    `does ${String(value)}`,
    'Use UPDATE SET, DELETE or INSERT with values.',
  );
};

/** A group of parts, or one word where a group has nothing to say, such as `CurrentRow`. */
const checkGroup = (value: SqlValue, shape: Shape, node: SqlNode, checker: Checker): void => {
  if (typeof value === 'string') return;
  if (!isFields(value)) throw refusedPart(nodeKind(node), node, checker.reading);
  checkFields(value, shape, node, checker);
};

/** Constants may come in groups, but never with an expression inside. */
const checkConstant = (value: SqlValue, node: SqlNode, checker: Checker): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) {
    if (isNode(part)) throw refusedPart(nodeKind(part), node, checker.reading);
    checkConstant(part, node, checker);
  }
};

/** Words that start a statement in some engine: the parser takes `(TABLE secret)` for a name and its alias. */
const statementWords = words(
  'table only show describe desc summarize explain execute call pivot pivot_wider pivot_longer unpivot',
);

const checkName = (value: SqlValue, node: SqlNode, { reading }: Checker): void => {
  const kind = isFields(value) ? markOf(value.name, reading)?.kind : undefined;
  const standsForText = kind === 'text' || kind === 'type' || kind === 'part';
  const name = nameOf(value, reading);
  if (!name || standsForText) {
    const hint = 'Name a table or column; files cannot be read.';
    throw refusePart(reading, 'forbidden', node, 'has a string where a name belongs', hint);
  }
  if (!name.isQuoted && statementWords.has(name.name.toLowerCase())) {
    throw refusePart(
      reading,
      'forbidden',
      node,
      `uses the keyword ${name.name} as a name`,
      'Write SELECT, or quote the name.',
    );
  }
};

const checkType = (value: SqlValue, node: SqlNode, { reading }: Checker): void => {
  if (isFields(value) && markOf(value.name, reading)?.kind === 'type') return;
  throw refusePart(reading, 'forbidden', node, 'names a type that is not understood', 'Cast to a plain type.');
};

/** What `::` binds to alike in every engine. */
const primaries = words(
  `column literal boolean null paren cast try_cast function subscript array_slice dot array array_func map_func case extract
   trim substring overlay tuple subquery window_function aggregate_function`,
);

/** `a + b::int` casts `b` only. Rendering writes the operand's bounds out, so they must be beyond doubt. */
const checkCastOperand = (node: SqlNode, { reading }: Checker): void => {
  const { this: operand, double_colon_syntax: isShort } = nodeFields(node);
  if (isShort !== true || !isNode(operand) || primaries.has(nodeKind(operand))) return;
  throw refusePart(reading, 'forbidden', node, 'casts an unclear part', 'Put brackets around what `::` casts.');
};

const checkLiteral = (node: SqlNode, { reading }: Checker): void => {
  const { literal_type: type, value } = nodeFields(node);
  if (type === 'number' || (type === 'string' && markOf(value, reading)?.kind === 'text')) return;
  throw refusePart(
    reading,
    'forbidden',
    node,
    'is a literal that is not understood',
    'Write a plain number or string.',
  );
};

/** The parser takes these parts of GROUP BY for functions. */
const groupings: ReadonlySet<string> = new Set(['ROLLUP', 'CUBE', 'GROUPING SETS']);

const checkCall = (node: SqlNode, place: Place, { reading, isQuery }: Checker): void => {
  const { name } = nodeFields(node);
  const native = String(name).toUpperCase();
  if (native === 'STRUCT' || (isQuery && groupings.has(native))) return;
  const mark = markOf(name, reading);
  if (mark?.kind !== 'call' || !mark.callable) {
    const { says, hint } = whyRefused(mark?.name ?? String(name));
    throw refusePart(reading, 'forbidden', node, says, hint);
  }
  if (place === 'sources' && !reading.rules.functions.tables.has(mark.name)) {
    throw refusePart(reading, 'forbidden', node, 'cannot be read like a table', 'Read a table.');
  }
  if (!isQuery && mark.callable !== 'scalar' && mark.callable !== 'clock') {
    const hint = 'An expression sees one row at a time: use a rule of type custom_sql.';
    throw refusePart(reading, 'forbidden', node, `calls ${mark.name}, which reads or makes more than one row`, hint);
  }
};
