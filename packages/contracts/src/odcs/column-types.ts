import type { ColumnKind, Dialect } from '@aegis/spec';
import { type ExpectedType, sizeOf } from '../check/type-fault.js';
import { ownValue } from '../source/values.js';
import type { ContractProperty } from './contract-schema.js';

/** Kinds of columns that hold what a logical type means. */
const kindsByLogicalType: { readonly [logicalType: string]: readonly ColumnKind[] } = {
  string: ['text', 'uuid'],
  date: ['date'],
  timestamp: ['timestamp', 'timestamptz'],
  time: ['time'],
  number: ['integer', 'decimal', 'float'],
  integer: ['integer'],
  object: ['struct', 'json'],
  array: ['array', 'json'],
  boolean: ['boolean'],
};

/** What a property says of its type: the physical type in the SQL of the warehouse, and the logical one. */
export const expectedType = (
  { logicalType, physicalType }: Pick<ContractProperty, 'logicalType' | 'physicalType'>,
  dialect: Dialect,
): ExpectedType => {
  const logical = logicalType === undefined ? undefined : ownValue(kindsByLogicalType, logicalType);
  const physical = physicalType === undefined ? undefined : dialect.columnType(physicalType);
  const kinds = physical === undefined || physical.kind === 'other' ? logical : [physical.kind];
  if (kinds === undefined) return {};
  const size = physical?.kind === 'decimal' ? sizeOf(physical.native) : undefined;
  return { type: physicalType ?? logicalType, kinds, ...(size !== undefined && { size }) };
};

/** The logical type of a column, as a contract says it; `undefined` where the standard has none. */
export const logicalTypeOf = (kind: ColumnKind): string | undefined => logicalTypes[kind];

const logicalTypes: { readonly [kind in ColumnKind]?: string } = {
  integer: 'integer',
  decimal: 'number',
  float: 'number',
  text: 'string',
  uuid: 'string',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  array: 'array',
  struct: 'object',
  json: 'object',
};
