import { dirname } from 'pathe';
import { didYouMean, nearest } from '../suggest.js';
import { describeValue, shorten } from '../type/value-text.js';
import { documentJsonSchema } from './document-schema.js';
import type { Positions } from './positions.js';
import { type Problem, problemOf } from './problem.js';
import { type RuleSource, readYaml } from './read-yaml.js';
import { isMapping, type Path, type RuleDocument } from './rule-document.js';

export interface DocumentsReading {
  readonly documents: readonly RuleDocument[];
  readonly problems: readonly Problem[];
}

const formsHint = 'Write a `rules:` list, a list of rules, or one rule.';
const ruleKeys = Object.keys(documentJsonSchema.properties ?? {});

/** Finds the rules in a file, in any of the accepted forms: a `rules:` list, a bare list, one rule, and `---` between. */
export const readRuleDocuments = (source: RuleSource): DocumentsReading => {
  const { documents: values, positions, problems } = readYaml(source);
  const finder = new RuleFinder(source, positions);
  for (const value of values) finder.addDocument(value);
  const found = [...problems, ...finder.problems];
  return { documents: finder.documents, problems: finder.isEmpty && found.length === 0 ? [noRules(source)] : found };
};

const noRules = ({ file }: RuleSource): Problem =>
  problemOf('invalid', 'the file holds no rules', { hint: formsHint, location: { file, line: 1, column: 1 } });

class RuleFinder {
  readonly documents: RuleDocument[] = [];
  readonly problems: Problem[] = [];
  readonly #baseDirectory: string;

  constructor(
    private readonly source: RuleSource,
    private readonly positions: Positions,
  ) {
    this.#baseDirectory = source.baseDirectory ?? dirname(source.file);
  }

  get isEmpty(): boolean {
    return this.documents.length === 0;
  }

  addDocument(value: unknown): void {
    if (value === null) return;
    if (Array.isArray(value)) this.#addList(value, value, []);
    else if (!isMapping(value))
      this.#report(value, [], `a rules file must hold rules, not ${describeValue(value)}`, formsHint);
    else if (Object.hasOwn(value, 'rules')) this.#addRules(value);
    else if (looksLikeRule(value)) this.#addRule(value);
    else this.#report(value, [], 'this is neither a rule nor a list of rules', formsHintFor(value));
  }

  #addRules(document: Readonly<Record<string, unknown>>): void {
    for (const key of Object.keys(document)) if (key !== 'rules') this.#reportExtraKey(document, key);
    const { rules } = document;
    if (Array.isArray(rules)) this.#addList(rules, document, ['rules']);
    else
      this.#report(
        document,
        ['rules'],
        `rules must be a list, not ${describeValue(rules)}`,
        'Start each rule with `- `.',
      );
  }

  #addList(list: readonly unknown[], root: unknown, path: Path): void {
    if (list.length === 0) this.#report(root, path, 'the list of rules is empty', 'Add a rule, or remove the file.');
    for (const [index, item] of list.entries()) {
      if (isMapping(item)) this.#addRule(item);
      else this.#report(list, [index], `a rule must be a mapping, not ${describeValue(item)}`);
    }
  }

  #addRule(value: unknown): void {
    this.documents.push({
      value,
      file: this.source.file,
      baseDirectory: this.#baseDirectory,
      locate: (path, part) => this.positions.locate(value, path, part),
    });
  }

  #reportExtraKey(document: unknown, key: string): void {
    const hint = ruleKeys.includes(key) ? 'It belongs in each rule of the list.' : 'Only `rules` may stand here.';
    const location = this.positions.locate(document, [key], 'key');
    this.problems.push(problemOf('invalid', `unknown key "${shorten(key)}" beside rules`, { hint, location }));
  }

  #report(root: unknown, path: Path, message: string, hint?: string): void {
    const location = this.positions.locate(root, path) ?? this.positions.at(0);
    this.problems.push(problemOf('invalid', message, { hint, location }));
  }
}

const looksLikeRule = (value: Readonly<Record<string, unknown>>): boolean =>
  ruleKeys.some((key) => Object.hasOwn(value, key));

const formsHintFor = (value: Readonly<Record<string, unknown>>): string => {
  const misspelled = Object.keys(value).find((key) => nearest(key, ['rules', ...ruleKeys]) !== undefined);
  return (misspelled && didYouMean(misspelled, ['rules', ...ruleKeys])) ?? formsHint;
};
