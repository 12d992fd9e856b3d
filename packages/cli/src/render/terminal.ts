import type { RenderReportOptions } from '@aegis/project';
import type { CliEffects } from '../cli-effects.js';
import { wantsColor } from './colors.js';

/** How results are to look on stdout: as wide as it is, or 100 characters where it is a file or a pipe. */
export const terminalOf = (
  options: { readonly color?: boolean | undefined },
  { stdout, env }: CliEffects,
): NonNullable<RenderReportOptions['terminal']> => ({
  color: wantsColor(options, stdout, env),
  width: stdout.columns ?? 100,
});
