import type { CliEffects, TextStream } from '../cli-effects.js';

/** Whether a stream gets colours: the flag decides, then FORCE_COLOR, then NO_COLOR, then whether it is a terminal. */
export const wantsColor = (
  { color = true }: { readonly color?: boolean | undefined },
  stream: Pick<TextStream, 'isTerminal'>,
  { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal }: CliEffects['env'],
): boolean => {
  if (!color) return false;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return stream.isTerminal && terminal !== 'dumb';
};
