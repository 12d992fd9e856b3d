import type { RuleResult } from '@aegis/spec';
import type { RunPorts } from '../ports.js';

/** Keeps whole results in this process and gives back what may be stored. */
export const keep = (results: readonly RuleResult[], { results: whole, redact }: RunPorts): readonly RuleResult[] =>
  results.map((result) => {
    whole.set(result.rule_id, result);
    return redact(result);
  });
