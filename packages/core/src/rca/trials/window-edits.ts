import { isFields, isNode, nodeFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { sameName } from '../trace-index.js';
import type { Edit, Editing } from './edit.js';
import {
  columnName,
  identifierName,
  isKind,
  newNode,
  type Path,
  type PlacedNode,
  placedNodes,
  qualifierOf,
  replacedAt,
} from './edit-tree.js';

/** Most other keys that are tried of one window. */
const mostKeys = 3;
const keyName = /(^|_)(id|key|uuid|guid)$/i;
const isNumbering = /^(row_number|rank|dense_rank)$/i;

/** Rows that are numbered to keep one of each key: by one column less, or by another key of the table. */
export const windowEdits = ({ query, render, columnsOf }: Editing): readonly Edit[] =>
  [...placedNodes(query)].filter(isSelect).flatMap(({ node: select, path: at }) =>
    numberings(select, at).flatMap(({ node, path }) => {
      const by = partitionOf(node);
      return otherPartitions(by, select, columnsOf).map(({ partition, rank }): Edit => {
        const edited = replacedAt(node, partitionPath, partition) as SqlNode;
        return {
          ...{ kind: 'window', rank, column: by[0] ? columnName(by[0]) : null },
          ...{ before: render(node), after: render(edited) },
          query: replacedAt(query, path, edited) as SqlNode,
        };
      });
    }),
  );

const isSelect = ({ node }: PlacedNode): boolean => isKind(node, 'select');
const partitionPath: Path = ['window_function', 'over', 'partition_by'];

/** Windows of a query itself, not of those inside it. */
const numberings = (select: SqlNode, path: Path): readonly PlacedNode[] => {
  const placed = [...placedNodes(select, path)];
  const inner = placed.filter((each) => isSelect(each) && each.path.length > path.length);
  return placed.filter(
    ({ node, path: at }) =>
      isKind(node, 'window_function') &&
      numbers(nodeFields(node).this) &&
      partitionOf(node).length > 0 &&
      !inner.some((each) => each.path.every((key, index) => at[index] === key)),
  );
};

const numbers = (value: SqlValue): boolean => {
  if (!isFields(value)) return false;
  const [kind = ''] = Object.keys(value);
  return isNumbering.test(kind) || (isNode(value) && isNumbering.test(identifierName(nodeFields(value).name)));
};

/** Plain columns by which rows are parted; none where an expression is among them. */
const partitionOf = (window: SqlNode): readonly SqlNode[] => {
  const { over } = nodeFields(window);
  const by: readonly SqlValue[] = isFields(over) && Array.isArray(over.partition_by) ? over.partition_by : [];
  const columns = by.filter((each): each is SqlNode => isKind(each, 'column'));
  return columns.length === by.length ? columns : [];
};

interface OtherPartition {
  readonly partition: readonly SqlNode[];
  readonly rank: number;
}

const otherPartitions = (
  by: readonly SqlNode[],
  select: SqlNode,
  columnsOf: Editing['columnsOf'],
): readonly OtherPartition[] => {
  const [first] = by;
  const fewer = by.length < 2 ? [] : by.map((left) => ({ partition: by.filter((each) => each !== left), rank: 4 }));
  const known = first ? columnsOf(qualifierOf(first) || tableOf(select)) : [];
  const keys = known.filter((name) => keyName.test(name) && !by.some((each) => sameName(columnName(each), name)));
  const others = keys
    .slice(0, mostKeys)
    .flatMap((name) => (first ? [{ partition: [named(first, name)], rank: 6 }] : []));
  return [...fewer, ...others];
};

const named = (column: SqlNode, name: string): SqlNode =>
  newNode('column', { ...nodeFields(column), name: { name, quoted: false } });

/** The alias or the name of the one table that a query reads. */
const tableOf = (select: SqlNode): string => {
  const { from, joins } = nodeFields(select);
  const tables: readonly SqlValue[] = isFields(from) && Array.isArray(from.expressions) ? from.expressions : [];
  const [only] = tables;
  const isOnly = tables.length === 1 && (!Array.isArray(joins) || joins.length === 0);
  if (!isOnly || only === undefined || !isKind(only, 'table')) return '';
  const { alias, name } = nodeFields(only);
  return identifierName(alias) || identifierName(name);
};
