import { type StatementOptions, WarehouseError } from '@aegis/spec';
import { Once } from './once.js';
import type { Answer, Session } from './session.js';

/** A session that can be closed: a database, a client. */
interface Closable extends Session {
  close(): Promise<void>;
}

/** Opens a database when a statement first needs it; a failed attempt may be made again. */
export class LazySession<Opened extends Closable> implements Session {
  readonly #opening: Once<Opened>;
  #isClosed = false;

  constructor(open: () => Promise<Opened>) {
    this.#opening = new Once(open);
  }

  /** @throws WarehouseError `connection` once it was closed */
  async opened(): Promise<Opened> {
    if (this.#isClosed) throw new WarehouseError('connection', 'the warehouse is closed');
    return this.#opening.get();
  }

  async run(sql: string, limit: number, options?: StatementOptions): Promise<Answer> {
    return (await this.opened()).run(sql, limit, options);
  }

  /** Idempotent; opens nothing. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#opening.ifBegun())?.close();
  }
}
