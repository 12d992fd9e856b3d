import fc from 'fast-check';

/** Names that a column may have: words of SQL, the marks of every quoting, and names that Aegis' own SQL uses. */
const columnNames: readonly string[] = [
  ...['id', 'a b', ' lead', 'trail ', 'select', 'group', 'null', 'true', 'rowid', 'CamelCase'],
  ...['"', 'say "hi"', "it's", '`', '[x]', 'a.b', 'a;b', 'a--b', '/*x*/', '\\', '%s', '$1', '?', ':x', '{table}'],
  ...['Größe', '列', '😀', 'e\u0301', '\u202e', '\u00a0', 'tab\there', 'line\nbreak'],
  ...['m0', 'n', 'g', 'c', 'p', 'q', 's', 't', 'k0', 'side', 'place', 'occurrences', 'returned'],
  ...['aegis_scope', 'aegis_position', 'aegis_rows', '__proto__', 'constructor', 'toString', 'x'.repeat(200)],
];

export const distinctColumnNames = (count: number): fc.Arbitrary<readonly string[]> =>
  fc.uniqueArray(fc.constantFrom(...columnNames), {
    minLength: count,
    maxLength: count,
    selector: (name) => name.toLowerCase(),
  });

/** Names that a table may have. Not those with control characters, which Aegis refuses, nor those of the relations in Aegis' SQL. */
const tableNames: readonly string[] = [
  ...['orders', 'order', 'a b', 'say "hi"', "it's", 'a.b', 'Größe', '列', '😀', 'data.csv', 'a/b', 'a;--', '{table}'],
  ...['t', 's', 'p', 'c', 'g', 'q', 'b', 'd', 'numbered', 'aegis_scope'],
];

export const distinctTableNames = (count: number): fc.Arbitrary<readonly string[]> =>
  fc.uniqueArray(fc.constantFrom(...tableNames), { minLength: count, maxLength: count });
