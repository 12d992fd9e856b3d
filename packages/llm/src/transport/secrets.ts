import { inspect } from 'node:util';
import { shortened, thrownOf } from './failure.js';

/** Shorter ones would blank out ordinary words. */
const shortestSecret = 8;

/** Whether a text is there, and long enough to be masked. */
export const isSecret = (text: string | null | undefined): text is string => (text ?? '').length >= shortestSecret;

/** Values of headers whose names speak of secrets. */
export const secretHeaders = (headers: { readonly [name: string]: string }): readonly string[] =>
  Object.entries(headers).flatMap(([name, value]) => (/auth|key|token|secret|cookie/i.test(name) ? [value] : []));

/** The text with `…` for each of the secrets. */
export const withoutSecrets = (text: string, secrets: Iterable<string>): string =>
  [...secrets].filter(isSecret).reduce((rest, secret) => rest.replaceAll(secret, '…'), text);

/** The original, or an error with what it said where it would show a secret, however deep. */
export const safeCause = (cause: unknown, masked: (text: string) => string): unknown => {
  const shown = inspect(cause, { depth: 12, showHidden: true });
  if (masked(shown) === shown) return cause;
  const { name = 'Error', message } = thrownOf(cause);
  return Object.assign(new Error(shortened(masked(String(message)))), { name: String(name) });
};
