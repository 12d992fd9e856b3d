import type { GraphBuilder } from '../graph/graph-builder.js';

/** Where an importer puts what it finds. */
export interface ImportTarget {
  readonly builder: GraphBuilder;
  /** The source as people know it: a path or a URL without secrets. */
  readonly source: string;
  /** Grammar of SQL whose source does not say: a dialect's `parserName`. */
  readonly parserName: string;
}
