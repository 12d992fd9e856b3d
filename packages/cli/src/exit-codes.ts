import { isAegisError } from '@aegis/spec';

/** What a command ends with. Where several apply, the highest wins. */
export const exitCodes = { passed: 0, failed: 1, usage: 2, incomplete: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const usersMistake: ReadonlySet<string> = new Set(['config', 'rule', 'guard', 'plan', 'lineage']);

/** The exit code of an error that ended a command: the user's mistake, or something that got in the way. */
export const exitCodeOf = (error: unknown): ExitCode => {
  if (!isAegisError(error)) return exitCodes.incomplete;
  const [family = ''] = error.code.split('/');
  return usersMistake.has(family) || error.code.endsWith('/not-found') ? exitCodes.usage : exitCodes.incomplete;
};
