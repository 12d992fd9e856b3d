import { stat } from 'node:fs/promises';
import { builtinTypes } from '@aegis/rules';
import { ConfigError, isAegisError, type JsonValue, type Rule, type Warehouse } from '@aegis/spec';
import { loadWarehouseAdapter } from '../adapters/warehouse-adapter.js';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { isConnectionName } from '../secrets/secret-names.js';
import { rememberSecret, resolveReferences, secretHint } from '../secrets/secret-references.js';
import { didYouMean } from '../suggest.js';
import { environmentSecrets, optionFacts, readOptionText } from './adapter-options.js';
import { checkReadable, dataFiles } from './data-files.js';
import type { WarehouseEntry, WarehouseNames } from './warehouse-names.js';

export interface OpenWarehouses {
  /** By configured name. */
  readonly byName: { readonly [name: string]: Warehouse };
  /** Closes all of them; what goes wrong while closing is dropped, because the results are already known. */
  close(): Promise<void>;
}

/** The warehouses that rules use, by configured name. */
export const warehousesOf = (rules: readonly Rule[], { defaultName }: WarehouseNames): readonly string[] => [
  ...new Set(rules.flatMap(({ scope }) => [scope.warehouse ?? defaultName, scope.sourceWarehouse ?? []].flat())),
];

/** Whose statements are to run. */
export interface Trust {
  /** Where a model writes some of them. */
  readonly isUntrusted: boolean;
}

/**
 * Makes warehouses by name; `rules` say which data files they may read. Secrets are resolved here and only for these;
 * nothing connects yet.
 * @throws ConfigError for adapters, options and secrets that are missing or wrong
 */
export const openWarehouses = async (
  used: readonly string[],
  rules: readonly Rule[],
  names: WarehouseNames,
  project: Project,
  effects: Effects,
  trust: Trust = { isUntrusted: false },
): Promise<OpenWarehouses> => {
  const byName: { [name: string]: Warehouse } = {};
  for (const name of used) byName[name] = await create(names.find(name), rules, project, effects, trust);
  return { byName, close: () => closeAll(Object.values(byName)) };
};

const create = async (
  named: WarehouseEntry,
  rules: readonly Rule[],
  project: Project,
  effects: Effects,
  trust: Trust,
): Promise<Warehouse> => {
  const entry = { ...named, flags: resolvedFlags(named, effects) };
  const location = entry.configured ? project.locate(['warehouses', entry.name]) : undefined;
  const folders = [project.directory, effects.cwd];
  const adapter = await loadWarehouseAdapter({ type: entry.type, folders, location }, effects).catch((error) =>
    Promise.reject(entry.configured ? error : unknownWarehouse(entry, project, error)),
  );
  const facts = optionFacts(adapter.optionsSchema);
  for (const secret of environmentSecrets(facts, effects.env)) effects.secrets.add(secret);
  const options = {
    ...configuredOptions(entry, facts, project, effects),
    ...flagOptions(entry, facts, effects),
  };
  await checkDatabaseFile(entry);
  const files = dataFiles(rules, entry.name, builtinTypes);
  await checkReadable(files, effects);
  try {
    return adapter.create(options, { baseDirectory: project.directory, env: effects.env, files, ...trust });
  } catch (error) {
    throw located(error, entry, location);
  }
};

/** A name that is neither configured nor an adapter was probably meant to be one that is configured. */
const unknownWarehouse = (entry: WarehouseEntry, { config }: Project, cause: unknown): unknown => {
  const names = Object.keys(config.warehouses);
  const hint = didYouMean(entry.name, names);
  if (hint === undefined) return cause;
  return new ConfigError('unknown-warehouse', `no warehouse is called "${entry.name}"`, { hint, cause });
};

type Options = { readonly [key: string]: JsonValue };

const configuredOptions = (
  { name, options }: WarehouseEntry,
  facts: ReturnType<typeof optionFacts>,
  project: Project,
  { secrets }: Effects,
): Options =>
  Object.fromEntries(
    Object.entries(options).map(([key, written]) => {
      const path = ['warehouses', name, key];
      const value = project.resolve(written, path);
      if (facts.get(key)?.secret && typeof value === 'string') {
        if (value === written && !isConnectionName(key)) throw writtenOut(path, project);
        secrets.add(value);
      }
      return [key, value];
    }),
  );

const writtenOut = (path: readonly string[], project: Project): ConfigError =>
  new ConfigError('invalid', `${path.join('.')} holds a secret in plain text`, {
    hint: secretHint,
    location: project.locate(path),
  });

/** References keep secrets off the command line, where other users of the machine could read them. */
const resolvedFlags = ({ flags }: WarehouseEntry, effects: Effects): WarehouseEntry['flags'] =>
  Object.fromEntries(
    Object.entries(flags).map(([key, text]) => [
      key,
      String(resolveReferences(text, { ...effects, directory: effects.cwd }, ['connection', key])),
    ]),
  );

const flagOptions = ({ flags }: WarehouseEntry, facts: ReturnType<typeof optionFacts>, { secrets }: Effects): Options =>
  Object.fromEntries(
    Object.entries(flags).map(([key, text]) => {
      const option = facts.get(key);
      rememberSecret(key, text, secrets);
      if (option?.secret) secrets.add(text);
      return [key, readOptionText(text, option)];
    }),
  );

const checkDatabaseFile = async ({ flags }: WarehouseEntry): Promise<void> => {
  const { path, access } = flags;
  if (path === undefined || path === ':memory:' || access === 'read_write') return;
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new ConfigError('not-found', `the database file ${path} does not exist`);
};

const located = (error: unknown, { configured, name }: WarehouseEntry, location: ConfigError['location']): unknown => {
  if (!isAegisError(error) || error.location !== undefined || !configured) return error;
  return new ConfigError('invalid', `warehouses.${name}: ${error.message}`, {
    hint: error.hint,
    location,
    cause: error,
  });
};

const closeAll = async (warehouses: readonly Warehouse[]): Promise<void> => {
  await Promise.allSettled(warehouses.map((warehouse) => warehouse.close?.()));
};
