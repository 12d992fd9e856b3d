import { InvalidArgumentError } from '@commander-js/extra-typings';

/** Readers of flag values. What they refuse is a usage error that names the flag. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };

/** An empty text is mostly a variable that was not set; taken for a path it would mean the working directory. */
export const present = (text: string): string => {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('It must not be empty.');
};

export const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
};

/** An ISO 8601 instant; a date is its first moment, and without a zone it is UTC. */
export const instant = (text: string): string => {
  const match = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  const [, time, , , zone] = match ?? [];
  const date = new Date(
    time !== undefined && zone === undefined ? `${text.replace(' ', 'T')}Z` : text.replace(' ', 'T'),
  );
  if (match && !Number.isNaN(date.getTime())) return date.toISOString();
  throw new InvalidArgumentError('It must be a timestamp such as 2026-01-15T12:00:00Z.');
};

/** Collects a flag or an argument that may be repeated. */
export const repeated = (text: string, earlier: readonly string[] | undefined): readonly string[] => [
  ...(earlier ?? []),
  present(text),
];

/** Collects a flag that may be repeated or hold several words with commas between them. */
export const words = (text: string, earlier: readonly string[] | undefined): readonly string[] => {
  const written = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return [...(earlier ?? []), ...(written.length > 0 ? written : [present('')])];
};

type Assignments = { readonly [key: string]: string };

/** Collects `KEY=VALUE`; the value may hold further equals signs. */
export const assignment = (text: string, earlier: Assignments | undefined): Assignments => {
  const at = text.indexOf('=');
  if (at > 0) return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) };
  throw new InvalidArgumentError('It must look like KEY=VALUE.');
};
