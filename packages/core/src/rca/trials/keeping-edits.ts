import { isFields, nodeFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import type { Edit, Editing } from './edit.js';
import { isKind, placedNodes, replacedAt } from './edit-tree.js';

/** Inner joins that keep rows which find nothing. Last of all: most inner joins are meant to be. */
export const keepingEdits = ({ query, render }: Editing): readonly Edit[] =>
  [...placedNodes(query)]
    .filter(({ node }) => isKind(node, 'select'))
    .flatMap(({ node, path }) =>
      joinsOf(node).flatMap((join, index): readonly Edit[] => {
        if (!isFields(join) || join.kind !== 'Inner' || !hasCondition(join)) return [];
        const table = textOf(join.this, render);
        const by = { ...join, kind: 'Left', use_inner_keyword: false };
        return [
          {
            ...{ kind: 'join_kind', rank: 6, column: null, before: `JOIN ${table}`, after: `LEFT JOIN ${table}` },
            query: replacedAt(query, [...path, 'select', 'joins', index], by) as SqlNode,
          },
        ];
      }),
    );

const joinsOf = (select: SqlNode): readonly SqlValue[] => {
  const { joins } = nodeFields(select);
  return Array.isArray(joins) ? joins : [];
};

const hasCondition = ({ on, using }: { readonly [field: string]: SqlValue }): boolean =>
  isFields(on) || (Array.isArray(using) && using.length > 0);

const textOf = (value: SqlValue, render: Editing['render']): string =>
  isFields(value) ? render(value as SqlNode) : '';
