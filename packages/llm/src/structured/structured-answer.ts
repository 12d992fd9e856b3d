import { LanguageModelError, type ModelMessage, type ModelRequest, type ModelResponse } from '@aegis/spec';
import type { z } from 'zod';
import { responseText } from '../runtime/decision.js';
import type { CallContext, ModelRuntime } from '../runtime/model-runtime.js';
import { readAnswer } from './read-answer.js';
import { responseSchema } from './response-schema.js';
import { shorten } from './shorten.js';

export interface StructuredQuestion<Schema extends z.ZodType> {
  readonly generate: ModelRuntime['generate'];
  readonly request: ModelRequest;
  readonly schema: Schema;
  readonly call: CallContext;
}

/** Of an answer that cannot be used, so much is shown to the model again; of the schema, too. */
const longestShown = 4_000;
const longestSchemaShown = 12_000;

/**
 * An answer that fits the schema, after one repair at most.
 * @throws LanguageModelError `invalid-output`; `content-filter` when the model refused
 */
export const structuredAnswer = async <Schema extends z.ZodType>({
  generate,
  request,
  schema,
  call,
}: StructuredQuestion<Schema>): Promise<z.output<Schema>> => {
  const asked = { ...request, responseSchema: responseSchema(schema) };
  const first = answered(await generate(asked, call));
  const read = await readAnswer(first, schema);
  if ('value' in read) return read.value;
  const second = answered(await generate(repairRequest(asked, first, read.problem), call));
  const repaired = await readAnswer(second, schema);
  if ('value' in repaired) return repaired.value;
  throw unusable(repaired.problem);
};

const answered = (response: ModelResponse): ModelResponse => {
  if (response.finishReason !== 'content_filter') return response;
  throw new LanguageModelError('content-filter', `${response.model} refused to answer`, {
    hint: 'The rule keeps its result; it has no narrative.',
  });
};

const repairRequest = (
  asked: ModelRequest & { readonly responseSchema: object },
  answer: ModelResponse,
  problem: string,
): ModelRequest => ({
  ...asked,
  messages: [...asked.messages, shownAgain(answer), { role: 'user', content: repairPrompt(asked, problem) }],
});

/** Vendors refuse empty messages. */
const shownAgain = (answer: ModelResponse): ModelMessage => ({
  role: 'assistant',
  content: shorten(responseText({ ...answer, toolCalls: [] }).trim() || '(no answer)', longestShown),
});

const repairPrompt = ({ responseSchema: schema }: { readonly responseSchema: object }, problem: string): string =>
  `That answer cannot be used: ${problem}\n\nAnswer again, with nothing but one JSON value that fits this JSON Schema:\n` +
  shorten(JSON.stringify(schema), longestSchemaShown);

const unusable = (problem: string): LanguageModelError =>
  new LanguageModelError('invalid-output', `the model gave no usable answer, asked twice: ${firstLine(problem)}`, {
    hint: 'Another model, or a higher limit of output tokens, may do better.',
  });

const firstLine = (text: string): string => shorten(text.replace(/\s+/g, ' '), 300);
