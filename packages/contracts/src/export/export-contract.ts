import { compileRules, displayTableName } from '@aegis/rules';
import type { Rule, TableDescription, TableName } from '@aegis/spec';
import { stringify } from 'yaml';
import { importChecks } from '../import/import-checks.js';
import { type ExportedTable, isSaidInWords, objectNames, objectOf } from './contract-value.js';

/** A table that a warehouse described. */
export interface DescribedTable {
  /** As rules write it. */
  readonly table: TableName;
  readonly description: TableDescription;
}

export interface ExportRequest {
  /** Tells contracts apart, e.g. a UUID. */
  readonly id: string;
  readonly name?: string | undefined;
  /** Default `1.0.0`. */
  readonly version?: string | undefined;
  /** Default `draft`: an agreement is for people to make. */
  readonly status?: string | undefined;
  /** Tables whose columns and types are to be promised, too. */
  readonly tables?: readonly DescribedTable[] | undefined;
  /** How the contract writes a table. Default: as the rules do. */
  readonly tableName?: ((table: TableName) => string) | undefined;
}

export interface ExportedContract {
  /** YAML that is valid by the schema of ODCS 3.1. */
  readonly text: string;
  /** Rules that the standard has words for. */
  readonly inWords: readonly string[];
  /** Rules that are written as they are, for the engine `aegis`. */
  readonly verbatim: readonly string[];
}

/**
 * Rules as a contract of ODCS 3.1. What the standard has words for is said in them, unless the rule would come back
 * another one: importing the contract gives the same rules.
 */
export const exportContract = (rules: readonly Rule[], request: ExportRequest): ExportedContract => {
  const tables = tablesOf(rules, request);
  const tried = textOf(tables, request, new Set());
  const changed = changedRules(rules, tried);
  const isVerbatim = (rule: Rule): boolean => changed.has(rule.id) || !isSaidInWords(rule, tables);
  return {
    text: changed.size === 0 ? tried : textOf(tables, request, changed),
    inWords: rules.filter((rule) => !isVerbatim(rule)).map(({ id }) => id),
    verbatim: rules.filter(isVerbatim).map(({ id }) => id),
  };
};

const tablesOf = (rules: readonly Rule[], request: ExportRequest): readonly ExportedTable[] => {
  const { tables: described = [], tableName = displayTableName } = request;
  const byName = new Map<string, TableName>();
  for (const { table } of [...rules.map(({ scope }) => scope), ...described])
    byName.set(displayTableName(table), table);
  const names = objectNames([...byName.values()]);
  return [...byName].map(([key, table], index) => ({
    name: names[index] ?? key,
    physicalName: tableName(table),
    rules: rules.filter(({ scope }) => displayTableName(scope.table) === key),
    description: described.find((each) => displayTableName(each.table) === key)?.description,
  }));
};

const header = ' Made by aegis contract export. `aegis contract import` gives the same rules back.';

const textOf = (
  tables: readonly ExportedTable[],
  { id, name, version = '1.0.0', status = 'draft' }: ExportRequest,
  verbatim: ReadonlySet<string>,
): string => {
  const contract = {
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id,
    ...(name !== undefined && { name }),
    version,
    status,
    schema: tables.map((table) => objectOf(table, tables, (rule) => verbatim.has(rule.id))),
  };
  return `#${header}\n${stringify(contract, { lineWidth: 0, aliasDuplicateObjects: false })}`;
};

/** Rules that would come back as others. */
const changedRules = (rules: readonly Rule[], text: string): ReadonlySet<string> => {
  const documents = importChecks(text, 'contract').rules.map(({ document }) => document);
  const back = new Map(compileRules(documents).rules.map((rule) => [rule.id, rule]));
  return new Set(rules.filter((rule) => comparable(rule) !== comparable(back.get(rule.id))).map(({ id }) => id));
};

/** Everything but where the rule was written, and how its table is called. */
const comparable = (rule: Rule | undefined): string => {
  if (rule === undefined) return '';
  const { location: _location, baseDirectory: _folder, definitionHash: _hash, scope, ...rest } = rule;
  const { table: _table, ...place } = scope;
  return JSON.stringify(sorted({ ...rest, ...place }));
};

const sorted = (values: object): object =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
