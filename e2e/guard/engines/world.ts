/** What running a statement showed. */
export type Shown =
  | { readonly kind: 'rows'; readonly rows: readonly string[] }
  | { readonly kind: 'error'; readonly message: string };

/**
 * An engine twice: with secrets, and without them. A statement that reads a secret, even to tell only whether it is there,
 * cannot answer alike in both.
 */
export interface Worlds {
  /** As a run of Aegis sees the engine: opened by the adapter. */
  contained(sql: string): Promise<Shown>;
  /** With every right, in a transaction that is rolled back. */
  uncontained(sql: string): Promise<Shown & { readonly changed: boolean }>;
  /** Where nothing but the scope exists. */
  withoutSecrets(sql: string): Promise<Shown>;
  /** The same with the rows of every table stored the other way round: what picks some of equal rows answers otherwise. */
  inAnotherOrder?(sql: string): Promise<Shown>;
  /** Names of the relations that the engine's own parser or planner finds, in small letters; `undefined` when it finds fault. */
  relationsIn(sql: string): Promise<readonly string[] | undefined>;
  close(): Promise<void>;
}

export const rowsShown = (rows: readonly unknown[]): Shown => ({
  kind: 'rows',
  rows: rows.map((row) => JSON.stringify(row, (_, cell: unknown) => (typeof cell === 'bigint' ? `${cell}` : cell))),
});

export const errorShown = (error: unknown): Shown => ({
  kind: 'error',
  message: error instanceof Error ? error.message : String(error),
});
