import type { RenderReportOptions } from '@aegis/project';
import type { CliEffects } from '../cli-effects.js';
import { wantsColor } from './colors.js';

/** How results are to look on stdout: as wide as COLUMNS says, else as it is, or 100 characters in a file or a pipe. */
export const terminalOf = (
  options: { readonly color?: boolean | undefined },
  { stdout, env }: CliEffects,
): NonNullable<RenderReportOptions['terminal']> => ({
  color: wantsColor(options, stdout, env),
  width: columnsIn(env) ?? stdout.columns ?? 100,
});

/** Shells keep COLUMNS to themselves: who exports it asks for this width. */
const columnsIn = ({ COLUMNS = '' }: CliEffects['env']): number | undefined =>
  /^[1-9]\d{0,4}$/.test(COLUMNS) ? Number(COLUMNS) : undefined;
