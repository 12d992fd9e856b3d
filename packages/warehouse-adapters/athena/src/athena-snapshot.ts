import { type StatementOptions, WarehouseError } from '@aegis/spec';
import type { AthenaDatabase } from './athena-database.js';
import type { Answer } from './athena-query.js';
import type { AthenaSession } from './athena-session.js';

/** The service's clock: that of this machine may be behind, and would show an older state. */
export const currentMoment = async (database: AthenaDatabase, options?: StatementOptions): Promise<string> => {
  const { rows } = await database.run('SELECT current_timestamp', 1, options);
  return String(rows[0]?.[0]);
};

/** Statements of a snapshot, until it is released. */
export class PastSession implements AthenaSession {
  readonly #database: AthenaDatabase;
  #released = false;

  constructor(database: AthenaDatabase) {
    this.#database = database;
  }

  async run(sql: string, limit: number, options?: StatementOptions): Promise<Answer> {
    if (this.#released) throw new WarehouseError('connection', 'the snapshot was released');
    return this.#database.run(sql, limit, options);
  }

  release(): void {
    this.#released = true;
  }
}
