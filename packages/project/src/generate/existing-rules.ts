import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { builtinTypes, formatTableName, type Problem, parseTableName } from '@aegis/rules';
import { readRuleFiles } from '@aegis/rules/node';
import { isAegisError, type Rule, type TableName } from '@aegis/spec';
import type { WarehouseNames } from '../warehouses/warehouse-names.js';

/** The rules that are there already. */
export interface ExistingRules {
  /** Those on the table. */
  readonly rules: readonly Rule[];
  /** Of all rules that were read: an id may be used once. */
  readonly ids: readonly string[];
  readonly notes: readonly string[];
}

export interface ExistingRulesOptions {
  /** Files and folders; without any, the folder `rules` of the project, if there is one. */
  readonly paths: readonly string[] | undefined;
  readonly projectFolder: string;
  readonly cwd: string;
  /** A file that will be replaced: its rules go. */
  readonly replaced: string | undefined;
}

/** @throws RuleError `not-found` for a path that was named and holds no rules file */
export const readExistingRules = async (
  table: TableName,
  names: WarehouseNames,
  options: ExistingRulesOptions,
): Promise<ExistingRules> => {
  const { rules, problems } = await readAll(options);
  const kept = rules.filter(({ location }) => !location || resolve(options.cwd, location.file) !== options.replaced);
  const ours = kept.filter(({ scope }) => isSameTable(scope.table, table) && runsIn(scope.warehouse, names));
  return { rules: ours, ids: kept.map(({ id }) => id), notes: await notesOf(problems, options.cwd) };
};

const readAll = async ({ paths, projectFolder, cwd }: ExistingRulesOptions) => {
  if (paths !== undefined) return readRuleFiles(paths, { workingDirectory: cwd });
  try {
    return await readRuleFiles([join(projectFolder, 'rules')], { workingDirectory: cwd });
  } catch (error) {
    if (isAegisError(error) && error.code === 'rule/not-found') return { rules: [], problems: [] };
    throw error;
  }
};

/** An empty file may be the one that the shell made for what this prints. */
const notesOf = async (problems: readonly Problem[], cwd: string): Promise<readonly string[]> => {
  const files = new Set(problems.flatMap(({ location, file }) => location?.file ?? file ?? []));
  const broken: string[] = [];
  for (const file of files) if ((await stat(resolve(cwd, file)).catch(() => undefined))?.size !== 0) broken.push(file);
  return broken.map(
    (file) => `Rules in ${file} with mistakes are not compared with; aegis validate ${file} shows them.`,
  );
};

/** Either name may leave out catalog and schema. */
const isSameTable = (left: TableName, right: TableName): boolean => {
  if (left.kind === 'file' || right.kind === 'file') return formatTableName(left) === formatTableName(right);
  const length = Math.min(left.parts.length, right.parts.length);
  return ending(left.parts, length) === ending(right.parts, length);
};

const ending = (parts: readonly string[], length: number): string => JSON.stringify(parts.slice(-length)).toLowerCase();

const runsIn = (warehouse: string | undefined, names: WarehouseNames): boolean => {
  try {
    return warehouse === undefined || names.find(warehouse).name === names.defaultName;
  } catch (error) {
    if (isAegisError(error)) return false;
    throw error;
  }
};

/** The same type on the same columns with the same parameters: such a rule says nothing new. */
export const identityOf = ({ type, params, scope, baseDirectory }: Rule): string => {
  const tables = Object.values(builtinTypes.find(type)?.requires(params).tables ?? {});
  const resolved = Object.entries(params).map(([key, value]) => [
    key,
    typeof value === 'string' && tables.includes(value) ? resolvedName(value, baseDirectory) : value,
  ]);
  return JSON.stringify([type, scope.where ?? null, resolved.sort()]);
};

const resolvedName = (name: string, baseDirectory: string | undefined): string => {
  const table = parseTableName(name, { baseDirectory });
  return table.kind === 'invalid' ? name : formatTableName(table);
};

/** The columns of its own table that a rule reads. */
export const columnsOf = ({ type, params }: Rule): readonly string[] =>
  (builtinTypes.find(type)?.requires(params).columns ?? []).flatMap(({ name, relation = 'target' }) =>
    relation === 'target' ? [name] : [],
  );

/** Whether one of the rules is of this type on these columns, or on more where columns are all that it names. */
export const covers = (rules: readonly Rule[], type: string, columns: readonly string[]): boolean =>
  rules.some(
    (rule) =>
      rule.type === type && hasAll(rule, columns) && (isOnlyColumns(rule) || columnsOf(rule).length === columns.length),
  );

const hasAll = (rule: Rule, columns: readonly string[]): boolean => {
  const named = new Set(columnsOf(rule).map((name) => name.toLowerCase()));
  return columns.every((column) => named.has(column.toLowerCase()));
};

const isOnlyColumns = ({ params }: Rule): boolean => Object.keys(params).join() === 'columns';
