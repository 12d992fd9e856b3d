import type { StatementOptions, TableDescription } from '@aegis/spec';
import type { NamedTable, Session } from '@aegis/sql/transport';
import { allColumns, type ColumnRow, columnsNamed, descriptionOf, isPlace } from './duckdb-describe.js';

/** Descriptions that are asked for one by one before the whole catalogue is worth reading. */
const askedOneByOne = 4;

/**
 * What a session's tables look like. Asking the engine about one table costs it a pass over all columns of all tables, so
 * where nothing can change, a table is asked about once, and a run over many tables reads all of them at once.
 */
export class Catalogue {
  readonly #session: Session;
  readonly #isImmutable: boolean;
  readonly #known = new Map<string, TableDescription>();
  #asked = 0;
  #all: Promise<ReadonlyMap<string, readonly ColumnRow[]>> | undefined;

  constructor(session: Session, isImmutable: boolean) {
    this.#session = session;
    this.#isImmutable = isImmutable;
  }

  /** @throws WarehouseError `not-found` naming the candidates when the name means several relations */
  async describe({ parts }: NamedTable, options?: StatementOptions): Promise<TableDescription | undefined> {
    const key = JSON.stringify(parts);
    const known = this.#known.get(key);
    if (known) return known;
    const description = descriptionOf(parts, await this.#columns(parts, options));
    if (description && this.#isImmutable) this.#known.set(key, description);
    return description;
  }

  #columns(parts: readonly string[], options?: StatementOptions): Promise<readonly ColumnRow[]> {
    this.#asked += 1;
    const isWorthIt = this.#isImmutable && this.#asked > askedOneByOne;
    return isWorthIt ? this.#remembered(parts, options) : columnsNamed(this.#session, parts, options);
  }

  async #remembered(parts: readonly string[], options?: StatementOptions): Promise<readonly ColumnRow[]> {
    this.#all ??= allColumns(this.#session, options).catch((cause: unknown) => {
      this.#all = undefined;
      throw cause;
    });
    const named = (await this.#all).get((parts.at(-1) ?? '').toLowerCase()) ?? [];
    return named.filter((row) => isPlace(row, parts));
  }
}
