/** The words of a text, as a set: lists of names read better without quotes and commas. */
export const words = (...texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => text.split(/\s+/).filter(Boolean)));
