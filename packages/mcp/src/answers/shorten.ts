/** At most so many characters, an ellipsis for the rest; never half a surrogate pair. */
export const shorten = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
};

/** The same for every text within a JSON value, and for lists that are longer than `items`. */
export const shortenWithin = (value: unknown, longest: number, items: number): unknown => {
  if (typeof value === 'string') return shorten(value, longest);
  if (Array.isArray(value)) return value.slice(0, items).map((item) => shortenWithin(item, longest, items));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [shorten(key, longest), shortenWithin(item, longest, items)]),
  );
};
