import { compileRules } from '@aegis/rules';
import type { Rule } from '@aegis/spec';
import type { GeneratedRule, Limit, Predicate, Query, Table, World } from '../world.js';
import { identifier, predicateSql, querySql } from './sql.js';

/** How a rule names each table of a world. */
export interface TableNames {
  readonly target: string;
  readonly reference: string;
  readonly source: string;
}

/** The tables of a database. */
export const namesInDatabase = ({ target, reference, source }: World): TableNames => ({
  target: identifier(target.name),
  reference: identifier(reference.name),
  source: identifier(source.name),
});

/** The rules as Aegis loads them. Their ids say their place and type. */
export const compiled = (rules: readonly GeneratedRule[], world: World, names: TableNames): readonly Rule[] =>
  compileRules(rules.map((rule, index) => documentOf(rule, `${index}_${rule.type}`, world, names))).rules;

const documentOf = (rule: GeneratedRule, id: string, world: World, names: TableNames) => {
  const { type, where, nulls, fail_if, warn_if } = rule;
  return {
    metadata: { id },
    scope: {
      table: names.target,
      timezone: world.timezone,
      ...(where && { where: predicateSql(where, world.target.columns) }),
    },
    logic: {
      type,
      ...writtenParams(rule, world),
      ...(type === 'foreign_key' && { reference_table: names.reference }),
      ...(type.startsWith('reconcile_') && { source_table: names.source }),
      ...(nulls && { nulls }),
      ...(fail_if && { fail_if: limitText(fail_if) }),
      ...(warn_if && { warn_if: limitText(warn_if) }),
    },
  };
};

const limitText = ({ of, operator, value }: Limit): string => `${of} ${operator} ${value}`;

/** Conditions and queries become SQL; everything else is written as it is. */
const writtenParams = ({ params }: GeneratedRule, { target, source }: World): { readonly [name: string]: unknown } => {
  const sql = (value: unknown, { columns }: Table) => predicateSql(value as Predicate, columns);
  const writers: { readonly [name: string]: (value: unknown) => object } = {
    expression: (value) => ({ expression: sql(value, target) }),
    condition: (value) => ({ condition: sql(value, target) }),
    source_where: (value) => ({ source_where: sql(value, source) }),
    query: (value) => ({
      query: querySql(value as Query, target.columns),
      ...((value as Query).kind === 'is_count' && { expect: true }),
    }),
  };
  const written = Object.entries(params).map(([name, value]) => writers[name]?.(value) ?? { [name]: value });
  return Object.assign({}, ...written);
};
