import { isSecretName } from '@aegis/llm/redaction';
import { passwordWithin } from './secret-names.js';
import { isReference } from './secret-references.js';

type Path = readonly PropertyKey[];

/** Paths of secrets that were written out instead of referred to. */
export const literalSecrets = (value: unknown, path: Path = []): readonly Path[] => {
  if (typeof value === 'string') return isLiteralSecret(String(path.at(-1)), value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => literalSecrets(child, [...path, key]));
};

const isLiteralSecret = (key: string, value: string): boolean => {
  const secret = isSecretName(key) ? value : passwordWithin(value);
  return secret !== undefined && secret !== '' && !isReference(secret);
};
