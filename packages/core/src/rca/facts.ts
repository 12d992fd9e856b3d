import type { TracedOperation } from '@aegis/spec';
import type { Fact } from './finding.js';
import type { Reading } from './reading.js';
import type { Site } from './sites.js';

/** What was read of a check in one dataset, in words that a report can show. */
export const readingFact = ({ dataset, columns }: Pick<Site, 'dataset' | 'columns'>, reading: Reading): Fact => {
  const where = columns.length === 0 ? dataset.name : `${dataset.name} (${columns.join(', ')})`;
  const { status, rowsChecked, rowsFailed, reason, sql } = reading;
  return {
    kind: `ancestor_${status}`,
    sentence: `${where}: ${wordsFor[status](reading)}.`,
    numbers: {
      dataset: dataset.name,
      ...(columns[0] !== undefined && { column: columns[0] }),
      ...{ rows_checked: rowsChecked, rows_failed: rowsFailed },
      ...(reason !== undefined && { reason }),
    },
    ...(sql !== undefined && { sql }),
  };
};

const wordsFor: { readonly [status in Reading['status']]: (reading: Reading) => string } = {
  fails: (reading) => `the rule does not hold${countWords(reading)}`,
  holds: ({ rowsChecked }) => `the rule holds${rowsChecked === null ? '' : ` over ${rowsWord(rowsChecked)}`}`,
  unknown: ({ reason }) => `not measured: ${withoutStop(reason ?? 'no reason given')}`,
};

const countWords = ({ unit, rowsChecked, rowsFailed, observed }: Reading): string => {
  if (unit === 'table') {
    const figures = Object.entries(observed).filter(([, value]) => value !== null);
    return figures.length === 0
      ? ''
      : `: ${figures.map(([name, value]) => `${words(name)} ${String(value)}`).join(', ')}`;
  }
  return rowsChecked === null || rowsFailed === null ? '' : ` for ${rowsFailed} of ${rowsWord(rowsChecked)}`;
};

const words = (name: string): string => name.replaceAll('_', ' ');
const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');
const rowsWord = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;

/** The operation and the expression that makes a column. */
export const expressionFact = (
  operation: TracedOperation | undefined,
  column: string,
  expression: string | null,
): readonly Fact[] =>
  operation === undefined
    ? []
    : [
        {
          kind: 'expression',
          sentence:
            expression === null
              ? `${column} is made by ${operation.name}.`
              : `${column} is made by ${operation.name} as: ${shortened(expression)}.`,
          numbers: { operation: operation.name, ...(expression !== null && { expression: shortened(expression) }) },
        },
      ];

/** On one line, and not endless. */
export const shortened = (sql: string): string => {
  const line = sql.replaceAll(/\s+/g, ' ').trim();
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
};
