import {
  isAbsent,
  isFields,
  isNode,
  nodeFields,
  nodeKind,
  type SqlFields,
  type SqlNode,
  type SqlValue,
} from '../parse/index.js';
import { whyRefused } from './functions/index.js';
import {
  type PartRule,
  queryScalarShapes,
  queryShapes,
  type Shape,
  type Shapes,
  scalarShapes,
  silentParts,
  sourceShapes,
} from './grammar.js';
import { markOf, nameOf, piece, type Reading, refusePart } from './reading.js';
import { quoted } from './refusal.js';
import { refusedKind } from './refused-kinds.js';

/** What stands where in a tree decides which nodes are allowed there. */
interface Checker {
  readonly reading: Reading;
  readonly scalars: Shapes;
  readonly isQuery: boolean;
}

/** @throws GuardError unless every node computes a value from one row, with functions of the list */
export const checkExpression = (node: SqlNode, reading: Reading): void =>
  checkNode(node, 'expressions', { reading, scalars: scalarShapes, isQuery: false });

/** @throws GuardError unless every node belongs to a SELECT that only reads tables and calls functions of the list */
export const checkQuery = (node: SqlNode, reading: Reading): void =>
  checkNode(node, 'query', { reading, scalars: queryScalarShapes, isQuery: true });

type Place = 'expressions' | 'sources' | 'query';

const checkNode = (node: SqlNode, place: Place, checker: Checker): void => {
  const kind = nodeKind(node);
  const shape = shapesAt(place, checker)[kind];
  if (!shape) throw refusedKind(node, checker.isQuery, checker.reading);
  checkFields(nodeFields(node), shape, node, checker);
  if (kind === 'function' || kind === 'aggregate_function') checkCall(node, place, checker);
  if (kind === 'literal') checkLiteral(node, checker);
};

const shapesAt = (place: Place, { scalars }: Checker): Shapes =>
  place === 'expressions' ? scalars : place === 'sources' ? sourceShapes : queryShapes;

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
  if (Array.isArray(value)) {
    for (const item of value) checkPart(item, rule, node, checker);
  } else if (typeof rule === 'object') {
    if (!isFields(value)) throw refusedPart('part', node, checker.reading);
    checkFields(value, rule, node, checker);
  } else if (rule === 'names') {
    checkName(value, node, checker);
  } else if (rule === 'type') {
    checkType(value, node, checker);
  } else if (rule === 'constants') {
    checkConstant(value, node, checker);
  } else if (isNode(value)) {
    checkNode(value, rule, checker);
  } else {
    throw refusedPart(nodeKind(node), node, checker.reading);
  }
};

/** Constants may come in groups, but never with an expression inside. */
const checkConstant = (value: SqlValue, node: SqlNode, checker: Checker): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) {
    if (isNode(part)) throw refusedPart(nodeKind(part), node, checker.reading);
    checkConstant(part, node, checker);
  }
};

const checkName = (value: SqlValue, node: SqlNode, { reading }: Checker): void => {
  const name = nameOf(value, reading);
  const kind = isFields(value) ? markOf(value.name, reading)?.kind : undefined;
  if (!name || kind === 'text' || kind === 'type' || kind === 'part') {
    throw refusePart(
      reading,
      'forbidden',
      `${piece(node, reading)} has a string where a name belongs.`,
      'Name a table or column; files cannot be read.',
      value,
    );
  }
};

const checkType = (value: SqlValue, node: SqlNode, { reading }: Checker): void => {
  if (isFields(value) && markOf(value.name, reading)?.kind === 'type') return;
  throw refusePart(
    reading,
    'forbidden',
    `The type in ${piece(node, reading)} is not understood.`,
    'Cast to a plain type.',
    value,
  );
};

const checkLiteral = (node: SqlNode, { reading }: Checker): void => {
  const { literal_type: type, value } = nodeFields(node);
  if (type === 'number' || (type === 'string' && markOf(value, reading)?.kind === 'text')) return;
  throw refusePart(
    reading,
    'forbidden',
    `The literal ${piece(node, reading)} is not understood.`,
    'Write a plain number or string.',
    node,
  );
};

const checkCall = (node: SqlNode, place: Place, { reading, isQuery }: Checker): void => {
  const { name } = nodeFields(node);
  const mark = markOf(name, reading);
  const called = mark?.name ?? String(name);
  if (mark?.kind !== 'call' || !mark.callable) {
    const { why, hint } = whyRefused(called);
    throw refusePart(reading, 'forbidden', `The function ${quoted(called)} ${why}.`, hint, node);
  }
  if (place === 'sources' && !reading.rules.functions.tables.has(mark.name)) {
    throw refusePart(reading, 'forbidden', `${quoted(called)} cannot be read like a table.`, 'Read a table.', node);
  }
  if (!isQuery && mark.callable !== 'scalar' && mark.callable !== 'clock') {
    throw refusePart(
      reading,
      'forbidden',
      `${quoted(called)} reads or makes more than one row.`,
      'An expression sees one row at a time: use a rule of type custom_sql.',
      node,
    );
  }
};

const refusedPart = (part: string, node: SqlNode, reading: Reading) =>
  refusePart(
    reading,
    'forbidden',
    `${piece(node, reading)} has a part that rules may not use (${nodeKind(node)}: ${part}).`,
    'Leave it out.',
    node,
  );
