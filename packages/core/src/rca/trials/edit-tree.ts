import { isFields, isNode, nodeFields, nodeKind, type SqlNode, type SqlValue } from '@aegis/sql/parse';

/** Where a value stands inside another. */
export type Path = readonly (string | number)[];

export interface PlacedNode {
  readonly node: SqlNode;
  readonly path: Path;
}

/** Every node inside a value with its place, parents first. */
export function* placedNodes(value: SqlValue, path: Path = []): Generator<PlacedNode> {
  if (isNode(value)) yield { node: value, path };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* placedNodes(item, [...path, index]);
  } else if (isFields(value)) {
    for (const [key, part] of Object.entries(value)) yield* placedNodes(part, [...path, key]);
  }
}

/** The value with another one at a place. What is beside the way stays the same object. */
export const replacedAt = (value: SqlValue, [key, ...rest]: Path, by: SqlValue): SqlValue => {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    const items: readonly SqlValue[] = value;
    return items.map((item, index) => (index === key ? replacedAt(item, rest, by) : item));
  }
  if (!isFields(value)) return value;
  return { ...value, [key]: replacedAt(value[key], rest, by) };
};

export const isKind = (node: SqlValue, ...kinds: readonly string[]): node is SqlNode =>
  isNode(node) && kinds.includes(nodeKind(node));

/** A node of a kind. */
export const newNode = (kind: string, fields: { readonly [field: string]: SqlValue }): SqlNode => ({ [kind]: fields });

/** Without the brackets and the alias around it. */
export const bare = (node: SqlNode): SqlNode => {
  if (!isKind(node, 'paren', 'alias')) return node;
  const inner = nodeFields(node).this;
  return isNode(inner) ? bare(inner) : node;
};

/** Column references inside a value, sub-queries included. */
export const columnsIn = (value: SqlValue): readonly SqlNode[] =>
  [...placedNodes(value)].filter(({ node }) => isKind(node, 'column')).map(({ node }) => node);

/** Identifiers are `{ name }`, or text. */
export const identifierName = (value: SqlValue): string => {
  if (typeof value === 'string') return value;
  return isFields(value) && typeof value.name === 'string' ? value.name : '';
};

export const columnName = (node: SqlNode): string => identifierName(nodeFields(node).name);
export const qualifierOf = (node: SqlNode): string => identifierName(nodeFields(node).table);

/** The name under which a select list gives an expression out. */
export const outputName = (expression: SqlNode): string => {
  if (isKind(expression, 'alias')) return identifierName(nodeFields(expression).alias);
  return isKind(expression, 'column') ? columnName(expression) : '';
};
