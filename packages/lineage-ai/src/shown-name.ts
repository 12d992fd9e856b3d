const longest = 200;

/** A name from somebody else's graph or warehouse, as a prompt holds it: on one line, and nothing in it that hides or turns text. */
export const shownName = (name: string): string => {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
};
