import { expect } from 'vitest';
import type { Engines } from './engines/index.js';
import { type FuzzOptions, type FuzzReport, fuzz } from './fuzz.js';

/** Of legitimate statements at most this share is refused. */
const mostFalseRefusals = 0.01;

/** Runs a part of the fuzzing and expects no finding, the files as they were, and hardly a legitimate statement refused. */
export const expectSound = async (options: FuzzOptions, { files }: Pick<Engines, 'files'>): Promise<FuzzReport> => {
  const before = await files();
  const report = await fuzz(options);
  expect(report.findings).toEqual([]);
  expect(await files()).toEqual(before);
  const reasons = report.falseRefusals.map(({ number, reason }) => `${number}: ${reason}`).join('\n');
  expect(report.falseRefusals.length / report.legitimate, reasons).toBeLessThanOrEqual(mostFalseRefusals);
  return report;
};
