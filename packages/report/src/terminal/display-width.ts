import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter();

/** Columns that plain text takes on a terminal: 2 for CJK and emoji, 0 for combining marks. */
export const displayWidth = (text: string): number => stringWidth(text);

/** The longest beginning that fits: whole characters as readers see them, parts only of one that is wider than `width`. */
const beginning = (text: string, width: number): string => {
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += displayWidth(segment);
    if (used > width) return kept === '' ? codePoints(segment, width) : kept;
    kept += segment;
  }
  return kept;
};

/** One cluster can be made arbitrarily wide, for example by a row of Arabic number signs. */
const codePoints = (cluster: string, width: number): string => {
  let kept = '';
  for (const codePoint of cluster) {
    if (displayWidth(kept + codePoint) > width) break;
    kept += codePoint;
  }
  return kept;
};

/** Text cut to `width` columns, with `ellipsis` where something is missing. */
export const truncate = (text: string, width: number, ellipsis: string): string =>
  displayWidth(text) <= width
    ? text
    : `${beginning(text, width - displayWidth(ellipsis)).trimEnd()}${beginning(ellipsis, width)}`;

/** Lines of at most `width` columns (two or more), broken between words, or within a word that is longer than a line. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(' ').flatMap((long) => pieces(long, width))) {
    const longer: string = line === undefined ? word : `${line} ${word}`;
    if (line !== undefined && displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line ?? ''].map((each) => each.trimEnd());
};

const pieces = (word: string, width: number): string[] => {
  const parts: string[] = [];
  let rest = word;
  while (displayWidth(rest) > width) {
    const part = beginning(rest, width);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
};
