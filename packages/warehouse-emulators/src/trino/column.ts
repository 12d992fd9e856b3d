import type { EngineColumn } from '../engine/duckdb-engine.js';
import { type TrinoType, trinoTypeOf, typeName } from '../trino-sql/trino-type.js';

/** A column as the statement protocol describes it. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly typeSignature: TypeSignature;
}

interface TypeSignature {
  readonly rawType: string;
  readonly arguments: readonly { readonly kind: string; readonly value: unknown }[];
}

const longestText = 2_147_483_647;

export const columnOf = ({ name, type }: EngineColumn): Column => {
  const known = trinoTypeOf(type);
  return { name, type: typeName(known), typeSignature: signature(known) };
};

const signature = ({ base, sizes, parts }: TrinoType): TypeSignature => {
  const numbers = base === 'varchar' ? [longestText] : sizes;
  return {
    rawType: base,
    arguments: [...numbers.map((value) => ({ kind: 'LONG', value })), ...parts.map(part)],
  };
};

const part = ({ name, type }: TrinoType['parts'][number]) =>
  name === undefined
    ? { kind: 'TYPE', value: signature(type) }
    : { kind: 'NAMED_TYPE', value: { fieldName: { name }, typeSignature: signature(type) } };
