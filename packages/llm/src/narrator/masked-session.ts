import type { JsonValue, NarratorSession } from '@aegis/spec';
import type { Redactor } from '../redaction/redactor.js';

/** A session that writes down nothing which a model or a vendor's error says unmasked. */
export const maskedSession = (session: NarratorSession, redactor: Pick<Redactor, 'text'>): NarratorSession => {
  const text = (words: string): string => redactor.text(words);
  return {
    node: session.node,
    signal: session.signal,
    recall: (requestHash) => session.recall(requestHash),
    record: ({ requestHash, answer, decision }) =>
      session.record({
        requestHash,
        ...(answer !== undefined && { answer: withTexts(answer, text) }),
        decision: { ...decision, prompt: text(decision.prompt), response: text(decision.response) },
      }),
  };
};

const withTexts = (value: JsonValue, change: (text: string) => string): JsonValue => {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => withTexts(item, change));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item, change)]));
};

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
