import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RuleError } from '@aegis/spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ruleText } from '../__fixtures__/rule-text.js';
import { fixtureTypes } from '../__fixtures__/rule-types.js';
import { formatProblem, RuleFileError } from '../load/problem.js';
import { loadRuleFiles, readRuleFiles } from './load-rule-files.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'aegis-rules-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: string | Uint8Array = ruleText({ id: name.replaceAll(/\W/g, '_') })): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};
const load = (...paths: string[]) => loadRuleFiles(paths, { types: fixtureTypes, workingDirectory: folder });
const read = (...paths: string[]) => readRuleFiles(paths, { types: fixtureTypes, workingDirectory: folder });
const refusal = async (...paths: string[]): Promise<RuleError> => {
  const error = await load(...paths).catch((cause: unknown) => cause);
  if (!(error instanceof RuleError)) throw error;
  return error;
};

describe('paths', () => {
  it('are files, in the order given, each read once', async () => {
    put('b.yaml');
    put('a.yml');
    const absolute = put('c.rules');
    const { files, rules } = await load('b.yaml', 'a.yml', './b.yaml', absolute);
    expect(files).toEqual(['b.yaml', 'a.yml', 'c.rules']);
    expect(rules.map(({ id }) => id)).toEqual(['b_yaml', 'a_yml', 'c_rules']);
  });

  it('are directories: YAML at any depth, sorted, without hidden folders and node_modules', async () => {
    for (const name of ['rules/z.yaml', 'rules/a/x.YML', 'rules/a/b/y.yaml', 'rules/notes.md']) put(name);
    for (const name of ['rules/.git/x.yaml', 'rules/node_modules/p/x.yaml', 'rules/.hidden.yaml']) put(name);
    expect((await load('rules')).files).toEqual(['rules/a/b/y.yaml', 'rules/a/x.YML', 'rules/z.yaml']);
    expect((await load('rules', 'rules/z.yaml')).files).toHaveLength(3);
  });

  it('are glob patterns', async () => {
    for (const name of ['rules/b.yaml', 'rules/a.yaml', 'rules/deep/c.yaml', 'rules/d.yml']) put(name);
    expect((await load('rules/*.yaml')).files).toEqual(['rules/a.yaml', 'rules/b.yaml']);
    expect((await load('rules/**/*.{yaml,yml}')).files).toHaveLength(4);
  });

  it('may hold characters that mean something in patterns', async () => {
    put('a[1] (x).yaml');
    expect((await load('a[1] (x).yaml')).files).toEqual(['a[1] (x).yaml']);
  });

  it('outside the working directory are shown whole', async () => {
    const file = put('outside.yaml');
    const { files, rules } = await loadRuleFiles([file], {
      types: fixtureTypes,
      workingDirectory: path.join(folder, 'inner'),
    });
    expect(files).toEqual([file.replaceAll(path.sep, '/')]);
    expect(rules[0]?.location?.file).toBe(files[0]);
  });

  it('follow links to files but not to folders', async () => {
    put('real/..data/rules.yaml');
    put('rules/own.yaml');
    symlinkSync(path.join(folder, 'real/..data/rules.yaml'), path.join(folder, 'rules/mounted.yaml'));
    symlinkSync(path.join(folder, 'rules'), path.join(folder, 'rules/loop'));
    symlinkSync(path.join(folder, 'nowhere.yaml'), path.join(folder, 'rules/dangling.yaml'));
    expect((await load('rules')).files).toEqual(['rules/mounted.yaml', 'rules/own.yaml']);
  });

  it('of data files in rules start at the folder of the rules file', async () => {
    put('rules/a.yaml', ruleText({ scope: '{ table: ../data/x.csv }' }));
    const [rule] = (await load('rules/a.yaml')).rules;
    expect(rule?.scope.table).toEqual({
      kind: 'file',
      path: path.join(folder, 'data/x.csv').replaceAll(path.sep, '/'),
      written: '../data/x.csv',
      format: 'csv',
    });
  });

  it('that stand for nothing are named, with the nearest neighbour', async () => {
    put('rules/orders.yaml');
    expect(await refusal('rules/order.yaml')).toMatchObject({
      code: 'rule/not-found',
      message: 'no such file or directory: rules/order.yaml',
      hint: 'Did you mean "orders.yaml"?',
    });
    expect(await refusal('rulse/orders.yaml')).toMatchObject({ hint: 'Did you mean "rules"?' });
    expect(await refusal('elsewhere')).toMatchObject({ hint: undefined });
    expect(await refusal('rules/*.yml')).toMatchObject({ message: 'no file matches rules/*.yml' });
  });

  it('of directories without rules are named', async () => {
    put('empty/readme.md');
    expect(await refusal('empty')).toMatchObject({
      code: 'rule/not-found',
      message: 'no rules files in empty',
      hint: 'Rules files in a directory end in .yaml or .yml.',
    });
  });

  it('that cannot be read are named', async () => {
    symlinkSync(path.join(folder, 'b.yaml'), path.join(folder, 'a.yaml'));
    symlinkSync(path.join(folder, 'a.yaml'), path.join(folder, 'b.yaml'));
    expect(await refusal('a.yaml')).toMatchObject({ code: 'rule/not-found', message: 'cannot read a.yaml: ELOOP' });
  });
});

describe('files', () => {
  it('report the problems of all of them at once, beside the rules that are right', async () => {
    put('a.yaml', ruleText({ logic: '{ type: in_lst }' }));
    put('b.yaml', 'rules: []');
    put('c.yaml');
    const { rules, problems } = await read('.');
    expect(rules.map(({ id }) => id)).toEqual(['c_yaml']);
    expect(problems.map(formatProblem)).toEqual([
      'a.yaml:5:16: logic.type is no rule type: "in_lst"\n  Did you mean "in_list"?',
      'b.yaml:1:8: the list of rules is empty\n  Add a rule, or remove the file.',
    ]);
    await expect(load('.')).rejects.toThrow(RuleFileError);
  });

  it('must be UTF-8, strictly', async () => {
    put('latin1.yaml', Buffer.concat([Buffer.from('# größe\nid: caf'), Buffer.from([0xe9]), Buffer.from('\n')]));
    put('utf16.yaml', Buffer.from(`\uFEFF${ruleText()}`, 'utf16le'));
    put('cut.yaml', Buffer.from('# ok\n€').subarray(0, 7));
    const { problems } = await read('latin1.yaml', 'utf16.yaml', 'cut.yaml');
    expect(problems.map(formatProblem)).toEqual([
      'latin1.yaml:2:8: the file is not UTF-8 (byte 17)\n  Save the file as UTF-8.',
      'utf16.yaml:1:1: the file is UTF-16\n  Save the file as UTF-8.',
      'cut.yaml:2:1: the file is not UTF-8 (byte 5)\n  Save the file as UTF-8.',
    ]);
  });

  it('may start with a byte order mark', async () => {
    put('bom.yaml', `\uFEFF${ruleText()}`);
    expect((await load('bom.yaml')).rules).toHaveLength(1);
  });

  it('larger than 10 MB are refused without being read', async () => {
    put('large.yaml', '#'.repeat(10 * 1024 * 1024 + 1));
    expect((await read('large.yaml')).problems).toMatchObject([
      { code: 'rule/unsupported', message: 'the file is larger than 10 MB' },
    ]);
  });

  it('that are empty or binary say so', async () => {
    put('empty.yaml', '');
    put('data.yaml', 'PAR1\0\0');
    expect((await read('empty.yaml', 'data.yaml')).problems.map(({ message }) => message)).toEqual([
      'the file holds no rules',
      'the file is not text: it holds the control character U+0000',
    ]);
  });
});

describe('modules', () => {
  const rule = (id: string) =>
    `({ metadata: { id: '${id}', owner: 'o', description: 'd' }, scope: { table: 'x.csv' }, logic: { type: 'at_least', threshold: 1n } })`;

  it.each([
    ['a default export', 'a.mjs', `export default ${rule('a')};`],
    ['a list', 'a.mjs', `export default [${rule('a')}, [${rule('b')}]];`],
    ['an export named rules', 'a.mjs', `export const rules = [${rule('a')}];`],
    ['a rules object', 'a.mjs', `export default { rules: [${rule('a')}] };`],
    ['TypeScript', 'a.ts', `const id: string = 'a'; export default [${rule('a')}] satisfies unknown[];`],
  ])('export rules as %s', async (_what, name, content) => {
    put(name, content);
    const { rules } = await load(name);
    expect(rules[0]).toMatchObject({ id: 'a', location: undefined, params: { threshold: '1' } });
    expect(rules[0]?.scope.table).toMatchObject({ path: path.join(folder, 'x.csv').replaceAll(path.sep, '/') });
  });

  it('are not picked up from directories', async () => {
    put('rules/a.mjs', 'throw new Error("run")');
    put('rules/b.yaml');
    expect((await load('rules')).files).toEqual(['rules/b.yaml']);
  });

  it('share ids with the other files', async () => {
    put('a.mjs', `export default ${rule('same')};`);
    put('b.yaml', ruleText({ id: 'same' }));
    expect((await read('a.mjs', 'b.yaml')).problems.map(formatProblem)).toEqual([
      'b.yaml:3:17: duplicate rule id "same"\n  It is already used at a.mjs.',
    ]);
  });

  it('that cannot be imported, or export nothing, are named', async () => {
    put('broken.mjs', 'export default (');
    put('throws.mjs', 'throw new Error("no database")');
    put('none.mjs', 'export const rule = 1;');
    expect(await refusal('broken.mjs')).toMatchObject({
      code: 'rule/syntax',
      message: expect.stringMatching(/^cannot import broken\.mjs: /),
    });
    expect(await refusal('throws.mjs')).toMatchObject({ message: 'cannot import throws.mjs: no database' });
    expect(await refusal('none.mjs')).toMatchObject({ code: 'rule/invalid', message: 'none.mjs exports no rules' });
  });

  it('with wrong rules name the file and the rule', async () => {
    put('a.mjs', 'export default [{ metadata: { id: "a" } }, 5]');
    expect((await read('a.mjs')).problems.map(formatProblem)).toEqual([
      'a.mjs: rule "a": scope is missing\n  What the rule looks at.',
      'a.mjs: rule "a": logic is missing\n  What must hold.',
      'a.mjs: the rule must be a mapping, not the number 5',
    ]);
  });
});
