import type { JsonValue } from '@aegis/spec';
import type { Anthropic } from '@anthropic-ai/sdk';

type Block = Anthropic.ContentBlock | Anthropic.ContentBlockParam;

const isThought = ({ type }: { readonly type: string }): boolean => type === 'thinking' || type === 'redacted_thinking';

/**
 * The blocks of an answer in which the model thought: the API wants its thoughts back exactly as they were, and in
 * their places. `undefined` where there were none.
 */
export const stateOf = (content: readonly Anthropic.ContentBlock[]): JsonValue | undefined =>
  content.some(isThought) ? { anthropic: JSON.parse(JSON.stringify(content)) } : undefined;

/**
 * What goes back for an answer: its own blocks where they still say what the turn says, or else the thoughts and then
 * what the turn says. The state of another vendor is none.
 */
export const contentOf = (
  state: JsonValue | undefined,
  said: readonly Anthropic.ContentBlockParam[],
): readonly Anthropic.ContentBlockParam[] => {
  const blocks = blocksIn(state);
  return meaningOf(blocks) === meaningOf(said) ? blocks : [...blocks.filter(isThought), ...said];
};

const blocksIn = (state: JsonValue | undefined): readonly Anthropic.ContentBlockParam[] => {
  if (typeof state !== 'object' || state === null || !('anthropic' in state)) return [];
  const { anthropic: blocks } = state;
  return Array.isArray(blocks) ? blocks.filter(isBlock) : [];
};

const isBlock = (value: unknown): value is Anthropic.ContentBlockParam =>
  typeof value === 'object' && value !== null && 'type' in value;

/** Text and calls, however they are cut into blocks. */
const meaningOf = (blocks: readonly Block[]): string => {
  const texts = blocks.map((block) => (block.type === 'text' ? block.text : ''));
  const calls = blocks.flatMap((block) => (block.type === 'tool_use' ? [[block.id, block.name, block.input]] : []));
  return JSON.stringify([texts.join('').trim(), calls]);
};
