import { isFields, isNode, nodeFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { sameName } from '../trace-index.js';
import type { Edit, Editing } from './edit.js';
import {
  columnName,
  columnsIn,
  isKind,
  newNode,
  type Path,
  placedNodes,
  qualifierOf,
  replacedAt,
} from './edit-tree.js';
import { conjuncts } from './filter-edits.js';

/** Keys of the same name in place of others, and a key that both sides have beside those that are compared. */
export const joinEdits = (editing: Editing): readonly Edit[] =>
  joinConditions(editing.query).flatMap(({ condition, path }) => {
    const pairs = equalitiesIn(condition, path);
    return [...pairs.flatMap((pair) => otherKeys(pair, editing)), ...moreKeys(condition, path, pairs, editing)];
  });

interface Condition {
  readonly condition: SqlNode;
  readonly path: Path;
}

const joinConditions = (query: SqlNode): readonly Condition[] =>
  [...placedNodes(query)]
    .filter(({ node }) => isKind(node, 'select'))
    .flatMap(({ node, path }) => {
      const joins: readonly SqlValue[] = listOf(nodeFields(node).joins);
      return joins.flatMap((join, index) => {
        const on = isFields(join) ? join.on : undefined;
        return isNode(on) ? [{ condition: on, path: [...path, 'select', 'joins', index, 'on'] }] : [];
      });
    });

const listOf = (value: SqlValue): readonly SqlValue[] => (Array.isArray(value) ? value : []);

interface Equality {
  readonly left: SqlNode;
  readonly right: SqlNode;
  readonly path: Path;
}

const equalitiesIn = (condition: SqlNode, path: Path): readonly Equality[] =>
  conjuncts(condition, path).flatMap(({ node, path: at }) => {
    if (!isKind(node, 'eq')) return [];
    const { left, right } = nodeFields(node);
    return isNode(left) && isNode(right) ? [{ left, right, path: [...at, 'eq'] }] : [];
  });

/** One side by the name that the other has, where its table has such a column. */
const otherKeys = ({ left, right, path }: Equality, { query, render, columnsOf }: Editing): readonly Edit[] =>
  (
    [
      [left, right, 'left'],
      [right, left, 'right'],
    ] as const
  ).flatMap(([changed, kept, side]) => {
    const [column] = columnsIn(changed);
    if (!column || !isKind(kept, 'column') || qualifierOf(column) === '') return [];
    const name = columnsOf(qualifierOf(column)).find((each) => sameName(each, columnName(kept)));
    if (name === undefined || (isKind(changed, 'column') && sameName(name, columnName(column)))) return [];
    const by = named(column, name);
    return [
      {
        ...{ kind: 'join' as const, rank: 1, column: columnName(column) },
        ...{ before: `${render(left)} = ${render(right)}`, after: `${render(by)} = ${render(kept)}` },
        query: replacedAt(query, [...path, side], by) as SqlNode,
      },
    ];
  });

const named = (column: SqlNode, name: string): SqlNode =>
  newNode('column', { ...nodeFields(column), name: { name, quoted: false } });

/** Most further keys that are tried of one join. */
const mostKeys = 3;

const moreKeys = (
  condition: SqlNode,
  path: Path,
  pairs: readonly Equality[],
  { query, render, columnsOf }: Editing,
): readonly Edit[] => {
  const [pair] = pairs;
  const [left, right] = [pair && columnsIn(pair.left)[0], pair && columnsIn(pair.right)[0]];
  if (!left || !right) return [];
  const compared = pairs.flatMap((each) => [...columnsIn(each.left), ...columnsIn(each.right)]).map(columnName);
  const others = columnsOf(qualifierOf(right));
  const shared = columnsOf(qualifierOf(left)).filter(
    (name) => others.some((other) => sameName(other, name)) && !compared.some((other) => sameName(other, name)),
  );
  return shared.slice(0, mostKeys).map((name) => {
    const added = newNode('eq', { left: named(left, name), right: named(right, name) });
    const by = newNode('and', { left: newNode('paren', { this: condition }), right: added });
    return {
      ...{ kind: 'join' as const, rank: 3, column: name, before: render(condition), after: render(by) },
      query: replacedAt(query, path, by) as SqlNode,
    };
  });
};
