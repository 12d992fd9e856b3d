import { failedShare, type Reading } from '../reading.js';
import { type Candidate, isTurnedFilter } from './candidates.js';
import type { Trial } from './run-trials.js';

/** A trial in which a failing rule holds that fails without the change, and nothing that held fails. */
export interface Repair {
  readonly trial: Trial;
  /** How many of the failures are gone. */
  readonly fixes: number;
  readonly sql: string | undefined;
}

/**
 * The best explanation of one failure among the trials: the part without which most failures are gone, a filter that would have
 * to be turned around only where there is no other. `before` are the readings of the failures as they are.
 */
export const bestRepair = (trials: readonly Trial[], before: readonly Reading[], failure: number): Repair | undefined =>
  trials
    .filter(({ guards }) => guards.every(({ status }) => status !== 'fails'))
    .flatMap((trial): readonly Repair[] => {
      const mended = trial.readings.map(
        (reading, index) => isMended(reading, before[index]) && trial.unchanged[index]?.status === 'fails',
      );
      if (!mended[failure]) return [];
      return [{ trial, fixes: mended.filter(Boolean).length, sql: trial.readings[failure]?.sql }];
    })
    .sort((a, b) => b.fixes - a.fixes || suspicion(a.trial.candidate) - suspicion(b.trial.candidate))[0];

const suspicion = (candidate: Candidate): number =>
  isTurnedFilter(candidate) ? Number.MAX_SAFE_INTEGER : candidate.rank;

/** Whether a rule holds for as many rows as it was asked of: over hardly any it says nothing. */
export const isMended = (after: Reading, before: Reading | undefined): boolean => {
  if (after.status !== 'holds') return false;
  if (before?.unit === 'table' || before?.rowsChecked == null || after.rowsChecked === null) return true;
  return after.rowsChecked >= before.rowsChecked * leastRows(before) && !isSilent(after);
};

/** Where most rows fail, those that hold may be few. */
const leastRows = (before: Reading): number => ((failedShare(before) ?? 0) > 0.5 ? 0.05 : 0.3);

/** Whether the rule holds because hardly any value is left to judge. */
const isSilent = ({ observed, rowsChecked }: Reading): boolean =>
  typeof observed.non_null === 'number' && rowsChecked !== null && observed.non_null < rowsChecked * 0.5;
