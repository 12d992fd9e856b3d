import type { ColumnExpression, ColumnKind } from '@aegis/spec';
import type { DialectName } from '../dialects/index.js';

/** A dialect's answer where the engine has no equal: part of the error's message. */
export interface Unsupported {
  readonly unsupported: string;
}

export const unsupported = (reason: string): Unsupported => ({ unsupported: reason });

/** What each dialect renders. A new dialect fails to compile until every table has its column. */
export type Golden = Readonly<Record<DialectName, string | Unsupported>>;

/** The columns that golden tables read, by name; their types are spelled as each engine spells them. */
const kinds = {
  id: 'integer',
  qty: 'integer',
  amount: 'decimal',
  price: 'float',
  weight: 'float',
  status: 'text',
  placed: 'date',
  at: 'timestamp',
  seen: 'timestamptz',
  ref: 'uuid',
} as const satisfies { readonly [name: string]: ColumnKind };

export type GoldenColumns = { readonly [name in keyof typeof kinds]: ColumnExpression };

const natives: Readonly<Record<DialectName, { readonly [name in keyof typeof kinds]: string }>> = {
  duckdb: { id: 'BIGINT', qty: 'INTEGER', amount: 'DECIMAL(18,2)', price: 'DOUBLE', weight: 'FLOAT', status: 'VARCHAR', placed: 'DATE', at: 'TIMESTAMP', seen: 'TIMESTAMP WITH TIME ZONE', ref: 'UUID' },
  postgres: { id: 'bigint', qty: 'integer', amount: 'numeric(18,2)', price: 'double precision', weight: 'real', status: 'character varying(20)', placed: 'date', at: 'timestamp without time zone', seen: 'timestamp with time zone', ref: 'uuid' },
  bigquery: { id: 'INT64', qty: 'INT64', amount: 'NUMERIC', price: 'FLOAT64', weight: 'FLOAT64', status: 'STRING', placed: 'DATE', at: 'DATETIME', seen: 'TIMESTAMP', ref: 'STRING' },
  databricks: { id: 'bigint', qty: 'int', amount: 'decimal(18,2)', price: 'double', weight: 'float', status: 'string', placed: 'date', at: 'timestamp_ntz', seen: 'timestamp', ref: 'string' },
  athena: { id: 'bigint', qty: 'integer', amount: 'decimal(18,2)', price: 'double', weight: 'real', status: 'varchar', placed: 'date', at: 'timestamp(3)', seen: 'timestamp(3) with time zone', ref: 'uuid' },
  trino: { id: 'bigint', qty: 'integer', amount: 'decimal(18,2)', price: 'double', weight: 'real', status: 'varchar(20)', placed: 'date', at: 'timestamp(6)', seen: 'timestamp(6) with time zone', ref: 'uuid' },
};

export const goldenColumns = (dialect: DialectName): GoldenColumns =>
  Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => {
      const native = natives[dialect][name as keyof typeof kinds];
      return [name, { kind: 'column', name, type: { kind, native } } satisfies ColumnExpression];
    }),
  ) as unknown as GoldenColumns;

/** The table behind the golden columns, as DuckDB makes it. */
export const goldenTable =
  'CREATE TABLE orders (id BIGINT, qty INTEGER, amount DECIMAL(18,2), price DOUBLE, weight FLOAT, ' +
  'status VARCHAR COLLATE NOCASE, placed DATE, "at" TIMESTAMP, seen TIMESTAMPTZ, ref UUID)';
