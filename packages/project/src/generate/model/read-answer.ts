import type { Redactor } from '@aegis/llm/redaction';
import { type JsonObject, type JsonValue, severities } from '@aegis/spec';
import { parse } from 'yaml';
import type { DocumentPart } from '../documents/split-document.js';
import type { Draft } from '../draft/draft.js';
import type { AnsweredRule } from './prompt.js';

/** Longer params are no rule. */
const longestParams = 20_000;
const longestSentence = 300;

export interface AnswerContext {
  readonly redactor: Redactor;
  /** What the model was given, masked as it saw it. */
  readonly documents: readonly DocumentPart[];
}

export type AnswerReading = { readonly draft: Draft } | { readonly problem: string };

/**
 * A rule as a model wrote it, as a draft with the masked values put back. A source that stands in none of the documents
 * is dropped: the rule then rests on the data alone.
 */
export const readAnswer = (answer: AnsweredRule, position: number, context: AnswerContext): AnswerReading => {
  const params = readParams(answer.params);
  if (typeof params === 'string') return { problem: params };
  const { redactor } = context;
  const from = sourceOf(answer, context.documents);
  const { type: _type, ...logic } = restored(params, redactor);
  const where = answer.where?.trim() ? restoredSql(answer.where, redactor) : undefined;
  return {
    draft: {
      name: sentence(answer.name, redactor),
      type: answer.type.trim(),
      logic,
      ...(where !== undefined && { where }),
      severity: severities.find((severity) => severity === answer.severity.trim().toLowerCase()) ?? 'medium',
      description: sentence(answer.description, redactor) || `A ${answer.type.trim()} rule.`,
      comments: from === undefined ? [] : [`${from}: “${sentence(answer.source ?? '', redactor)}”`],
      origin: from === undefined ? 'model' : 'document',
      value: (from === undefined ? 72 : 92) - position / 100,
    },
  };
};

const readParams = (text: string): JsonObject | string => {
  if (text.length > longestParams) return 'params is too long for a rule';
  try {
    const value: unknown = parse(text, { intAsBigInt: true, maxAliasCount: 0 });
    if (value === null) return {};
    const json = jsonOf(value);
    return isObject(json) ? json : 'params must be a mapping such as { column: price }';
  } catch (error) {
    return `params is no YAML: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`;
  }
};

/** Whole numbers that a double would change become texts, which rules take as well. */
const jsonOf = (value: unknown): JsonValue =>
  JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => {
      if (typeof inner !== 'bigint') return inner;
      return Number.isSafeInteger(Number(inner)) ? Number(inner) : String(inner);
    }),
  );

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const restored = (params: JsonObject, redactor: Redactor): JsonObject =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, restoredValue(value, redactor)]));

const restoredValue = (value: JsonValue, redactor: Redactor): JsonValue => {
  if (typeof value === 'string') return isToken(value) ? redactor.restore(value) : restoredSql(value, redactor);
  if (Array.isArray(value)) return value.map((item: JsonValue) => restoredValue(item, redactor));
  return isObject(value) ? restored(value, redactor) : value;
};

const isToken = (text: string): boolean => /^<[a-z]+:\d+>$/.test(text);

/** A quote in a value must not end the literal that it stands in. */
const restoredSql = (text: string, redactor: Redactor): string =>
  redactor.restore(text, (value) => value.replaceAll("'", "''"));

/** One line without anything that acts on a terminal or breaks out of a comment. */
const sentence = (text: string, redactor: Redactor): string => {
  const plain = redactor
    .restore(text)
    .replaceAll(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return plain.length > longestSentence ? `${plain.slice(0, longestSentence - 1).trimEnd()}…` : plain;
};

/** The document that holds the sentence; spaces, quotes and case do not matter. */
const sourceOf = ({ source }: AnsweredRule, documents: readonly DocumentPart[]): string | undefined => {
  const wanted = words(source ?? '');
  if (wanted.length < shortestSource) return undefined;
  return documents.find(({ text }) => words(text).includes(wanted))?.name;
};

const shortestSource = 8;

const words = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}<>%.:-]+/gu, ' ')
    .trim();
