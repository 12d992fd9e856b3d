import { NotCoveredError } from '../engine/not-covered.js';
import { isSymbol, isWord, quotedIdentifier, quotedText, type Token } from '../engine/tokens.js';
import { catalogueName, type TablePlace } from './catalogue.js';
import { failed, QueryError } from './failure.js';

/** Where rows are that are asked for under other names. */
export interface Places {
  /** `moment` is in microseconds since 1970. */
  tableAt(table: TablePlace, moment: number): Promise<readonly string[]>;
  informationSchemaColumns(): Promise<readonly string[]>;
}

/** Tables of a moment and `information_schema.columns` under the names where DuckDB has them; other tokens stay. */
export const rewritten = async (
  tokens: readonly Token[],
  database: string,
  places: Places,
): Promise<readonly Token[]> => {
  const withColumns = await replacedColumns(tokens, places);
  return replacedPast(withColumns, database, places);
};

const isName = (token: Token | undefined): boolean => token?.kind === 'identifier' || token?.kind === 'word';

const isCalled = (token: Token | undefined, name: string): boolean =>
  isName(token) && token?.value.toLowerCase() === name;

/** Where a path of names that ends before `end` begins. */
const startOfPath = (tokens: readonly Token[], end: number): number => {
  let start = end - 1;
  while (isSymbol(tokens[start - 1], '.') && isName(tokens[start - 2])) start -= 2;
  return start;
};

const pathTokens = (names: readonly string[]): readonly Token[] =>
  names.flatMap((value, index): readonly Token[] => [
    ...(index === 0 ? [] : [{ kind: 'symbol', value: '.' } as const]),
    { kind: 'identifier', value },
  ]);

const replacedColumns = async (tokens: readonly Token[], places: Places): Promise<readonly Token[]> => {
  const at = tokens.findIndex(
    (token, index) =>
      isCalled(token, 'information_schema') &&
      isSymbol(tokens[index + 1], '.') &&
      isCalled(tokens[index + 2], 'columns'),
  );
  if (at < 0) return tokens;
  const start = startOfPath(tokens, at + 3);
  refuseOtherCatalogs(tokens.slice(start, at));
  const place = pathTokens(await places.informationSchemaColumns());
  return [...tokens.slice(0, start), ...place, ...(await replacedColumns(tokens.slice(at + 3), places))];
};

/** @throws QueryError for any catalog but the one that there is */
const refuseOtherCatalogs = ([catalog]: readonly Token[]): void => {
  if (catalog === undefined || isCalled(catalog, catalogueName)) return;
  throw new QueryError(failed(`CATALOG_NOT_FOUND: line 1:1: Catalog '${catalog.value}' not found`));
};

/** `"d"."t" FOR TIMESTAMP AS OF TIMESTAMP '…'` reads what the table was. */
const replacedPast = async (tokens: readonly Token[], database: string, places: Places): Promise<readonly Token[]> => {
  const at = tokens.findIndex(
    (token, index) => isWord(token, 'for') && isWord(tokens[index + 1], 'timestamp', 'version'),
  );
  if (at < 0) return tokens;
  const start = startOfPath(tokens, at);
  const [name = '', owner = database] = tokens
    .slice(start, at)
    .filter(isName)
    .map(({ value }) => value.toLowerCase())
    .toReversed();
  const place = await places.tableAt({ database: owner, name }, momentOf(tokens.slice(at, at + 6)));
  const rest = await replacedPast(tokens.slice(at + 6), database, places);
  return [...tokens.slice(0, start), ...pathTokens(place), ...rest];
};

/** @throws NotCoveredError for a moment that is no literal in UTC */
const momentOf = ([, kind, as, of, type, moment]: readonly Token[]): number => {
  const isLiteral = isWord(kind, 'timestamp') && isWord(as, 'as') && isWord(of, 'of') && isWord(type, 'timestamp');
  const [, seconds = '', fraction = ''] = /^(.*?)(?:\.(\d+))? UTC$/.exec(moment?.value ?? '') ?? [];
  if (!isLiteral || moment?.kind !== 'text' || seconds === '')
    throw new NotCoveredError('FOR … AS OF what is no TIMESTAMP literal in UTC');
  return Date.parse(`${seconds.replace(' ', 'T')}Z`) * 1_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
};

/** Tokens as a statement of Athena again. */
export const athenaText = (tokens: readonly Token[]): string => tokens.map(written).join(' ');

const written = ({ kind, value }: Token): string => {
  if (kind === 'identifier') return quotedIdentifier(value);
  if (kind === 'text') return quotedText(value);
  return kind === 'bytes' ? `X'${value}'` : value;
};
