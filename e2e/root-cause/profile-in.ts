import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnKind, Dialect, LiteralType, TableName, Warehouse } from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import { duckdb } from '@aegis/warehouse-duckdb';
import { expect, onTestFinished } from 'vitest';
import type { Group, Profile } from '../../packages/core/src/rca/baseline/profile.js';
import { profileQuery, type SplitProfile } from '../../packages/core/src/rca/baseline/profile-query.js';
import { seedDatabase } from '../cli/project.js';

const now = '2026-01-15T12:00:00Z';

/** What a run would find of a table, asked and read as a run does. */
export const profileIn = async (warehouse: Warehouse, name: string, before?: Profile): Promise<SplitProfile> => {
  const table: TableName = { kind: 'named', parts: [name] };
  const description = await warehouse.describe?.(table);
  if (!description) throw new Error(`there is no table ${name}`);
  const query = profileQuery({ description, dialect: warehouse.dialect, now, before, mayKeep: () => true });
  if (!query) throw new Error(`nothing of ${name} can be profiled`);
  return query.read(await warehouse.executeSample(query.sql, query.limit));
};

/** The same in an order of its own, without the counts that are about right and the engine's names of types. */
export const comparable = ({ kept, fresh, profile }: Omit<SplitProfile, 'firstDay'>) => ({
  profile: { ...profile, columns: profile.columns?.map(([name]) => name) },
  ...{ kept: kept.map(withoutCounts).sort(byName), fresh: fresh.map(withoutCounts).sort(byName) },
});

/** Engines differ in which of a table's decimals may be NaN: what is not NULL is counted for all. */
const withoutCounts = ({ distinct, sums, ...group }: Group) => ({
  ...group,
  sums: sums.map(({ count, sum, squares, known = count }) => [count, rounded(sum), rounded(squares), known]),
});

/** Engines add up in an order of their own. */
const rounded = (figure: number): number => Number(figure.toPrecision(12));

const nameOf = ({ dimension, value }: Pick<Group, 'dimension' | 'value'>): string => JSON.stringify([dimension, value]);
const byName = (left: Pick<Group, 'dimension' | 'value'>, right: Pick<Group, 'dimension' | 'value'>): number =>
  nameOf(left) < nameOf(right) ? -1 : 1;

type Kind = Extract<ColumnKind, LiteralType>;

export interface ProfiledTable {
  readonly name: string;
  readonly columns: { readonly [name: string]: Kind };
  /** Values in the portable form of literals. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Most that engines hold of each type, and what they hold differently. */
export const profiledTables = (hostileName: string): readonly ProfiledTable[] => [
  {
    name: 'numbers',
    columns: { id: 'integer', amount: 'decimal', price: 'float' },
    rows: [
      ['9223372036854775807', '9999999999999999.99', '1.5'],
      ['-9223372036854775808', '-9999999999999999.99', 'NaN'],
      ['0', '0.01', 'Infinity'],
      ['7', null, '-Infinity'],
      [null, '2.50', '1e200'],
      ['3', '2.50', '-1e-200'],
      ['3', '2.50', null],
    ],
  },
  {
    name: 'texts',
    columns: { [hostileName]: 'text', is_new: 'boolean', status: 'text' },
    rows: [
      [`it's "quoted"`, 'true', 'a'],
      ['back\\slash; DROP TABLE texts; --', 'false', 'A'],
      ['漢字 ü 😀', null, ''],
      ['漢字 ü 😀', 'true', null],
    ],
  },
  { name: 'nothing', columns: { id: 'integer', status: 'text', day: 'date' }, rows: [] },
  {
    name: 'unknown',
    columns: { id: 'integer', price: 'float', status: 'text', is_new: 'boolean', day: 'date' },
    rows: Array.from({ length: 3 }, () => [null, null, null, null, null]),
  },
  {
    name: 'days',
    columns: { day: 'date', market: 'text' },
    rows: ['2026-01-10', '2026-01-11', '2026-01-12', '0001-01-01', '9999-12-31', null].map((day) => [day, 'DE']),
  },
  {
    name: 'times',
    columns: { at: 'timestamp' },
    rows: [
      ['2026-01-10 23:59:59.999999'],
      ['2026-01-11 00:00:00'],
      ['2026-01-12 13:30:00.5'],
      ['0001-01-01 00:00:00'],
      ['9999-12-31 23:59:59'],
      [null],
    ],
  },
  {
    name: 'moments',
    columns: { seen: 'timestamptz' },
    rows: [['2026-01-10 23:30:00Z'], ['2026-01-11 00:00:00Z'], ['2026-01-12 04:15:00.123456Z'], [null]],
  },
];

/** An engine's names of types. */
type TypeNames = { readonly [kind in Kind]?: string };

export const statementsFor = (
  { name, columns, rows }: ProfiledTable,
  types: TypeNames,
  dialect: Dialect,
  storage = '',
): readonly string[] => {
  const kinds = Object.values(columns);
  const list = Object.entries(columns).map(([column, kind]) => `${dialect.quoteIdentifier(column)} ${types[kind]}`);
  const values = rows.map((row) => row.map((value, index) => literalOf(value, kinds[index], dialect)).join(', '));
  return [
    `CREATE TABLE ${name} (${list.join(', ')})${storage}`,
    ...(rows.length === 0 ? [] : [`INSERT INTO ${name} VALUES ${values.map((row) => `(${row})`).join(', ')}`]),
  ];
};

const literalOf = (value: string | null, type: Kind | undefined, dialect: Dialect): string =>
  value === null || type === undefined ? 'NULL' : dialect.expression({ kind: 'literal', type, value });

const duckdbTypes: TypeNames = {
  ...{ integer: 'BIGINT', decimal: 'DECIMAL(18, 2)', float: 'DOUBLE', text: 'VARCHAR', boolean: 'BOOLEAN' },
  ...{ date: 'DATE', timestamp: 'TIMESTAMP', timestamptz: 'TIMESTAMPTZ' },
};

/** A DuckDB file in which these statements ran. */
export const inDuckdb = async (...statements: readonly string[]): Promise<Warehouse> => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-profile-'));
  const path = join(folder, 'shop.duckdb');
  await seedDatabase(path, ...statements);
  const warehouse = duckdb({ path });
  onTestFinished(async () => {
    await warehouse.close?.();
    await rm(folder, { recursive: true, force: true });
  });
  return warehouse;
};

/** The warehouse holds the table; so does a DuckDB, which is asked the same. */
export const expectSameProfile = async (table: ProfiledTable, warehouse: Warehouse): Promise<void> => {
  const duck = await inDuckdb(...statementsFor(table, duckdbTypes, duckdbDialect));
  const found = await profileIn(warehouse, table.name);
  expect(comparable(found)).toEqual(comparable(await profileIn(duck, table.name)));
  const before = { ...found.profile, groups: found.kept };
  expect(comparable(await profileIn(warehouse, table.name, before))).toEqual(
    comparable(await profileIn(duck, table.name, before)),
  );
};
