import type { z } from 'zod';
import { didYouMean, nearest } from '../suggest.js';
import { type JsonSchema, schemaAt } from '../type/params-schema.js';
import { describeValue, shorten, writtenText } from '../type/value-text.js';
import { type Mistake, type Problem, problemAt, problemOf } from './problem.js';
import { formatPath, isMapping, type Path, type RuleDocument, valueAt } from './rule-document.js';

type Issue = z.core.$ZodIssue;

/** How the issues of one schema lead back to the document. */
export interface IssueContext {
  readonly document: RuleDocument;
  /** What the issue's schema is, e.g. `logic of not_null`, by path; for unknown keys. */
  placeOf(path: Path): string;
  /** From the path within the checked value to the path within the document. */
  toDocument(path: Path): Path;
  readonly schema: JsonSchema;
  /** Keys that are known at a path, as people may write them. */
  keysAt(path: Path): readonly string[];
  /** Where an unknown key would be known. */
  homeOf(key: string): string | undefined;
}

/** What is wrong with a document, said in its own words. A key that is misspelled is not called missing as well. */
export const problemsOfIssues = (found: readonly Issue[], context: IssueContext): Problem[] => {
  const issues = found.flatMap((issue) => ofMeantForm(issue, context));
  const misspelled = new Set(issues.flatMap((issue) => misspelledPaths(issue, context)));
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key, context));
    const isMissing = valueAt(context.document.value, context.toDocument(issue.path)) === undefined;
    return isMissing && misspelled.has(formatPath(issue.path)) ? [] : [valueProblem(issue, context)];
  });
};

/** What is wrong with a mapping where other values are possible too: not that it is none of those. */
const ofMeantForm = (issue: Issue, context: IssueContext): readonly Issue[] => {
  const value = valueAt(context.document.value, context.toDocument(issue.path));
  if (issue.code !== 'invalid_union' || !isMapping(value)) return [issue];
  const meant = issue.errors.find((form) => form.every((inner) => !isWrongForm(inner)));
  return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
};

const isWrongForm = ({ code, path }: Issue): boolean =>
  path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');

/** The paths of the keys that unknown keys were most likely meant to be. */
const misspelledPaths = (issue: Issue, context: IssueContext): readonly string[] => {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = context.keysAt(issue.path);
  return issue.keys.flatMap((key) => nearest(key, known) ?? []).map((key) => formatPath([...issue.path, key]));
};

const unknownKey = (path: Path, key: string, context: IssueContext): Problem => {
  const home = context.homeOf(key);
  return problemOf('invalid', `unknown key "${shorten(key)}"${context.placeOf(path)}`, {
    hint: home === undefined ? didYouMean(key, context.keysAt(path)) : `It belongs in ${home}.`,
    file: context.document.file,
    location: context.document.locate([...context.toDocument(path), key], 'key'),
  });
};

type Finding = Omit<Mistake, 'path'>;

const valueProblem = (issue: Issue, context: IssueContext): Problem => {
  const path = context.toDocument(issue.path);
  const value = valueAt(context.document.value, path);
  return problemAt(context.document, { path, ...finding(issue, value, context) });
};

const finding = (issue: Issue, value: unknown, context: IssueContext): Finding => {
  if (issue.code === 'custom') return customFinding(issue, value, context);
  if (value === undefined) return missing(issue, context);
  if (value === null) return { message: 'has no value', hint: 'Give it a value, or remove the key.' };
  return typedFinding(issue, value);
};

const missing = (issue: Issue, { schema }: IssueContext): Finding => ({
  message: 'is missing',
  hint: schemaAt(schema, issue.path)?.description,
});

const customFinding = (issue: z.core.$ZodIssueCustom, value: unknown, context: IssueContext): Finding => {
  if (value === undefined && issue.path.length > 0) return missing(issue, context);
  const { hint, reason } = issue.params ?? {};
  return {
    message: issue.message,
    hint: typeof hint === 'string' ? hint : undefined,
    ...(reason === 'unsupported' && { reason }),
  };
};

const typedFinding = (issue: Exclude<Issue, z.core.$ZodIssueCustom>, value: unknown): Finding => {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, value);
    case 'invalid_value':
      return wrongValue(issue.values, value);
    case 'invalid_union':
      return wrongUnion(issue, value);
    default:
      return { message: lowerFirst(issue.message) };
  }
};

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

const wrongType = (expected: string, value: unknown): Finding => ({
  message: `must be ${typeWords[expected] ?? expected}, not ${describeValue(value)}`,
  hint: typeHint(expected, value),
});

const typeHint = (expected: string, value: unknown): string | undefined => {
  const written = writtenText(value);
  if (written === undefined) return undefined;
  if (expected === 'string') return `Put it in quotes: "${written}".`;
  return expected === 'array' ? `Write a list: [${written}].` : undefined;
};

const wrongValue = (allowed: readonly unknown[], value: unknown): Finding => {
  const words = allowed.map(String);
  const list = words.length === 1 ? words[0] : `one of ${words.join(', ')}`;
  const written = writtenText(value);
  return {
    message: `must be ${list}, not ${describeValue(value)}`,
    hint: written !== undefined && words.length > 1 ? guess(written, words) : undefined,
  };
};

/** The whole list stands in the message already. */
const guess = (written: string, words: readonly string[]): string | undefined => {
  const hint = didYouMean(written, words);
  return hint?.startsWith('Did') ? hint : undefined;
};

const wrongUnion = (issue: z.core.$ZodIssueInvalidUnion, value: unknown): Finding => {
  const branches = issue.errors.flat();
  const allowed = branches.flatMap((branch) => (branch.code === 'invalid_value' ? branch.values : []));
  if (allowed.length > 0) return wrongValue(allowed, value);
  const [first] = branches;
  return first && first.code !== 'custom' ? typedFinding(first, value) : { message: lowerFirst(issue.message) };
};

/** Messages of our own schemas pass unchanged; those of the library start with a capital. */
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
