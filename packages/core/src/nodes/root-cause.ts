import type { RuleResult } from '@aegis/spec';
import { messageOf } from '../message-of.js';
import type { RunPorts } from '../ports.js';
import { type FoundCauses, findRootCauses } from '../rca/find-root-cause.js';
import { needsExplaining } from './failing.js';

/** Where the failures enter, as far as lineage can tell. What it takes to find out is shared among the rules that fail. */
export const findRootCause = async (
  results: readonly RuleResult[],
  ports: RunPorts,
): Promise<readonly RuleResult[]> => {
  const failing = results.flatMap((result) => {
    const rule = ports.rules.get(result.rule_id);
    return rule && needsExplaining(result) ? [{ rule, result }] : [];
  });
  if (failing.length === 0 || !ports.lineage?.trace) return results;
  try {
    const found = await findRootCauses(failing, ports);
    return results.map((result) => (needsExplaining(result) ? withCause(result, found, failing.length) : result));
  } catch (error) {
    const note = `Root cause analysis failed: ${messageOf(error)}`;
    return results.map((result) => (needsExplaining(result) ? noted(result, note) : result));
  }
};

const withCause = (result: RuleResult, { causes, spent }: FoundCauses, sharers: number): RuleResult => ({
  ...result,
  root_cause: causes.get(result.rule_id) ?? null,
  statements: rounded(result.statements + spent.statements / sharers),
  bytes_scanned:
    result.bytes_scanned === null || spent.bytesScanned === null
      ? null
      : Math.round(result.bytes_scanned + spent.bytesScanned / sharers),
});

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const noted = (result: RuleResult, note: string): RuleResult => ({ ...result, notes: [...result.notes, note] });
