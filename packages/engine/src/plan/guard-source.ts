import type { RuleTypeRegistry } from '@aegis/rules';
import { PlanError, type Rule } from '@aegis/spec';
import type { SqlGuard } from '../types.js';

/** A guard, or the reason why there is none: that concerns only the rules that hold SQL. */
export interface GuardSource {
  /** @throws what loading it threw. */
  get(): SqlGuard;
}

/** The guard, when any of the rules holds SQL that a person wrote. It is large, so nobody else loads it. */
export const loadGuardFor = async (
  rules: readonly Rule[],
  types: RuleTypeRegistry,
  loadGuard: () => Promise<SqlGuard>,
): Promise<GuardSource> => {
  if (!rules.some((rule) => holdsSql(rule, types))) return refusing(new PlanError('internal', 'no rule declared SQL'));
  try {
    const guard = await loadGuard();
    return { get: () => guard };
  } catch (error) {
    return refusing(error);
  }
};

const refusing = (reason: unknown): GuardSource => ({
  get: () => {
    throw reason;
  },
});

const holdsSql = (rule: Rule, types: RuleTypeRegistry): boolean => {
  const { expressions = [], query } = types.get(rule.type).requires(rule.params);
  return rule.scope.where !== undefined || expressions.length > 0 || query !== undefined;
};
