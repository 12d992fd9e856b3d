import type { CheckpointStore, JsonValue, ModelCall, ModelSpend, Narrator, NarratorSession } from '@aegis/spec';
import { messageOf } from '../message-of.js';
import type { Journal } from '../ports.js';
import { type KeptCall, keepCall, keptCalls } from './kept-calls.js';
import { nothingSpent, withCall } from './spend.js';
import { unrecorded } from './unrecorded.js';

export interface LedgerParts {
  readonly runId: string;
  readonly journal: Journal;
  /** Without one, calls are counted and written down, and lost to a run that is continued. */
  readonly store: CheckpointStore | undefined;
  readonly narrator: Narrator | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Every model call of a run: kept before its answer is used, written to the audit trail, and summed. */
export class ModelLedger {
  readonly #parts: LedgerParts;
  readonly #answers = new Map<string, JsonValue>();
  #kept: readonly KeptCall[] = [];
  #spent = nothingSpent;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /** Of the whole run, earlier processes included. */
  get spent(): ModelSpend {
    return this.#spent;
  }

  /**
   * Takes over the calls of an earlier process of the run: their answers are recalled, and what they came to counts.
   * @throws ConfigError when the budget cannot be kept with what was spent
   */
  async takeOver(): Promise<void> {
    const { store, runId, narrator } = this.#parts;
    if (!store || !narrator) return;
    this.#kept = await keptCalls(store, runId);
    for (const { requestHash, answer, decision } of this.#kept) {
      this.#spent = withCall(this.#spent, decision);
      if (answer !== undefined) this.#answers.set(requestHash, answer);
    }
    narrator.begin?.(
      this.#spent,
      this.#kept.map(({ tokens }) => tokens),
    );
  }

  /** Writes down the calls that were kept just before the earlier process ended. */
  async completeTrail(): Promise<void> {
    const { journal } = this.#parts;
    if (this.#kept.length === 0) return;
    const recorded = await journal.decisions();
    if (recorded === undefined) return;
    const kept = this.#kept.map(({ decision }) => decision);
    for (const decision of unrecorded(kept, recorded)) await journal.recordDecision(decision);
  }

  /** What a step lends to the narrator. */
  session(node: string): NarratorSession {
    return {
      node,
      signal: this.#parts.signal,
      recall: async (requestHash) => this.#answers.get(requestHash),
      record: (call) => this.#record(call),
    };
  }

  async #record(call: ModelCall): Promise<void> {
    this.#spent = withCall(this.#spent, call.decision);
    await this.#keep(call);
    await this.#parts.journal.recordDecision(call.decision);
  }

  async #keep(call: ModelCall): Promise<void> {
    const { store, runId, narrator, journal } = this.#parts;
    if (!store) return;
    const tokens = narrator?.exportTokens?.(`${call.decision.prompt}\n${call.decision.response}`) ?? {};
    try {
      await keepCall(store, runId, { ...call, tokens });
    } catch (error) {
      journal.note(`Answers of the model are not kept for a resumed run: ${messageOf(error)}`);
    }
  }
}
