import {
  DuckDBDecimalType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId as id,
} from '@duckdb/node-api';
import { NotCoveredError } from '../engine/not-covered.js';
import { quotedIdentifier } from '../engine/tokens.js';

/** A type as Trino names it: `decimal` with 18 and 2, `row` with parts. */
export interface TrinoType {
  readonly base: string;
  readonly sizes: readonly number[];
  readonly parts: readonly TrinoTypePart[];
}

interface TrinoTypePart {
  /** Of a field of a row. */
  readonly name?: string;
  readonly type: TrinoType;
}

const plain = (base: string, ...sizes: readonly number[]): TrinoType => ({ base, sizes, parts: [] });

const types: { readonly [typeId: number]: TrinoType } = {
  ...{ [id.BOOLEAN]: plain('boolean'), [id.VARCHAR]: plain('varchar'), [id.BLOB]: plain('varbinary') },
  ...{ [id.TINYINT]: plain('tinyint'), [id.SMALLINT]: plain('smallint'), [id.INTEGER]: plain('integer') },
  ...{ [id.BIGINT]: plain('bigint'), [id.HUGEINT]: plain('decimal', 38, 0), [id.FLOAT]: plain('real') },
  ...{ [id.DOUBLE]: plain('double'), [id.DATE]: plain('date'), [id.TIME]: plain('time', 6), [id.UUID]: plain('uuid') },
  ...{ [id.TIMESTAMP]: plain('timestamp', 6), [id.TIMESTAMP_S]: plain('timestamp', 0) },
  ...{ [id.TIMESTAMP_MS]: plain('timestamp', 3), [id.TIMESTAMP_NS]: plain('timestamp', 9) },
  ...{ [id.TIMESTAMP_TZ]: plain('timestamp with time zone', 6), [id.INTERVAL]: plain('interval day to second') },
  ...{ [id.SQLNULL]: plain('unknown') },
};

/** The type of a column that DuckDB answers with. @throws NotCoveredError */
export const trinoTypeOf = (type: DuckDBType): TrinoType => {
  if (type instanceof DuckDBDecimalType) return plain('decimal', type.width, type.scale);
  if (type instanceof DuckDBListType) return nested('array', [{ type: trinoTypeOf(type.valueType) }]);
  if (type instanceof DuckDBMapType) return mapType(type);
  if (type instanceof DuckDBStructType) return rowType(type);
  if (type.alias?.toUpperCase() === 'JSON') return plain('json');
  const known = types[type.typeId];
  if (known === undefined) throw new NotCoveredError(`values of DuckDB's type ${type}`);
  return known;
};

const nested = (base: string, parts: readonly TrinoTypePart[]): TrinoType => ({ base, sizes: [], parts });

const mapType = ({ keyType, valueType }: DuckDBMapType): TrinoType =>
  nested('map', [{ type: trinoTypeOf(keyType) }, { type: trinoTypeOf(valueType) }]);

const rowType = ({ entryNames, entryTypes }: DuckDBStructType): TrinoType => {
  if (entryNames.includes('')) throw new NotCoveredError('rows whose fields have no names, as values');
  return nested(
    'row',
    entryTypes.map((type, index) => ({ name: entryNames[index] ?? '', type: trinoTypeOf(type) })),
  );
};

/** As `DESCRIBE` shows it: `decimal(18,2)`, `timestamp(6) with time zone`, `array(row(a bigint))`. */
export const typeName = ({ base, sizes, parts }: TrinoType): string => {
  if (parts.length > 0) return `${base}(${parts.map(partName).join(', ')})`;
  if (sizes.length === 0) return base;
  const [first = '', ...rest] = base.split(' ');
  return [`${first}(${sizes.join(',')})`, ...rest].join(' ');
};

const partName = ({ name, type }: TrinoTypePart): string =>
  name === undefined ? typeName(type) : `${/^[a-z_]\w*$/.test(name) ? name : quotedIdentifier(name)} ${typeName(type)}`;
