import type { Redactor } from '../redaction/redactor.js';

/**
 * What a model said, with values in place of their tokens. It stays masked where masking it again would not find all of
 * them: what is stored later must not say more than what was sent.
 */
export const mappedBack = (text: string, redactor: Pick<Redactor, 'text' | 'restore'>): string => {
  const masked = redactor.text(text);
  const whole = redactor.restore(masked);
  return redactor.text(whole) === masked ? whole : masked;
};
