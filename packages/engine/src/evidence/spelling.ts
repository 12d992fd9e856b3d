import { distance } from 'fastest-levenshtein';

/** How a value differs from one that would have been right. */
export type Difference = 'case' | 'spaces' | 'zeros' | 'typo';

/** The right value that a wrong one is near to, and how it differs; `undefined` where none is near. */
export const nearestRight = (
  wrong: string,
  right: readonly string[],
): { readonly value: string; readonly difference: Difference } | undefined => {
  for (const [difference, form] of forms) {
    const value = right.find((candidate) => candidate !== wrong && form(candidate) === form(wrong));
    if (value !== undefined) return { value, difference };
  }
  const value = nearestBySpelling(wrong, right);
  return value === undefined ? undefined : { value, difference: 'typo' };
};

const spaces = /^[\s\u00a0]+|[\s\u00a0]+$/g;

/** From the smallest difference to the largest. */
const forms: readonly (readonly [Difference, (text: string) => string])[] = [
  ['spaces', (text) => text.replace(spaces, '')],
  ['case', (text) => text.replace(spaces, '').toLowerCase()],
  [
    'zeros',
    (text) =>
      text
        .replace(spaces, '')
        .replace(/^0+(?=\w)/, '')
        .toLowerCase(),
  ],
];

/** Short words are all near each other: one edit for four letters, two from six on. */
const nearestBySpelling = (wrong: string, right: readonly string[]): string | undefined => {
  const most = wrong.length >= 6 ? 2 : wrong.length >= 4 ? 1 : 0;
  if (most === 0 || wrong.length > 200) return undefined;
  const near = right
    .filter((candidate) => candidate !== wrong && Math.abs(candidate.length - wrong.length) <= most)
    .map((value) => ({ value, edits: distance(wrong.toLowerCase(), value.toLowerCase()) }))
    .filter(({ edits }) => edits <= most);
  return near.sort((left, mine) => left.edits - mine.edits)[0]?.value;
};

export const differenceWords: { readonly [difference in Difference]: string } = {
  spaces: 'but for spaces around it',
  case: 'but for upper and lower case',
  zeros: 'but for leading zeros',
  typo: 'but for a letter or two',
};
