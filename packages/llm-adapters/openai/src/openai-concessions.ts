import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { refusalOf } from './openai-errors.js';

/** What one server or model does not know, and is asked without. */
export type Concession =
  | 'max-tokens'
  | 'max-completion-tokens'
  | 'no-temperature'
  | 'loose-schema'
  | 'json-object'
  | 'no-format';

export type Concessions = ReadonlySet<Concession>;

type Body = ChatCompletionCreateParamsNonStreaming;

interface Way {
  readonly concession: Concession;
  /** Whether the request asked for it. */
  readonly asked: (body: Body) => boolean;
  /** What the refusal says then. */
  readonly words: RegExp;
}

const unknown = 'unsupported|not support|unrecogni|unknown|not permitted|extra|unexpected|not allowed|instead';
const format = /response_format|json_?schema|json_?object|structured output|guided|grammar/i;

const formatOf = (body: Body): string | undefined => body.response_format?.type;

const isStrict = ({ response_format: asked }: Body): boolean =>
  asked?.type === 'json_schema' && asked.json_schema.strict === true;

const ways: readonly Way[] = [
  {
    concession: 'max-completion-tokens',
    asked: (body) => body.max_tokens !== undefined,
    words: /max_completion_tokens/i,
  },
  {
    concession: 'max-tokens',
    asked: (body) => body.max_completion_tokens !== undefined,
    words: new RegExp(`max_completion_tokens.*(${unknown})|(${unknown}).*max_completion_tokens`, 'is'),
  },
  {
    concession: 'no-temperature',
    asked: (body) => body.temperature !== undefined,
    words: new RegExp(`temperature.*(${unknown}|only|deprecated)|(${unknown}).*temperature`, 'is'),
  },
  { concession: 'loose-schema', asked: isStrict, words: /invalid schema/i },
  { concession: 'json-object', asked: (body) => formatOf(body) === 'json_schema', words: format },
  { concession: 'no-format', asked: (body) => formatOf(body) === 'json_object', words: format },
];

/** What to ask without the next time, where that is why the server refused the request. */
export const concessionFor = (error: unknown, body: Body): Concession | undefined => {
  const words = refusalOf(error);
  return words === undefined ? undefined : ways.find((way) => way.asked(body) && way.words.test(words))?.concession;
};

/** A schema that strict mode refuses says nothing about the next one. */
export const isLasting = (concession: Concession): boolean => concession !== 'loose-schema';
