import { ConfigError, formatLocation, type SourceLocation } from '@aegis/spec';
import { z } from 'zod';
import { literalSecrets } from '../secrets/literal-secrets.js';
import { secretHint } from '../secrets/secret-references.js';
import { didYouMean } from '../suggest.js';
import { configSchema, type ProjectConfig } from './config-schema.js';
import { issueWords } from './issue-words.js';
import { type PositionedYaml, parsePositionedYaml } from './positioned-yaml.js';

export interface ParsedConfig {
  readonly config: ProjectConfig;
  /** The place of the value at `path` in the file. */
  readonly locate: (path: readonly PropertyKey[]) => SourceLocation;
}

interface Problem {
  readonly location: SourceLocation;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** @throws ConfigError `invalid` that names every mistake with its place. */
export const parseConfig = (text: string, file: string): ParsedConfig => {
  const yaml = parsePositionedYaml(text, file);
  const parsed = configSchema.safeParse(yaml.value ?? {});
  if (!parsed.success) throw invalid(parsed.error.issues.flatMap((issue) => problemsOf(issue, yaml)));
  const problems = [...unknownDefault(parsed.data, yaml), ...writtenOutSecrets(parsed.data, yaml)];
  if (problems.length > 0) throw invalid(problems);
  return { config: parsed.data, locate: yaml.locate };
};

const invalid = (problems: readonly Problem[]): ConfigError => {
  const [first, ...others] = problems;
  const lines = others.map(({ location, message, hint }) =>
    [`${formatLocation(location)}: ${message}`, ...(hint ? [`  ${hint}`] : [])].join('\n'),
  );
  const hint = [...(first?.hint ? [first.hint] : []), ...lines].join('\n');
  return new ConfigError('invalid', first?.message ?? 'the configuration is not valid', {
    ...(hint && { hint }),
    location: first?.location,
  });
};

const problemsOf = (issue: z.core.$ZodIssue, yaml: PositionedYaml): readonly Problem[] => {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...issue.path, key], yaml));
  if (issue.code === 'invalid_union') return unionProblems(issue, yaml);
  return [{ location: yaml.locate(issue.path), message: `${nameOf(issue.path)}: ${issueWords(issue.message)}` }];
};

/** What is wrong with the form that was written; where it is none of them, that alone. */
const unionProblems = ({ path, errors }: z.core.$ZodIssueInvalidUnion, yaml: PositionedYaml): readonly Problem[] => {
  const meant = errors.find(
    (issues) => !issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
  );
  if (!meant) return [{ location: yaml.locate(path), message: `${nameOf(path)}: must be a list or a mapping` }];
  return meant.flatMap((issue) => problemsOf({ ...issue, path: [...path, ...issue.path] }, yaml));
};

const unknownKey = (path: readonly PropertyKey[], yaml: PositionedYaml): Problem => {
  const known = knownKeys(path.slice(0, -1));
  return {
    location: yaml.locateKey(path),
    message: `unknown key "${nameOf(path)}"`,
    hint: didYouMean(String(path.at(-1)), known, `Known keys: ${known.join(', ')}.`),
  };
};

const knownKeys = (path: readonly PropertyKey[]): readonly string[] => {
  let schema = schemaOf(z.toJSONSchema(configSchema, { io: 'input' }));
  for (const step of path) schema = schemaOf(schema.properties[String(step)]);
  return Object.keys(schema.properties);
};

const objectSchema = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  anyOf: z.array(z.unknown()).default([]),
});

/** The keys of a mapping; of several forms, those of all of them. */
const schemaOf = (value: unknown): { readonly properties: { readonly [key: string]: unknown } } => {
  const { properties, anyOf } = objectSchema.catch({ properties: {}, anyOf: [] }).parse(value);
  return { properties: Object.assign({}, properties, ...anyOf.map((form) => schemaOf(form).properties)) };
};

const unknownDefault = ({ default_warehouse: name, warehouses }: ProjectConfig, yaml: PositionedYaml): Problem[] => {
  const names = Object.keys(warehouses);
  if (name === undefined || names.includes(name)) return [];
  const hint = didYouMean(name, names, names.length > 0 ? `Configured: ${names.join(', ')}.` : undefined);
  return [{ location: yaml.locate(['default_warehouse']), message: `no warehouse is called "${name}"`, hint }];
};

const writtenOutSecrets = ({ warehouses, llm, lineage }: ProjectConfig, yaml: PositionedYaml): readonly Problem[] =>
  literalSecrets({ warehouses, lineage, ...(llm && { llm }) }).map((path) => ({
    location: yaml.locate(path),
    message: `${nameOf(path)} holds a secret in plain text`,
    hint: secretHint,
  }));

const nameOf = (path: readonly PropertyKey[]): string => path.map(String).join('.') || 'aegis.yaml';
