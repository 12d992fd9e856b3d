import type { AuditDecision, SearchHit } from '../audit-store.js';
import { findPhrase, wordsOf } from './phrases.js';

const charactersAround = 80;
/** What a cut through a surrogate pair leaves at either end. */
const halfCharacter = /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g;

/** A decision with the first place where one of the phrases stands. */
export const searchHit = (decision: AuditDecision, phrases: readonly string[]): SearchHit => {
  const inResponse = excerpt(decision.response, phrases);
  if (inResponse !== undefined) return { ...decision, field: 'response', snippet: inResponse };
  return { ...decision, field: 'prompt', snippet: excerpt(decision.prompt, phrases) ?? '' };
};

const excerpt = (text: string, phrases: readonly string[]): string | undefined => {
  const words = wordsOf(text);
  const place = phrases.map((phrase) => findPhrase(words, phrase)).find((found) => found !== undefined);
  return place && cut(text, place.start - charactersAround, place.end + charactersAround);
};

const cut = (text: string, from: number, to: number): string => {
  const inside = text.slice(Math.max(0, from), to).replace(halfCharacter, '').replace(/\s+/gu, ' ').trim();
  return `${from > 0 ? '…' : ''}${inside}${to < text.length ? '…' : ''}`;
};
