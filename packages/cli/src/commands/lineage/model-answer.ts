import type { ModelSpend } from '@aegis/spec';
import { count, dollars } from '../../render/amounts.js';
import { printable } from './printable.js';

/** What a model wrote, as a terminal may show it: its lines, without anything that moves a cursor. */
export const shownText = (text: string): string => text.trim().split(/\r?\n/).map(printable).join('\n');

/** `3 model calls, 5120 + 240 tokens, $0.0042`. */
export const costLine = ({ calls, inputTokens, outputTokens, costUsd }: ModelSpend): string =>
  `${count(calls, 'model call')}, ${inputTokens} + ${outputTokens} tokens, ${costUsd === null ? 'cost unknown' : dollars(costUsd)}`;

export const costJson = ({ calls, inputTokens, outputTokens, costUsd }: ModelSpend) => ({
  ...{ calls, input_tokens: inputTokens, output_tokens: outputTokens, cost_usd: costUsd },
});
