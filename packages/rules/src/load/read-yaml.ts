import type { SourceLocation } from '@aegis/spec';
import { type Document, LineCounter, parseAllDocuments, type YAMLParseError, type YAMLWarning } from 'yaml';
import { Positions } from './positions.js';
import { type Problem, problemOf } from './problem.js';
import { YamlValues } from './yaml-values.js';

/** The text of one rules file. */
export interface RuleSource {
  /** As it is to be shown in messages. */
  readonly file: string;
  readonly text: string;
  /** Where relative paths of data files start; the folder of `file` by default. */
  readonly baseDirectory?: string | undefined;
}

export interface YamlReading {
  /** The values of the documents that could be read, in order. */
  readonly documents: readonly unknown[];
  readonly positions: Positions;
  readonly problems: readonly Problem[];
}

/** The largest rules file, in UTF-16 units: about ten megabytes. */
export const maxSourceLength = 10 * 1024 * 1024;

/** YAML allows tab, line feed, carriage return and next line; anything else means that this is not a text file. */
const controlCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** Reads YAML 1.2 (core schema, merge keys) into plain values with positions. Never throws: mistakes are problems. */
export const readYaml = ({ file, text }: RuleSource): YamlReading => {
  const lines = new LineCounter();
  const positions = new Positions((offset) => locationIn(lines, file, offset));
  const refusal = refuseText(file, text);
  if (refusal) return { documents: [], positions, problems: [refusal] };
  try {
    return readDocuments(text.replace(/^\uFEFF/, ''), lines, positions);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { documents: [], positions, problems: [problemOf('syntax', 'nested too deeply', startOf(file))] };
  }
};

const locationIn = (lines: LineCounter, file: string, offset: number): SourceLocation => {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
};

const startOf = (file: string) => ({ location: { file, line: 1, column: 1 } });

const refuseText = (file: string, text: string): Problem | undefined => {
  if (text.length > maxSourceLength) {
    return problemOf('unsupported', 'the file is larger than 10 MB', {
      ...startOf(file),
      hint: 'Split the rules over several files.',
    });
  }
  const index = text.search(controlCharacter);
  return index < 0 ? undefined : notText(file, text, index);
};

const notText = (file: string, text: string, index: number): Problem => {
  const before = text.slice(0, index).split(/\r\n|\n/);
  const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0');
  return problemOf('syntax', `the file is not text: it holds the control character U+${code}`, {
    hint: 'A rules file is YAML in UTF-8.',
    location: { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
  });
};

const readDocuments = (text: string, lines: LineCounter, positions: Positions): YamlReading => {
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  const documents: unknown[] = [];
  const problems: Problem[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const mistakes = syntaxProblems(document, positions);
    if (mistakes.length > 0) problems.push(...mistakes);
    else documents.push(convert(document, positions, problems));
  }
  return { documents, positions, problems };
};

const convert = (document: Document.Parsed, positions: Positions, problems: Problem[]): unknown => {
  const values = new YamlValues(positions, (offset, message, hint) =>
    problems.push(problemOf('syntax', message, { location: positions.at(offset), hint })),
  );
  return values.convert(document);
};

/** One mistake a line: what follows on a line is most often the same mistake again. */
const syntaxProblems = (document: Document.Parsed, positions: Positions): Problem[] => {
  const byLine = new Map<number, Problem>();
  for (const error of [...document.errors, ...document.warnings]) {
    const problem = syntaxProblem(error, positions);
    const line = problem.location?.line ?? 0;
    if (!byLine.has(line)) byLine.set(line, problem);
  }
  return [...byLine.values()];
};

const syntaxProblem = (error: YAMLParseError | YAMLWarning, positions: Positions): Problem =>
  problemOf('syntax', `not valid YAML: ${libraryMessage(error)}`, {
    location: positions.at(error.pos[0]),
    hint: / end with a |closing/.test(error.message) ? closeHint : hints[error.code],
  });

const libraryMessage = ({ message }: Error): string =>
  message.startsWith('Maximum call stack') ? 'nested too deeply' : lowered(message);

const lowered = (message: string): string =>
  `${message.charAt(0).toLowerCase()}${message.slice(1)}`.replace(/closing (["'])quote/, 'closing quote $1');

const quoteHint = 'Put text that holds ": " or " #", or starts with a sign, in quotes.';
const indentHint = 'Indent entries of one mapping or list by the same number of spaces.';
const closeHint = 'Check that quotes, brackets and braces are closed.';

const hints: Partial<Record<YAMLParseError['code'], string>> = {
  TAB_AS_INDENT: 'Indent with spaces; YAML does not allow tabs.',
  BAD_INDENT: indentHint,
  BAD_COLLECTION_TYPE: indentHint,
  MULTILINE_IMPLICIT_KEY: quoteHint,
  BLOCK_AS_IMPLICIT_KEY: quoteHint,
  BAD_SCALAR_START: quoteHint,
  UNEXPECTED_TOKEN: quoteHint,
  MISSING_CHAR: closeHint,
  TAG_RESOLVE_FAILED: 'Remove the tag; rules need none.',
  BAD_DQ_ESCAPE: "Write backslashes of patterns and paths in single quotes: '\\d+'.",
};
