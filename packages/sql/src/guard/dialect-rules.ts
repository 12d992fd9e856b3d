import {
  bigqueryFunctions,
  databricksFunctions,
  duckdbFunctions,
  type FunctionList,
  postgresFunctions,
  trinoFunctions,
} from './functions/index.js';
import { type Lexicon, lexicons } from './text/lexicon.js';
import { words } from './text/words.js';

interface KeywordArgument {
  /** The place of the word among the arguments, from 0. */
  readonly place: number;
  /** Calls with fewer arguments have no such word. */
  readonly fewestArguments: number;
}

/** What the guard has to know about one dialect. Nothing else in the guard asks for a dialect's name. */
export interface DialectRules {
  readonly lexicon: Lexicon;
  readonly functions: FunctionList;
  /** `SAFE.f(x)` is `f(x)` with NULL in place of errors. */
  readonly hasSafePrefix: boolean;
  /** `a.b` in an expression reads the field `b` of the column `a`; else it could only be a table's column. */
  readonly readsFieldsByDot: boolean;
  /** One pair of quotes may hold a whole dotted name. */
  readonly quotesWholeNames: boolean;
  /** How the engine compares names of tables: `lower` puts unquoted ones in small letters first, `exact` takes all as written. */
  readonly tableCase: 'insensitive' | 'lower' | 'exact';
  /** A table's name that no table has is taken for a file, `data.csv` without quotes too. */
  readonly readsFilesByName: boolean;
  /** Functions that take a bare word such as `DAY` as an argument. */
  readonly keywordArguments: ReadonlyMap<string, KeywordArgument>;
  /** Schemas whose tables are no data of the user's. */
  readonly systemSchemas: ReadonlySet<string>;
  /** Beginnings of the names of system tables, which need no schema in front. */
  readonly systemPrefixes: readonly string[];
}

const everywhere = 'information_schema pg_catalog pg_toast sys system';

const keywordAt = (place: number, fewestArguments: number, names: string): readonly [string, KeywordArgument][] =>
  [...words(names)].map((name) => [name, { place, fewestArguments }]);

const plain = {
  hasSafePrefix: false,
  readsFieldsByDot: true,
  quotesWholeNames: false,
  tableCase: 'insensitive' as const,
  readsFilesByName: false,
  keywordArguments: new Map<string, KeywordArgument>(),
  systemSchemas: words(everywhere),
  systemPrefixes: [] as readonly string[],
};

const dialects: Readonly<Record<string, DialectRules>> = {
  duckdb: {
    ...plain,
    lexicon: lexicons.duckdb,
    functions: duckdbFunctions,
    readsFilesByName: true,
    systemPrefixes: ['duckdb_', 'pg_', 'sqlite_', 'pragma_'],
  },
  postgresql: {
    ...plain,
    lexicon: lexicons.postgresql,
    functions: postgresFunctions,
    tableCase: 'lower',
    readsFieldsByDot: false,
    keywordArguments: new Map(keywordAt(1, 2, 'normalize')),
    systemPrefixes: ['pg_'],
  },
  bigquery: {
    ...plain,
    lexicon: lexicons.bigquery,
    functions: bigqueryFunctions,
    hasSafePrefix: true,
    quotesWholeNames: true,
    tableCase: 'exact',
    keywordArguments: new Map([
      ...keywordAt(
        1,
        2,
        'date_trunc datetime_trunc time_trunc timestamp_trunc last_day normalize normalize_and_casefold',
      ),
      ...keywordAt(2, 3, 'date_diff datetime_diff time_diff timestamp_diff'),
    ]),
    systemPrefixes: ['__'],
  },
  databricks: {
    ...plain,
    lexicon: lexicons.databricks,
    functions: databricksFunctions,
    keywordArguments: new Map(keywordAt(0, 3, 'date_add date_diff dateadd datediff timestampadd timestampdiff')),
    systemSchemas: words(everywhere, 'delta parquet csv json text binaryfile orc avro iceberg'),
  },
  trino: {
    ...plain,
    lexicon: lexicons.trino,
    functions: trinoFunctions,
    keywordArguments: new Map(keywordAt(1, 2, 'normalize')),
    systemSchemas: words(everywhere, 'jmx'),
  },
};

/** By a dialect's `parserName`; `undefined` where the guard does not know the engine well enough to let SQL through. */
export const rulesOf = (parserName: string): DialectRules | undefined =>
  Object.hasOwn(dialects, parserName) ? dialects[parserName] : undefined;
