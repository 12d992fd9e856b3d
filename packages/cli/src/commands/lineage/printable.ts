/** A name from somebody else's file, as a terminal may show it: no escape sequences, no turned text, one line. */
export const printable = (name: string): string =>
  name.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
