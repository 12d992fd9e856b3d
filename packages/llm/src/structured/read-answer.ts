import type { JsonValue, ModelResponse } from '@aegis/spec';
import { z } from 'zod';
import { jsonInText } from './json-in-text.js';
import { shorten } from './shorten.js';

/** The value of an answer, or what is wrong with it, as the model can be told. */
export type ReadAnswer<Value> = { readonly value: Value } | { readonly problem: string };

const longestProblem = 2_000;

/** The first of the values in an answer that fits the schema. */
export const readAnswer = async <Schema extends z.ZodType>(
  response: ModelResponse,
  schema: Schema,
): Promise<ReadAnswer<z.output<Schema>>> => {
  const problems: string[] = [];
  for (const value of valuesIn(response)) {
    const read = await schema.safeParseAsync(value);
    if (read.success) return { value: read.data };
    problems.push(z.prettifyError(read.error));
  }
  return { problem: shorten(problemOf(response, problems[0]), longestProblem) };
};

const valuesIn = ({ object, text }: ModelResponse): readonly JsonValue[] => [
  ...(object === undefined ? [] : [object]),
  ...(typeof object === 'string' ? jsonInText(object) : []),
  ...jsonInText(text),
];

const problemOf = ({ text, finishReason }: ModelResponse, mismatch: string | undefined): string => {
  if (finishReason === 'length') return 'it was cut off at the limit of output tokens, so it must be shorter';
  if (mismatch !== undefined) return `it does not fit the schema:\n${mismatch}`;
  return text.trim() === '' ? 'it was empty' : 'it holds no JSON';
};
