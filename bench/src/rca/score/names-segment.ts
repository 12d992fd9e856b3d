import type { Evidence, RuleResult } from '@aegis/spec';
import type { Segment, Truth } from '../faults/fault.js';
import { addDays } from '../pipeline/days.js';

/** Whether any fact about a failing rule names the segment: `column = value`, or the day. */
export const namesSegment = (
  failing: readonly RuleResult[],
  { segment, effect }: Truth & { readonly segment: Segment },
  columns: readonly string[],
): boolean => {
  const evidence = failing.flatMap(({ diagnosis, root_cause }) => [
    ...(diagnosis?.evidence ?? []),
    ...(root_cause?.evidence ?? []),
  ]);
  const isNamed = segment.is === 'equal' ? namesValue(columns, segment.value) : namesDay(daysOf(segment, effect));
  return evidence.some(isNamed);
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** In words, as SQL writes it, or as numbers under one fact. */
const namesValue =
  (columns: readonly string[], value: string) =>
  ({ sentence, numbers }: Evidence): boolean => {
    const names = columns.map(escaped).join('|');
    const inWords = new RegExp(`\\b(${names})"? *(=|is|of|:) *['"‘“]?${escaped(value)}\\b`, 'i');
    const held = textsIn(numbers);
    return inWords.test(sentence) || (columns.some((column) => held.has(column)) && held.has(value));
  };

/** Where rows are missing since a day, the last day that has some says the same. */
const daysOf = ({ value, is }: Segment, effect: Truth['effect']): readonly string[] =>
  is === 'from' && effect === 'fewer' ? [value, addDays(value, -1)] : [value];

const namesDay =
  (days: readonly string[]) =>
  ({ sentence, numbers }: Evidence): boolean =>
    days.some((day) => sentence.includes(day) || [...textsIn(numbers)].some((text) => text.startsWith(day)));

/** All texts of a value, keys included, however deep. */
const textsIn = (value: unknown): ReadonlySet<string> => {
  if (typeof value !== 'object' || value === null) return new Set([String(value)]);
  return new Set(Object.entries(value).flatMap(([key, held]) => [key, ...textsIn(held)]));
};
