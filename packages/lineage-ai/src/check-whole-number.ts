import { ConfigError } from '@aegis/spec';

/** @throws ConfigError of the reason for a limit that is no whole number above 0 */
export const checkWholeNumber = (name: string, value: unknown, reason: 'invalid' | 'usage'): void => {
  if (Number.isSafeInteger(value) && Number(value) > 0) return;
  throw new ConfigError(reason, `${name} is ${String(value)}`, { hint: 'Give a whole number above 0.' });
};
