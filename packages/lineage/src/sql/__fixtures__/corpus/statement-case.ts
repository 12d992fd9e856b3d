/** A statement and its lineage, written by hand as the lines of `edgesOf`. */
export interface StatementCase {
  readonly title: string;
  readonly sql: string;
  /** Columns of tables by name, e.g. `{ orders: 'id amount' }`. What is not here is unknown. */
  readonly schema?: { readonly [table: string]: string };
  readonly edges: readonly string[];
}
