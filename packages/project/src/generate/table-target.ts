import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { formatTableName, parseTableName } from '@aegis/rules';
import { ConfigError, PlanError, type TableName, type Warehouse } from '@aegis/spec';
import { didYouMean } from '../suggest.js';
import { snakeCase } from './draft/column-names.js';

/** A table, as the warehouse is asked for it and as the rules file writes it. */
export interface KnownTable {
  /** What ids and sentences call it. */
  readonly name: string;
  readonly table: TableName;
  readonly written: string;
}

/**
 * The table that the command line names; a data file is relative to the working directory there, and to the rules file
 * in it.
 * @throws ConfigError `usage`, PlanError `missing-table`
 */
export const findTarget = async (text: string, cwd: string, rulesFolder: string): Promise<KnownTable> => {
  const table = parseTableName(text, { baseDirectory: cwd });
  if (table.kind === 'invalid') throw new ConfigError('usage', `TABLE ${table.message}`);
  if (table.kind === 'file') await checkFile(table.path, text);
  return {
    name: shortName(table),
    table,
    written: table.kind === 'file' ? writtenPath(table.path, text, rulesFolder) : text,
  };
};

/** Data files in the same folder; those may be what a column refers to. */
export const siblingFiles = async ({ table }: KnownTable, rulesFolder: string): Promise<readonly KnownTable[]> => {
  if (table.kind !== 'file' || isRemote(table.path)) return [];
  const folder = dirname(table.path);
  const names = await readdir(folder).catch(() => []);
  return names.sort().flatMap((name): readonly KnownTable[] => {
    const path = join(folder, name);
    const sibling = parseTableName(path);
    if (sibling.kind !== 'file' || path === table.path) return [];
    return [{ name: shortName(sibling), table: sibling, written: writtenPath(path, name, rulesFolder) }];
  });
};

/** The other tables of the warehouse, those of the same schema first. */
export const otherTables = async (
  { table, name }: KnownTable,
  warehouse: Warehouse,
): Promise<readonly KnownTable[]> => {
  if (table.kind !== 'named') return [];
  const listed = (await warehouse.listTables?.().catch(() => [])) ?? [];
  const others = listed.flatMap((other): readonly KnownTable[] =>
    other.kind === 'named' && shortName(other) !== name
      ? [{ name: shortName(other), table: other, written: formatTableName(other) }]
      : [],
  );
  return others.sort((left, right) => Number(isBeside(right.table, table)) - Number(isBeside(left.table, table)));
};

const isBeside = (left: TableName, right: TableName): boolean => schemaOf(left) === schemaOf(right);

const schemaOf = (table: TableName): string =>
  table.kind === 'file' ? '' : JSON.stringify(table.parts.slice(0, -1)).toLowerCase();

const isRemote = (path: string): boolean => /^[a-z][a-z\d+.-]+:\/\//i.test(path);

const checkFile = async (path: string, text: string): Promise<void> => {
  if (isRemote(path) || /[*?[]/.test(path)) return;
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return;
  if (found) throw new PlanError('missing-table', `${text} is no file`);
  const beside = await readdir(dirname(path)).catch(() => []);
  throw new PlanError('missing-table', `file ${text} does not exist`, {
    hint: didYouMean(basename(path), beside, 'Paths are relative to the working directory.'),
  });
};

const shortName = (table: TableName): string =>
  snakeCase(table.kind === 'file' ? basename(table.path).replace(/\..*$/, '') : (table.parts.at(-1) ?? '')) || 'table';

/** Absolute where the user wrote it so; else from the folder of the rules file. */
const writtenPath = (path: string, text: string, rulesFolder: string): string => {
  if (isAbsolute(text) || isRemote(path)) return path;
  return relative(rulesFolder, path).split(sep).join('/');
};
