import {
  type ColumnUse,
  displayTableName,
  type JudgeContext,
  type Probe,
  type ProbeContext,
  parseTableName,
  type RelationRole,
  type Requirements,
  type RuleType,
  type UserSqlUse,
} from '@aegis/rules';
import {
  type ColumnDescription,
  type ColumnExpression,
  type JsonObject,
  type Measurement,
  PlanError,
  type Row,
  type Rule,
  type ScopedRelation,
  type StatementOptions,
  type TableDescription,
  type TableName,
  type UserSqlExpression,
  type Warehouse,
} from '@aegis/spec';
import type { ExecuteOptions } from '../types.js';
import { checkAccepts, checkComparable, checkComparableAcross } from './accepts.js';
import type { Catalog } from './catalog.js';
import type { GuardSource } from './guard-source.js';
import { type NamedSide, nameSide, onSide } from './name-side.js';
import { resolveColumn } from './names.js';
import { checkPartitionFilters } from './partition-filter.js';
import { scopedQuery } from './scoped-query.js';

/** One side of a rule: where its tables are looked up, and whose SQL its expressions are written in. */
export interface Side {
  readonly warehouse: Warehouse;
  readonly catalog: Catalog;
  /** For errors; present where the rule has two warehouses. */
  readonly named?: NamedSide | undefined;
}

/** A rule whose every name, type and expression was found to be good, and what it wants measured. */
export interface PreparedRule {
  readonly rule: Rule;
  readonly type: RuleType;
  readonly requirements: Requirements;
  readonly relations: { readonly [role in RelationRole]?: ScopedRelation };
  readonly target: TableDescription;
  readonly context: ProbeContext<JsonObject>;
  readonly probe: Probe;
}

export interface PrepareOptions extends Pick<ExecuteOptions, 'now' | 'timezone'> {
  readonly sides: { readonly target: Side; readonly source: Side };
  readonly guard: GuardSource;
  readonly statement: StatementOptions;
}

/**
 * Checks everything that a scan would trip over, and builds the probe.
 * @throws PlanError, GuardError or WarehouseError: why the rule cannot be judged.
 */
export const prepareRule = async (rule: Rule, type: RuleType, options: PrepareOptions): Promise<PreparedRule> => {
  const requirements = type.requires(rule.params);
  const descriptions = await describeAll(rule, requirements, options);
  const columns = resolveAll(type, requirements, descriptions, options);
  const relations = scopeAll(rule, requirements, descriptions, options);
  const context = probeContext(rule, requirements, { columns, relations, descriptions, options });
  const probe = type.probe(context);
  const { target, source } = options.sides;
  checkPartitionFilters(probe, relations, descriptions, { target: target.named, source: source.named });
  return { rule, type, requirements, relations, target: descriptions.target, context, probe };
};

type Descriptions = { readonly target: TableDescription } & { readonly [role in RelationRole]?: TableDescription };

const sideOf = (role: RelationRole, { sides }: PrepareOptions): Side =>
  role === 'source' ? sides.source : sides.target;

const describeAll = async (
  rule: Rule,
  { tables = {} }: Requirements,
  options: PrepareOptions,
): Promise<Descriptions> => {
  const describe = (role: RelationRole, table: TableName) => {
    const { catalog, named } = sideOf(role, options);
    return onSide(named, () => catalog.describe(table, options.statement));
  };
  const target = await describe('target', rule.scope.table);
  const others: { [role in RelationRole]?: TableDescription } = {};
  for (const role of ['reference', 'source'] as const) {
    const name = tables[role];
    if (name === undefined) continue;
    others[role] = await describe(role, otherTable(name, rule, role));
  }
  return { ...others, target };
};

/**
 * A table that a param names: files beside the rules file, and plain names beside the rule's own table.
 * @throws PlanError `missing-table` for what is no name
 */
export const otherTable = (name: string, { scope, baseDirectory }: Rule, role: RelationRole): TableName => {
  const table = parseTableName(name, { baseDirectory });
  if (table.kind === 'invalid') throw new PlanError('missing-table', `${role} table "${name}" ${table.message}`);
  const elsewhere = role === 'source' && scope.sourceWarehouse !== undefined;
  if (elsewhere || table.kind === 'file' || table.parts.length > 1 || scope.table.kind === 'file') return table;
  return { kind: 'named', parts: [...scope.table.parts.slice(0, -1), ...table.parts] };
};

/** Columns by role and by the name that the rule wrote. */
type Columns = ReadonlyMap<string, ColumnDescription>;
const columnKey = (name: string, role: RelationRole = 'target') => `${role}\u0000${name}`;

const resolveAll = (
  type: RuleType,
  requirements: Requirements,
  descriptions: Descriptions,
  options: PrepareOptions,
): Columns => {
  const columns = new Map<string, ColumnDescription>();
  for (const { name, relation = 'target', accepts } of requirements.columns) {
    const description = descriptions[relation];
    if (!description) throw new PlanError('internal', `${type.name} names a column of a ${relation} it does not have`);
    if (requirements.columnsMayBeMissing) continue;
    const { named } = sideOf(relation, options);
    columns.set(columnKey(name, relation), resolved({ name, accepts }, description, type, named));
  }
  checkPairs(requirements, columns, options.sides.target.warehouse !== options.sides.source.warehouse);
  checkModifiedAt(requirements, descriptions.target);
  return columns;
};

const resolved = (
  { name, accepts }: Pick<ColumnUse, 'name' | 'accepts'>,
  description: TableDescription,
  type: RuleType,
  named: NamedSide | undefined,
): ColumnDescription => {
  try {
    const column = resolveColumn(name, description, formatted(description));
    checkAccepts(column, accepts, type.name);
    return column;
  } catch (error) {
    throw nameSide(named, error);
  }
};

const checkModifiedAt = ({ modifiedAt }: Requirements, description: TableDescription): void => {
  if (!modifiedAt || description.modifiedAt !== undefined) return;
  throw new PlanError('unsupported', `the warehouse does not say when ${formatted(description)} last changed`, {
    hint: 'Name a date or timestamp column.',
  });
};

/** Key columns of two relations are compared in order, so they must be comparable in order. */
const checkPairs = ({ columns, comparable = [] }: Requirements, resolved: Columns, crosses: boolean): void => {
  for (const names of comparable) {
    const [left, right] = names.map((name) => resolved.get(columnKey(name)));
    if (left && right) checkComparable(left, right);
  }
  const check = crosses ? checkComparableAcross : checkComparable;
  const ofRole = (wanted: RelationRole) =>
    columns
      .filter(({ relation = 'target', accepts }) => relation === wanted && accepts === 'key')
      .map(({ name, relation }) => resolved.get(columnKey(name, relation)));
  const targets = ofRole('target');
  for (const other of [ofRole('reference'), ofRole('source')]) {
    for (const [index, right] of other.entries()) {
      const left = targets[index];
      if (left && right) check(left, right);
    }
  }
};

const formatted = ({ table }: TableDescription): string =>
  table.kind === 'file' ? displayTableName(table) : `table "${table.parts.at(-1)}"`;

/** Every relation with its filter: the rule's `where` on the target, the type's own on the source. */
const scopeAll = (rule: Rule, requirements: Requirements, descriptions: Descriptions, options: PrepareOptions) => {
  const relations: { [role in RelationRole]?: ScopedRelation } = {};
  const where = rule.scope.where;
  relations.target = {
    ...unscoped(descriptions.target),
    ...(where !== undefined && { where: guarded({ param: 'where', sql: where }, descriptions.target, options) }),
  };
  if (descriptions.reference) relations.reference = unscoped(descriptions.reference);
  if (descriptions.source) {
    const filter = requirements.expressions?.find(({ relation }) => relation === 'source');
    relations.source = {
      ...unscoped(descriptions.source),
      ...(filter && { where: guarded(filter, descriptions.source, options) }),
    };
  }
  return relations;
};

const unscoped = ({ table, kind }: TableDescription): ScopedRelation => ({
  table,
  ...(kind === 'view' && { isView: true }),
});

/** The user's expression as the guard rendered it, after every column that it reads was found. */
const guarded = (use: UserSqlUse, description: TableDescription, options: PrepareOptions): UserSqlExpression => {
  const { warehouse, named } = sideOf(use.relation ?? 'target', options);
  try {
    const expression = options.guard.get().expression(use.sql, warehouse.dialect);
    for (const column of expression.columns) resolveColumn(column, description, formatted(description));
    return expression;
  } catch (error) {
    throw nameSide(named, error);
  }
};

interface Resolved {
  readonly columns: Columns;
  readonly relations: { readonly [role in RelationRole]?: ScopedRelation };
  readonly descriptions: Descriptions;
  readonly options: PrepareOptions;
}

const probeContext = (rule: Rule, requirements: Requirements, resolved: Resolved): ProbeContext<JsonObject> => ({
  params: rule.params,
  nulls: rule.nulls,
  now: resolved.options.now,
  timezone: rule.scope.timezone ?? resolved.options.timezone,
  column: (name, role) => columnExpression(resolved.columns, name, role),
  userSql: (param) => {
    const use = requirements.expressions?.find((candidate) => candidate.param === param);
    const description = use && resolved.descriptions[use.relation ?? 'target'];
    if (!use || !description) throw new PlanError('internal', `${rule.type} declares no expression "${param}"`);
    return guarded(use, description, resolved.options);
  },
  query: () => {
    if (!requirements.query) throw new PlanError('internal', `${rule.type} declares no query`);
    const { dialect } = resolved.options.sides.target.warehouse;
    return scopedQuery(resolved.options.guard.get(), dialect, requirements.query.sql, relationOf(resolved, 'target'));
  },
  relation: (role) => relationOf(resolved, role),
});

const relationOf = ({ relations }: Resolved, role: RelationRole): ScopedRelation => {
  const relation = relations[role];
  if (!relation) throw new PlanError('internal', `the rule has no ${role}`);
  return relation;
};

const columnExpression = (columns: Columns, name: string, role?: RelationRole): ColumnExpression => {
  const column = columns.get(columnKey(name, role));
  if (!column) throw new PlanError('internal', `column "${name}" was not declared`);
  return { kind: 'column', name: column.name, type: column.type };
};

/** The context of judging: the probe's, with what only results know. */
export const judgeContext = (
  { rule, context }: PreparedRule,
  extra: { readonly history: readonly Measurement[]; readonly rows: readonly Row[] },
): JudgeContext<JsonObject> => ({ ...context, failIf: rule.failIf, warnIf: rule.warnIf, ...extra });
