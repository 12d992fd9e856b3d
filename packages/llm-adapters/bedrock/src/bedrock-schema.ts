import type { JsonObject, ModelRequest } from '@aegis/spec';
import type { Concessions } from './bedrock-concessions.js';
import type { ResolvedBedrockOptions } from './bedrock-options.js';

/** How an answer is bound to its JSON schema. */
export type SchemaBinding =
  | { readonly by: 'nothing' }
  | { readonly by: 'format'; readonly schema: JsonObject }
  /** The model answers by calling a tool; `isForced` where it has no choice. */
  | { readonly by: 'tool'; readonly schema: JsonObject; readonly isForced: boolean }
  | { readonly by: 'words'; readonly schema: JsonObject };

/** Its arguments are the answer. */
export const answerTool = 'give_answer';

/**
 * The output format where the model has it, otherwise a tool; in words where the model knows neither, or the schema is
 * that of no object, as arguments have to be.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
export const schemaBinding = (
  { responseSchema: schema, tools = [] }: ModelRequest,
  {
    model,
    structuredOutput,
    concessions,
  }: Pick<ResolvedBedrockOptions, 'structuredOutput'> & { readonly model: string; readonly concessions: Concessions },
): SchemaBinding => {
  if (schema === undefined) return { by: 'nothing' };
  const isFormatMeant = structuredOutput === 'auto' ? hasFormat(model) : structuredOutput === 'format';
  if (isFormatMeant && !concessions.has('no-format')) return { by: 'format', schema };
  const hasTools = !concessions.has('no-tools') || tools.length > 0;
  if (schema.type !== 'object' || !hasTools) return { by: 'words', schema };
  return { by: 'tool', schema, isForced: !concessions.has('no-forced-tool') };
};

/** Claude since 4.5. */
const hasFormat = (model: string): boolean => /anthropic\.claude-[a-z]+-(4-[5-9]|[5-9])/.test(model);

export const isClaude = (model: string): boolean => model.includes('anthropic.claude');

/** The documented ones; an older one that refuses is asked without from then on. */
export const hasCache = (model: string): boolean => isClaude(model) || model.includes('amazon.nova');
