import type { SqlGuard } from '@aegis/engine';
import { builtinTypes, type Problem } from '@aegis/rules';
import { type Dialect, isAegisError, type Rule } from '@aegis/spec';
import { loadGuard } from '../runs/rule-set.js';

/** One piece of SQL that a user wrote within a rule. */
interface UserSql {
  readonly rule: Rule;
  /** Path within the rule, for messages. */
  readonly path: string;
  readonly sql: string;
  readonly kind: 'expression' | 'query';
  readonly warehouse: string;
}

/** What the guard refuses in the SQL of rules whose warehouse is filled in. The guard is loaded only if there is SQL. */
export const checkUserSql = async (
  rules: readonly Rule[],
  dialects: ReadonlyMap<string, Dialect>,
): Promise<readonly Problem[]> => {
  const written = rules.flatMap(userSqlOf);
  if (written.length === 0) return [];
  const guard = await loadGuard();
  return written.flatMap((use) => {
    const dialect = dialects.get(use.warehouse);
    return dialect ? check(use, guard, dialect) : [];
  });
};

const userSqlOf = (rule: Rule): readonly UserSql[] => {
  const { warehouse = '', sourceWarehouse, where } = rule.scope;
  const { expressions = [], query } = builtinTypes.find(rule.type)?.requires(rule.params) ?? {};
  return [
    ...(where === undefined ? [] : [{ rule, path: 'scope.where', sql: where, kind: 'expression' as const, warehouse }]),
    ...expressions.map(({ param, sql, relation }) => ({
      rule,
      path: `logic.${param}`,
      sql,
      kind: 'expression' as const,
      warehouse: relation === 'source' ? (sourceWarehouse ?? warehouse) : warehouse,
    })),
    ...(query ? [{ rule, path: `logic.${query.param}`, sql: query.sql, kind: 'query' as const, warehouse }] : []),
  ];
};

const check = ({ rule, path, sql, kind }: UserSql, guard: SqlGuard, dialect: Dialect): readonly Problem[] => {
  try {
    guard[kind](sql, dialect);
    return [];
  } catch (error) {
    if (!isAegisError(error)) throw error;
    const { code, hint } = error;
    return [{ code, message: `${path}: ${error.message}`, hint, location: rule.location, rule: rule.id }];
  }
};
