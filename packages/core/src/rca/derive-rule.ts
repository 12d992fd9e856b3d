import { formatTableName, type RuleTypeRegistry } from '@aegis/rules';
import type { Dialect, JsonObject, JsonValue, Rule, TableName } from '@aegis/spec';
import { renameIdentifiers } from './rename-identifiers.js';
import { sameName } from './trace-index.js';

/** The table that a rule is asked of instead of its own. */
interface Elsewhere {
  readonly id: string;
  readonly table: TableName;
  readonly warehouse: string;
  /** What it calls a column of the rule's own table; `undefined` where it has no equal. */
  readonly column: (name: string) => string | undefined;
}

/** Columns of its own table that a rule reads: declared ones and those in SQL. */
export const columnsRead = (rule: Rule, types: RuleTypeRegistry, read: SqlColumns): readonly string[] => {
  const { columns, expressions = [] } = types.get(rule.type).requires(rule.params);
  const declared = columns.filter(({ relation = 'target' }) => relation === 'target').map(({ name }) => name);
  const written = [
    ...expressions.filter(({ relation = 'target' }) => relation === 'target').map(({ sql }) => sql),
    ...(rule.scope.where === undefined ? [] : [rule.scope.where]),
  ].flatMap(read);
  const names: string[] = [];
  for (const name of [...declared, ...written]) if (!names.some((known) => sameName(known, name))) names.push(name);
  return names;
};

/** The columns that a piece of the user's SQL reads. */
export type SqlColumns = (sql: string) => readonly string[];

/**
 * The same rule, asked of another table. `undefined` where it cannot be: a column has no equal there, or one name means columns
 * of two tables.
 */
export const deriveRule = (
  rule: Rule,
  elsewhere: Elsewhere,
  types: RuleTypeRegistry,
  dialect: Dialect,
): Rule | undefined => {
  const { columns, expressions = [], tables = {}, query, modifiedAt } = types.get(rule.type).requires(rule.params);
  if (query || modifiedAt) return undefined;
  const renamed = (sql: string) => renameIdentifiers(sql, elsewhere.column, dialect);
  let params = rule.params;
  for (const { param, name, relation = 'target' } of columns) {
    const now = relation === 'target' ? elsewhere.column(name) : name;
    const isShared = columns.some((other) => other.param === param && (other.relation ?? 'target') !== relation);
    if (now === undefined || (isShared && now !== name)) return undefined;
    params = withParam(params, param.split('.'), now);
  }
  for (const { param, sql, relation = 'target' } of expressions)
    if (relation === 'target') params = withParam(params, param.split('.'), renamed(sql));
  params = withTables(params, Object.values(tables), rule.scope.table);
  const where = rule.scope.where === undefined ? undefined : renamed(rule.scope.where);
  return {
    ...rule,
    id: elsewhere.id,
    params,
    scope: { ...rule.scope, table: elsewhere.table, warehouse: elsewhere.warehouse, where },
  };
};

const withParam = (params: JsonObject, [key, ...rest]: readonly string[], value: JsonValue): JsonObject => {
  if (key === undefined) return params;
  const inner = params[key];
  if (rest.length === 0) return { ...params, [key]: value };
  if (Array.isArray(inner)) {
    const items: readonly JsonValue[] = inner;
    return { ...params, [key]: items.map((item, index) => (String(index) === rest[0] ? value : item)) };
  }
  return { ...params, [key]: withParam((inner ?? {}) as JsonObject, rest, value) };
};

/** Plain names of other tables mean tables beside the rule's own: from elsewhere they need the whole name. */
const withTables = (params: JsonObject, names: readonly (string | undefined)[], own: TableName): JsonObject => {
  if (own.kind === 'file' || own.parts.length < 2) return params;
  const beside = (name: string) => formatTableName({ kind: 'named', parts: [...own.parts.slice(0, -1), name] });
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) =>
      typeof value === 'string' && names.includes(value) && /^[^."/\\]+$/.test(value)
        ? [key, beside(value)]
        : [key, value],
    ),
  );
};
