import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FakeLanguageModel } from '@aegis/spec/fakes';
import * as duckdb from '@aegis/warehouse-duckdb';
import { describe, expect, it } from 'vitest';
import type { CliEffects } from '../../cli-effects.js';
import { aegis } from '../../testing/memory-effects.js';
import { shop } from '../../testing/shop.js';

const generate = async (args: readonly string[], overrides: Partial<CliEffects> = {}) => {
  const cwd = overrides.cwd ?? (await shop());
  return { cwd, ...(await aegis(['generate', 'customers.csv', '--no-llm', ...args], { cwd, ...overrides })) };
};

describe('aegis generate', () => {
  it('prints rules alone on stdout, and what came of it on stderr', async () => {
    const { cwd, code, stdout, stderr } = await generate([]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Drafted by aegis generate from customers\.csv: 3 rows, 3 columns\.\n/);
    expect(stderr).toBe('Measuring customers.csv\nTrying 2 rules\n2 rules drafted, 0 left out\n');
    await writeFile(join(cwd, 'drafted.yaml'), stdout);
    expect((await aegis(['validate', 'drafted.yaml', '--check-sql'], { cwd })).stdout).toMatch(
      /^2 valid rules .* 0 errors, 0 warnings/,
    );
    expect((await aegis(['run', 'drafted.yaml', '--no-llm'], { cwd })).code).toBe(0);
  });

  it('writes a file, says how to try it, and replaces it only when told to', async () => {
    const { cwd, code, stdout, stderr } = await generate(['--output', 'drafted.yaml', '--owner', 'shop-team']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/\nWritten to drafted\.yaml\. Try them: aegis run drafted\.yaml\n$/);
    expect(await readFile(join(cwd, 'drafted.yaml'), 'utf8')).toContain('owner: shop-team');
    const refused = await generate(['--output', 'drafted.yaml'], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/already exists\n.*--force/) });
    expect((await generate(['--output', 'drafted.yaml', '--force'], { cwd })).code).toBe(0);
    const again = await generate(['--output', 'more.yaml', '--rules', 'drafted.yaml', '--rules', 'rules'], { cwd });
    expect(again).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/0 rules drafted, 0 left out\nNothing was written\.\n$/),
    });
    expect(await readdir(cwd)).not.toContain('more.yaml');
  });

  it('says nothing but the rules when quiet', async () => {
    const { stdout, stderr } = await generate(['--quiet']);
    expect(stderr).toBe('');
    expect(stdout).toContain('rules:');
  });

  it.each([
    [['--max-rules', '0'], /whole number of at least 1/],
    [['--max-rules', 'many'], /whole number of at least 1/],
    [['--kb', 'gone.md'], /the document gone\.md does not exist/],
    [['--kb', 'rules'], /the document rules is a folder/],
    [['--rules', 'gone.yaml'], /gone\.yaml/],
    [['--output', ''], /must not be empty/],
    [['--output', 'gone/rules.yaml'], /cannot be written: the folder does not exist/],
    [['--db', 'gone.duckdb'], /gone\.duckdb does not exist/],
    [['--llm-model', 'x', '--llm', 'nosuch'], /npm install @aegis\/llm-nosuch/],
  ])('refuses %j', async (flags, message) => {
    expect(await generate(flags)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });

  it('names the table that was meant', async () => {
    const cwd = await shop();
    const { code, stderr } = await aegis(['generate', 'customer.csv'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toBe('error: file customer.csv does not exist\n  Did you mean "customers.csv"?\n');
  });

  it('says that documents need a model', async () => {
    const { stderr } = await generate(['--kb', 'rules/shop.yaml']);
    expect(stderr).toContain('note: The documents were not read: that takes a language model.');
  });
});

describe('aegis generate with a model', () => {
  const withModel = (...answers: readonly string[]): Partial<CliEffects> => {
    const adapter = {
      contract: 'language-model/v1',
      ...{ type: 'fake', defaultModel: 'small', optionsSchema: {} },
      create: () => new FakeLanguageModel(answers.map((text) => ({ text, usage }))),
    };
    const installed: { readonly [name: string]: unknown } = {
      '@aegis/warehouse-duckdb': duckdb,
      '@aegis/llm-fake': { adapter },
    };
    return { importFrom: async (name) => installed[name] };
  };
  const usage = { inputTokens: 900, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 80, reasoningTokens: 0 };

  const rule = {
    ...{ name: 'amount_positive', type: 'min_value_check', params: '{ column: amount, min_value: 0 }', where: null },
    ...{ severity: 'high', description: 'No amount is negative.', source: 'No amount is negative.' },
  };

  it('drafts from the documents, and says what it cost', async () => {
    const cwd = await shop();
    await writeFile(join(cwd, 'policies.md'), '# Amounts\n\nNo amount is negative.\n');
    const effects = { cwd, ...withModel(JSON.stringify({ rules: [rule] })) };
    const { code, stdout, stderr } = await aegis(
      ['generate', 'customers.csv', '--llm', 'fake', '--kb', 'policies.md'],
      effects,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('# policies.md: “No amount is negative.”');
    expect(stderr).toContain('Asking the model about policies.md\n');
    expect(stderr).toMatch(/\n1 model call, 900 \+ 80 tokens, cost unknown\n$/);
  });

  it('ends with 3 when the model gave no usable answer, with the rules of the data all the same', async () => {
    const cwd = await shop();
    const effects = { cwd, ...withModel('Let me think.', 'I cannot.') };
    const { code, stdout, stderr } = await aegis(['generate', 'customers.csv', '--llm', 'fake', '--quiet'], effects);
    expect(code).toBe(3);
    expect(stdout).toContain('rules:');
    expect(stderr).toMatch(/1 left out:\n {2}the table: the model gave no usable answer/);
  });
});
