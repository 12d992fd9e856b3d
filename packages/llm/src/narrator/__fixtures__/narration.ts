import type { Failure, Narrator, NarratorSession, RootCause } from '@aegis/spec';
import { Redactor } from '../../redaction/redactor.js';
import { modelOf } from '../../runtime/__fixtures__/scripted-model.js';
import { KeptSession } from '../../runtime/__fixtures__/session.js';
import { createRuntime } from '../../runtime/create-runtime.js';
import { createNarrator, type NarratorOptions } from '../create-narrator.js';

const salt = 'of the run';

/** A narrator over a model that gives these answers in turn, the last one again and again. */
export const narration = (
  answers: readonly unknown[],
  { samples = 'redacted', session = new KeptSession() }: Partial<NarratorOptions> & { session?: KeptSession } = {},
) => {
  const model = modelOf((_, number) => {
    const answer = answers[Math.min(number, answers.length) - 1];
    return { text: typeof answer === 'string' ? answer : JSON.stringify(answer) };
  });
  const redactor = new Redactor({ maskColumns: [], keepColumns: [] }, { scrub: (text) => text }, { salt });
  const runtime = createRuntime(model);
  const prompt = (): string => model.requests.map(({ messages }) => messages[0]?.content).join('\n');
  return { model, session, redactor, runtime, prompt, narrator: createNarrator({ runtime, redactor, samples }) };
};

export const found: RootCause = {
  ...{ dataset: 'raw_orders', column: 'status', operation: 'INSERT', kind: 'source', path: ['raw_orders', 'orders'] },
  evidence: [{ id: 'e1', kind: 'measured', sentence: 'raw_orders fails, too.', numbers: { failed: 2 } }],
};

/** Every question that a narrator asks, with an answer that fits. */
export const questions: readonly {
  readonly node: string;
  readonly answer: unknown;
  readonly ask: (narrator: Narrator, failure: Failure, session: NarratorSession) => Promise<unknown>;
}[] = [
  {
    node: 'classify',
    answer: { severity: 'low', reason: 'Seldom read.' },
    ask: (narrator, failure, session) => narrator.classify(failure, session),
  },
  {
    node: 'diagnose',
    answer: {
      explanation: [{ text: 'Two orders are off.', facts: ['f1', 's1'] }],
      ...{ likely_cause: [], recommended_action: [] },
    },
    ask: (narrator, failure, session) => narrator.diagnose(failure, session),
  },
  {
    node: 'rca',
    answer: { explanation: [{ text: 'It enters at the source.', facts: ['e1'] }] },
    ask: (narrator, failure, session) => narrator.narrateRootCause(failure, found, session),
  },
  {
    node: 'remediate',
    answer: { proposed_sql: 'UPDATE orders SET a = 1 WHERE b = 2', confidence: 'low', caveat: 'Look first.' },
    ask: (narrator, failure, session) => narrator.propose(failure, session),
  },
];

/** The text of a prompt outside of what is fenced as data. */
export const outsideFences = (text: string): string =>
  text.replaceAll(/<(data-[0-9a-f]{16}) label="[^"\n]*">\n[\s\S]*?\n<\/\1>/g, '');
