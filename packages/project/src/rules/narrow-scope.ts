import { createHash } from 'node:crypto';
import type { SqlGuard } from '@aegis/engine';
import type { Dialect, Rule } from '@aegis/spec';

/**
 * The rule with one more condition on its rows. Each condition passes the guard by itself before they are joined, so
 * that no parenthesis in one can reach into the other.
 * @throws GuardError
 */
export const narrowScope = (rule: Rule, condition: string, guard: SqlGuard, dialect: Dialect): Rule => {
  const conditions = [rule.scope.where, condition].filter((sql) => sql !== undefined);
  const where = conditions.map((sql) => `(${guard.expression(sql, dialect).sql})`).join(' AND ');
  return { ...rule, scope: { ...rule.scope, where }, definitionHash: narrowedHash(rule, condition) };
};

/** A narrowed rule measures something else, so it has a history of its own. */
const narrowedHash = ({ definitionHash }: Rule, condition: string): string =>
  createHash('sha256')
    .update(JSON.stringify([definitionHash, condition]))
    .digest('hex');
