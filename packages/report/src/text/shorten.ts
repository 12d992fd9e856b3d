import { formatNumber } from './format.js';

/** At most `max` UTF-16 units of the text, never half a character; what was left out is counted behind it. */
export const shorten = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const kept = text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}... (${formatNumber(text.length)} characters)`;
};
