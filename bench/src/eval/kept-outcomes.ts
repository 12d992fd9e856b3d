import { appendFile, readFile } from 'node:fs/promises';
import type { Outcome } from './harness.js';

/** Outcomes in a file, a line each. */
export interface KeptOutcomes {
  /** Those of the model that were there at the start. */
  readonly before: readonly Outcome[];
  keep(outcome: Outcome): Promise<void>;
}

const nowhere: KeptOutcomes = { before: [], keep: async () => undefined };

/** A last line that was cut off when a run was ended is left out, and asked again. */
export const keptOutcomes = async (file: string | undefined, model: string): Promise<KeptOutcomes> => {
  if (file === undefined) return nowhere;
  const text = await readFile(file, 'utf8').catch(() => '');
  const before = text
    .split('\n')
    .flatMap(readLine)
    .filter((outcome) => outcome.model === model);
  if (text !== '' && !text.endsWith('\n')) await appendFile(file, '\n');
  return { before, keep: (outcome) => appendFile(file, `${JSON.stringify(outcome)}\n`) };
};

const readLine = (line: string): readonly Outcome[] => {
  try {
    return [JSON.parse(line) as Outcome];
  } catch {
    return [];
  }
};
