import type { Cell, ColumnExpression } from '@aegis/spec';
import { isIn } from '@aegis/sql';
import { frequencies } from './dimensions.js';
import { constant } from './edges.js';
import { failingText, listText } from './fact.js';
import type { Guess } from './probe.js';
import { shownValue } from './segment.js';

const mostValues = 3;
/** Of the failing rows; values that fewer hold are only some of many. */
const leastShare = 0.4;
/** As much as a sentence may show of a value. */
const longestValue = 200;

/** The values that failing rows hold most, as far as the sample shows them; values that stand for none are called so. */
export const valueProbes = (column: ColumnExpression, failing: readonly Cell[]): readonly Guess[] => {
  const frequent = frequencies(failing)
    .filter(({ value }) => value !== null && String(value).length <= longestValue)
    .filter(({ times }) => times > 1 && times >= failing.length * 0.1)
    .slice(0, mostValues)
    .map(({ value }) => value);
  const standing = frequent.filter((value) => isStandIn(column, value));
  return [
    ...probeOf(column, standing, true),
    ...probeOf(
      column,
      frequent.filter((value) => !standing.includes(value)),
      false,
    ),
  ];
};

const probeOf = (column: ColumnExpression, values: readonly Cell[], isDefault: boolean): readonly Guess[] => {
  const constants = values.flatMap((value) => constant(column, value) ?? []);
  if (constants.length === 0) return [];
  const shown = listText(values.map((value) => shownValue(column, value)));
  const meaning = isDefault ? `, which often stand${values.length === 1 ? 's' : ''} for no value` : '';
  return [
    {
      condition: isIn(column, constants),
      tell: ({ failing, segmentFailing }) =>
        segmentFailing < failing * leastShare
          ? undefined
          : {
              kind: isDefault ? 'default_value' : 'failing_values',
              sentence: `${failingText(segmentFailing, failing)} hold ${values.length === 1 ? '' : 'one of '}${shown} in ${column.name}${meaning}.`,
              numbers: { column: column.name, values: { [column.name]: values } },
            },
    },
  ];
};

const words = [
  '',
  '-',
  '--',
  '?',
  '.',
  'n/a',
  'na',
  'null',
  'none',
  'nan',
  'nil',
  'unknown',
  'undefined',
  'tbd',
  'test',
  'xxx',
];
const numbers = [0, -1, -9, -99, -999, -9999, 99, 999, 9999, 99_999, 999_999, 9_999_999, 2_147_483_647, -2_147_483_648];
const days = [
  '0001-01-01',
  '1899-12-30',
  '1899-12-31',
  '1900-01-01',
  '1970-01-01',
  '2000-01-01',
  '2099-12-31',
  '9999-12-31',
];

const isStandIn = ({ type: { kind } }: ColumnExpression, value: Cell): boolean => {
  if (kind === 'integer' || kind === 'decimal' || kind === 'float') return numbers.includes(Number(value));
  if (kind === 'text') return words.includes(String(value).trim().toLowerCase());
  return days.includes(String(value).slice(0, 10));
};
