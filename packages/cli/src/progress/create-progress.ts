import type { CliEffects } from '../cli-effects.js';
import { liveProgress } from './live-progress.js';
import { plainProgress } from './plain-progress.js';
import type { Progress } from './progress.js';

/** A bar that stays on its line on a terminal, a line per table elsewhere, nothing when quiet. */
export const createProgress = (
  { quiet = false }: { readonly quiet?: boolean | undefined },
  effects: CliEffects,
): Progress => {
  if (quiet) return { show: () => undefined, end: () => undefined };
  return effects.stderr.isTerminal && effects.env.TERM !== 'dumb' && !effects.env.CI
    ? liveProgress(effects)
    : plainProgress(effects);
};
