import type { SqlColumnInput, SqlColumnLineage, StatementLineage } from '../types.js';

/**
 * Lineage as lines to compare: `kind output < inputs`, then `column: table.column SUBTYPE, …` for each output column and
 * `*: …` for what decides about rows. `?` marks what is unresolved.
 */
export const edgesOf = (lineage: StatementLineage): readonly string[] => [
  [headOf(lineage), ...(lineage.unresolved === undefined ? [] : ['?'])].join(' '),
  ...columnLines(lineage),
];

const headOf = ({ kind, output, inputs }: StatementLineage): string =>
  [kind, ...(output ? [output.join('.')] : []), ...(inputs.length > 0 ? ['<', tables(inputs)] : [])].join(' ');

const tables = (names: readonly (readonly string[])[]): string =>
  names
    .map((name) => name.join('.'))
    .sort()
    .join(', ');

const columnLines = ({ columns }: StatementLineage): readonly string[] =>
  [...Map.groupBy(columns, ({ column }) => column ?? '*')]
    .sort(([one], [other]) => Number(one === '*') - Number(other === '*'))
    .map(([column, entries]) => `${column}: ${originText(entries)}`.trimEnd());

const originText = (entries: readonly SqlColumnLineage[]): string => {
  const inputs = [...new Set(entries.flatMap((entry) => entry.inputs.map(inputText)))].sort();
  return [...inputs, ...(entries.some((entry) => entry.unresolved !== undefined) ? ['?'] : [])].join(', ');
};

const inputText = ({ table, column, subtype }: SqlColumnInput): string => `${[...table, column].join('.')} ${subtype}`;
