/** The words of a text, as a set: lists of names read better without quotes and commas. */
export const words = (...texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => text.split(/\s+/).filter(Boolean)));

/** In small letters as engines put names: a Kelvin sign stays one, and is no `k`. */
export const lowerAscii = (name: string): string => name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
