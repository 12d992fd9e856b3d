import type { UserSqlExpression } from '@aegis/spec';
import { isAbsent, isFields, isNode, nodeFields, nodeKind, type SqlNode } from '../parse/index.js';
import { scopePlaceholder } from './scope-placeholder.js';
import { parseFramed } from './skeleton/parse-framed.js';
import type { Reading } from './skeleton/reading.js';
import { refusePart } from './skeleton/refuse-part.js';
import { restore } from './skeleton/restore.js';
import { words } from './text/words.js';
import { checkExpression } from './tree/check.js';
import { columnsOf } from './tree/columns.js';

/** An expression that passed. */
export interface GuardedExpression extends UserSqlExpression {
  /** Whether it asks for the engine's own date or time, which `--now` does not fix. */
  readonly readsClock: boolean;
}

/** The statement inside which an expression is judged, so that nothing can close a bracket that it did not open. */
export const expressionFrame = { before: `SELECT 1 FROM ${scopePlaceholder} WHERE ( `, after: ' )' };

const neverConditions = words('alias literal add sub mul div mod concat interval array array_func map_func neg');

/** @throws GuardError unless the text is one condition on the columns of one row, with allowed functions */
export const guardExpression = (reading: Reading): GuardedExpression => {
  const root = judged(reading.skeleton.text, reading);
  const rendered = reading.parser.render(root, reading.parserName);
  const { sql, isSame } = restore(rendered, reading);
  if (!isSame) judged(rendered, reading);
  const readsClock = reading.skeleton.marks.some(({ kind, callable }) => kind === 'clock' || callable === 'clock');
  return { kind: 'user_sql', sql, columns: columnsOf(root, reading), readsClock };
};

/** The tree of a text, if it may run. */
const judged = (text: string, reading: Reading): SqlNode => {
  const root = expressionIn(parseFramed(reading, text), reading);
  checkExpression(root, reading);
  refuseValues(root, reading);
  return root;
};

/** The expression, if the statement around it is still the one that we wrote. */
const expressionIn = (statement: SqlNode, reading: Reading): SqlNode => {
  const { expressions: _, from: __, where_clause: condition, ...others } = nodeFields(statement);
  const inside = isFields(condition) ? condition.this : undefined;
  const root = isNode(inside) && nodeKind(inside) === 'paren' ? nodeFields(inside).this : undefined;
  if (nodeKind(statement) === 'select' && Object.values(others).every(isAbsent) && isNode(root)) return root;
  const hint = 'Write one condition, with nothing of a whole statement around it.';
  throw reading.refuse('not-expression', 'The SQL is not one expression.', hint, 0);
};

const refuseValues = (root: SqlNode, reading: Reading): void => {
  if (!neverConditions.has(nodeKind(root))) return;
  throw refusePart(reading, 'not-expression', root, 'is a value, neither true nor false', 'Compare it with something.');
};
