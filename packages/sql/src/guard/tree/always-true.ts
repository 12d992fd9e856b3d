import { isFields, isNode, nodeFields, nodeKind, type SqlNode, type SqlValue, walk } from '../../parse/index.js';

/** Whether a condition holds for every row, as far as its form tells: no column in it, or something OR-ed that holds anyway. */
export const isAlwaysTrue = (condition: SqlNode): boolean => {
  const { left, right, this: inner } = nodeFields(condition);
  switch (nodeKind(condition)) {
    case 'paren':
      return holds(inner);
    case 'or':
      return holds(left) || holds(right) || areOpposites(left, right);
    case 'and':
      return holds(left) && holds(right);
    case 'eq':
    case 'gte':
    case 'lte':
      return isSame(left, right) || !readsColumns(condition);
    default:
      return !readsColumns(condition);
  }
};

const holds = (value: SqlValue): boolean => isNode(value) && isAlwaysTrue(value);

const readsColumns = (node: SqlNode): boolean => {
  let found = false;
  walk(node, ({ kind }) => {
    found ||= kind === 'column';
    return found ? 'skip' : undefined;
  });
  return found;
};

/** `a IS NULL OR a IS NOT NULL`. */
const areOpposites = (left: SqlValue, right: SqlValue): boolean => {
  if (!isNode(left) || !isNode(right) || nodeKind(left) !== 'is_null' || nodeKind(right) !== 'is_null') return false;
  const [one, other] = [nodeFields(left), nodeFields(right)];
  return isSame(one.this, other.this) && (one.not === true) !== (other.not === true);
};

const isSame = (left: SqlValue, right: SqlValue): boolean => textOf(left) === textOf(right);

/** Without the places in the text. */
const textOf = (value: SqlValue): string =>
  JSON.stringify(value, (key, part: SqlValue) =>
    key === 'span' || (isFields(part) && key === 'trivia') ? undefined : part,
  );
