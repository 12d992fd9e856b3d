import type { WarehouseReason } from '@aegis/spec';

/** What an error of an engine, a driver or the network stands for. */
export interface Meaning {
  readonly reason: WarehouseReason;
  readonly hint?: string;
}

const longestMessage = 300;

/** The first line of an engine's message, at most 300 characters of it: what follows mostly repeats the statement. */
export const shortened = (message: string): string => {
  const [line = ''] = message.split('\n');
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
};
