import { ConfigError } from '@aegis/spec';

export interface ModelName {
  /** A short name such as `anthropic`, a package name, or a path. */
  readonly provider: string;
  /** As the provider names it; without one, the adapter's default. */
  readonly model?: string | undefined;
}

/**
 * Splits `provider/model` at the first slash; a scope (`@acme/llm-x/model`) belongs to the provider, and a path is one
 * as a whole.
 * @throws ConfigError `usage` where one of the two is empty
 */
export const parseModelName = (name: string): ModelName => {
  if (isPath(name)) return { provider: name };
  const [, provider = '', , model] = /^(@[^/]*\/[^/]*|[^/]*)(\/(.*))?$/s.exec(name) ?? [];
  if (provider === '' || model === '') throw incomplete(name);
  return { provider, model };
};

/** What the user's text, not a name, stands for: a file with an adapter. */
export const isPath = (name: string): boolean => /^(\.{0,2}[/\\]|file:|[a-zA-Z]:[/\\])/.test(name);

const incomplete = (name: string): ConfigError =>
  new ConfigError('usage', `"${name}" does not name a model`, {
    hint: 'Write provider/model, e.g. anthropic/claude-haiku-4-5, or the provider alone.',
  });
