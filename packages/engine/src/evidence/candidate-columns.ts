import type { ColumnExpression, ColumnKind, TableDescription } from '@aegis/spec';

const mostColumns = 40;

const kinds: ReadonlySet<ColumnKind> = new Set([
  ...(['integer', 'decimal', 'float', 'text', 'boolean'] as const),
  ...(['date', 'timestamp', 'timestamptz', 'uuid'] as const),
]);

/** Columns that rows can be parted by, the rule's own first; of a very wide table the leftmost ones. */
export const candidateColumns = (
  { columns }: TableDescription,
  own: ReadonlySet<string>,
): readonly ColumnExpression[] => {
  const usable = columns.filter(({ type }) => kinds.has(type.kind));
  const leading = usable.filter(({ name }) => own.has(name));
  return [...leading, ...usable.filter(({ name }) => !own.has(name))]
    .slice(0, mostColumns)
    .map(({ name, type }) => ({ kind: 'column', name, type }));
};

export const isTemporal = ({ type: { kind } }: ColumnExpression): boolean =>
  kind === 'date' || kind === 'timestamp' || kind === 'timestamptz';

export const isNumeric = ({ type: { kind } }: ColumnExpression): boolean =>
  kind === 'integer' || kind === 'decimal' || kind === 'float';

const namesOfTime = [
  /(^|_)(loaded|ingested|inserted|imported|_?etl)(_|$)/,
  /(^|_)(created|recorded|received)(_|$)/,
  /(^|_)(order|event|transaction|booking|invoice|posting|sale|sold|placed)(_|$)/,
  /(^|_)(date|day|time|timestamp|at|ts|on)$/,
  /(^|_)(updated|modified|changed)(_|$)/,
];

/** The column that best tells when a row came about, by its type and name. */
export const timeColumn = (columns: readonly ColumnExpression[]): ColumnExpression | undefined =>
  columns.filter(isTemporal).toSorted((left, right) => rank(left) - rank(right))[0];

const rank = ({ name }: ColumnExpression): number => {
  const index = namesOfTime.findIndex((pattern) => pattern.test(snakeCase(name)));
  return index === -1 ? namesOfTime.length : index;
};

const snakeCase = (name: string): string => name.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2').toLowerCase();
