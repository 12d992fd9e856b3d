import type { Column } from '../world.js';

/** A type of column with texts of the values at its edges, and of some that are easily taken for another. */
export interface ColumnType extends Omit<Column, 'name'> {
  readonly cells: readonly string[];
  /** Whether a Parquet file keeps the type. */
  readonly inParquet: boolean;
}

const inParquet = true;
const moments = [
  '2026-01-15 12:00:00',
  '2026-01-15 12:00:00.000001',
  '2026-01-15 11:59:59.5',
  '2026-01-15 00:00:00',
  '2026-01-14 23:59:59.999999',
  '2024-02-29 00:00:00',
  '1969-12-31 23:59:59.999999',
  '0001-01-01 00:00:00',
  '9999-12-31 23:59:59.999999',
  'infinity',
  '-infinity',
];
/** The last moment that the type holds. */
const lastTimestamp = '294247-01-10 04:00:54.775806';

export const columnTypes: readonly ColumnType[] = [
  { kind: 'integer', sqlType: 'TINYINT', cells: ['0', '1', '2', '100', '127', '-128'], inParquet },
  {
    kind: 'integer',
    sqlType: 'INTEGER',
    cells: ['0', '1', '2', '3', '-1', '10', '2147483647', '-2147483648'],
    inParquet,
  },
  {
    kind: 'integer',
    sqlType: 'BIGINT',
    cells: ['0', '1', '-1', '9007199254740992', '9007199254740993', '9223372036854775807', '-9223372036854775808'],
    inParquet,
  },
  { kind: 'integer', sqlType: 'UBIGINT', cells: ['0', '1', '2', '18446744073709551615'], inParquet },
  {
    kind: 'integer',
    sqlType: 'HUGEINT',
    cells: ['0', '1', '-1', '99999999999999999999999999999999999', '-99999999999999999999999999999999999'],
    inParquet: false,
  },
  {
    kind: 'decimal',
    sqlType: 'DECIMAL(38,10)',
    cells: [
      '0',
      '0.1',
      '0.1000000001',
      '0.2',
      '-0.3',
      '1',
      '9999999999999999999999999999.9999999999',
      '-1234567890123456789012345678.0000000001',
    ],
    inParquet,
  },
  {
    kind: 'decimal',
    sqlType: 'DECIMAL(38,0)',
    cells: ['0', '1', '2', '99999999999999999999999999999999999999', '-99999999999999999999999999999999999999'],
    inParquet,
  },
  { kind: 'decimal', sqlType: 'DECIMAL(9,2)', cells: ['0', '0.1', '0.01', '1', '-1.5', '9999999.99'], inParquet },
  { kind: 'decimal', sqlType: 'DECIMAL(4,4)', cells: ['0', '0.0001', '0.9999', '-0.9999'], inParquet },
  {
    kind: 'float',
    sqlType: 'DOUBLE',
    cells: [
      '0',
      '-0.0',
      '1',
      '1.5',
      '0.1',
      '-1',
      '9007199254740992',
      '1e16',
      '1e308',
      '-1e308',
      '5e-324',
      'NaN',
      'Infinity',
      '-Infinity',
    ],
    inParquet,
  },
  { kind: 'float', sqlType: 'DOUBLE', cells: ['0', '1', '1.5', '2', '2.5', '3', '100'], inParquet },
  {
    kind: 'float',
    sqlType: 'FLOAT',
    cells: ['0', '-0.0', '0.1', '1.5', '16777216', '16777217', '3.4e38', 'NaN', 'Infinity', '-Infinity'],
    inParquet,
  },
  {
    kind: 'text',
    sqlType: 'VARCHAR',
    cells: [
      '',
      ' ',
      '\u00a0',
      '\t\n',
      '\u2003',
      '\u200b',
      'a',
      'A',
      'b',
      'é',
      'e\u0301',
      'ß',
      'ﬀ',
      '٣',
      '3',
      '0',
      '😀',
      '😁',
      '\u{10ffff}',
      '\uffff',
    ],
    inParquet,
  },
  {
    kind: 'text',
    sqlType: 'VARCHAR',
    cells: ["it's", 'a"b', 'a\\b', '%', '_', 'NULL', '--', '/*', '{table}', 'ABC-1234', 'ABC-1234\n', 'x\r\ny', '日本'],
    inParquet,
  },
  { kind: 'boolean', sqlType: 'BOOLEAN', cells: ['true', 'false'], inParquet },
  {
    kind: 'date',
    sqlType: 'DATE',
    cells: [
      '2026-01-15',
      '2026-01-14',
      '2026-01-16',
      '1970-01-01',
      '2024-02-29',
      '0001-01-01',
      '9999-12-31',
      '290000-01-01',
      '0044-03-15 (BC)',
      'infinity',
      '-infinity',
    ],
    inParquet,
  },
  { kind: 'date', sqlType: 'DATE', cells: ['2026-01-15', '2026-01-14', '2026-01-16', '2024-02-29'], inParquet },
  { kind: 'timestamp', sqlType: 'TIMESTAMP', cells: [...moments, lastTimestamp], inParquet },
  { kind: 'timestamp', sqlType: 'TIMESTAMP', cells: moments.slice(0, 6), inParquet },
  { kind: 'timestamptz', sqlType: 'TIMESTAMPTZ', cells: moments, inParquet },
  { kind: 'timestamptz', sqlType: 'TIMESTAMPTZ', cells: moments.slice(0, 6), inParquet },
  { kind: 'time', sqlType: 'TIME', cells: ['00:00:00', '12:00:00', '23:59:59.999999'], inParquet },
  {
    kind: 'uuid',
    sqlType: 'UUID',
    cells: [
      '00000000-0000-0000-0000-000000000000',
      '7fffffff-ffff-ffff-ffff-ffffffffffff',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
    ],
    inParquet,
  },
  { kind: 'bytes', sqlType: 'BLOB', cells: ['', 'a', 'b', '\\x00', '\\xFF'], inParquet },
  { kind: 'array', sqlType: 'INTEGER[]', cells: ['[]', '[1]', '[1, 2]'], inParquet },
];
