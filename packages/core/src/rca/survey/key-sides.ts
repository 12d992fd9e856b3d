/** Keys of two sides that should match, in figures: numbers as they are, texts by their length. */
export interface KeySides {
  readonly matched: number;
  readonly orphans: number;
  readonly unreferenced: number;
  readonly matchedMin: number | null;
  readonly matchedMax: number | null;
  readonly orphanMin: number | null;
  readonly orphanMax: number | null;
  readonly unreferencedMin: number | null;
  readonly unreferencedMax: number | null;
}

/** `child`: its keys are not like keys. `parent`: its own are not. `missing`: the keys look right, and their rows are not there. */
export type WrongSide = 'child' | 'parent' | 'missing' | 'unclear';

/** Which side is wrong, judged by whether its lonely keys look like those that match. */
export const wrongSide = (sides: KeySides): WrongSide => {
  if (sides.matched === 0) return 'unclear';
  const isChildOdd = isOutside(sides.orphanMin, sides.orphanMax, sides);
  const isParentOdd = isOutside(sides.unreferencedMin, sides.unreferencedMax, sides);
  if (isChildOdd && isParentOdd) return 'unclear';
  if (isChildOdd) return 'child';
  return isParentOdd ? 'parent' : 'missing';
};

/** Beyond the span of matching keys by more than a tenth of it. */
const isOutside = (min: number | null, max: number | null, { matchedMin, matchedMax }: KeySides): boolean => {
  if (min === null || max === null || matchedMin === null || matchedMax === null) return false;
  const margin = (matchedMax - matchedMin) * 0.1;
  return max < matchedMin - margin || min > matchedMax + margin || min < 0 !== matchedMin < 0;
};
