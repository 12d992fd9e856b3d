import { nodeFields, type SqlNode } from '@aegis/sql/parse';
import { sameName } from '../trace-index.js';
import type { Edit, Editing } from './edit.js';
import { bare, columnName, isKind, type Path, replacedAt } from './edit-tree.js';
import { type ListedExpression, selectLists } from './expression-edits.js';

/** Two output columns that are each filled from a column of the other's name, put back. */
export const exchangeEdits = ({ query, render, relevant }: Editing): readonly Edit[] => {
  const lists = selectLists(query);
  return lists.flatMap((first, index) =>
    lists.slice(index + 1).flatMap((second) => {
      const isRelevant = !relevant || [first, second].some(({ column }) => relevant.has(column.toLowerCase()));
      return isRelevant && sameList(first, second) && areCrossed(first, second) ? [exchange(first, second)] : [];
    }),
  );

  function exchange(first: ListedExpression, second: ListedExpression): Edit {
    const [one, other] = [bare(first.node), bare(second.node)];
    const once = replacedAt(query, expressionPath(first), other);
    return {
      ...{ kind: 'exchange', rank: 0, column: first.column },
      before: `${render(one)} AS ${first.column}, ${render(other)} AS ${second.column}`,
      after: `${render(other)} AS ${first.column}, ${render(one)} AS ${second.column}`,
      query: replacedAt(once, expressionPath(second), one) as SqlNode,
    };
  }
};

const sameList = (first: ListedExpression, second: ListedExpression): boolean =>
  JSON.stringify(first.path.slice(0, -1)) === JSON.stringify(second.path.slice(0, -1));

const areCrossed = (first: ListedExpression, second: ListedExpression): boolean => {
  const [one, other] = [bare(first.node), bare(second.node)];
  if (!isKind(one, 'column') || !isKind(other, 'column')) return false;
  if (sameName(columnName(one), columnName(other))) return false;
  return sameName(columnName(one), second.column) || sameName(columnName(other), first.column);
};

/** Of what the alias names; a plain column has none, so that its own place is meant. */
const expressionPath = ({ node, path }: ListedExpression): Path =>
  isKind(node, 'alias') && isInner(nodeFields(node).this) ? [...path, 'alias', 'this'] : path;

const isInner = (value: unknown): value is SqlNode => typeof value === 'object' && value !== null;
