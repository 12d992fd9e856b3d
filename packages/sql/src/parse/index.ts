export { loadParser, positionOf, type SqlParser } from './parser.js';
export type { SqlFields, SqlNode, SqlValue, VisitedNode, Visitor } from './tree.js';
export { childNodes, isAbsent, isFields, isNode, nodeFields, nodeKind, walk } from './tree.js';
