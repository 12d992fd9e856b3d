/** A value inside a tree: a node, a group of fields, a list of either, or a constant. */
export type SqlValue = string | number | boolean | null | undefined | SqlFields | readonly SqlValue[];

/** Named parts of a node. Absent parts are `null`, `undefined`, `false`, `''` or an empty list. */
export interface SqlFields {
  readonly [field: string]: SqlValue;
}

/** One node of a tree: an object whose only key is the node's kind, e.g. `{ eq: { left, right } }`. */
export interface SqlNode {
  readonly [kind: string]: SqlFields;
}

/** A node's parts as a visitor sees them. */
export interface VisitedNode {
  readonly kind: string;
  readonly fields: SqlFields;
  readonly node: SqlNode;
  /** The nodes around this one, outermost first. */
  readonly ancestors: readonly SqlNode[];
}

/** Return `'skip'` to leave out what is inside the node. */
export type Visitor = (visited: VisitedNode) => 'skip' | undefined;

const noFields: SqlFields = {};

/** Keys that groups of fields have on their own, and that are never kinds. */
const fieldNames: ReadonlySet<string> = new Set([
  'this',
  'expression',
  'expressions',
  'value',
  'index',
  'fields',
  'items',
]);

export const isFields = (value: SqlValue): value is SqlFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Tells a node from a group of fields and from a choice such as `{ Preceding: … }`: one key, in lower case, that names a kind. */
export const isNode = (value: SqlValue): value is SqlNode => {
  if (!isFields(value)) return false;
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0 || fieldNames.has(key) || !/^[a-z]/.test(key)) return false;
  return key === 'null' || isFields(value[key]);
};

export const nodeKind = (node: SqlNode): string => Object.keys(node)[0] ?? '';

/** The parts of a node; none for `null`. */
export const nodeFields = (node: SqlNode): SqlFields => node[nodeKind(node)] ?? noFields;

/** The nodes directly inside a value, in the order of its fields. */
export function* childNodes(value: SqlValue): Generator<SqlNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* isNode(item) ? [item] : childNodes(item);
  } else if (isFields(value)) {
    for (const part of Object.values(value)) yield* isNode(part) ? [part] : childNodes(part);
  }
}

/** Visits a node and everything inside it, parents first. */
export const walk = (root: SqlNode, visit: Visitor): void => {
  const enter = (node: SqlNode, ancestors: readonly SqlNode[]): void => {
    const fields = nodeFields(node);
    if (visit({ kind: nodeKind(node), fields, node, ancestors }) === 'skip') return;
    const inside = [...ancestors, node];
    for (const child of childNodes(fields)) enter(child, inside);
  };
  enter(root, []);
};

/** Whether a part of a node is there at all. */
export const isAbsent = (value: SqlValue): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);
