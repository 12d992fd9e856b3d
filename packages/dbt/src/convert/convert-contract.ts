import { formatTableName } from '@aegis/rules';
import { plainColumn, refused, sound, uniqueKey } from '@aegis/rules/conversion';
import type { Constraint, ManifestNode } from '../manifest/node-schema.js';
import type { Manifest } from '../manifest/read-manifest.js';
import { relationParts, tableOf } from '../manifest/table-of.js';
import type { DbtDrafted } from './conversion.js';
import { ownerOf } from './owner-of.js';

/** What a contract promises: that its columns exist, and its constraints. */
export const convertContract = (model: ManifestNode, manifest: Manifest): readonly DbtDrafted[] => {
  const isEnforced = (model.config.contract ?? model.contract)?.enforced === true;
  const columns = Object.entries(model.columns);
  const checks = [
    ...(isEnforced ? columns.map(([key, { name = key }]) => columnExists(name)) : []),
    ...columns.flatMap(([key, { name = key, constraints }]) =>
      constraints.map((each) => constraintCheck(each, [name])),
    ),
    ...model.constraints.map((each) => constraintCheck(each, each?.columns ?? [])),
  ];
  return numbered(checks).map((check) => contractRule(model, manifest, check, isEnforced));
};

interface ContractCheck {
  /** `contract column`, or `constraint` and its type. */
  readonly check: string;
  /** Unique within the model. */
  readonly name: string;
  readonly logic: ContractLogic | string;
}

type ContractLogic = { readonly type: string; readonly [param: string]: unknown };

const columnExists = (name: string): ContractCheck => ({
  check: 'contract column',
  name: `column_${name}`,
  logic: { type: 'column_exists', column: plainColumn(name) ?? name },
});

const constraintCheck = (constraint: Constraint | undefined, columns: readonly string[]): ContractCheck => {
  const type = constraint?.type?.toLowerCase() ?? 'unknown';
  const label = constraint?.name ?? [type, ...columns].join('_');
  const names = columns.map((name) => plainColumn(name) ?? name);
  return {
    check: `constraint ${type}`,
    name: label,
    logic: constraint ? logicOf(type, constraint, names) : 'it cannot be read',
  };
};

/** Two constraints of one model may look alike. */
const numbered = (checks: readonly ContractCheck[]): readonly ContractCheck[] => {
  const seen = new Map<string, number>();
  return checks.map((check) => {
    const count = (seen.get(check.name) ?? 0) + 1;
    seen.set(check.name, count);
    return count === 1 ? check : { ...check, name: `${check.name}_${count}` };
  });
};

/** The rule of a constraint, or why there is none. */
const logicOf = (type: string, constraint: Constraint, columns: readonly string[]): ContractLogic | string => {
  const [column] = columns;
  if (type === 'check')
    return constraint.expression === undefined
      ? 'it has no expression'
      : { type: 'sql_expression', expression: constraint.expression };
  if (column === undefined) return 'it names no column';
  if (type === 'not_null') return { type: 'not_null', columns };
  if (type === 'unique') return uniqueKey(columns);
  if (type === 'primary_key') return { ...uniqueKey(columns), nulls: 'fail' };
  if (type === 'foreign_key') return foreignKey(constraint, columns);
  return `there is no rule for constraints of type ${type}`;
};

/** Since dbt 1.9 in two fields, before as SQL: `schema.table (id)`. */
const foreignKey = ({ to, to_columns: toColumns, expression = '' }: Constraint, columns: readonly string[]) => {
  const [, written, list = ''] = /^(?:references\s+)?([^()\s]+)\s*\(([^()]+)\)/i.exec(expression.trim()) ?? [];
  const parts = relationParts(to ?? written ?? '');
  const referenced = to === undefined ? list.split(',').map((name) => name.trim()) : toColumns;
  if (parts === undefined || referenced.length !== columns.length)
    return 'what it refers to is not said in a form known here';
  return {
    type: 'foreign_key',
    columns,
    reference_table: formatTableName({ kind: 'named', parts }),
    reference_columns: referenced.map((name) => plainColumn(name) ?? name),
  };
};

const contractRule = (
  model: ManifestNode,
  manifest: Manifest,
  { check, name, logic }: ContractCheck,
  isEnforced: boolean,
): DbtDrafted => {
  const named = { source: `${model.unique_id}:${name}`, check };
  const table = tableOf(model);
  if (!isEnforced) return refused(named, 'the contract is not enforced, so dbt ignores it');
  if (typeof logic === 'string') return refused(named, logic);
  if (model.config.materialized === 'ephemeral' || table === undefined)
    return refused(named, `${model.name} is no table`);
  return sound({
    kind: 'draft' as const,
    ...named,
    name: `contract_${model.name}${model.version === undefined ? '' : `_v${model.version}`}_${name}`,
    unit: logic.type === 'column_exists' ? ('table' as const) : ('rows' as const),
    severity: 'high' as const,
    owner: ownerOf([model, model], undefined, manifest),
    description: `The contract of ${model.name}: ${check} ${name}.`,
    tags: ['dbt', ...model.tags, ...model.config.tags],
    scope: { table },
    logic,
  });
};
