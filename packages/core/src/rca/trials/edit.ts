import type { SqlNode } from '@aegis/sql/parse';

/** What a part of a statement is there for. */
export type EditKind = 'exchange' | 'filter' | 'join' | 'join_kind' | 'window' | 'expression';

/** A statement of a step as it would be without one suspicious part. */
export interface Edit {
  readonly kind: EditKind;
  /** The lower, the more suspicious the part. */
  readonly rank: number;
  /** The output column that the part makes, or the key that a join uses; `null` for whole rows. */
  readonly column: string | null;
  /** The same in every statement of a step that has the part. */
  readonly before: string;
  readonly after: string;
  /** The whole query, edited. */
  readonly query: SqlNode;
}

/** What edits need to know of the query they change. */
export interface Editing {
  readonly query: SqlNode;
  readonly render: (node: SqlNode) => string;
  /** Output columns that the failure depends on, in lower case; `undefined` where any may. */
  readonly relevant: ReadonlySet<string> | undefined;
  /** Columns of a table that the query reads by this alias or name; empty where unknown. */
  readonly columnsOf: (alias: string) => readonly string[];
}
