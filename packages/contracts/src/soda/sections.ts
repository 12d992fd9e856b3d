import { isMapping } from '../source/values.js';
import { type Header, readHeader } from './header.js';
import { type Fill, fillOf } from './variables.js';

/** Checks of one table under one condition. */
export interface CheckSection {
  /** Keys that lead to the list of checks. */
  readonly path: readonly (string | number)[];
  readonly table: string;
  /** Rows that the checks are about; undefined for all. */
  readonly filter: string | undefined;
  readonly checks: readonly unknown[];
}

/** A section whose checks are about no table that the file names. */
export interface OpenSection {
  readonly path: readonly (string | number)[];
  readonly title: string;
  readonly reason: string;
  readonly checks: readonly unknown[];
}

/** What a file of checks says, section by section. */
export interface Sections {
  readonly checked: readonly CheckSection[];
  readonly open: readonly OpenSection[];
  /** What is configured for a column, by table and column. */
  readonly configured: ReadonlyMap<string, { readonly [key: string]: unknown }>;
  /** Fills in variables of the file. */
  readonly fill: Fill;
  /** Sections that check nothing. */
  readonly settings: readonly string[];
  /** Sections that are not understood. */
  readonly unknown: readonly string[];
}

interface Entry {
  readonly title: string;
  readonly header: Header;
  readonly content: unknown;
}

/** Splits a file into its sections. */
export const readSections = (file: { readonly [title: string]: unknown }): Sections => {
  const fill = fillOf(new Map(Object.entries(file).flatMap(variablesOf)));
  const entries = Object.entries(file).map(
    ([title, content]): Entry => ({ title, header: readHeader(fill(title)), content }),
  );
  const filters = filtersOf(entries);
  return {
    checked: entries.flatMap((entry) => checksOf(entry, filters)),
    open: entries.flatMap((entry) => openOf(entry, filters)),
    configured: new Map(entries.flatMap(configurationsOf)),
    fill,
    settings: titles(entries, (entry) => entry.header.kind === 'setting'),
    unknown: titles(entries, isUnknown),
  };
};

const titles = (entries: readonly Entry[], isWanted: (entry: Entry) => boolean): readonly string[] =>
  entries.filter(isWanted).map(({ title }) => title);

const isUnknown = ({ header, content }: Entry): boolean =>
  header.kind === 'unknown' || (header.kind === 'checks' && !Array.isArray(content));

const filterKey = (table: string, partition: string | undefined): string => JSON.stringify([table, partition]);

/** Conditions of named filters, by table and name. */
const filtersOf = (entries: readonly Entry[]): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap(({ header, content }) => {
      const where = isMapping(content) ? content.where : undefined;
      return header.kind === 'filter' && typeof where === 'string'
        ? [[filterKey(header.table, header.partition), where.trim()] as const]
        : [];
    }),
  );

const checksOf = ({ title, header, content }: Entry, filters: ReadonlyMap<string, string>): readonly CheckSection[] => {
  if (header.kind === 'each dataset') return eachTable(title, content);
  if (header.kind !== 'checks' || !Array.isArray(content)) return [];
  const filter = filters.get(filterKey(header.table, header.partition));
  if (header.partition !== undefined && filter === undefined) return [];
  return [{ path: [title], table: header.table, filter, checks: content }];
};

/** `for each dataset`: the tables that are named, without a pattern. */
const eachTable = (title: string, content: unknown): readonly CheckSection[] => {
  const { tables, hasPattern } = datasetsOf(content);
  const checks = isMapping(content) && Array.isArray(content.checks) ? content.checks : [];
  return hasPattern ? [] : tables.map((table) => ({ path: [title, 'checks'], table, filter: undefined, checks }));
};

const datasetsOf = (content: unknown) => {
  const listed = isMapping(content) ? (content.datasets ?? content.tables) : undefined;
  const names = Array.isArray(listed) ? listed.filter((name) => typeof name === 'string') : [];
  const tables = [...new Set(names.map((name) => name.replace(/^include /, '').trim()))];
  return { tables, hasPattern: tables.length === 0 || tables.some((name) => /[%*]|^exclude /.test(name)) };
};

const openOf = ({ title, header, content }: Entry, filters: ReadonlyMap<string, string>): readonly OpenSection[] => {
  const checks = Array.isArray(content)
    ? content
    : isMapping(content) && Array.isArray(content.checks)
      ? content.checks
      : [];
  const section = (path: OpenSection['path'], reason: string) => [{ path, title, reason, checks }];
  if (
    header.kind === 'checks' &&
    header.partition !== undefined &&
    !filters.has(filterKey(header.table, header.partition))
  )
    return section([title], `the filter ${header.partition} is not in the file`);
  if (header.kind === 'source checks') return section([title], 'it is about no table that the file names');
  if (header.kind === 'each column')
    return section([title, 'checks'], 'which columns it is about, only the database tells');
  if (header.kind === 'each dataset' && datasetsOf(content).hasPattern)
    return section([title, 'checks'], 'which tables it is about, only the database tells');
  return [];
};

/** `missing values for email: [N/A]` below `configurations for orders`. */
const configurationsOf = ({
  header,
  content,
}: Entry): readonly (readonly [string, { readonly [key: string]: unknown }])[] => {
  if (header.kind !== 'configurations' || !isMapping(content)) return [];
  const { table } = header;
  const columns = new Map<string, { [key: string]: unknown }>();
  for (const [text, value] of Object.entries(content)) {
    const [key = '', column = ''] = text.split(' for ').map((part) => part.trim());
    columns.set(column, { ...columns.get(column), [key]: value });
  }
  return [...columns].map(([column, config]) => [columnKey(table, column), config]);
};

export const columnKey = (table: string, column: string): string => JSON.stringify([table, column]);

const variablesOf = ([title, content]: readonly [string, unknown]): readonly (readonly [string, string])[] =>
  readHeader(title).kind === 'variables' && isMapping(content)
    ? Object.entries(content).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
      )
    : [];
