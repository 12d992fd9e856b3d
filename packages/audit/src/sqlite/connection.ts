import type Database from 'better-sqlite3';
import { auditError, classified, classify } from './sqlite-errors.js';

type SqlValue = string | number | null | Uint8Array;
/** A value for `?`, or values by name for `@name`. */
type Parameter = SqlValue | { readonly [name: string]: SqlValue };

/** One open database: prepared statements kept by their text, and errors in Aegis's terms. */
export class Connection {
  readonly path: string;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(path: string, database: Database.Database) {
    this.path = path;
    this.#database = database;
  }

  run(sql: string, ...values: readonly Parameter[]): void {
    classified(this.path, () => this.#prepare(sql).run(...values));
  }

  /** The caller names the shape of the row, as its SQL selects it. */
  get<Row>(sql: string, ...values: readonly Parameter[]): Row | undefined {
    return classified(this.path, () => this.#prepare(sql).get(...values) as Row | undefined);
  }

  /** For statements that give a row by their nature, such as `INSERT … RETURNING`. */
  one<Row>(sql: string, ...values: readonly Parameter[]): Row {
    const row = this.get<Row>(sql, ...values);
    if (row === undefined) throw auditError('corrupt', this.path, 'a written row was not returned');
    return row;
  }

  all<Row>(sql: string, ...values: readonly Parameter[]): readonly Row[] {
    return classified(this.path, () => this.#prepare(sql).all(...values) as readonly Row[]);
  }

  /** Reads row by row. Nothing can be written before the loop ends. */
  *each<Row>(sql: string): Iterable<Row> {
    try {
      yield* this.#prepare(sql).iterate() as Iterable<Row>;
    } catch (error) {
      throw classify(this.path, error);
    }
  }

  /** Takes the write lock first, so that what `work` reads cannot change before it writes. */
  write<T>(work: () => T): T {
    return classified(this.path, () => this.#open().transaction(work).immediate());
  }

  read<T>(work: () => T): T {
    return classified(this.path, () => this.#open().transaction(work).deferred());
  }

  close(): void {
    this.#database.close();
  }

  #prepare(sql: string): Database.Statement {
    const kept = this.#statements.get(sql) ?? this.#open().prepare(sql);
    this.#statements.set(sql, kept);
    return kept;
  }

  #open(): Database.Database {
    if (!this.#database.open) throw auditError('open', this.path, 'it was closed');
    return this.#database;
  }
}
