import { NotCoveredError } from '../engine/not-covered.js';
import { closingOf, isSymbol, isWord, quotedIdentifier, raw, type Token } from '../engine/tokens.js';

const names: { readonly [type: string]: string } = {
  ...{ tinyint: 'TINYINT', smallint: 'SMALLINT', integer: 'INTEGER', int: 'INTEGER', bigint: 'BIGINT' },
  ...{ boolean: 'BOOLEAN', real: 'FLOAT', double: 'DOUBLE', date: 'DATE', uuid: 'UUID', json: 'JSON' },
  ...{ varchar: 'VARCHAR', varbinary: 'BLOB' },
};

const defaultDigits = 3;
const mostPrecision = 38;

/** A type of Trino as DuckDB writes it. @throws NotCoveredError */
const duckDbType = (tokens: readonly Token[]): string => {
  const [first, ...rest] = tokens;
  const name = first?.value.toLowerCase() ?? '';
  if (name === 'array') return `${duckDbType(inBrackets(rest))}[]`;
  if (name === 'map') return `MAP(${splitAtCommas(inBrackets(rest)).map(duckDbType).join(', ')})`;
  if (name === 'row') return `STRUCT(${splitAtCommas(inBrackets(rest)).map(field).join(', ')})`;
  if (name === 'decimal' || name === 'numeric') return decimal(inBrackets(rest));
  if (name === 'timestamp' || name === 'time') return temporal(name, rest);
  return simple(name, rest);
};

const inBrackets = (tokens: readonly Token[]): readonly Token[] =>
  isSymbol(tokens[0], '(') ? tokens.slice(1, closingOf(tokens, 0)) : [];

const field = ([name, ...type]: readonly Token[]): string =>
  `${quotedIdentifier(name?.value ?? '')} ${duckDbType(type)}`;

const decimal = (size: readonly Token[]): string => {
  const [precision = mostPrecision, scale = 0] = size
    .filter(({ kind }) => kind === 'number')
    .map(({ value }) => Number(value));
  if (precision > mostPrecision) throw new NotCoveredError(`decimals of ${precision} digits`);
  return `DECIMAL(${precision}, ${scale})`;
};

/** DuckDB has moments of seconds, milliseconds, microseconds and nanoseconds, those with a zone only of microseconds. */
const temporal = (name: string, rest: readonly Token[]): string => {
  const digits = Number(inBrackets(rest)[0]?.value ?? defaultDigits);
  const hasZone = rest.some((token) => isWord(token, 'with'));
  if (name === 'time' && hasZone) throw new NotCoveredError('times of day with a zone');
  if ((name === 'time' || hasZone) && digits > 6) throw new NotCoveredError(`${name} of ${digits} digits`);
  if (name === 'time') return 'TIME';
  return hasZone ? 'TIMESTAMPTZ' : momentType(digits);
};

const momentType = (digits: number): string => {
  if (digits > 9) throw new NotCoveredError(`timestamps of ${digits} digits`);
  if (digits > 6) return 'TIMESTAMP_NS';
  if (digits > 3) return 'TIMESTAMP';
  return digits > 0 ? 'TIMESTAMP_MS' : 'TIMESTAMP_S';
};

const simple = (name: string, rest: readonly Token[]): string => {
  const known = names[name];
  if (known === undefined) throw new NotCoveredError(`the type ${name.toUpperCase()}`);
  if (rest.some((token) => !isWord(token, 'precision')) && name !== 'varchar')
    throw new NotCoveredError(`the type ${name.toUpperCase()} with parameters`);
  return known;
};

/** Parts between commas that stand in no brackets. */
const splitAtCommas = (tokens: readonly Token[]): readonly (readonly Token[])[] => {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSymbol(token, '(') || isSymbol(token, '[')) depth += 1;
    if (isSymbol(token, ')') || isSymbol(token, ']')) depth -= 1;
    if (depth === 0 && isSymbol(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
};

/** `CAST(operand AS type)`: text takes the form that Trino gives it. */
export const castTo = (operand: readonly Token[], type: readonly Token[], isSafe: boolean): readonly Token[] => {
  const isText = isWord(type[0], 'varchar');
  if (isText && (type.length > 1 || isSafe)) throw new NotCoveredError('casts to text of a bounded length');
  if (isText && operand.length === 1 && operand[0]?.kind === 'text') return operand;
  if (isText) return [raw('trino_varchar('), ...operand, raw(')')];
  if (isWord(type[0], 'json')) return [raw('to_json('), ...operand, raw(')')];
  return [raw(isSafe ? 'TRY_CAST(' : 'CAST('), ...operand, raw(` AS ${duckDbType(type)})`)];
};

/** `CREATE TABLE t (a integer, b varchar NOT NULL) WITH (…)`: names in lower case, and no properties. */
export const tableDefinition = (tokens: readonly Token[]): readonly Token[] => {
  const open = tokens.findIndex((token) => isSymbol(token, '('));
  const close = open < 0 ? undefined : closingOf(tokens, open);
  if (close === undefined) return tokens;
  const columns = splitAtCommas(tokens.slice(open + 1, close)).map(columnDefinition);
  return [
    ...tokens.slice(0, open).map(lower),
    raw('('),
    ...columns.flatMap((column, index) => (index === 0 ? column : [raw(','), ...column])),
    raw(')'),
  ];
};

/** `ALTER TABLE t ADD COLUMN a integer`: its type. */
export const addedColumn = (tokens: readonly Token[]): readonly Token[] => {
  const at = tokens.findIndex((token) => isWord(token, 'column')) + 1;
  return [...tokens.slice(0, at), ...columnDefinition(tokens.slice(at))];
};

const lower = (token: Token): Token => ({ ...token, value: token.value.toLowerCase() });

const columnDefinition = (column: readonly Token[]): readonly Token[] => {
  const [name, ...rest] = column;
  const end = rest.findIndex((token, index) => index > 0 && isWord(token, 'not', 'comment', 'default'));
  const type = end < 0 ? rest : rest.slice(0, end);
  const isRequired = isWord(rest[end], 'not') ? [raw('NOT NULL')] : [];
  return name ? [raw(quotedIdentifier(name.value.toLowerCase())), raw(duckDbType(type)), ...isRequired] : column;
};
