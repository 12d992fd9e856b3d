import { formatLocation, type Rule } from '@aegis/spec';
import type { RuleTypeRegistry } from '../type/registry.js';
import { type CompiledRule, compileRule, idOf } from './compile-rule.js';
import { type Problem, problemOf } from './problem.js';
import type { RuleDocument } from './rule-document.js';
import type { DocumentsReading } from './rule-documents.js';

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

/** Compiles the rules of all files of a run, in order; an id may occur once over all of them. */
export const compileDocuments = (readings: readonly DocumentsReading[], types: RuleTypeRegistry): RulesReading => {
  const compiler = new RulesCompiler(types);
  for (const { documents, problems } of readings) compiler.add(documents, problems);
  return compiler.reading();
};

class RulesCompiler {
  readonly #rules: Rule[] = [];
  readonly #problems: Problem[] = [];
  readonly #warnings: Problem[] = [];
  /** By id, the rule that had it first. */
  readonly #owners = new Map<string, RuleDocument>();

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
    const owner = this.#owners.get(id);
    if (owner) return duplicateId(id, document, owner);
    this.#owners.set(id, document);
    return undefined;
  }
}

const duplicateId = (id: string, document: RuleDocument, owner: RuleDocument): Problem => {
  const path = ['metadata', 'id'];
  const first = owner.locate(path);
  const place = first ? formatLocation(first) : owner.file;
  return problemOf('duplicate-id', `duplicate rule id "${id}"`, {
    rule: id,
    file: document.file,
    location: document.locate(path),
    hint: place === undefined ? 'Give every rule an id of its own.' : `It is already used at ${place}.`,
  });
};
