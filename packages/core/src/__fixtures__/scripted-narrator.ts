import type { Failure, ModelSpend, Narrated, Narrator, NarratorSession, RootCause, Severity } from '@aegis/spec';

export interface Script {
  readonly severity: Severity;
  readonly sql: string;
  /** What happens instead of the call of this number (from 1), or after it. */
  readonly atCall: (number: number, node: string) => Promise<void> | void;
  readonly restore: (text: string, encode?: (value: string) => string) => string;
}

/** A narrator over a model that is asked once a step and rule, keeps the protocol of sessions, and counts. */
export class ScriptedNarrator implements Narrator {
  readonly provider = 'fake';
  readonly model = 'scripted';
  readonly asked: string[] = [];
  readonly failures: Failure[] = [];
  begun: ModelSpend | undefined;
  readonly #script: Script;

  constructor(script: Partial<Script> = {}) {
    this.#script = {
      ...{ severity: 'low', sql: 'UPDATE a SET x = 0 WHERE x IS NULL', atCall: () => undefined },
      ...{ restore: (text: string) => text, ...script },
    };
  }

  async classify(failure: Failure, session: NarratorSession) {
    await this.#ask(failure, session);
    return told({ severity: this.#script.severity, reason: 'seldom read' });
  }

  async diagnose(failure: Failure, session: NarratorSession) {
    const explanation = await this.#ask(failure, session);
    const { evidence } = failure;
    return told({ explanation, likely_cause: null, recommended_action: null, evidence });
  }

  async narrateRootCause(failure: Failure, found: RootCause, session: NarratorSession) {
    return told({ ...found, explanation: await this.#ask(failure, session) });
  }

  async propose(failure: Failure, session: NarratorSession) {
    await this.#ask(failure, session);
    return told({ proposed_sql: this.#script.sql, confidence: 'medium' as const, caveat: 'Try it first.' });
  }

  restore(text: string, encode?: (value: string) => string): string {
    return this.#script.restore(text, encode);
  }

  begin(spent: ModelSpend): void {
    this.begun = spent;
  }

  /** The request is all that the model would be shown: whatever differs in it makes another call. */
  async #ask(failure: Failure, session: NarratorSession): Promise<string> {
    this.failures.push(failure);
    const { rule, result, context } = failure;
    const { rule_id, observed, sample } = result;
    const requestHash = JSON.stringify([session.node, rule_id, observed, sample, context]);
    const recalled = await session.recall(requestHash);
    if (typeof recalled === 'string') return recalled;
    const number = this.asked.push(`${session.node} ${rule.id}`);
    await this.#script.atCall(number, session.node);
    const answer = `answer ${number}`;
    const decision = {
      ...{ node: session.node, ruleId: rule.id, prompt: requestHash, response: answer, model: 'scripted' },
      ...{ promptVersion: null, inputTokens: 10, outputTokens: 2, costUsd: 0.5, latencyMs: number },
    };
    await session.record({ requestHash, answer, decision });
    return answer;
  }
}

const told = <Value>(value: Value): Narrated<Value> => ({ value, notes: [] });
