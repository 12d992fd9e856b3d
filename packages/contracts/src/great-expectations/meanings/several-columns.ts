import {
  type ExpectationCase,
  expression,
  listOf,
  type Meaning,
  type Meanings,
  namesOf,
  none,
  rowsOf,
  rule,
} from './meaning.js';

/** Rows that `ignore_row_if` leaves; `undefined` where it leaves all. */
const leftRows = (columns: readonly string[], ignored: unknown): string | undefined => {
  const isPresent = columns.map((sql) => `${sql} is not null`);
  if (ignored === 'never') return undefined;
  return isPresent.join(String(ignored).startsWith('any') || String(ignored).startsWith('either') ? ' and ' : ' or ');
};

const ofPair =
  (condition: (a: string, b: string, expectation: ExpectationCase) => string | undefined) =>
  (expectation: ExpectationCase): Meaning => {
    const { column_A: a, column_B: b, ignore_row_if: ignored = 'both_values_are_missing' } = expectation.kwargs;
    if (typeof a !== 'string' || typeof b !== 'string') return none('it names no pair of columns');
    const pair = [expectation.words.name(a), expectation.words.name(b)] as const;
    const sql = condition(...pair, expectation);
    return sql === undefined
      ? none('it lists no pairs that SQL can write')
      : expression(sql, { where: leftRows(pair, ignored), share: 'rows' });
  };

const inPairs = (a: string, b: string, { kwargs, words }: ExpectationCase): string | undefined => {
  const pairs = (listOf(kwargs.value_pairs_set) ?? []).map((pair) =>
    pairSql(a, b, (listOf(pair) ?? []).map(words.literal)),
  );
  return pairs.length > 0 && pairs.every((sql) => sql !== undefined) ? pairs.join(' or ') : undefined;
};

const pairSql = (a: string, b: string, [first, second]: readonly (string | undefined)[]): string | undefined => {
  return first === undefined || second === undefined ? undefined : `(${a} = ${first} and ${b} = ${second})`;
};

const ofColumns =
  (meaning: (columns: readonly string[], where: string | undefined, expectation: ExpectationCase) => Meaning) =>
  (expectation: ExpectationCase): Meaning => {
    const names = namesOf(expectation.kwargs.column_list);
    if (names === undefined) return none('it lists no columns');
    const columns = names.map(expectation.words.name);
    return meaning(
      columns,
      leftRows(columns, expectation.kwargs.ignore_row_if ?? 'all_values_are_missing'),
      expectation,
    );
  };

/** Two of the columns, each with each. */
const pairsOf = (columns: readonly string[], operator: string): readonly string[] =>
  columns.flatMap((a, index) => columns.slice(index + 1).map((b) => `${a} ${operator} ${b}`));

const compoundUnique = (expectation: ExpectationCase): Meaning => {
  const columns = namesOf(expectation.kwargs.column_list);
  if (columns === undefined) return none('it lists no columns');
  const isRule = expectation.kwargs.ignore_row_if === 'any_value_is_missing' && expectation.kwargs.mostly === undefined;
  return isRule ? rule('composite_unique', { columns }) : ofColumns(repeated)(expectation);
};

const repeated = (columns: readonly string[], where: string | undefined): Meaning => {
  const list = columns.join(', ');
  return {
    ...rowsOf(
      `select ${list} from (select ${list}, count(*) over (partition by ${list}) as copies from {table}) as counted where copies > 1`,
      'composite_unique leaves out combinations with a NULL, and counts the surplus alone',
    ),
    where,
    share: 'rows',
  };
};

/** Expectations on several columns of one row. A comparison with NULL is neither met nor missed, as in SQL. */
export const severalColumns: Meanings = {
  expect_column_pair_values_a_to_be_greater_than_b: ofPair(
    (a, b, { kwargs }) => `${a} ${kwargs.or_equal === true ? '>=' : '>'} ${b}`,
  ),
  expect_column_pair_values_to_be_equal: ofPair((a, b) => `${a} = ${b}`),
  expect_column_pair_values_to_be_in_set: ofPair(inPairs),
  expect_compound_columns_to_be_unique: compoundUnique,
  expect_multicolumn_values_to_be_unique: compoundUnique,
  expect_multicolumn_values_to_be_equal: ofColumns((columns, where) =>
    expression(
      columns
        .slice(1)
        .map((sql) => `${columns[0]} = ${sql}`)
        .join(' and '),
      { where, share: 'rows' },
    ),
  ),
  expect_select_column_values_to_be_unique_within_record: ofColumns((columns, where) =>
    expression(`not (${pairsOf(columns, '=').join(' or ')})`, { where, share: 'rows' }),
  ),
  expect_multicolumn_sum_to_equal: ofColumns((columns, where, { kwargs, words }) => {
    const total = words.literal(kwargs.sum_total);
    return total === undefined
      ? none('its total is no number')
      : expression(`${columns.join(' + ')} = ${total}`, { where, share: 'rows' });
  }),
};
