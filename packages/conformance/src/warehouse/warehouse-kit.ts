import type { CaseTable } from '@aegis/rules';
import type { Warehouse } from '@aegis/spec';

/** Tables to make, by the name that the kit uses for them. */
export type SeedTables = { readonly [name: string]: CaseTable };

/** What each seeded table is called in a rule, e.g. `kit.t` or `"odd name"`. */
export type SeededNames = { readonly [name: string]: string };

/** What the author of an adapter gives to the kit. */
export interface WarehouseKit {
  /** Shown in the names of tests. */
  readonly name: string;
  /** A warehouse over the seeded tables, opened as a run would open it. Called several times, always after `seed`. */
  create(): Warehouse | Promise<Warehouse>;
  /** A warehouse with `access: read_write` over a place where tables may be made, if the adapter has such an option. */
  createWritable?(): Warehouse | Promise<Warehouse>;
  /** Makes the tables, once and before anything else; `seedSql` writes the statements. */
  seed(tables: SeedTables): Promise<SeededNames>;
  /**
   * Runs a statement that changes a seeded table, past the adapter, as others do while a run is under way. Absent where
   * the place under test keeps no earlier state of its tables, or lets nobody write to them meanwhile.
   */
  change?(sql: string): Promise<void>;
  /** Whether the engine lets a table or a column have a name. Default: any name. Hostile names that it refuses are not seeded. */
  allowsName?(name: string, of: 'table' | 'column'): boolean;
  /** Removes what `seed` made. Called once, after every warehouse was closed. */
  destroy?(): Promise<void>;
}
