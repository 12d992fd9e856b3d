import fc from 'fast-check';
import { type Family, families } from '../oracle/relation.js';
import type { Column, ColumnKind, Table } from '../world.js';
import { columnTypes } from './column-types.js';

/** The name of a column that a rule of this family can use; now and then of another, or of none. */
export const columnFor = (table: Table, family: Family): fc.Arbitrary<string> => {
  const accepted: readonly ColumnKind[] = families[family];
  const fitting = table.columns.filter(({ kind }) => accepted.includes(kind));
  const preferred = fitting.length > 0 ? fitting : table.columns;
  return fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...preferred).chain(spelled) },
    { weight: 2, arbitrary: fc.constantFrom(...table.columns).chain(spelled) },
    { weight: 1, arbitrary: fc.constant('no such column') },
  );
};

/** One to three names of different columns. */
export const columnsFor = (table: Table, family: Family): fc.Arbitrary<readonly string[]> =>
  fc.uniqueArray(columnFor(table, family), {
    minLength: 1,
    maxLength: 3,
    selector: (name) => name.toLowerCase(),
  });

/** Mostly as the table has it; the case of ASCII letters does not matter. */
const spelled = ({ name }: Column): fc.Arbitrary<string> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(name) }, { weight: 1, arbitrary: fc.constant(asciiUpper(name)) });

const asciiUpper = (name: string): string => name.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());

/** Texts that no type but text can be compared with. */
const strangers = ['abc', '2026-13-01', '12:61', 'true-ish'];
const days = ['2026-01-15', '2026-01-16', '2024-02-29', '0001-01-01', '9999-12-31'];

/** A value that a rule gives for a column: one that occurs, one that is near, or one that does not fit. */
export const valueFor = (table: Table, name: string): fc.Arbitrary<string> => {
  const column = table.columns.find((each) => each.name.toLowerCase() === name.toLowerCase());
  const known = column ? writable(column, table) : [];
  const fitting = known.length > 0 ? known : ['0'];
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...fitting) },
    { weight: 1, arbitrary: fc.constantFrom(...strangers) },
  );
};

const writable = (column: Column, { columns, rows }: Table): readonly string[] => {
  const index = columns.indexOf(column);
  const occurring = rows.flatMap((row) => row[index] ?? []);
  const possible = columnTypes.filter(({ sqlType }) => sqlType === column.sqlType).flatMap(({ cells }) => cells);
  return [...occurring, ...possible, ...near(column.kind)].filter((text) => canBeWritten(text, column.kind));
};

const near = (kind: ColumnKind): readonly string[] => {
  switch (kind) {
    case 'integer':
    case 'decimal':
      return ['0.5', '1.00', '1e1', '-0', '12345678901234567890123456789012345678901234567890', '0.00000000001'];
    case 'float':
      return ['0.1', '1e400', '-0', '0.5'];
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return [...days, '2026-01-15T12:00:00Z', '2026-01-15 12:00'];
    case 'boolean':
      return ['TRUE'];
    case 'time':
      return ['12:00'];
    case 'uuid':
      return ['7FFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'];
    default:
      return ['c', ''];
  }
};

/** A rules file writes dates of the years 1 to 9999 (zones may shift none beyond), and blobs and arrays not at all. */
const canBeWritten = (text: string, kind: ColumnKind): boolean => {
  if (kind === 'timestamptz') return /^[12]\d{3}-[^(]*$/.test(text);
  if (kind === 'date' || kind === 'timestamp') return /^\d{4}-[^(]*$/.test(text);
  return kind !== 'bytes' && kind !== 'array' && !text.includes('\0');
};

/** Numbers for limits on figures: such that occur, their sum, and their neighbours. */
export const figureFor = (table: Table, name: string): fc.Arbitrary<string> => {
  const index = table.columns.findIndex((each) => each.name.toLowerCase() === name.toLowerCase());
  const numbers = table.rows.flatMap((row) => row[index] ?? []).filter((text) => /^-?\d+(\.\d+)?$/.test(text));
  return fc.constantFrom('0', '1', '-1', '0.5', '1000000', '1e30', ...numbers, decimalSum(numbers));
};

const scale = 10;

const decimalSum = (numbers: readonly string[]): string => {
  const total = numbers.reduce((sum, text) => sum + scaled(text), 0n);
  const digits = String(total < 0n ? -total : total).padStart(scale + 1, '0');
  return `${total < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};

const scaled = (text: string): bigint => {
  const [integer = '', fraction = ''] = text.split('.');
  return BigInt(integer + fraction.padEnd(scale, '0').slice(0, scale));
};
