import { RuleFileError } from '@aegis/rules';
import { ExactNumber, maxSourceLength, readYaml } from '@aegis/rules/conversion';
import { ConfigError, type SourceLocation } from '@aegis/spec';
import type { SourceDocument } from './source-document.js';

/**
 * Reads YAML or JSON into values with their places. Anchors, aliases and merge keys are followed; an alias of itself and
 * aliases that multiply are refused.
 * @throws RuleFileError with every mistake of the text, ConfigError `invalid` for a text that is too long or empty
 */
export const readSource = (text: string, file: string): SourceDocument => {
  if (text.length > maxSourceLength) throw tooLarge(file);
  const { documents, positions, problems } = readYaml({ file, text });
  if (problems.length > 0) throw new RuleFileError(problems);
  const [root, ...others] = documents.filter((document) => document !== null);
  if (root === undefined) throw new ConfigError('invalid', `${file} is empty`, { hint: emptyHint });
  if (others.length > 0) throw severalDocuments(file, positions.locate(others[0], []));
  return {
    file,
    value: plain(root),
    locate: (path) => positions.locate(root, path) ?? { file, line: 1, column: 1 },
  };
};

const emptyHint = 'Name a data contract (ODCS), checks of Soda or a suite of Great Expectations.';

const tooLarge = (file: string): ConfigError =>
  new ConfigError('invalid', `${file} is larger than 10 MB`, {
    hint: 'Split it: a contract for each data product, or a file of checks for each table.',
  });

const severalDocuments = (file: string, location: SourceLocation | undefined): ConfigError =>
  new ConfigError('invalid', `${file} holds several documents`, {
    hint: 'Write each document, from one `---` to the next, to a file of its own.',
    location,
  });

/** Shared parts are converted once, so that aliases of aliases stay small. */
const plain = (root: unknown): unknown => {
  const known = new Map<object, unknown>();
  const convert = (value: unknown): unknown => {
    if (value instanceof ExactNumber) return numberOf(value);
    if (typeof value !== 'object' || value === null) return value;
    const converted = known.get(value) ?? (Array.isArray(value) ? value.map(convert) : mapping(value, convert));
    known.set(value, converted);
    return converted;
  };
  return convert(root);
};

const mapping = (value: object, convert: (inner: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, convert(inner)]));

const numberOf = ({ text }: ExactNumber): number | string => {
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
};
