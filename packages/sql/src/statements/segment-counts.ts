import type { ColumnExpression, LiteralExpression, SegmentDimension, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { renderExpression, renderKey } from '../expressions.js';
import { askedTest, fromTested, trueWhere, withNamed } from './row-test.js';

type SegmentCounts = Extract<Statement, { kind: 'segment_counts' }>;

/** Dimensions and tests are computed once a row, then counted by every set of dimensions in one pass. */
export const segmentCounts = (statement: SegmentCounts, dialect: BaseDialect): string => {
  const { from, tests, dimensions, sets, limit } = statement;
  const asked = tests.map((test, index) => askedTest(test, index, from, dialect));
  const parts = [
    ...dimensions.map((dimension, index) => `${part(dimension, dialect)} AS d${index}`),
    ...asked.map(({ condition }, index) => `(${condition}) AS f${index}`),
  ];
  const rows = dialect.derived(`SELECT ${parts.join(', ')} ${fromTested(from, asked, dialect)}`, 'aegis_rows');
  const grouped = [...sets.map((set) => `(${set.map((index) => `d${index}`).join(', ')})`), '()'].join(', ');
  return (
    `${withNamed(asked)}SELECT ${columnsOf(statement, dialect).join(', ')} FROM ${rows} GROUP BY GROUPING SETS (${grouped}) ` +
    `HAVING ${kept(statement, dialect)} ORDER BY ${order(statement, dialect)} LIMIT ${limit}`
  );
};

const columnsOf = ({ tests, dimensions }: SegmentCounts, dialect: BaseDialect): readonly string[] => [
  ...dimensions.flatMap((_, index) => [`grouping(d${index}) AS g${index}`, `d${index}`]),
  'count(*) AS n',
  ...tests.map((_, index) => `${dialect.countIf(`f${index}`)} AS n${index}`),
];

const kept = ({ tests, keepEmpty = [] }: SegmentCounts, dialect: BaseDialect): string =>
  [
    ...tests.map((_, index) => `${dialect.countIf(`f${index}`)} > 0`),
    ...keepEmpty.map((index) => `grouping(d${index}) = 0`),
  ].join(' OR ');

const order = ({ tests, dimensions }: SegmentCounts, dialect: BaseDialect): string => {
  const failing = tests.map((_, index) => dialect.countIf(`f${index}`)).join(' + ');
  return [`${failing} DESC`, 'count(*) DESC', ...dimensions.map((_, index) => `d${index}`)].join(', ');
};

const part = (dimension: SegmentDimension, dialect: BaseDialect): string => {
  switch (dimension.by) {
    case 'value':
      return renderKey(dimension.column, dialect);
    case 'listed': {
      const { column, values } = dimension;
      const isListed = trueWhere({ kind: 'in', operand: column, values }, dialect);
      return `CASE WHEN ${isListed} THEN ${renderKey(column, dialect)} END`;
    }
    case 'range':
      return `CASE WHEN ${renderExpression(dimension.column, dialect)} IS NOT NULL THEN ${position(dimension.column, dimension.edges, 0, beyond(dimension, dialect), dialect)} END`;
    case 'condition':
      return `CASE WHEN ${trueWhere(dimension.condition, dialect)} THEN 1 ELSE 0 END`;
  }
};

/** What is above the last edge, and NaN, which no engine holds below any. */
const beyond = ({ column, edges }: Extract<SegmentDimension, { by: 'range' }>, dialect: BaseDialect): string => {
  if (!dialect.holdsNan(column.type)) return String(edges.length);
  const isNan = trueWhere({ kind: 'is_nan', operand: column }, dialect);
  return `CASE WHEN ${isNan} THEN -1 ELSE ${edges.length} END`;
};

/** By halves, so that a value is compared with few of the edges; `last` is the answer for what is below none. */
const position = (
  column: ColumnExpression,
  edges: readonly LiteralExpression[],
  offset: number,
  last: string,
  dialect: BaseDialect,
): string => {
  const middle = Math.floor(edges.length / 2);
  const edge = edges[middle];
  if (edge === undefined) return last;
  const below = trueWhere({ kind: 'compare', left: column, operator: '<', right: edge }, dialect);
  const left = position(column, edges.slice(0, middle), offset, String(offset + middle), dialect);
  const right = position(column, edges.slice(middle + 1), offset + middle + 1, last, dialect);
  return `CASE WHEN ${below} THEN ${left} ELSE ${right} END`;
};
