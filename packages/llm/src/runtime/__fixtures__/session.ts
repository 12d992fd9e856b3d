import type { JsonValue, ModelCall, NarratorSession } from '@aegis/spec';
import type { CallContext } from '../model-runtime.js';

/** Keeps what a run keeps: every call, and answers by their hash. */
export class KeptSession implements NarratorSession {
  readonly node = 'diagnose_narrate';
  readonly signal: AbortSignal | undefined;
  readonly calls: ModelCall[] = [];
  readonly #answers: Map<string, JsonValue>;

  constructor({ signal, answers = [] }: { signal?: AbortSignal; answers?: readonly ModelCall[] } = {}) {
    this.signal = signal;
    this.#answers = new Map(
      answers.flatMap(({ requestHash, answer }) => (answer === undefined ? [] : [[requestHash, answer]])),
    );
  }

  async recall(requestHash: string): Promise<JsonValue | undefined> {
    return this.#answers.get(requestHash);
  }

  async record(call: ModelCall): Promise<void> {
    this.calls.push(call);
  }
}

export const callOf = (session: NarratorSession): CallContext => ({
  session,
  ruleId: 'orders_id',
  promptVersion: 'diagnose/1',
});
