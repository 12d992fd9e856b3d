import { ActionError } from './action-error.ts';

type Environment = NodeJS.ProcessEnv;

/** The inputs of action.yml, read and checked. Texts that were left empty are `undefined`. */
export interface Inputs {
  readonly rules: readonly string[];
  readonly workingDirectory: string;
  readonly warehouse: string | undefined;
  readonly db: string | undefined;
  readonly connection: readonly string[];
  readonly select: readonly string[];
  readonly where: string | undefined;
  readonly failOn: string | undefined;
  readonly includeDrafts: boolean;
  readonly llm: string | undefined;
  readonly llmModel: string | undefined;
  readonly samples: string | undefined;
  readonly timeout: string | undefined;
  readonly maxBytes: string | undefined;
  readonly now: string | undefined;
  readonly lineage: readonly string[];
  readonly history: string | undefined;
  readonly arguments: readonly string[];
  readonly install: boolean;
  readonly version: string;
  readonly adapters: readonly string[];
  readonly summary: boolean;
  readonly annotations: boolean;
  readonly comment: boolean;
  readonly sarif: boolean;
  readonly baseline: boolean;
  readonly name: string;
  readonly token: string | undefined;
  readonly commentAuthor: string;
}

/** @throws ActionError for an input that cannot mean anything */
export const readInputs = (env: Environment): Inputs => {
  const read = reader(JSON.parse(env.AEGIS_ACTION_INPUTS ?? '{}'));
  return {
    rules: atLeastOne('rules', read.lines('rules')),
    workingDirectory: read.text('working-directory') ?? '.',
    warehouse: read.text('warehouse'),
    db: read.text('db'),
    connection: read.lines('connection').map(assignment),
    select: read.lines('select'),
    where: read.text('where'),
    failOn: read.oneOf('fail-on', ['critical', 'high', 'medium', 'low', 'info', 'none']),
    includeDrafts: read.flag('include-drafts', false),
    llm: read.text('llm'),
    llmModel: read.text('llm-model'),
    samples: read.oneOf('samples', ['none', 'redacted']),
    timeout: read.text('timeout'),
    maxBytes: read.text('max-bytes'),
    now: read.text('now'),
    lineage: read.lines('lineage'),
    history: read.text('history'),
    arguments: read.lines('arguments'),
    install: read.flag('install', true),
    version: read.text('version') ?? 'latest',
    adapters: read.lines('adapters'),
    summary: read.flag('summary', true),
    annotations: read.flag('annotations', true),
    comment: read.flag('comment', true),
    sarif: read.flag('sarif', false),
    baseline: read.flag('baseline', true),
    name: plainName(read.text('name') ?? 'aegis'),
    token: read.text('token'),
    commentAuthor: read.text('comment-author') ?? 'github-actions[bot]',
  };
};

const reader = (values: { readonly [name: string]: string | undefined }) => {
  const text = (name: string): string | undefined => values[name]?.trim() || undefined;
  return {
    text,
    lines: (name: string): readonly string[] => (text(name) ?? '').split(/\r?\n/).flatMap((line) => line.trim() || []),
    flag: (name: string, otherwise: boolean): boolean => flag(name, text(name), otherwise),
    oneOf: (name: string, choices: readonly string[]): string | undefined => oneOf(name, text(name), choices),
  };
};

/** Exactly what the conditions of action.yml compare with: anything else would be on for one step and off for another. */
const flag = (name: string, text: string | undefined, otherwise: boolean): boolean => {
  const value = oneOf(name, text, ['true', 'false']);
  return value === undefined ? otherwise : value === 'true';
};

const oneOf = (name: string, text: string | undefined, choices: readonly string[]): string | undefined => {
  if (text === undefined || choices.includes(text)) return text;
  throw new ActionError(`The input ${name} must be one of ${choices.join(', ')}, not ${JSON.stringify(text)}.`);
};

const atLeastOne = (name: string, lines: readonly string[]): readonly string[] => {
  if (lines.length > 0) return lines;
  throw new ActionError(`The input ${name} is empty. Name a rules file or folder, e.g. rules/.`);
};

/** The value may be a secret, so only the number of the line is told. */
const assignment = (line: string, index: number): string => {
  if (line.indexOf('=') > 0) return line;
  throw new ActionError(`Line ${index + 1} of the input connection must look like KEY=VALUE.`);
};

const plainName = (name: string): string => {
  if (/^[\w .-]{1,60}$/.test(name)) return name;
  throw new ActionError('The input name must be 1 to 60 letters, digits, spaces, dots, hyphens and underscores.');
};
