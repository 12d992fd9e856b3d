import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { refusalOf } from './bedrock-errors.js';
import { answerTool } from './bedrock-schema.js';

/** What one model does not know, and is asked without. */
export type Concession = 'no-cache' | 'no-format' | 'no-forced-tool' | 'no-tools' | 'no-temperature';

export type Concessions = ReadonlySet<Concession>;

interface Way {
  readonly concession: Concession;
  /** Whether the request asked for it. */
  readonly asked: (input: ConverseCommandInput) => boolean;
  /** What the refusal says then. */
  readonly words: RegExp;
}

const ways: readonly Way[] = [
  {
    concession: 'no-cache',
    asked: (input) => JSON.stringify([input.system, input.messages, input.toolConfig]).includes('"cachePoint":'),
    words: /cache_?point|cach(e|ing)/i,
  },
  {
    concession: 'no-format',
    asked: ({ outputConfig }) => outputConfig !== undefined,
    words: /output_?(config|format)|text_?format|structured output|schema|grammar/i,
  },
  {
    concession: 'no-forced-tool',
    asked: ({ toolConfig }) => toolConfig?.toolChoice !== undefined,
    words: /tool_?choice/i,
  },
  {
    concession: 'no-tools',
    asked: ({ toolConfig }) => toolConfig?.tools?.every(({ toolSpec }) => toolSpec?.name === answerTool) ?? false,
    words: /support tool|tool(s| use)? (is|are)(n't| not) supported/i,
  },
  {
    concession: 'no-temperature',
    asked: ({ inferenceConfig }) => inferenceConfig?.temperature !== undefined,
    words: /temperature.*(deprecated|support|only)|(support|deprecated).*temperature/is,
  },
];

/** What to ask without the next time, where that is why the model refused the request. */
export const concessionFor = (error: unknown, input: ConverseCommandInput): Concession | undefined => {
  const words = refusalOf(error);
  return words === undefined ? undefined : ways.find((way) => way.asked(input) && way.words.test(words))?.concession;
};
