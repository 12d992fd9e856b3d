import { WarehouseError } from '@aegis/spec';
import { Slots } from './slots.js';

/** Lets a bounded number of statements run at once until their warehouse is closed, which ends them. */
export class OpenSlots {
  readonly #slots: Slots;
  readonly #closing = new AbortController();

  constructor(size: number) {
    this.#slots = new Slots(size);
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** @throws WarehouseError `connection` once it was closed */
  refuseWhenClosed(): void {
    if (this.isClosed) throw new WarehouseError('connection', 'the warehouse is closed');
  }

  /** Aborted when the caller's signal is, or when the warehouse is closed. */
  until(asked?: AbortSignal): AbortSignal {
    return AbortSignal.any([this.#closing.signal, ...(asked ? [asked] : [])]);
  }

  /** Runs a task when a slot is free; its signal is that of {@link until}. @throws WarehouseError `connection`, `cancelled` */
  use<Result>(asked: AbortSignal | undefined, task: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    return this.#slots.use(asked, async () => {
      this.refuseWhenClosed();
      return task(this.until(asked));
    });
  }

  /** Ends what is under way and waits for it; what still waits for a slot is refused. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#slots.drained();
  }
}
