import type { CanonicalForm } from '@aegis/spec';
import fc from 'fast-check';
import type { Cell, ColumnKind } from '../property/world.js';

/** A kind of column as both engines call it, with the texts of its values; more are drawn around them. */
export interface Pairing {
  readonly kind: ColumnKind;
  readonly form: CanonicalForm;
  readonly duckdb: readonly string[];
  readonly postgres: readonly string[];
  readonly cells: fc.Arbitrary<string>;
}

const oneOf = (...cells: readonly string[]) => fc.constantFrom(...cells);
const digits = (most: number) => fc.bigInt({ min: -(10n ** BigInt(most)) + 1n, max: 10n ** BigInt(most) - 1n });
const scaled = (value: bigint, scale: number): string => {
  const text = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
};
const moment = fc
  .tuple(
    fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }),
    fc.constantFrom('', '.5', '.000001', '.999999', '.120000'),
  )
  .map(([seconds, fraction]) => `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')}${fraction}`)
  .filter((text) => /^\d{4}-/.test(text));
const moments = fc.oneof(
  moment,
  oneOf('1969-12-31 23:59:59.999999', '0001-01-01 00:00:00', '9999-12-31 23:59:59.999999', 'infinity', '-infinity'),
);
const text = fc.oneof(
  oneOf(
    '',
    ' ',
    'a',
    'A',
    'é',
    'e\u0301',
    'ß',
    '😀',
    '\u{10ffff}',
    "it's",
    ',',
    '1,',
    '1:',
    'NULL',
    '-',
    '\\',
    'a\nb',
    'NaN',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }).filter((value) => !value.includes('\0') && value.isWellFormed()),
);

const pairings: readonly Pairing[] = [
  {
    kind: 'integer',
    form: { kind: 'number' },
    duckdb: ['INTEGER', 'BIGINT', 'HUGEINT'],
    postgres: ['integer', 'bigint'],
    cells: fc.oneof(fc.integer().map(String), oneOf('0', '-1', '2147483647', '-2147483648')),
  },
  {
    kind: 'decimal',
    form: { kind: 'number' },
    duckdb: ['DECIMAL(18,4)', 'DECIMAL(28,10)'],
    postgres: ['numeric', 'numeric(18,4)', 'numeric(28,10)'],
    cells: fc.oneof(
      digits(13).map((value) => scaled(value, 4)),
      oneOf('0', '0.1', '0.10', '-0.5', '100', '1e3'),
    ),
  },
  {
    kind: 'float',
    form: { kind: 'double' },
    duckdb: ['DOUBLE'],
    postgres: ['double precision'],
    cells: fc.oneof(
      fc.double({ noNaN: true }).map(String),
      oneOf('0', '-0.0', '0.1', '1e308', '5e-324', 'NaN', 'Infinity', '-Infinity', '9007199254740993'),
    ),
  },
  {
    kind: 'float',
    form: { kind: 'double' },
    duckdb: ['FLOAT'],
    postgres: ['real'],
    cells: fc.oneof(
      fc.float({ noNaN: true }).map((value) => String(value)),
      oneOf('0', '-0.0', '0.1', '16777217', '3.4e38', 'NaN', 'Infinity'),
    ),
  },
  { kind: 'text', form: { kind: 'text' }, duckdb: ['VARCHAR'], postgres: ['text', 'varchar(20)'], cells: text },
  {
    kind: 'boolean',
    form: { kind: 'boolean' },
    duckdb: ['BOOLEAN'],
    postgres: ['boolean'],
    cells: oneOf('true', 'false'),
  },
  {
    kind: 'date',
    form: { kind: 'instant' },
    duckdb: ['DATE'],
    postgres: ['date'],
    cells: moments.map((value) => value.slice(0, 10)).map((value) => (value.includes('infin') ? 'infinity' : value)),
  },
  { kind: 'timestamp', form: { kind: 'instant' }, duckdb: ['TIMESTAMP'], postgres: ['timestamp'], cells: moments },
  {
    kind: 'timestamptz',
    form: { kind: 'instant' },
    duckdb: ['TIMESTAMP WITH TIME ZONE'],
    postgres: ['timestamptz'],
    cells: moments,
  },
  {
    kind: 'time',
    form: { kind: 'time' },
    duckdb: ['TIME'],
    postgres: ['time'],
    cells: moments.map((value) => value.slice(11)).map((value) => value || '00:00:00'),
  },
  {
    kind: 'uuid',
    form: { kind: 'uuid' },
    duckdb: ['UUID', 'VARCHAR'],
    postgres: ['uuid'],
    cells: fc.uuid().map((value) => (value < '8' ? value : value.toUpperCase())),
  },
  { kind: 'bytes', form: { kind: 'bytes' }, duckdb: ['BLOB'], postgres: ['bytea'], cells: oneOf('', 'a', 'b', 'abc') },
];

export interface Side {
  readonly types: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Case {
  readonly pairings: readonly Pairing[];
  readonly duckdb: Side;
  readonly postgres: Side;
}

/** Both sides draw from the same few values, so that many keys are equal and others nearly. */
export const cases: fc.Arbitrary<Case> = fc
  .array(fc.constantFrom(...pairings), { minLength: 1, maxLength: 3 })
  .chain((chosen) => {
    const pools = fc.tuple(...chosen.map(({ cells }) => fc.array(cells, { minLength: 1, maxLength: 8 })));
    return pools.chain((drawn) => {
      const row = fc.tuple(
        ...drawn.map((pool) => fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pool) }, fc.constant(null))),
      );
      const side = (types: readonly (readonly string[])[]): fc.Arbitrary<Side> =>
        fc.record({
          types: fc.tuple(...types.map((possible) => fc.constantFrom(...possible))),
          rows: fc.array(row, { minLength: 1, maxLength: 30 }),
        });
      return fc.record({
        pairings: fc.constant(chosen),
        duckdb: side(chosen.map((each) => each.duckdb)),
        postgres: side(chosen.map((each) => each.postgres)),
      });
    });
  });

export const literal = (cell: Cell, type: string): string =>
  cell === null ? 'NULL' : `CAST('${cell.replaceAll("'", "''")}' AS ${type})`;

export const seed = (
  name: string,
  { types, rows }: Side,
  quoted: (cell: Cell, type: string) => string,
): readonly string[] => [
  `CREATE TABLE ${name} (${types.map((type, index) => `c${index} ${type}`).join(', ')})`,
  `INSERT INTO ${name} VALUES ${rows.map((row) => `(${row.map((cell, index) => quoted(cell, types[index] ?? '')).join(', ')})`).join(', ')}`,
];

/** A backslash in bytes and text is itself. */
export const postgresLiteral = (cell: Cell, type: string): string =>
  type === 'bytea' && cell !== null ? `convert_to('${cell}', 'UTF8')` : literal(cell, type);
