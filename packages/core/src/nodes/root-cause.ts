import type { RuleResult } from '@aegis/spec';
import { messageOf } from '../message-of.js';
import type { RunPorts } from '../ports.js';
import { findRootCauseOf } from '../rca/find-root-cause.js';
import { forFailing } from './failing.js';

/** Where the failure enters, as far as lineage can tell. */
export const findRootCause = async (results: readonly RuleResult[], ports: RunPorts): Promise<readonly RuleResult[]> =>
  forFailing(results, async (result) => {
    const rule = ports.rules.get(result.rule_id);
    if (!rule || !ports.lineage?.trace) return result;
    try {
      return { ...result, root_cause: await findRootCauseOf({ rule, result }, ports) };
    } catch (error) {
      return noted(result, `Root cause analysis failed: ${messageOf(error)}`);
    }
  });

const noted = (result: RuleResult, note: string): RuleResult => ({ ...result, notes: [...result.notes, note] });
