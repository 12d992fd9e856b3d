import type { Effects } from '@aegis/project/program';

/** The value without any secret that was resolved, at whatever depth a text holds it. */
export const scrubbed = <Value>(value: Value, secrets: Effects['secrets']): Value =>
  // The shape stays: only texts are replaced, by texts.
  withoutSecrets(value, (text) => secrets.scrub(text)) as Value;

const withoutSecrets = (value: unknown, scrub: (text: string) => string): unknown => {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, scrub)]));
};
