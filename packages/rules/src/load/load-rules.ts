import { formatLocation, type Rule, type SourceLocation } from '@aegis/spec';
import { createRegistry, type RuleTypeRegistry } from '../type/registry.js';
import { ruleTypes } from '../types/index.js';
import { type CompiledRule, compileRule, idOf } from './compile-rule.js';
import { type Problem, problemOf, RuleFileError } from './problem.js';
import type { RuleSource } from './read-yaml.js';
import type { RuleDocument } from './rule-document.js';
import { readRuleDocuments } from './rule-documents.js';

export interface LoadOptions {
  /** The rule types that rules may name; the built-in ones by default. */
  readonly types?: RuleTypeRegistry;
}

export interface LoadedRules {
  /** In the order of the files, and within each as written. */
  readonly rules: readonly Rule[];
  /** What does not stop a run: a missing description or owner. */
  readonly warnings: readonly Problem[];
}

export interface RulesReading extends LoadedRules {
  /** Everything that is wrong, in the order of the files. Rules with problems are not among `rules`. */
  readonly problems: readonly Problem[];
}

/** The built-in rule types. */
export const builtinTypes: RuleTypeRegistry = createRegistry(ruleTypes);

/** Reads rules files; throws {@link RuleFileError} with all problems when there is any. */
export const loadRules = (sources: readonly RuleSource[], options: LoadOptions = {}): LoadedRules =>
  orThrow(readRules(sources, options));

/** Reads rules files, problems beside the rules that have none. Never throws for what a file holds. */
export const readRules = (sources: readonly RuleSource[], options: LoadOptions = {}): RulesReading => {
  const compiler = new RulesCompiler(options.types ?? builtinTypes);
  for (const source of sources) {
    const { documents, problems } = readRuleDocuments(source);
    compiler.add(documents, problems);
  }
  return compiler.reading();
};

/** Where rules that were written in TypeScript come from. */
export interface DocumentOrigin {
  /** Where relative paths of data files start; they stay relative without it. */
  readonly baseDirectory?: string | undefined;
}

/** Checks rules that were written in TypeScript; throws {@link RuleFileError} with all problems when there is any. */
export const compileRules = (
  documents: readonly unknown[],
  options: LoadOptions & DocumentOrigin = {},
): LoadedRules => {
  const compiler = new RulesCompiler(options.types ?? builtinTypes);
  compiler.add(
    documents.map((value) => documentOf(value, options)),
    [],
  );
  return orThrow(compiler.reading());
};

const documentOf = (value: unknown, { baseDirectory }: DocumentOrigin): RuleDocument => ({
  value,
  baseDirectory,
  locate: () => undefined,
});

const orThrow = ({ rules, problems, warnings }: RulesReading): LoadedRules => {
  if (problems.length > 0) throw new RuleFileError(problems);
  return { rules, warnings };
};

/** Compiles rule after rule; an id may occur once over all of them. */
class RulesCompiler {
  readonly #rules: Rule[] = [];
  readonly #problems: Problem[] = [];
  readonly #warnings: Problem[] = [];
  readonly #ids = new Map<string, SourceLocation | undefined>();

  constructor(private readonly types: RuleTypeRegistry) {}

  add(documents: readonly RuleDocument[], problems: readonly Problem[]): void {
    this.#problems.push(...problems);
    for (const document of documents) this.#collect(compileRule(document, this.types), this.#duplicate(document));
  }

  reading(): RulesReading {
    return { rules: this.#rules, problems: this.#problems, warnings: this.#warnings };
  }

  #collect({ rule, problems, warnings }: CompiledRule, duplicate: Problem | undefined): void {
    this.#problems.push(...(duplicate ? [duplicate] : []), ...problems);
    this.#warnings.push(...warnings);
    if (rule && !duplicate) this.#rules.push(rule);
  }

  #duplicate(document: RuleDocument): Problem | undefined {
    const id = idOf(document);
    if (id === undefined) return undefined;
    const location = document.locate(['metadata', 'id']);
    if (!this.#ids.has(id)) {
      this.#ids.set(id, location);
      return undefined;
    }
    const first = this.#ids.get(id);
    const place = first ? ` at ${formatLocation(first)}` : '';
    return problemOf('duplicate-id', `duplicate rule id "${id}"`, {
      rule: id,
      location,
      hint: `It is already used${place}.`,
    });
  }
}
