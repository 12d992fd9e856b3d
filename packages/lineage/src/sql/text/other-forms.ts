import { separateInserts } from './hive-inserts.js';
import { topWords } from './top-words.js';

/** The same statement in forms that the parser knows; none where there is no other form. Only for what it refuses as written. */
export const otherForms = (sql: string, parserName: string): readonly string[] => {
  const inserts = separateInserts(sql, parserName);
  if (inserts.length > 0) return inserts;
  const plain = parserName === 'duckdb' ? withSelect(sql, parserName) : withoutData(sql);
  return plain === sql ? [] : [plain];
};

/** `CREATE TABLE a AS FROM b` and `… AS PIVOT b ON …` of DuckDB leave out what stands in front. */
const withSelect = (sql: string, parserName: string): string => {
  const words = [...topWords(sql, parserName)];
  const at = words.findIndex(
    ({ text }, index) =>
      /^(FROM|PIVOT|UNPIVOT)$/.test(text) && (words[index - 1]?.text === 'AS' || isInsertTarget(words, index)),
  );
  const start = words[at]?.start;
  return start === undefined ? sql : `${sql.slice(0, start)}SELECT * FROM (${sql.slice(start)})`;
};

/** `INSERT INTO a FROM b` */
const isInsertTarget = (words: readonly { readonly text: string }[], index: number): boolean =>
  words[0]?.text === 'INSERT' && !words.slice(0, index).some(({ text }) => text === 'SELECT');

/** Whether a view is filled at once says nothing about its columns. */
const withoutData = (sql: string): string => sql.replace(/\s+WITH\s+(NO\s+)?DATA\s*$/i, '');
