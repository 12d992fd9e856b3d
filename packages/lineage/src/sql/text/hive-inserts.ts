import { topWords, type Word } from './top-words.js';

const clauses: ReadonlySet<string> = new Set([
  ...['WHERE', 'GROUP', 'HAVING', 'ORDER', 'SORT', 'CLUSTER', 'DISTRIBUTE', 'LIMIT', 'WINDOW', 'LATERAL'],
]);

/** `FROM x INSERT … SELECT … INSERT … SELECT …` of Hive as one statement each, or none where it is something else. */
export const separateInserts = (sql: string, parserName: string): readonly string[] => {
  const words = [...topWords(sql, parserName)];
  const from = words.find(({ text }) => text === 'FROM' || text === 'INSERT' || text === 'SELECT');
  const inserts = words.filter(({ text }) => text === 'INSERT');
  const [first] = inserts;
  if (from?.text !== 'FROM' || !first || !/^(FROM|WITH)$/.test(words[0]?.text ?? '')) return [];
  const source = sql.slice(from.start, first.start);
  return inserts.map(({ start }, index) => {
    const end = inserts[index + 1]?.start ?? sql.length;
    const inside = words.filter((word) => word.start > start && word.start < end);
    return `${sql.slice(0, from.start)}${withSource(sql, start, end, inside, source)}`;
  });
};

const withSource = (sql: string, start: number, end: number, words: readonly Word[], source: string): string => {
  const select = words.findIndex(({ text }) => text === 'SELECT');
  const at = words.find(({ text }, index) => index > select && clauses.has(text))?.start ?? end;
  return `${sql.slice(start, at)} ${source} ${sql.slice(at, end)}`;
};
