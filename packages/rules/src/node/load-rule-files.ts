import path from 'node:path';
import { compileDocuments, type RulesReading } from '../load/compile-documents.js';
import { builtinTypes, type LoadOptions, orThrow, writtenInCode } from '../load/load-rules.js';
import { type DocumentsReading, readRuleDocuments } from '../load/rule-documents.js';
import { expandPaths } from './expand-paths.js';
import { importRules, isModule } from './import-rules.js';
import { readText } from './read-text.js';

export interface LoadFilesOptions extends LoadOptions {
  /** Where relative paths start and what messages shorten paths by; `process.cwd()` by default. */
  readonly workingDirectory?: string | undefined;
}

export interface RuleFilesReading extends RulesReading {
  /** The files that were read, in order, as messages name them. */
  readonly files: readonly string[];
}

/**
 * Loads rules from files, directories, glob patterns and modules. Throws {@link RuleFileError} with all problems of all
 * files, and {@link RuleError} `not-found` for a path that stands for nothing or cannot be read.
 */
export const loadRuleFiles = async (
  paths: readonly string[],
  options: LoadFilesOptions = {},
): Promise<Omit<RuleFilesReading, 'problems'>> => orThrow(await readRuleFiles(paths, options));

/** Like {@link loadRuleFiles}, with problems of the files' contents beside the rules that have none. */
export const readRuleFiles = async (
  paths: readonly string[],
  { types = builtinTypes, workingDirectory = process.cwd() }: LoadFilesOptions = {},
): Promise<RuleFilesReading> => {
  const files = await expandPaths(paths, workingDirectory);
  const shown = files.map((file) => shownPath(file, workingDirectory));
  const readings: DocumentsReading[] = [];
  for (const [index, file] of files.entries()) readings.push(await readFileRules(file, shown[index] ?? file));
  return { ...compileDocuments(readings, types), files: shown };
};

/** Relative within the working directory, absolute outside; with slashes on every system. */
const shownPath = (file: string, workingDirectory: string): string => {
  const relative = path.relative(workingDirectory, file);
  const outside = relative.startsWith('..') || path.isAbsolute(relative);
  return (outside ? file : relative).replaceAll(path.sep, '/');
};

const readFileRules = async (file: string, shown: string): Promise<DocumentsReading> => {
  const origin = { file: shown, baseDirectory: path.dirname(file) };
  if (isModule(file)) {
    const documents = await importRules(file, shown);
    return { documents: documents.map((value) => writtenInCode(value, origin)), problems: [] };
  }
  const reading = await readText(file, shown);
  return 'text' in reading
    ? readRuleDocuments({ ...origin, text: reading.text })
    : { documents: [], problems: [reading.problem] };
};
