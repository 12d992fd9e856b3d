import { formatTableName, parseTableName } from '@aegis/rules';
import { ConfigError, type Dialect } from '@aegis/spec';
import { builtInDialects, duckdbDialect } from '@aegis/sql';
import type { SourceDocument } from '../source/source-document.js';
import { filledText, ownValue } from '../source/values.js';
import type { Contract, ContractObject, ContractServer } from './contract-schema.js';

/** The warehouse types of servers that Aegis reaches. */
const warehouseTypes: { readonly [server: string]: keyof typeof builtInDialects } = {
  athena: 'athena',
  bigquery: 'bigquery',
  cloudsql: 'postgres',
  databricks: 'databricks',
  duckdb: 'duckdb',
  local: 'duckdb',
  postgres: 'postgres',
  postgresql: 'postgres',
  presto: 'trino',
  trino: 'trino',
};

/** The SQL of a kind of warehouse; `undefined` where it is none that Aegis knows. */
export const dialectOfType = (type: string): Dialect | undefined => {
  const known = ownValue(warehouseTypes, type.toLowerCase());
  return known && builtInDialects[known];
};

/** The SQL of a contract's servers, where they agree; else that of DuckDB. */
export const dialectOf = ({ servers }: Contract): Dialect => {
  const types = new Set(servers.map(({ type = '' }) => ownValue(warehouseTypes, type.toLowerCase())));
  const [only] = types;
  return types.size === 1 && only !== undefined ? builtInDialects[only] : duckdbDialect;
};

/** The server that was asked for. @throws ConfigError `usage` */
export const serverNamed = (
  { servers }: Contract,
  name: string | undefined,
  document: SourceDocument,
): ContractServer | undefined => {
  if (name === undefined) return undefined;
  const found = servers.find(({ server }) => server === name);
  if (found) return found;
  throw new ConfigError('usage', `${document.file} has no server called "${name}"`, {
    hint: servers.length === 0 ? 'It has none at all.' : `It has ${servers.map(({ server }) => server).join(', ')}.`,
  });
};

/** The table of an object as rules name it, in the schema or the files of a server where one is named. */
export const tableOf = (
  object: ContractObject,
  server: ContractServer | undefined,
  rebase: (path: string) => string,
): string => {
  const written = object.physicalName ?? object.name;
  const placed = server === undefined ? written : inServer(written, server);
  const table = parseTableName(placed);
  return table.kind === 'file' ? rebase(placed) : placed;
};

const inServer = (name: string, server: ContractServer): string => {
  const path = filledText(server.path) ?? filledText(server.location);
  if (path !== undefined) return path.replaceAll(/\{(model|object|table)\}/g, name);
  const table = parseTableName(name);
  if (table.kind !== 'named' || table.parts.length > 1) return name;
  return formatTableName({ kind: 'named', parts: [...containersOf(server), ...table.parts] });
};

/** Catalog and schema, by the names that each kind of server has for them. */
const containersOf = ({ type, project, dataset, catalog, database, schema }: ContractServer): readonly string[] => {
  const outer = type === 'bigquery' ? project : catalog;
  const inner = [dataset, schema, type === 'athena' || type === 'glue' ? database : undefined].map(filledText);
  return [filledText(outer), inner.find((each) => each !== undefined)].filter((each) => each !== undefined);
};

/** How to reach each server, for the summary; never a secret, for contracts hold none. */
export const serverNotes = ({ servers }: Contract, chosen: ContractServer | undefined): readonly string[] =>
  (chosen ? [chosen] : servers).map((server) => {
    const type = ownValue(warehouseTypes, server.type?.toLowerCase() ?? '');
    const name = `Server ${server.server ?? '(without a name)'}`;
    if (type === undefined) return `${name} is of type ${server.type ?? 'unknown'}, for which there is no warehouse.`;
    const database = filledText(server.database);
    if (server.type === 'duckdb' && database !== undefined) return `${name} is a DuckDB file: --db ${database}.`;
    return `${name} is a warehouse of type ${type}: ${settingsOf(server)}.`;
  });

const settings = ['host', 'port', 'database', 'project', 'catalog', 'dataset', 'schema', 'path', 'location'] as const;

const settingsOf = (server: ContractServer): string => {
  const said = settings.flatMap((key) => {
    const value = server[key];
    return typeof value === 'string' || typeof value === 'number' ? [`${key} ${value}`] : [];
  });
  return said.length === 0 ? 'it says nothing more' : said.join(', ');
};
