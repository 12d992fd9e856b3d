import { resolve } from 'node:path';
import { ConfigError, type Rule } from '@aegis/spec';
import type { Project } from '../config/project.js';

/** What the command line says about warehouses. */
export interface WarehouseFlags {
  /** A name in aegis.yaml, or an adapter's type: where rules run that name none. */
  readonly warehouse?: string | undefined;
  /** A DuckDB database file, relative to the working directory. */
  readonly db?: string | undefined;
  /** Options of the default warehouse; they win over aegis.yaml. */
  readonly connection?: { readonly [option: string]: string } | undefined;
}

/** One warehouse that a run can use: configured, or implied by naming its type. */
export interface WarehouseEntry {
  readonly name: string;
  readonly type: string;
  /** Options as written, references unresolved. */
  readonly options: { readonly [option: string]: unknown };
  readonly configured: boolean;
  /** Given on the command line: texts, to be read as the adapter's schema wants them. */
  readonly flags: { readonly [option: string]: string };
}

export interface WarehouseNames {
  readonly defaultName: string;
  /**
   * The entry that a rule means: by name, by type where one entry has it, or by the type alone.
   * @throws ConfigError `unknown-warehouse` where a type fits several entries
   */
  find(nameOrType: string): WarehouseEntry;
}

const duckdb = 'duckdb';

/** Brings aegis.yaml and the command line together. @throws ConfigError `usage`, `unknown-warehouse` */
export const warehouseNames = (project: Project, flags: WarehouseFlags, cwd: string): WarehouseNames => {
  const configured = configuredEntries(project);
  const defaultName = defaultEntry(configured, project, flags).name;
  const fromFlags = flagOptions(flags, cwd);
  return {
    defaultName,
    find: (nameOrType) => {
      const entry = findEntry(configured, nameOrType);
      return entry.name === defaultName ? { ...entry, flags: fromFlags } : entry;
    },
  };
};

/** The same rules with the warehouse that each of them runs in filled in. */
export const assignWarehouses = (rules: readonly Rule[], names: WarehouseNames): readonly Rule[] =>
  rules.map((rule) => {
    const { warehouse, sourceWarehouse } = rule.scope;
    return {
      ...rule,
      scope: {
        ...rule.scope,
        warehouse: names.find(warehouse ?? names.defaultName).name,
        ...(sourceWarehouse !== undefined && { sourceWarehouse: names.find(sourceWarehouse).name }),
      },
    };
  });

const configuredEntries = ({ config }: Project): readonly WarehouseEntry[] =>
  Object.entries(config.warehouses).map(([name, { type, ...options }]) => ({
    name,
    type,
    options,
    configured: true,
    flags: {},
  }));

const findEntry = (entries: readonly WarehouseEntry[], nameOrType: string): WarehouseEntry => {
  const named = entries.find(({ name }) => name === nameOrType);
  if (named) return named;
  const [first, ...others] = entries.filter(({ type }) => type === nameOrType);
  if (first === undefined) return { name: nameOrType, type: nameOrType, options: {}, configured: false, flags: {} };
  if (others.length === 0) return first;
  const names = [first, ...others].map(({ name }) => name).join(', ');
  throw new ConfigError('unknown-warehouse', `several warehouses have type "${nameOrType}": ${names}`, {
    hint: 'Name one of them.',
  });
};

const defaultEntry = (
  entries: readonly WarehouseEntry[],
  { config }: Project,
  { warehouse, db }: WarehouseFlags,
): WarehouseEntry => {
  const [only, ...others] = entries;
  const fallback = config.default_warehouse ?? (only && others.length === 0 ? only.name : duckdb);
  const chosen = findEntry(entries, warehouse ?? fallback);
  if (db === undefined || chosen.type === duckdb) return chosen;
  if (warehouse === undefined) return findEntry(entries, duckdb);
  throw new ConfigError('usage', `--db names a DuckDB file, but --warehouse ${warehouse} is of type ${chosen.type}`, {
    hint: 'Leave one of them out.',
  });
};

const flagOptions = ({ db, connection }: WarehouseFlags, cwd: string): { readonly [option: string]: string } => ({
  ...connection,
  ...(db !== undefined && { path: db === ':memory:' ? db : resolve(cwd, db) }),
});
