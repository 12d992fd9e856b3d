import {
  aggregates,
  type HandWritten,
  type Reference,
  references,
  uniqueColumns,
  violations,
} from '../hand-written.js';
import { emailPattern, trackingPattern } from '../rules.js';

/** Ways in which a person would write the rules for PostgreSQL. */
export const forms = ['per rule', 'fused', 'hash first, two connections'] as const;
export type Form = (typeof forms)[number];

/** Statements of one form, and how many are asked at once. */
export interface Script {
  readonly statements: readonly HandWritten[];
  readonly connections: number;
}

/** The conditions of DuckDB, but for those that PostgreSQL writes otherwise. */
const conditions: { readonly [ruleId: string]: string } = {
  ...violations,
  matches_tracking_number: `tracking_number !~ '${trackingPattern}'`,
  matches_customer_email: `customer_email !~ '${emailPattern}'`,
};

export const scriptOf = (form: Form): Script => {
  switch (form) {
    case 'per rule':
      return { statements: [...singly(), ...uniques(exactly), ...unmatchedCounts()], connections: 1 };
    case 'fused':
      return { statements: [fused(), ...uniques(exactly), ...unmatchedCounts()], connections: 1 };
    case 'hash first, two connections':
      return { statements: [fused(), ...uniques(byHash), ...unmatchedCounts()], connections: 2 };
  }
};

const singly = (): readonly HandWritten[] => [
  ...Object.entries(conditions).map(([ruleId, condition]) => ({
    ruleIds: [ruleId],
    sql: `SELECT count(*) FROM lines WHERE ${condition}`,
  })),
  ...Object.entries(aggregates).map(([ruleId, sql]) => ({ ruleIds: [ruleId], sql: `SELECT ${sql} FROM lines` })),
];

const fused = (): HandWritten => {
  const counts = Object.values(conditions).map((condition) => `count(*) FILTER (WHERE ${condition})`);
  return {
    ruleIds: [...Object.keys(conditions), ...Object.keys(aggregates)],
    sql: `SELECT ${[...counts, ...Object.values(aggregates)].join(', ')} FROM lines`,
  };
};

const uniques = (sqlOf: (column: string) => string): readonly HandWritten[] =>
  Object.entries(uniqueColumns).map(([ruleId, column]) => ({ ruleIds: [ruleId], sql: sqlOf(column) }));

const exactly = (column: string): string => `SELECT count(${column}) - count(DISTINCT ${column}) FROM lines`;

/** Different hashes prove different keys; only where some are equal the keys themselves are counted. */
const byHash = (column: string): string =>
  `SELECT CASE WHEN h.n = h.hashes THEN 0 ELSE (${exactly(column)}) END FROM ` +
  `(SELECT sum(n) AS n, count(*) AS hashes FROM (SELECT count(*) AS n FROM lines WHERE ${column} IS NOT NULL ` +
  `GROUP BY hash_record_extended(ROW(${column}), 0)) AS hashed) AS h`;

const unmatchedCounts = (): readonly HandWritten[] =>
  Object.entries(references).map(([ruleId, reference]) => ({
    ruleIds: [ruleId],
    sql: `SELECT count(*) ${unmatched(reference)}`,
  }));

const unmatched = ({ parent, key }: Reference): string =>
  `FROM lines AS l WHERE l.${key} IS NOT NULL AND NOT EXISTS (SELECT FROM ${parent} AS p WHERE p.${key} = l.${key})`;

/** Five rows that show what failed; none for rules about the table as a whole. */
export const sampleOf = (ruleId: string): string | undefined => {
  const condition = conditions[ruleId];
  if (condition !== undefined) return `SELECT * FROM lines WHERE ${condition} LIMIT 5`;
  const column = uniqueColumns[ruleId];
  if (column !== undefined)
    return `SELECT ${column}, count(*) FROM lines WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING count(*) > 1 LIMIT 5`;
  const reference = references[ruleId];
  return reference && `SELECT l.* ${unmatched(reference)} LIMIT 5`;
};
