import type { DatasetTurn } from './dataset-line.js';

const speakers: ReadonlyMap<unknown, DatasetTurn['from']> = new Map([
  ['system', 'system'],
  ['user', 'human'],
  ['assistant', 'gpt'],
  ['tool', 'tool'],
]);

/**
 * The turns of a stored prompt. A prompt that is the JSON of a list of messages, `[{ "role": "system" | "user" | "assistant" |
 * "tool", "content": "…" }, …]`, gives one turn each; any other text is a single human turn.
 */
export const promptTurns = (prompt: string): readonly DatasetTurn[] =>
  messageTurns(parsed(prompt)) ?? [{ from: 'human', value: prompt }];

const messageTurns = (value: unknown): readonly DatasetTurn[] | undefined => {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const turns = value.map(messageTurn);
  return turns.every((turn) => turn !== undefined) ? turns : undefined;
};

const messageTurn = (message: unknown): DatasetTurn | undefined => {
  if (typeof message !== 'object' || message === null || !('role' in message) || !('content' in message))
    return undefined;
  const from = speakers.get(message.role);
  return from && typeof message.content === 'string' ? { from, value: message.content } : undefined;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
