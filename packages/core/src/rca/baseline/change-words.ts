import type { JsonObject } from '@aegis/spec';
import type { Change } from './changes.js';
import type { Segment } from './segments.js';

/** What became of a table, e.g. `of 90,000 rows 78,000 are left`. */
export const changeWords = ({ kind, column, measure, before, after }: Change): string => {
  const [from, to] = [shown(before), shown(after)];
  const mean = {
    number: 'the mean of',
    hours: 'the mean minute of the day of',
    days: 'the mean day of',
    length: 'the mean length of',
  };
  const words: { readonly [each in Change['kind']]: string } = {
    lost: `of ${from} rows ${to} are left`,
    added: `of rows that were ${from} there are ${to}`,
    nulls: `${column} is NULL in ${percent(after)} of rows, after ${percent(before)}`,
    values:
      measure === 'days'
        ? `${column} is ${shown(Math.abs(after - before))} days off on average`
        : `${mean[measure ?? 'number']} ${column} is ${to}, after ${from}`,
    categories: `${percent(after)} of rows have another ${column}`,
    repeats: `values of ${column} repeat that were unique`,
  };
  return words[kind];
};

/** Which rows a change is limited to, e.g. `where country = DE`, `mostly where country is DE or FR`. */
export const segmentWords = ({ dimension, value, others, is, isMostly }: Segment): string => {
  const values = listed([value, ...others]);
  const isOne = others.length === 0;
  const words = {
    equal: isOne ? `${dimension} = ${value}` : `${dimension} is ${values}`,
    from: `${dimension} is from ${value} on`,
    on_day: `${dimension} is on ${values}`,
  }[is];
  return `${isMostly ? 'mostly ' : ''}where ${words}`;
};

/** The figure of a change in the rows that it is limited to. */
export const segmentFigures = ({ kind, measure }: Change, { before, after }: Segment): string | undefined => {
  if (kind === 'nulls') return `${percent(after)}, after ${percent(before)}`;
  if (kind === 'values') return measure === 'days' ? undefined : `${shown(after)}, after ${shown(before)}`;
  const [from, to] = [shown(Math.round(before)), shown(Math.round(after))];
  return kind === 'lost' ? `${to} of ${from}` : `${to}, after ${from}`;
};

/** The same as data. */
export const changeNumbers = ({ kind, column, before, after, segment }: Change): JsonObject => ({
  ...{ change: kind, before, after },
  ...(column !== null && { column }),
  ...(segment && {
    segment: { [segment.dimension]: segment.others.length === 0 ? segment.value : [segment.value, ...segment.others] },
    is: segment.is,
  }),
});

const mostListed = 3;

/** `a, b or c`, `a, b, c or one of 4 more`. */
const listed = (values: readonly string[]): string => {
  const more = values.length - mostListed;
  const told = more > 1 ? [...values.slice(0, mostListed), `one of ${more} more`] : values;
  return told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} or ${told.at(-1)}`;
};

const shown = (figure: number): string =>
  figure.toLocaleString('en-US', { maximumSignificantDigits: figureDigits(figure) });

/** Rows are counted to the last one. */
const figureDigits = (figure: number): number => (Number.isInteger(figure) ? 15 : 6);

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
