import type { RuleResult } from '@aegis/spec';
import { messageOf } from '../message-of.js';
import type { RunPorts } from '../ports.js';
import { type FoundCause, findRootCauses } from '../rca/find-root-cause.js';
import { needsExplaining } from './failing.js';

/** Where the failures enter, as far as lineage can tell. What it takes to find out counts as statements of the rules. */
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
    const causes = await findRootCauses(failing, ports);
    const byRule = new Map(failing.map(({ rule }, index) => [rule.id, causes[index]]));
    return results.map((result) => withCause(result, byRule.get(result.rule_id)));
  } catch (error) {
    const note = `Root cause analysis failed: ${messageOf(error)}`;
    return results.map((result) => (needsExplaining(result) ? noted(result, note) : result));
  }
};

const withCause = (result: RuleResult, found: FoundCause | undefined): RuleResult =>
  found
    ? {
        ...result,
        root_cause: found.cause,
        statements: result.statements + found.spent.statements,
        bytes_scanned:
          result.bytes_scanned === null || found.spent.bytesScanned === null
            ? null
            : result.bytes_scanned + found.spent.bytesScanned,
      }
    : result;

const noted = (result: RuleResult, note: string): RuleResult => ({ ...result, notes: [...result.notes, note] });
