import type { JsonValue } from '@aegis/spec';

/** However much a model wrote, so many values are looked at. */
const mostValues = 20;

/** So many characters may be looked at in vain, where parts of a text only look like JSON. */
const mostInVain = 2_000_000;

/**
 * JSON values that a text holds, most likely first: the text itself, then fenced blocks, then objects and lists within
 * prose, later ones before earlier ones: a model that thinks aloud ends with its answer. Time grows with the text alone.
 */
export const jsonInText = (text: string): readonly JsonValue[] => {
  const whole = parsed(text.replace(/^\uFEFF/, ''));
  if (whole !== undefined) return withinString(whole);
  return [...fencedValues(text), ...valuesInProse(text).slice(-mostValues).reverse()].flatMap(withinString);
};

/** JSON whose value is a text of JSON stands for that. */
const withinString = (value: JsonValue): readonly JsonValue[] => {
  const inner = typeof value === 'string' ? parsed(value) : undefined;
  return inner === undefined ? [value] : [value, inner];
};

const parsed = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const fencedValues = (text: string): readonly JsonValue[] =>
  text
    .split(/^[ \t]*```[ \t]*[\w-]*[ \t]*$/m)
    .filter((_, index) => index % 2 === 1)
    .slice(-mostValues)
    .reverse()
    .map(parsed)
    .filter((value) => value !== undefined);

/** Outermost objects and lists; what only looks like one does not hide what is within it. */
const valuesInProse = (text: string): readonly JsonValue[] => {
  const values: JsonValue[] = [];
  let inVain = 0;
  for (let start = nextOpening(text, 0); start >= 0 && inVain <= mostInVain; ) {
    const end = balancedEnd(text, start);
    const value = end === undefined ? undefined : parsed(text.slice(start, end));
    if (value !== undefined) values.push(value);
    else inVain += (end ?? text.length) - start;
    start = nextOpening(text, value === undefined || end === undefined ? start + 1 : end);
  }
  return values;
};

const nextOpening = (text: string, from: number): number => {
  const found = text.slice(from).search(/[{[]/);
  return found < 0 ? found : from + found;
};

/** Behind the bracket that closes the one at `start`; `undefined` where none does. */
const balancedEnd = (text: string, start: number): number | undefined => {
  const marks = /[{}[\]]|"[^"\\]*(?:\\.[^"\\]*)*"/gs;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (/^[{[]/.test(mark[0])) depth += 1;
    else if (/^[}\]]/.test(mark[0])) depth -= 1;
    if (depth === 0) return marks.lastIndex;
  }
  return undefined;
};
