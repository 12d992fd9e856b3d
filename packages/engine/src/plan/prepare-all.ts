import type { RuleTypeRegistry } from '@aegis/rules';
import type { Rule } from '@aegis/spec';
import { checkWritable } from '../execute/measure.js';
import { type PreparedRule, type PrepareOptions, prepareRule } from './prepare.js';

export interface PreparedRules {
  readonly prepared: readonly PreparedRule[];
  /** Rules that cannot be judged, and why. */
  readonly refused: readonly { readonly rule: Rule; readonly error: unknown }[];
}

/** Prepares every rule; one that does not fit spoils no other. */
export const prepareAll = async (
  rules: readonly Rule[],
  types: RuleTypeRegistry,
  options: PrepareOptions,
): Promise<PreparedRules> => {
  const prepared: PreparedRule[] = [];
  const refused: { rule: Rule; error: unknown }[] = [];
  for (const rule of rules) {
    try {
      const fitting = await prepareRule(rule, types.get(rule.type), options);
      checkWritable(fitting, options.sides);
      prepared.push(fitting);
    } catch (error) {
      refused.push({ rule, error });
    }
  }
  return { prepared, refused };
};
