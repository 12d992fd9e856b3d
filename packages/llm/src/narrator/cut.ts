/** At most `most` characters, with a sign where something is missing. Tables hold cells of any length. */
export const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most)}…`);

/** A text as one line: what it holds cannot look like a line of ours. */
export const oneLine = (text: string, most: number): string => cut(text.replace(/\s+/g, ' ').trim(), most);
