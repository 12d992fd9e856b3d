import { type StatementOptions, WarehouseError } from '@aegis/spec';
import type { BigQueryDatabase } from './bigquery-database.js';
import type { Answer } from './bigquery-job.js';
import type { BigQuerySession } from './bigquery-session.js';

/** The service's clock in microseconds: that of this machine may be ahead, and the future cannot be read. */
export const currentMoment = async (database: BigQueryDatabase, options?: StatementOptions): Promise<string> => {
  const { rows } = await database.run('SELECT current_timestamp()', 1, options);
  return String(rows[0]?.[0]);
};

/** Statements of a snapshot, until it is released. */
export class PastSession implements BigQuerySession {
  readonly #database: BigQueryDatabase;
  #released = false;

  constructor(database: BigQueryDatabase) {
    this.#database = database;
  }

  async run(sql: string, limit: number, options?: StatementOptions): Promise<Answer> {
    this.refuseWhenReleased();
    return this.#database.run(sql, limit, options);
  }

  refuseWhenReleased(): void {
    if (this.#released) throw new WarehouseError('connection', 'the snapshot was released');
  }

  release(): void {
    this.#released = true;
  }
}
