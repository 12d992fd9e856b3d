import { isNode, nodeFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import type { Edit, Editing } from './edit.js';
import { bare, columnsIn, isKind, newNode, type Path, type PlacedNode, placedNodes, replacedAt } from './edit-tree.js';

const clauses = ['where_clause', 'qualify', 'having'] as const;

/** Each condition of a filter turned around: a negation is taken away, anything else is negated. */
export const filterEdits = ({ query, render }: Editing): readonly Edit[] =>
  conditionsOf(query).map(({ node, path }): Edit => {
    const negated = negatedBy(node);
    const by = negated ?? newNode('not', { this: newNode('paren', { this: node }) });
    return {
      ...{ kind: 'filter', rank: negated ? 0 : 5, column: null, before: render(node), after: render(by) },
      query: replacedAt(query, path, by) as SqlNode,
    };
  });

/** What a `NOT` turns around. */
const negatedBy = (node: SqlNode): SqlNode | undefined => {
  const outer = bare(node);
  const inner = isKind(outer, 'not') ? nodeFields(outer).this : undefined;
  return isNode(inner) ? bare(inner) : undefined;
};

/** The conditions that all have to be met, of every filter of a query. */
const conditionsOf = (query: SqlNode): readonly PlacedNode[] =>
  [...placedNodes(query)]
    .filter(({ node }) => isKind(node, 'select'))
    .flatMap(({ node, path }) =>
      clauses.flatMap((clause) => conditionsIn(nodeFields(node)[clause], [...path, 'select', clause])),
    )
    .filter(({ node }) => columnsIn(node).length > 0);

const conditionsIn = (clause: SqlValue, path: Path): readonly PlacedNode[] => {
  const condition = typeof clause === 'object' && clause !== null && 'this' in clause ? clause.this : undefined;
  return isNode(condition) ? conjuncts(condition, [...path, 'this']) : [];
};

/** The parts that `AND` joins, brackets around a whole part seen through. */
export const conjuncts = (node: SqlNode, path: Path): readonly PlacedNode[] => {
  if (isKind(node, 'and')) {
    const { left, right } = nodeFields(node);
    return [
      ...(isNode(left) ? conjuncts(left, [...path, 'and', 'left']) : []),
      ...(isNode(right) ? conjuncts(right, [...path, 'and', 'right']) : []),
    ];
  }
  const inner = isKind(node, 'paren') ? nodeFields(node).this : undefined;
  return isNode(inner) && isKind(inner, 'and') ? conjuncts(inner, [...path, 'paren', 'this']) : [{ node, path }];
};
