import type { Failure, JsonObject, JsonValue, Row } from '@aegis/spec';
import type { Redactor } from '../redaction/redactor.js';
import { cut } from './cut.js';
import type { Fact } from './fact.js';

/** What is masked before it is shown, and whether rows are shown at all. */
export interface Masking {
  readonly redactor: Pick<Redactor, 'text' | 'row' | 'cell' | 'value'>;
  readonly showsRows: boolean;
}

export const longestCell = 200;
const mostColumns = 40;
const mostRows = 10;

/** Failing rows as `s1`, `s2`, …, and passing ones as `p1`, `p2`, …. */
export const rowFacts = ({ result, context }: Failure, masking: Masking): readonly Fact[] => [
  ...factsOfRows('failing', 's', result.sample, masking),
  ...factsOfRows('passing', 'p', context.passing, masking),
];

/** Failing rows stand in the sample of the result; of passing ones, the reader sees what the model saw. */
const factsOfRows = (
  section: 'failing' | 'passing',
  prefix: string,
  rows: readonly Row[],
  { redactor, showsRows }: Masking,
): readonly Fact[] => {
  const masked = rows.slice(0, mostRows).map((row) => shortRow(redactor.row(row)));
  return (showsRows ? masked : []).map((row, index) => {
    const sentence = `Row ${index + 1} of the ${section} rows that were shown.`;
    const numbers: JsonObject = section === 'passing' ? { row } : {};
    return {
      section,
      text: JSON.stringify(row),
      evidence: { id: `${prefix}${index + 1}`, kind: section, sentence, numbers },
    };
  });
};

const shortRow = (row: Row): JsonObject =>
  Object.fromEntries(
    Object.entries(row)
      .slice(0, mostColumns)
      .map(([column, value]) => [column, shortValue(value)]),
  );

const shortValue = (value: JsonValue): JsonValue => {
  if (typeof value === 'string') return cut(value, longestCell);
  return typeof value === 'object' && value !== null ? cut(JSON.stringify(value), longestCell) : value;
};
