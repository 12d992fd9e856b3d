import { type StatementOptions, WarehouseError } from '@aegis/spec';
import type { Answer, Session } from './session.js';

/** Statements of a snapshot, until it is released. */
export class UntilReleased<Given extends Answer> implements Session<Given> {
  readonly #session: Session<Given>;
  #isReleased = false;

  constructor(session: Session<Given>) {
    this.#session = session;
  }

  async run(sql: string, limit: number, options?: StatementOptions): Promise<Given> {
    if (this.#isReleased) throw new WarehouseError('connection', 'the snapshot was released');
    return this.#session.run(sql, limit, options);
  }

  release(): void {
    this.#isReleased = true;
  }
}
