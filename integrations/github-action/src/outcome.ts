export type Outcome = 'passed' | 'failed' | 'invalid' | 'incomplete';

/** What an exit code of `aegis run` means, in a word. */
export const outcomeOf = (code: number): Outcome => {
  if (code === 0) return 'passed';
  if (code === 1) return 'failed';
  return code === 2 ? 'invalid' : 'incomplete';
};
