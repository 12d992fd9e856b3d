import type { RuleResult } from '@aegis/spec';
import type { FoundTask } from './keep.js';

/** What a step made of a task: statements that it sent are in the shares of the results, and so in the total. */
export const afterStep = (before: FoundTask, results: readonly RuleResult[]): FoundTask => ({
  results,
  statements: before.statements + Math.round(total(results, shareOf) - total(before.results, shareOf)),
  bytesScanned: bytesAfter(before, results),
});

const shareOf = ({ statements }: RuleResult): number => statements;
const bytesOf = ({ bytes_scanned }: RuleResult): number => bytes_scanned ?? 0;

const total = (results: readonly RuleResult[], part: (result: RuleResult) => number): number =>
  results.reduce((sum, result) => sum + part(result), 0);

/** Unknown as soon as one step does not know. */
const bytesAfter = (before: FoundTask, results: readonly RuleResult[]): number | null => {
  const isUnknown = results.some(
    ({ bytes_scanned }, index) => bytes_scanned === null && before.results[index]?.bytes_scanned !== null,
  );
  if (before.bytesScanned === null || isUnknown) return null;
  return before.bytesScanned + total(results, bytesOf) - total(before.results, bytesOf);
};
