import { ConfigError } from '@aegis/spec';
import type { Effects } from '../effects.js';

export interface OptionalPackage {
  readonly name: string;
  /** What wants it, e.g. `--llm ollama`. */
  readonly wantedBy: string;
  /** The function that it must export. */
  readonly factory: string;
  /** Packages to install, when it is not there. */
  readonly install: readonly string[];
}

/**
 * The factory that a package exports, when someone installed it.
 * @throws ConfigError `missing-adapter` with the install command
 */
export const optionalFactory = async (
  wanted: OptionalPackage,
  folders: readonly string[],
  { importFrom }: Pick<Effects, 'importFrom'>,
): Promise<(...args: readonly unknown[]) => unknown> => {
  const module = await importFrom(wanted.name, folders);
  const factory = isRecord(module) ? module[wanted.factory] : undefined;
  if (typeof factory === 'function') return (...args) => factory(...args);
  const state = module === undefined ? 'is not installed' : 'is of a version that does not fit';
  throw new ConfigError('missing-adapter', `${wanted.wantedBy} needs ${wanted.name}, which ${state}`, {
    hint: `Run: npm install ${wanted.install.join(' ')}`,
  });
};

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null;
