import { createRegistry, type RuleTypeRegistry } from '../type/registry.js';
import { ruleTypes } from '../types/index.js';
import { compileDocuments, type LoadedRules, type RulesReading } from './compile-documents.js';
import { RuleFileError } from './problem.js';
import type { RuleSource } from './read-yaml.js';
import type { RuleDocument } from './rule-document.js';
import { readRuleDocuments } from './rule-documents.js';

export interface LoadOptions {
  /** The rule types that rules may name; the built-in ones by default. */
  readonly types?: RuleTypeRegistry | undefined;
}

/** The built-in rule types. */
export const builtinTypes: RuleTypeRegistry = createRegistry(ruleTypes);

/** Reads rules files; throws {@link RuleFileError} with all problems when there is any. */
export const loadRules = (sources: readonly RuleSource[], options: LoadOptions = {}): LoadedRules =>
  orThrow(readRules(sources, options));

/** Reads rules files, problems beside the rules that have none. Never throws for what a file holds. */
export const readRules = (sources: readonly RuleSource[], { types = builtinTypes }: LoadOptions = {}): RulesReading =>
  compileDocuments(sources.map(readRuleDocuments), types);

/** Where rules that were written in TypeScript come from. */
export interface DocumentOrigin {
  /** As it is to be shown in messages. */
  readonly file?: string | undefined;
  /** Where relative paths of data files start; without it they stay relative. */
  readonly baseDirectory?: string | undefined;
}

/** Checks rules that were written in TypeScript; throws {@link RuleFileError} with all problems when there is any. */
export const compileRules = (
  documents: readonly unknown[],
  { types = builtinTypes, ...origin }: LoadOptions & DocumentOrigin = {},
): LoadedRules =>
  orThrow(
    compileDocuments([{ documents: documents.map((value) => writtenInCode(value, origin)), problems: [] }], types),
  );

/** A rule that has no text to point at. */
export const writtenInCode = (value: unknown, origin: DocumentOrigin): RuleDocument => ({
  ...origin,
  value,
  locate: () => undefined,
});

/** All rules, or none of them: a {@link RuleFileError} with every problem. */
export const orThrow = <Reading extends RulesReading>({ problems, ...loaded }: Reading): Omit<Reading, 'problems'> => {
  if (problems.length > 0) throw new RuleFileError(problems);
  return loaded;
};
