import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { isSecretName } from '@aegis/llm/redaction';
import { ConfigError, type JsonValue, type SourceLocation } from '@aegis/spec';
import { mayHoldSecret, passwordWithin } from './secret-names.js';
import type { SecretRegistry } from './secret-registry.js';

/** What to do about a secret in plain text. */
export const secretHint = 'Write ${env:NAME} to take it from the environment, or ${file:path} to read it from a file.';

const reference = /\$\{([a-z]+):([^}]+)\}/g;

/** Whether the text takes anything from the environment or from a file. */
export const isReference = (text: string): boolean => text.search(reference) >= 0;

export interface ReferenceContext {
  readonly env: { readonly [name: string]: string | undefined };
  /** Folder that `${file:…}` starts from. */
  readonly directory: string;
  readonly secrets: SecretRegistry;
  /** Where the value at a path was written, for messages. */
  readonly locate?: ((path: readonly PropertyKey[]) => SourceLocation) | undefined;
}

/**
 * The value with every `${env:NAME}` and `${file:path}` replaced, and what it gave remembered as a secret.
 * @throws ConfigError `missing-secret` that names the key and what it refers to.
 */
export const resolveReferences = (
  value: unknown,
  context: ReferenceContext,
  path: readonly PropertyKey[] = [],
): JsonValue => {
  if (typeof value === 'string') return resolveText(value, context, path);
  if (Array.isArray(value)) return value.map((item, index) => resolveReferences(item, context, [...path, index]));
  if (typeof value !== 'object') return typeof value === 'number' || typeof value === 'boolean' ? value : null;
  if (value === null) return null;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, resolveReferences(child, context, [...path, key])]),
  );
};

/** Remembers what an option of this name gives away. */
export const rememberSecret = (name: string, value: string, secrets: SecretRegistry): void => {
  const password = passwordWithin(value);
  if (password !== undefined) secrets.add(password);
  if (isSecretName(name)) secrets.add(value);
};

const resolveText = (text: string, context: ReferenceContext, path: readonly PropertyKey[]): string => {
  const name = String(path.at(-1) ?? '');
  const resolved = text.replace(reference, (_whole, kind: string, target: string) => {
    const found = lookUp(kind, target, context, path);
    if (kind === 'file' || mayHoldSecret(name) || isSecretName(target)) context.secrets.add(found);
    return found;
  });
  if (resolved !== text) rememberSecret(name, resolved, context.secrets);
  return resolved;
};

const lookUp = (kind: string, target: string, context: ReferenceContext, path: readonly PropertyKey[]): string => {
  if (kind === 'env') return fromEnvironment(target, context, path);
  if (kind === 'file') return fromFile(target, context, path);
  throw new ConfigError('invalid', `${path.join('.')} refers to "${kind}:", which is not a kind of reference`, {
    hint: 'Use ${env:NAME} or ${file:path}.',
    location: context.locate?.(path),
  });
};

/** An empty variable is a missing one: that is how CI systems pass a secret that was never set. */
const fromEnvironment = (name: string, { env, locate }: ReferenceContext, path: readonly PropertyKey[]): string => {
  const value = env[name];
  if (value) return value;
  const state = value === undefined ? 'is not set' : 'is empty';
  throw new ConfigError('missing-secret', `${path.join('.')} needs the environment variable ${name}, which ${state}`, {
    hint: `Set it, e.g. export ${name}=…`,
    location: locate?.(path),
  });
};

const fromFile = (
  target: string,
  { env, directory, locate }: ReferenceContext,
  path: readonly PropertyKey[],
): string => {
  const file = resolve(directory, target.replace(/^~(?=[\\/])/, env.HOME ?? homedir()));
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new ConfigError('missing-secret', `${path.join('.')} needs the file ${file}, which cannot be read`, {
      location: locate?.(path),
      cause,
    });
  }
};
