import type { Fault } from '../faults/fault.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import { conditionOf, type Lab } from './lab.js';

/** A clean and a faulty file of the same pipeline and day. */
export interface Pair {
  readonly clean: string;
  readonly faulty: string;
}

/**
 * What is not as the truth says, in words; empty where all is. The table of the truth differs from the clean one in the way
 * that the effect names, and there only; every table that it is made from is the same.
 */
export const contradictions = async (
  lab: Lab,
  pipeline: Pipeline,
  fault: Fault,
  pair: Pair,
): Promise<readonly string[]> => {
  const checks = [...upstreamSame(pipeline, fault), ...effectChecks(fault)];
  const columns = checks.map(({ sql }, index) => `(${sql}) AS c${index}`);
  const [row = []] = await lab.ask({ ...pair }, `SELECT ${columns.join(', ')}`);
  return checks.filter((_, index) => row[index] !== true).map(({ says }) => says);
};

interface Check {
  /** What is wrong where `sql` is not true. */
  readonly says: string;
  readonly sql: string;
}

const upstreamSame = ({ steps, sources }: Pipeline, { table, place }: Fault): readonly Check[] => {
  const others = sources.map((source) => source.table).filter((each) => each !== table);
  const inputs = steps
    .find(({ output }) => output === table)
    ?.selects.flatMap(({ from, joins }) => [from, ...joins.map((join) => join.table)]);
  const same = place === 'source' ? others : [...new Set([...others, ...(inputs ?? [])])];
  return same.map((each) => ({ says: `${each} differs`, sql: isSame(each) }));
};

const rowsOf = (file: keyof Pair, table: string, columns = '*', where = 'TRUE'): string =>
  `SELECT ${columns} FROM the_${file}.${table} WHERE ${where}`;

const lacks = (more: string, less: string): string => `NOT EXISTS (${more} EXCEPT ALL ${less})`;

const isSame = (table: string, columns = '*', where = 'TRUE'): string => {
  const [clean, faulty] = [rowsOf('clean', table, columns, where), rowsOf('faulty', table, columns, where)];
  return `${lacks(clean, faulty)} AND ${lacks(faulty, clean)}`;
};

const effectChecks = (fault: Fault): readonly Check[] => [
  { says: `${fault.table} is the same`, sql: `NOT (${isSame(fault.table)})` },
  ...ofEffect[fault.effect](fault),
];

const ofEffect: { readonly [effect in Fault['effect']]: (fault: Fault) => readonly Check[] } = {
  values: ({ table, columns, segment }) => [
    { says: 'other columns differ as well', sql: isSame(table, `* EXCLUDE (${columns.join(', ')})`) },
    ...outside(table, segment && !columns.includes(segment.column) ? conditionOf(segment) : null),
  ],
  more: ({ table, segment }) => [
    { says: 'rows are lost', sql: lacks(rowsOf('clean', table), rowsOf('faulty', table)) },
    ...outside(table, segment && conditionOf(segment)),
  ],
  fewer: ({ table, segment }) => [
    { says: 'rows are new', sql: lacks(rowsOf('faulty', table), rowsOf('clean', table)) },
    ...outside(table, segment && conditionOf(segment)),
  ],
  any: () => [],
};

const outside = (table: string, condition: string | null): readonly Check[] =>
  condition === null
    ? []
    : [{ says: 'rows outside of the segment differ', sql: isSame(table, '*', `(${condition}) IS NOT TRUE`) }];
