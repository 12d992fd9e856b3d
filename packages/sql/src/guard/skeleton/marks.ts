import type { FunctionKind } from '../functions/index.js';
import { scopePlaceholder } from '../scope-placeholder.js';

export type MarkKind = 'text' | 'name' | 'call' | 'type' | 'part' | 'clock';

/** Something of the user's text that the parser sees only as a name or a string of ours. */
export interface Mark {
  readonly kind: MarkKind;
  /** As the user wrote it. */
  readonly written: string;
  /** A name without its quotes; a function in lower case. */
  readonly name: string;
  /** Offset in the text. */
  readonly start: number;
  /** What the called function is; absent for functions that rules may not call. */
  readonly callable?: FunctionKind | undefined;
}

const source = 'aegis_(?:text|name|call|type|part|clock)_(\\d+)';
const whole = new RegExp(`^${source}$`, 'i');
const reserved = new RegExp(`${source}|^${scopePlaceholder}$`, 'i');

/** Names that the guard gives itself, and that users therefore cannot use. */
export const isReserved = (name: string): boolean => reserved.test(name);

/** The mark as the parser sees it. */
export const shownMark = ({ kind }: Mark, number: number, quote: string): string => {
  const name = `aegis_${kind}_${number}`;
  if (kind === 'text') return `'${name}'`;
  return kind === 'name' ? `${quote}${name}${quote}` : name;
};

/** The mark that a name in the tree stands for. */
export const markNamed = (name: string, marks: readonly Mark[]): Mark | undefined => {
  const [, number] = whole.exec(name) ?? [];
  return number === undefined ? undefined : marks[Number(number)];
};
