import { ConfigError } from '@aegis/spec';
import type { CliEffects } from '../cli-effects.js';

export interface OptionalPackage {
  readonly name: string;
  /** The command that needs it. */
  readonly command: string;
  /** Exports without which it is of another version. */
  readonly exports: readonly string[];
}

/**
 * A package that is installed only where someone uses its commands.
 * @throws ConfigError `missing-adapter` with the install command
 */
export const loadOptionalPackage = async <Module extends object>(
  { name, command, exports }: OptionalPackage,
  { importFrom, cwd }: Pick<CliEffects, 'importFrom' | 'cwd'>,
): Promise<Module> => {
  const module = await importFrom(name, [cwd]);
  const fits = typeof module === 'object' && module !== null && exports.every((each) => each in module);
  if (fits) return module as Module;
  const state = module === undefined ? 'is not installed' : 'is of a version that does not fit';
  throw new ConfigError('missing-adapter', `${command} needs ${name}, which ${state}`, {
    hint: `Run: npm install ${name}`,
  });
};
