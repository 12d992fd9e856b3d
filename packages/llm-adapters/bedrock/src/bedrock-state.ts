import type { JsonValue } from '@aegis/spec';
import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';

/**
 * The blocks of an answer in which the model thought: Claude wants its thoughts back exactly as they were, and in their
 * places. `undefined` where there were none.
 */
export const stateOf = (content: readonly ContentBlock[]): JsonValue | undefined =>
  content.some(isThought) ? { bedrock: JSON.parse(JSON.stringify(content, bytesAsText)) } : undefined;

/**
 * What goes back for an answer: its own blocks where they still say what the turn says, or else the thoughts and then
 * what the turn says. The state of another vendor is none.
 */
export const contentOf = (state: JsonValue | undefined, said: readonly ContentBlock[]): readonly ContentBlock[] => {
  const blocks = blocksIn(state);
  return meaningOf(blocks) === meaningOf(said) ? blocks : [...blocks.filter(isThought), ...said];
};

const isThought = (block: ContentBlock): boolean => block.reasoningContent !== undefined;

/** Thoughts that nobody may read are bytes. */
const bytesAsText = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;

const textAsBytes = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'base64' in value && typeof value.base64 === 'string'
    ? new Uint8Array(Buffer.from(value.base64, 'base64'))
    : value;

const blocksIn = (state: JsonValue | undefined): readonly ContentBlock[] => {
  if (typeof state !== 'object' || state === null || !('bedrock' in state)) return [];
  const { bedrock: blocks } = state;
  return Array.isArray(blocks) ? blocks.filter(isBlock).map(revived) : [];
};

const isBlock = (value: unknown): value is ContentBlock =>
  typeof value === 'object' && value !== null && ('reasoningContent' in value || 'text' in value || 'toolUse' in value);

/** Arguments of tools are the user's: only thoughts hold bytes. */
const revived = (block: ContentBlock): ContentBlock =>
  isThought(block) ? JSON.parse(JSON.stringify(block), textAsBytes) : block;

/** Text and calls, however they are cut into blocks. */
const meaningOf = (blocks: readonly ContentBlock[]): string => {
  const texts = blocks.map(({ text = '' }) => text);
  const calls = blocks.flatMap(({ toolUse: call }) => (call ? [[call.toolUseId, call.name, call.input]] : []));
  return JSON.stringify([texts.join('').trim(), calls]);
};
